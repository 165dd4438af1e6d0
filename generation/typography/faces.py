"""The typefaces, shipped and uploaded: which file draws which weight, which Latin goes with which Chinese, what a face lacks.

Only these files are ever used. There is no system fallback, so that a line has the same shape on every machine; a
character that neither a face nor its companion has is named by `missing_characters` before anything is drawn.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

from brand_styles.fonts import LostFont, font_file
from brand_styles.licences import HASH, PREFIX
from brand_styles.words import Words
from generation.errors import PermanentError
from generation.typography.characters import kind

FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"

SIGNS = "noto-sans-sc"  # the face that lends its signs to all others

LEAST_HAN = 500  # characters from which an uploaded font is a Chinese one
_UPLOADED = re.compile(rf"{PREFIX}[0-9a-f]{{{HASH}}}(?:-[0-9a-f]{{{HASH}}})*")

Script = Literal["han", "latin"]


@dataclass(frozen=True)
class Face:
    """One typeface. `files`: weight → path under static/fonts, or a whole path. `companion` draws the other script, `scale` times as large.

    `companion_weights` maps this face's weight to the companion's where the nearest number would not match the colour
    of the page.
    """

    key: str
    name: Words
    script: Script
    files: Mapping[int, str]
    companion: str
    scale: float
    display: bool = False
    companion_weights: Mapping[int, int] | None = None


def _noto(weight: str) -> str:
    return f"noto-sans-sc/NotoSansSC_{weight}.ttf"


_ALL = (
    Face(
        "noto-sans-sc",
        Words(en="Noto Sans SC", zh="思源黑体"),
        "han",
        {400: _noto("400Regular"), 700: _noto("700Bold"), 900: _noto("900Black")},
        companion="archivo",
        scale=1.05,
    ),
    Face(
        "noto-serif-sc",
        Words(en="Noto Serif SC", zh="思源宋体"),
        "han",
        {900: "noto-serif-sc/NotoSerifSC_900Black.ttf"},
        companion="noto-serif-sc",
        scale=1.05,
        display=True,
    ),
    Face(
        "zcool-xiaowei",
        Words(en="ZCOOL XiaoWei", zh="站酷小薇体"),
        "han",
        {400: "zcool-xiaowei/ZCOOLXiaoWei_400Regular.ttf"},
        companion="zcool-xiaowei",
        scale=1.05,
        display=True,
    ),
    Face(
        "zcool-kuaile",
        Words(en="ZCOOL KuaiLe", zh="站酷快乐体"),
        "han",
        {400: "zcool-kuaile/ZCOOLKuaiLe_400Regular.ttf"},
        companion="fredoka",
        scale=1.05,
        display=True,
    ),
    Face(
        "archivo",
        Words(en="Archivo", zh="Archivo"),
        "latin",
        {
            400: "archivo/Archivo_400Regular.ttf",
            700: "archivo/Archivo_700Bold.ttf",
            900: "archivo/Archivo_900Black.ttf",
        },
        companion="noto-sans-sc",
        scale=0.95,
    ),
    Face(
        "outfit",
        Words(en="Outfit", zh="Outfit"),
        "latin",
        {
            400: "outfit/Outfit_400Regular.ttf",
            600: "outfit/Outfit_600SemiBold.ttf",
            800: "outfit/Outfit_800ExtraBold.ttf",
        },
        companion="noto-sans-sc",
        scale=0.95,
        display=True,
        companion_weights={600: 700, 800: 900},
    ),
    Face(
        "fredoka",
        Words(en="Fredoka", zh="Fredoka"),
        "latin",
        {600: "fredoka/Fredoka_600SemiBold.ttf"},
        companion="zcool-kuaile",
        scale=0.95,
        display=True,
    ),
)

FACES: Mapping[str, Face] = {face.key: face for face in _ALL}


def face_of(key: str) -> Face:
    """The face of that key, shipped or uploaded. Raises PermanentError naming the nearest keys when there is none, or that its file is
    gone."""
    if key in FACES:
        return FACES[key]
    if is_uploaded(key):
        return _uploaded(key)
    near = ", ".join(get_close_matches(key, FACES, n=3, cutoff=0.0))
    raise PermanentError(
        f"There is no typeface “{key}”. The nearest are: {near}.",
        f"没有名为“{key}”的字体。最接近的是：{near}。",
        field="typeface",
    )


def is_uploaded(key: str) -> bool:
    """Whether a key names files that a brand uploaded (brand_styles.licences.keyed makes such keys)."""
    return bool(_UPLOADED.fullmatch(key))


def _uploaded(key: str) -> Face:
    """The face of uploaded files: the key holds their hashes, so that it means the same outlines for ever."""
    try:
        files = [str(font_file(digits)) for digits in key.removeprefix(PREFIX).split("-")]
    except LostFont as lost:
        raise PermanentError(lost.words.en, lost.words.zh, field="typeface") from None
    return _read_face(key, tuple(files))


@lru_cache(maxsize=64)
def _read_face(key: str, files: tuple[str, ...]) -> Face:
    """What the files say of themselves; the lighter weights stand first. A face with Latin enough is its own companion."""
    from fontTools.ttLib import TTFont

    weights: dict[int, str] = {}
    characters: set[int] = set()
    name = ""
    for file in files:
        with TTFont(file, lazy=True) as font:
            weight = int(font["OS/2"].usWeightClass)
            weights[min(max(weight * 100 if weight < 10 else weight, 100), 950)] = file
            characters = characters or set(font.getBestCmap())
            name = name or str(font["name"].getDebugName(16) or font["name"].getDebugName(1) or key)
    script: Script = "han" if sum(0x4E00 <= code <= 0x9FFF for code in characters) >= LEAST_HAN else "latin"
    own_latin = {ord(c) for c in "AZaz09"} <= characters
    companion = (key if own_latin else "archivo") if script == "han" else SIGNS
    scale = 1.05 if script == "han" else 0.95
    return Face(key, Words(en=name, zh=name), script, weights, companion=companion, scale=scale)


def nearest_weight(key: str, weight: int) -> int:
    """The weight that the face has nearest to the one asked for; the heavier of two equally near."""
    return min(face_of(key).files, key=lambda w: (abs(w - weight), -w))


def file_of(key: str, weight: int) -> Path:
    """The font file of a face's nearest weight."""
    return FONTS / face_of(key).files[nearest_weight(key, weight)]


