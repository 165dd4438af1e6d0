"""The form and the YAML tab: what a browser sends becomes the data of a brief, and its problems find their fields."""

from __future__ import annotations

import re
import secrets
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from brand_styles.licences import MEDIA, USUAL, unlicensed
from brand_styles.manners import today_of
from brand_styles.selectors import UnknownBrand, library, parse_reference, style_for
from brand_styles.words import Words
from generation.errors import BriefProblem, BriefProblems
from generation.planning.brief import Brief, load_brief, problems_of
from generation.planning.brief_problems import with_lines
from generation.planning.evidence import Proof, evidence_of
from generation.planning.forbidden import Forbidden, forbidden
from generation.planning.product import PhotoNotCutOut
from generation.planning.yaml_source import read_yaml
from studio.branding import makers_of
from studio.web.words import SENTENCES

PLAIN = ("campaign", "market", "industry", "product_type", "goal", "prompt", "mood", "occasion", "landing_url")
COPY = ("headline", "subline", "price", "cta")
DATES = ("starts", "ends")
NUMBERS = ("variants", "seed")
SLOTS = {*PLAIN, *DATES, *NUMBERS, *(f"copy.{role}" for role in (*COPY, "legal")), "brand", "formats", "subject"}
SLOTS |= {"subject.image", "evidence", "source", "copy", "brief", "segments"}
PRODUCT = "product.png"  # the form's picture, whatever it was called
EVIDENCE_ROWS = ("1", "2", "3")
MAX_NAME = 120  # bytes of a sent file's name
MOST_ROWS = 100  # read of a list: more than any brief may have, so too many are told without taking long over the rest


@dataclass(frozen=True)
class Preset:
    """A format offered as a little picture of its shape. `box_w`, `box_h`: the drawn shape on a 64 by 64 field."""

    width: int
    height: int
    use: Words

    @property
    def name(self) -> str:
        return f"{self.width}x{self.height}"

    @property
    def box_w(self) -> float:
        return max(3.0, round(60 * self.width / max(self.width, self.height), 1))

    @property
    def box_h(self) -> float:
        return max(3.0, round(60 * self.height / max(self.width, self.height), 1))


PRESETS = (
    Preset(1080, 1920, Words(en="Story, splash", zh="开屏、故事")),
    Preset(1242, 2208, Words(en="Long poster", zh="长海报")),
    Preset(1080, 1350, Words(en="Feed, tall", zh="信息流竖图")),
    Preset(1080, 1080, Words(en="Square", zh="方图")),
    Preset(1200, 628, Words(en="Link card", zh="链接卡片")),
    Preset(1920, 1080, Words(en="Wide screen", zh="横屏")),
    Preset(300, 600, Words(en="Half page", zh="半页")),
    Preset(300, 250, Words(en="Rectangle", zh="中矩形")),
    Preset(970, 250, Words(en="Billboard", zh="通栏")),
    Preset(728, 90, Words(en="Leaderboard", zh="横幅")),
)


@dataclass
class Draft:
    """A brief on its way in: its data, the text it is kept as, and what is wrong with it, by the field to show it at.

    `exact`: problems keep the names of the brief's own fields ("copy.legal[2]"), for programs.
    """

    data: dict[str, Any]
    source: str
    brief: Brief | None = None
    problems: dict[str, list[Words]] = field(default_factory=dict)
    product_png: bytes | None = None
    photo: bytes | None = (
        None  # a picture that still has its ground: to be cut out and confirmed before anything is made
    )
    evidence: tuple[Proof, ...] = ()
    exact: bool = False
    rewrites: dict[str, list[Forbidden]] = field(default_factory=dict)  # by slot, what may stand instead

    @property
    def is_sound(self) -> bool:
        return self.brief is not None and not self.problems

    def blame(self, name: str, words: Words) -> None:
        self.problems.setdefault(name if self.exact else slot_of(name), []).append(words)


def slot_of(name: str) -> str:
    """The place on the form where a problem of that field is shown: "copy.legal[2]" is told at "copy.legal"."""
    bare = re.sub(r"\[\d+\]", "", name)
    return next((slot for slot in (bare, bare.partition(".")[0]) if slot in SLOTS), "brief")


