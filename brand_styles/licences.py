"""Fonts that a brand uploaded, and what their licences cover: on which day, in which media, for how many people."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Literal, get_args

from pydantic import Field

from brand_styles.frozen import Frozen
from brand_styles.words import Words

if TYPE_CHECKING:
    from brand_styles.style import BrandStyle

Medium = Literal["web", "social", "app", "video", "print", "outdoor"]
MEDIA: tuple[Medium, ...] = get_args(Medium)
USUAL: tuple[Medium, ...] = ("web",)  # of a brief that names none: its pictures are shown on screens
COMMON = 3755  # characters of GB/T 2312 level 1
HASH = 24  # digits of a file's hash that its key holds: 96 bits
PREFIX = "font-"


class BrandFont(Frozen):
    """One font file of the brand's own (one weight), as the intake wrote it, pinned by its hash; and its licence as the brand states it.

    latin: of the 95 printable ASCII characters, han: of GB/T 2312 level 1, how many it has. embedding, subset: what its own fsType allows.
    seats: people who may use it, None for any number; media: where its pictures may be shown, all if empty; expires: the last day.
    """

    file: str = Field(min_length=1, max_length=200)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    family: Words
    weight: int = Field(ge=1, le=1000)
    script: Literal["han", "latin"]
    latin: int = Field(ge=0, le=95)
    han: int = Field(ge=0, le=COMMON)
    embedding: Literal["installable", "editable", "preview"] = "installable"
    subset: bool = True
    licence: str = Field(default="", max_length=200)
    terms: str = Field(default="", max_length=20_000)
    seats: int | None = Field(default=None, ge=1, le=1_000_000)
    media: tuple[Medium, ...] = Field(default=(), max_length=len(MEDIA))
    expires: date | None = None

    @property
    def digits(self) -> str:
        return self.sha256[:HASH]


def keyed(fonts: Iterable[BrandFont]) -> Mapping[str, tuple[BrandFont, ...]]:
    """The brand's own typefaces: the weights of each family, lightest first, by the key under which type is set in them.

    A key is made of the files' hashes alone, so that it means the same pixels wherever it stands.
    """
    families: dict[str, list[BrandFont]] = {}
    for font in fonts:
        families.setdefault(font.family.en.casefold(), []).append(font)
    weights = [tuple(sorted(family, key=lambda font: (font.weight, font.sha256))) for family in families.values()]
    return {PREFIX + "-".join(font.digits for font in family): family for family in weights}


def rekeyed(key: str, fonts: Iterable[BrandFont]) -> str:
    """The key of the family that a weight of `key` belongs to now; `key` itself where it is no uploaded face or is gone."""
    files = set(key.removeprefix(PREFIX).split("-")) if key.startswith(PREFIX) else set()
    return next((new for new in keyed(fonts) if files & set(new.removeprefix(PREFIX).split("-"))), key)


def used_fonts(style: BrandStyle) -> Iterator[tuple[int, BrandFont]]:
    """(place, font) of every uploaded font that the typefaces name."""
    named = {style.typefaces.text, style.typefaces.display_zh, style.typefaces.display_latin}
    digits = {part for key in named if key.startswith(PREFIX) for part in key.removeprefix(PREFIX).split("-")}
    return ((place, font) for place, font in enumerate(style.fonts) if font.digits in digits)


def uncovered(
    font: BrandFont, *, on: date | None = None, media: Collection[Medium] = (), people: int = 0
) -> Iterator[Words]:
    """What the licence does not cover, each in a sentence: the day, one of the media, the number of people."""
    name = f"{font.family.en} {font.weight}"
    if on and font.expires and font.expires < on:
        yield Words(
            en=f"The licence of {name} ended on {font.expires}. Renew it and change the date, or choose another typeface.",
            zh=f"{name} 的授权已于 {font.expires} 到期。请续期并修改日期，或更换字体。",
        )
    lacking = [medium for medium in media if font.media and medium not in font.media]
    if lacking:
        said_zh = "、".join(_MEDIA_ZH[medium] for medium in lacking)
        yield Words(
            en=f"The licence of {name} does not cover {', '.join(lacking)}: it is for {', '.join(font.media)}. "
            "Extend the licence, or choose another typeface.",
            zh=f"{name} 的授权不包含{said_zh}，仅限{'、'.join(_MEDIA_ZH[m] for m in font.media)}。请扩展授权，或更换字体。",
        )
    if font.seats is not None and people > font.seats:
        yield Words(
            en=f"The licence of {name} is for {font.seats} people, and {people} make pictures for the brand. "
            "Buy seats, or take people out.",
            zh=f"{name} 的授权限 {font.seats} 人使用，而该品牌有 {people} 人制作图片。请增购席位，或减少成员。",
        )


def unlicensed(
    style: BrandStyle, *, on: date, media: Collection[Medium] = USUAL, people: int = 0
) -> list[tuple[int, Words]]:
    """(place among the fonts, why) for every font in use that its licence does not cover."""
    return [
        (place, words)
        for place, font in used_fonts(style)
        for words in uncovered(font, on=on, media=media, people=people)
    ]


def clashing(fonts: Sequence[BrandFont]) -> Iterator[int]:
    """Places of fonts of a family and weight that stand earlier in the list."""
    for place, font in enumerate(fonts):
        own = (font.family.en.casefold(), font.weight)
        if any((other.family.en.casefold(), other.weight) == own for other in fonts[:place]):
            yield place


_MEDIA_ZH = {"web": "网页", "social": "社交媒体", "app": "应用", "video": "视频", "print": "印刷", "outdoor": "户外"}