def companion_of(key: str, weight: int) -> tuple[str, int, float]:
    """The face, weight and scale in which the other script is set beside this one."""
    face = face_of(key)
    own = nearest_weight(key, weight)
    wanted = (face.companion_weights or {}).get(own, own if len(face.files) > 1 else weight)
    return face.companion, nearest_weight(face.companion, wanted), face.scale


def pair(key: str, weight: int) -> Mapping[Script, tuple[Path, float]]:
    """The file and the scale for each script when a line is set in this face."""
    face = face_of(key)
    other, other_weight, scale = companion_of(key, weight)
    own_file, other_file = file_of(key, weight), file_of(other, other_weight)
    if face.script == "han":
        return {"han": (own_file, 1.0), "latin": (other_file, scale)}
    return {"latin": (own_file, 1.0), "han": (other_file, scale)}


@lru_cache(maxsize=32)
def typeface(file: Path) -> Any:
    """The skia.Typeface of a font file, opened once a process. Raises FileNotFoundError when the file is not there."""
    import skia

    if not file.is_file():
        raise FileNotFoundError(file)
    # An empty manager never looks at the machine's own fonts.
    return skia.FontMgr.New_Custom_Empty().makeFromFile(str(file))


@lru_cache(maxsize=20_000)
def glyph_id(file: Path, character: str) -> int:
    """The glyph of a character in a file; 0 when it has none."""
    return int(typeface(file).unicharToGlyph(ord(character)))


def missing_characters(text: str, face: str, weight: int = 400) -> list[str]:
    """The characters of `text` that cannot be drawn in a face, each once, in order.

    The companion draws what the face lacks; signs (arrows, stars …), which are no letters, may come from SIGNS.
    """
    files = [file for file, _ in pair(face, weight).values()]
    signs = [*files, file_of(SIGNS, weight)]
    lacking = (c for c in text if not any(glyph_id(f, c) for f in (signs if kind(c) == "sign" else files)))
    return [c for c in dict.fromkeys(lacking) if not c.isspace()]


def covering_face(text: str, preferred: str, weight: int = 400) -> str:
    """`preferred`, or where it lacks a character of `text` the text face of its script, which has more of them."""
    if not missing_characters(text, preferred, weight):
        return preferred
    return "noto-sans-sc" if face_of(preferred).script == "han" else "archivo"