def draft_of(
    post: QueryDict, brands: Sequence[str], sent: MultiValueDict[str, UploadedFile[Any]] | None = None
) -> Draft:
    """Read what was sent. `brands`: the slugs this person works for; any other brand does not exist for them.

    `sent`: the files that came along; None while somebody still types, when no file is asked for yet.
    """
    draft = _from_yaml(post, sent) if post.get("tab") == "yaml" else _from_fields(post, sent)
    if "brand" not in draft.problems:
        _check_brand(draft, str(draft.data.get("brand", "")), brands)
    if draft.is_sound:
        _bring_element(draft, "source" if post.get("tab") == "yaml" else "subject", read=sent is not None)
        _check_copy(draft, "source" if post.get("tab") == "yaml" else "")
        _check_fonts(draft, "source" if post.get("tab") == "yaml" else "brand")
    return draft


def draft_of_source(
    sent: dict[str, Any] | str, brands: Sequence[str], files: MultiValueDict[str, UploadedFile[Any]]
) -> Draft:
    """A brief as a program sends it, whole and at once: its data, or its YAML; `attachments` among `files` are those it names."""
    draft = Draft({}, sent if isinstance(sent, str) else as_yaml(sent), exact=True)
    try:
        draft.brief = load_brief(sent) if isinstance(sent, str) else _validated(sent)
    except BriefProblems as found:
        for problem in found.problems:
            draft.blame(problem.field or "brief", _with_line(problem))
        return draft
    draft.data = draft.brief.model_dump(mode="json", by_alias=True, exclude_none=True)
    _check_brand(draft, draft.brief.brand, brands)
    for problem in [] if draft.problems else _attached(draft, files):
        draft.blame(problem.field or "brief", problem.words)
    if draft.is_sound:
        _bring_element(draft, "subject.element", read=True)
        _check_copy(draft)
        _check_fonts(draft)
    return draft


def _check_copy(draft: Draft, slot: str = "") -> None:
    """Blame what a rule of the market or of the brand forbids, at its own field or at `slot`; the rewrites go along."""
    if draft.brief is None:
        return
    for each in forbidden(draft.brief, style_for(draft.brief.brand)):
        draft.blame(slot or each.field, each.words)
        offered = draft.rewrites.setdefault(slot_of(each.field), [])
        if each.instead and not slot and (each.matched, each.instead) not in {(o.matched, o.instead) for o in offered}:
            offered.append(each)


def _check_fonts(draft: Draft, slot: str = "brand") -> None:
    """Blame a font in use whose licence does not cover the day, the brief's media, or as many people as make the brand's pictures."""
    if draft.brief is None:
        return
    style = style_for(draft.brief.brand)
    found = unlicensed(
        style,
        on=today_of(style.manners, draft.brief.market or style.market),
        media=draft.brief.media or USUAL,
        people=makers_of(style.slug) if style.fonts else 0,
    )
    for words in dict.fromkeys(words for _, words in found):
        draft.blame(slot, words)


def _validated(data: dict[str, Any]) -> Brief:
    if problems := problems_of(data):
        raise BriefProblems(problems)
    return Brief.model_validate(data)


def _bring_element(draft: Draft, slot: str, *, read: bool) -> None:
    """An element that the brief names is in its own brand's library; its pixels come along where they are to be `read`."""
    from brand_styles.elements import bytes_of
    from generation.products.sources import element_for

    try:
        row = element_for(draft.brief) if draft.brief else None
    except BriefProblem as problem:
        draft.blame(slot, problem.words)
        return
    if row is not None and read:
        draft.product_png = bytes_of(row)


def _check_brand(draft: Draft, reference: str, brands: Sequence[str]) -> None:
    """Blame a brand that this person does not work for, or a version of it that was never published."""
    slug = reference.partition("@")[0]
    if slug and slug not in brands:
        said = SENTENCES["form.not_your_brand"]
        names = ", ".join(brands)
        draft.blame("brand", Words(en=f"{said.en} {names}", zh=f"{said.zh}{names}"))
    elif draft.is_sound:
        try:
            library(*parse_reference(reference))
        except UnknownBrand:
            said = SENTENCES["form.no_such_version"]
            draft.blame("brand", Words(en=f"{reference}: {said.en}", zh=f"{reference}：{said.zh}"))


