"""A draft's reference pictures as fields of its form, and back: files taken in, captions and rights typed beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import QueryDict

from brand_styles.intake.guard import MAX_FILE_BYTES, Refused
from brand_styles.problems import Problem
from brand_styles.references import keep_reference
from brand_styles.style import MOST_REFERENCES
from brand_styles.words import Words

Json = dict[str, Any]
SHOWN = "references"  # the hidden field that tells a form with these fields from one without
SALT = "brand reference"
FACTS = ("file", "sha256", "palette", "likeness")  # what the file says of itself; the rest is typed
RIGHTS = ("unconfirmed", "owned", "licensed")
KINDS = ("reference", "work")
MOST_FILES = 40  # in one request of a page without script
MANY = Words(
    en=f"More than {MOST_FILES} pictures were chosen at once. Save these in turns.",
    zh=f"一次选择的图片超过 {MOST_FILES} 张。请分批保存。",
)
FULL = Words(
    en=f"A brand holds {MOST_REFERENCES} pictures at most. Take some out first.",
    zh=f"每个品牌最多 {MOST_REFERENCES} 张图片。请先移除一些。",
)


@dataclass(frozen=True)
class ReferenceRow:
    """One picture as it stands in the form. `sealed`: what its file says, signed, so that it travels with the form."""

    place: int
    look: bool
    kind: str
    caption: Words
    rights: str
    note: str
    palette: tuple[str, ...]
    sealed: str
    token: str

    @property
    def slot(self) -> str:
        return f"references.{self.place}"


def references_of(post: QueryDict, files: list[Any], problems: list[Problem]) -> Json:
    """The draft's references in the order in which the form has them. {} for a form without these fields."""
    if SHOWN not in post:
        return {}
    kept = _moved([*_kept(post)], post.get("move-reference", ""))
    found = {entry["sha256"]: entry for entry in (*kept, *_new(files, problems))}
    if len(found) > MOST_REFERENCES:
        problems.append(Problem("references.new", FULL))
    return {"references": list(found.values())[:MOST_REFERENCES]}


def _kept(post: QueryDict) -> Iterator[Json]:
    """In the order of their fields, which is that of the page."""
    gone = post.get("remove-reference", "")
    for name in post:
        head, _, field = name.rpartition(".")
        place = head.removeprefix("references.")
        if field != "sealed" or not head.startswith("references.") or not place.isdecimal() or place == gone:
            continue
        try:
            facts = signing.loads(str(post[name]), salt=SALT)
        except signing.BadSignature:
            continue
        yield {key: facts[key] for key in FACTS} | _typed(post, head)


def _typed(post: QueryDict, at: str) -> Json:
    rights, kind = post.get(f"{at}.rights", ""), post.get(f"{at}.kind", "")
    return {
        "look": f"{at}.look" in post,
        "kind": kind if kind in KINDS else KINDS[0],
        "caption": {side: post.get(f"{at}.caption.{side}", "").strip()[:500] for side in ("en", "zh")},
        "rights": rights if rights in RIGHTS else RIGHTS[0],
        "note": post.get(f"{at}.note", "").strip()[:500],
    }


def _moved(entries: list[Json], asked: str) -> list[Json]:
    """`asked`: "PLACE:up" or "PLACE:down", places as the page counts them; anything else moves nothing."""
    place, _, way = asked.partition(":")
    at = int(place) if place.isdecimal() and len(place) < 6 else -1
    to = at + {"up": -1, "down": 1}.get(way, 0)
    if 0 <= at < len(entries) and 0 <= to < len(entries):
        entries[at], entries[to] = entries[to], entries[at]
    return entries


def _new(files: list[Any], problems: list[Problem]) -> Iterator[Json]:
    if len(files) > MOST_FILES:
        problems.append(Problem("references.new", MANY))
        return
    for file in files:
        try:
            yield taken_in(file)
        except Refused as refused:
            name = str(file.name)[:60]
            words = Words(en=f"{name}: {refused.words.en}", zh=f"{name}：{refused.words.zh}")
            problems.append(Problem("references.new", words))


def taken_in(file: Any) -> Json:
    """A picture from a person, kept, as a draft's entry. Steers no look until somebody says so. Refused with a sentence."""
    return keep_reference(file.read(MAX_FILE_BYTES + 1)).model_dump(mode="json") | {"look": False}


def reference_rows(entries: Iterable[Json], first: int = 0) -> list[ReferenceRow]:
    return [_row(place, entry) for place, entry in enumerate(entries, first)]


def _row(place: int, entry: Json) -> ReferenceRow:
    caption = entry.get("caption") or {}
    return ReferenceRow(
        place=place,
        look=bool(entry.get("look", True)),
        kind=entry.get("kind") or KINDS[0],
        caption=Words(en=str(caption.get("en", "")), zh=str(caption.get("zh", ""))),
        rights=entry.get("rights") or RIGHTS[0],
        note=entry.get("note") or "",
        palette=tuple(entry.get("palette") or ()),
        sealed=signing.dumps({key: entry.get(key) for key in FACTS}, salt=SALT, compress=True),
        token=token_of(entry),
    )


def token_of(entry: Json) -> str:
    """What the address of its thumbnail holds: file and hash, signed, since it may stand in no draft yet."""
    return signing.dumps([entry.get("file"), entry.get("sha256")], salt=SALT, compress=True)


def named_by(token: str) -> tuple[str, str]:
    """(file, sha256) of a token. BadSignature for one that is not ours."""
    file, digest = signing.loads(token, salt=SALT)
    return str(file), str(digest)


def reference_in_words(entry: Json) -> str:
    caption = entry.get("caption") or {}
    parts = (
        caption.get("en"),
        caption.get("zh"),
        entry.get("rights"),
        entry.get("note"),
        *(entry.get("palette") or ()),
    )
    shown = " · ".join(dict.fromkeys(str(part) for part in parts if part and part != "unconfirmed"))
    return shown or str(entry.get("file", ""))
