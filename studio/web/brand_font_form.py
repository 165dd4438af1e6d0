"""A draft's own fonts as fields of its form, and back: files taken in, what their licences cover typed beside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import QueryDict
from pydantic import ValidationError

from brand_styles.fonts import keep_font
from brand_styles.intake.guard import MAX_FILE_BYTES, Refused
from brand_styles.licences import COMMON, MEDIA, BrandFont, keyed, rekeyed
from brand_styles.problems import Problem
from brand_styles.words import Words

Json = dict[str, Any]
SHOWN = "fonts"  # the hidden field that tells a form with these fields from one without
SALT = "brand font"
MOST_ROWS, MOST_FILES = 24, 8
TYPED = ("licence", "terms", "seats", "media", "expires")  # the rest the file says of itself
FACTS = tuple(field for field in BrandFont.model_fields if field not in TYPED)
MANY = Words(
    en=f"More than {MOST_FILES} fonts were chosen at once. Save these in turns.",
    zh=f"一次选择的字体超过 {MOST_FILES} 个。请分批保存。",
)


@dataclass(frozen=True)
class FontRow:
    """One font as it stands in the form. `sealed`: what its file says, signed, so that it travels with the form."""

    place: int
    name: Words
    weight: int
    script: str
    latin: int
    han: int
    embedding: str
    subset: bool
    licence: str
    terms: str
    seats: str
    media: tuple[tuple[str, bool], ...]
    expires: str
    sealed: str

    @property
    def slot(self) -> str:
        return f"fonts.{self.place}"

    @property
    def han_percent(self) -> int:
        return self.han * 100 // COMMON


def fonts_of(post: QueryDict, files: Iterable[Any], before: Json, problems: list[Problem]) -> Json:
    """The draft's fonts, and its typefaces where the key of a family changed with its files. {} for a form without these fields."""
    if SHOWN not in post:
        return {}
    fonts = [*_kept(post), *_new(list(files), problems)]
    sound = sound_fonts(fonts)
    typefaces = {use: rekeyed(str(key), sound) for use, key in (before.get("typefaces") or {}).items()}
    return {"fonts": list({font["sha256"]: font for font in reversed(fonts)}.values())[::-1], "typefaces": typefaces}


def _kept(post: QueryDict) -> Iterator[Json]:
    gone = post.get("remove-font", "")
    for place in range(MOST_ROWS):
        at = f"fonts.{place}"
        if f"{at}.sealed" not in post or str(place) == gone:
            continue
        try:
            facts = signing.loads(str(post[f"{at}.sealed"]), salt=SALT)
        except signing.BadSignature:
            continue
        yield {field: facts[field] for field in FACTS} | _typed(post, at)


def _typed(post: QueryDict, at: str) -> Json:
    seats = post.get(f"{at}.seats", "").strip()
    return {
        "licence": post.get(f"{at}.licence", "").strip()[:200],
        "terms": post.get(f"{at}.terms", "").strip()[:20_000],
        "seats": int(seats) if seats.isdecimal() and len(seats) < 9 else seats[:40] or None,
        "media": [medium for medium in MEDIA if medium in post.getlist(f"{at}.media")],
        "expires": post.get(f"{at}.expires", "").strip()[:40] or None,
    }


def _new(files: list[Any], problems: list[Problem]) -> Iterator[Json]:
    if len(files) > MOST_FILES:
        problems.append(Problem("fonts.new", MANY))
        return
    for file in files:
        try:
            yield keep_font(file.read(MAX_FILE_BYTES + 1)).model_dump(mode="json")
        except Refused as refused:
            name = str(file.name)[:60]
            words = Words(en=f"{name}: {refused.words.en}", zh=f"{name}：{refused.words.zh}")
            problems.append(Problem("fonts.new", words))


def sound_fonts(entries: Iterable[Mapping[str, Any]]) -> list[BrandFont]:
    """Those that are fonts, whatever was typed beside them."""
    found = []
    for entry in entries:
        try:
            found.append(BrandFont.model_validate({field: entry[field] for field in FACTS if field in entry}))
        except ValidationError:
            continue
    return found


def font_rows(entries: Iterable[Json]) -> list[FontRow]:
    return [_row(place, entry) for place, entry in enumerate(entries)]


def _row(place: int, entry: Json) -> FontRow:
    ticked = set(entry.get("media") or ())
    return FontRow(
        place=place,
        name=Words.model_validate(entry.get("family") or {"en": "", "zh": ""}),
        weight=int(entry.get("weight") or 0),
        script=str(entry.get("script")),
        latin=int(entry.get("latin") or 0),
        han=int(entry.get("han") or 0),
        embedding=str(entry.get("embedding")),
        subset=bool(entry.get("subset", True)),
        licence=entry.get("licence") or "",
        terms=entry.get("terms") or "",
        seats=str(entry.get("seats") or ""),
        media=tuple((medium, medium in ticked) for medium in MEDIA),
        expires=str(entry.get("expires") or ""),
        sealed=signing.dumps({field: entry.get(field) for field in FACTS}, salt=SALT, compress=True),
    )


def own_faces(style: Json) -> list[tuple[str, Words, str]]:
    """(key, name, script) of every family of the brand's own fonts."""
    families = keyed(sound_fonts(style.get("fonts") or [])).items()
    return [(key, fonts[0].family, fonts[0].script) for key, fonts in families]


def font_in_words(font: Json) -> str:
    """A font as one line of a comparison."""
    family = (font.get("family") or {}).get("en", "")
    seats = f"{font['seats']} seats" if font.get("seats") else ""
    parts = (f"{family} {font.get('weight')}", font.get("licence"), ", ".join(font.get("media") or []), seats)
    return " · ".join(str(part) for part in (*parts, f"≤ {font['expires']}" if font.get("expires") else "") if part)