def _from_yaml(post: QueryDict, sent: MultiValueDict[str, UploadedFile[Any]] | None) -> Draft:
    draft = Draft({}, str(post.get("source", "")))
    try:
        draft.brief = load_brief(draft.source)
    except BriefProblems as found:
        for problem in found.problems:
            draft.blame("source", _with_line(problem))
        return draft
    draft.data = draft.brief.model_dump(mode="json", by_alias=True, exclude_none=True)
    if sent is not None:
        for problem in with_lines(_attached(draft, sent), read_yaml(draft.source).line_of):
            draft.blame("source", _with_line(problem))
    return draft


def _attached(draft: Draft, sent: MultiValueDict[str, UploadedFile[Any]]) -> list[BriefProblem]:
    """Take the files that came with a pasted brief; those that it does not name are told, not dropped."""
    files = _by_name(sent.getlist("attachments"))
    extra = [_told(name, "form.file_not_named", "brief") for name in files if name not in _named(draft)]
    return extra or _take_files(draft, files)


def _by_name(files: Sequence[UploadedFile[Any]]) -> dict[str, UploadedFile[Any]]:
    return {_name(file): file for file in files}


def _name(file: UploadedFile[Any]) -> str:
    """A sent file's own name (never a path: Django cuts that off), written as briefs write text."""
    return unicodedata.normalize("NFC", file.name or "").strip()


def _with_line(problem: BriefProblem) -> Words:
    if problem.line is None:
        return problem.words
    return Words(en=f"Line {problem.line}: {problem.words.en}", zh=f"第 {problem.line} 行：{problem.words.zh}")


def _from_fields(post: QueryDict, sent: MultiValueDict[str, UploadedFile[Any]] | None) -> Draft:
    data = fields_to_data(post)
    files: dict[str, UploadedFile[Any]] = {}
    if sent and (product := sent.get("product")):
        data["subject"] = {"image": PRODUCT}
        files[PRODUCT] = product
    if sent is not None:
        data |= _claims(post, sent, files)
    draft = Draft(data, as_yaml(data))
    for problem in problems_of(data):
        draft.blame(problem.field or "brief", problem.words)
    if not draft.problems:
        draft.brief = Brief.model_validate(data)
        for problem in _take_files(draft, files):
            draft.blame(problem.field or "brief", problem.words)
    return draft


def _claims(
    post: QueryDict, sent: MultiValueDict[str, UploadedFile[Any]], files: dict[str, UploadedFile[Any]]
) -> dict[str, Any]:
    """The rows of claim and file; each file goes into `files` under the name that the brief gives it."""
    rows = []
    for row in EVIDENCE_ROWS:
        claim, file = post.get(f"claim-{row}", "").strip(), sent.get(f"evidence-{row}")
        if not claim and not file:
            continue
        name = _name(file) if file else ""
        if name in files:
            name = f"{row}-{name}"
        if file:
            files[name] = file
        rows.append({"claim": claim, "file": name})
    return {"evidence": rows} if rows else {}


def fields_to_data(post: QueryDict) -> dict[str, Any]:
    """The brief's data from the form's fields; what was left empty is left out."""
    data: dict[str, Any] = {"version": 1, "brand": post.get("brand", "")}
    data |= {name: value for name in (*PLAIN, *DATES) if (value := post.get(name, "").strip())}
    copy: dict[str, Any] = {role: value for role in COPY if (value := post.get(role, "").strip())}
    if legal := [line.strip() for line in post.get("legal", "").splitlines() if line.strip()]:
        copy["legal"] = legal[:MOST_ROWS]
    if media := [medium for medium in MEDIA if medium in post.getlist("media")]:
        data["media"] = media
    if segments := segments_of(post.get("segments", "")):
        data["segments"] = segments
    if concept := post.get("concept", "").strip():
        data["subject"] = {"concept": concept}
    if element := post.get("element", "").strip():
        data["subject"] = {"element": element}
    others = re.split(r"[,，;；、\n]+", post.get("other_formats", ""))
    formats = [*post.getlist("formats"), *(name.strip() for name in others if name.strip())]
    return data | {"copy": copy, "formats": formats[:MOST_ROWS]} | _numbers(post)


def segments_of(text: str) -> list[dict[str, Any]]:
    """One segment a line: "students: 18–24, campus" is a name and its traits."""
    found: list[dict[str, Any]] = []
    for line in text.splitlines():
        name, _, rest = line.replace("：", ":").partition(":")
        traits = [trait.strip() for trait in re.split(r"[,，、;；]+", rest) if trait.strip()]
        if name.strip():
            found.append({"name": name.strip()} | ({"traits": traits} if traits else {}))
    return found


def _numbers(post: QueryDict) -> dict[str, Any]:
    """Whole numbers as numbers; anything else as it was written, so that it is told rather than lost."""
    numbers = {}
    for name in NUMBERS:
        if value := post.get(name, "").strip():
            numbers[name] = int(value) if re.fullmatch(r"-?\d{1,12}", value, re.ASCII) else value
    return numbers


def as_yaml(data: Mapping[str, Any]) -> str:
    return yaml.safe_dump(dict(data), allow_unicode=True, sort_keys=False, width=120)


def _take_files(draft: Draft, files: Mapping[str, UploadedFile[Any]]) -> list[BriefProblem]:
    """Read the files that the brief names, as if they lay beside it (in a child process with limits, see brand_styles.intake)."""
    brief, named = draft.brief, _named(draft)
    if brief is None:
        return []
    problems = [p for name, where in named.items() if (p := _unfit(name, files.get(name), where))]
    if problems or not named:
        return problems
    with tempfile.TemporaryDirectory(prefix=f"upload-{secrets.token_hex(4)}-") as folder:
        for name in named:
            _write(files[name], Path(folder) / name)
        try:
            draft.product_png = product_png(brief, Path(folder))
            draft.evidence = evidence_of(brief, Path(folder))
        except PhotoNotCutOut:
            name = next(n for n, where in named.items() if where == "subject.image")
            draft.photo = (Path(folder) / name).read_bytes()
            return [_told(name, "form.photo_needs_cut", "subject.image")]
        except BriefProblem as problem:
            return [problem]
        except BriefProblems as found:
            return found.problems
    return []


def _named(draft: Draft) -> dict[str, str]:
    """The files that the brief names, each with the field that names it."""
    if draft.brief is None:
        return {}
    named = {e.file: f"evidence[{place}].file" for place, e in enumerate(draft.brief.evidence, start=1)}
    subject = draft.brief.subject
    return named | ({subject.image: "subject.image"} if subject and subject.image else {})


def _unfit(name: str, file: UploadedFile[Any] | None, where: str) -> BriefProblem | None:
    """Why a file that the brief names cannot be looked at: not sent, too large, or under a name that no folder takes."""
    if file is None:
        return _told(name, "form.file_not_sent", where)
    if (file.size or 0) > settings.UPLOAD_MAX_BYTES:
        return _told(name, "form.too_large", where)
    return _told(name, "form.long_name", where) if len(name.encode()) > MAX_NAME else None


def _told(name: str, key: str, where: str) -> BriefProblem:
    said = SENTENCES[key]
    return BriefProblem(f"“{name[:80]}”: {said.en}", f"“{name[:80]}”：{said.zh}", field=where)


def _write(upload: UploadedFile[Any], path: Path) -> None:
    with path.open("wb") as file:
        for chunk in upload.chunks():
            file.write(chunk)


def product_png(brief: Brief, folder: Path) -> bytes | None:
    """The cut-out in `folder`, checked and written again by us; None where the brief names none. BriefProblem where it is none."""
    import io

    from PIL import Image

    from generation.planning.product import product_of

    pixels = product_of(brief, folder)
    if pixels is None:
        return None
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()
