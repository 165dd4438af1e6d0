"""A font file written anew from a list of what we need of it: outlines, metrics, characters, names. All else is left out.

Runs inside the child process (see child.py), so it imports nothing of the project. Dropped without a word: hinting programs, layout
tables (glyphs are placed by the studio itself), bitmaps, SVG glyphs, colour, signatures. Refused: collections, variable fonts, fonts whose
embedding bits forbid embedding (OpenType 1.9.1, OS/2 fsType), and whatever fontTools cannot read to the last glyph.
"""

import io
import re
import struct
from typing import Any

from fontTools.misc.textTools import num2binary
from fontTools.ttLib import TTFont

MAX_UNPACKED = 48_000_000  # bytes a WOFF2 may say it unpacks to
MAX_GLYPHS = 65_535
KINDS = {b"\x00\x01\x00\x00": "ttf", b"true": "ttf", b"OTTO": "otf", b"wOF2": "woff2", b"wOFF": "woff"}
KEPT = frozenset(
    {
        "head",
        "hhea",
        "hmtx",
        "maxp",
        "cmap",
        "name",
        "OS/2",
        "post",
        "glyf",
        "loca",
        "CFF ",
        "VORG",
        "kern",
        "vhea",
        "vmtx",
    }
)
NEEDED = ("head", "hhea", "hmtx", "maxp", "cmap", "name", "OS/2")
NAMED = {0: "copyright", 13: "licence", 14: "licence_url"}
RESTRICTED, PREVIEW, EDITABLE, NO_SUBSET, BITMAP_ONLY = 0x2, 0x4, 0x8, 0x100, 0x200
LATIN = frozenset(range(0x20, 0x7F))
LEAST_LATIN, LEAST_HAN = 62, 500  # characters from which a font is one of that script


class NoFont(Exception):
    """Why the file is not taken: a code that the parent turns into a sentence, and what it is about."""

    def __init__(self, code: str, what: str = "") -> None:
        super().__init__(code)
        self.code, self.what = code, what[:80]


def rewrite(data: bytes) -> "tuple[dict[str, object], bytes]":
    """What the font is (family, weight, coverage, embedding …), and its bytes as TTF or OTF. NoFont where it is not taken."""
    _look(data)
    try:
        font = TTFont(io.BytesIO(data), lazy=True, recalcBBoxes=False, recalcTimestamp=False)
        facts = _facts(font)
        _strip(font)
        out = io.BytesIO()
        font.flavor = None
        font.save(out, reorderTables=None)
        TTFont(io.BytesIO(out.getvalue()), lazy=True).getBestCmap()
    except (NoFont, MemoryError):
        raise
    except Exception as error:  # fontTools raises whatever a broken table makes it stumble over
        raise NoFont("font-broken", type(error).__name__) from error
    return facts, out.getvalue()


def _look(data: bytes) -> None:
    """The first bytes, before anything is unpacked."""
    kind = KINDS.get(data[:4])
    if data[:4] == b"ttcf":
        raise NoFont("font-collection")
    if kind is None or len(data) < 48:
        raise NoFont("font-type")
    if kind in ("woff", "woff2") and struct.unpack(">I", data[16:20])[0] > MAX_UNPACKED:
        raise NoFont("font-size")


def _facts(font: Any) -> "dict[str, object]":
    missing = next((tag for tag in NEEDED if tag not in font), None)
    if missing or ("glyf" not in font and "CFF " not in font):
        raise NoFont("font-broken", missing or "glyf")
    if "fvar" in font or "CFF2" in font:
        raise NoFont("font-variable")
    if font["maxp"].numGlyphs > MAX_GLYPHS:
        raise NoFont("font-size")
    bits = int(font["OS/2"].fsType)
    if (bits & RESTRICTED and not bits & (PREVIEW | EDITABLE)) or bits & BITMAP_ONLY:
        raise NoFont("font-restricted", num2binary(bits, 16))
    characters = set(font.getBestCmap() or ())
    latin, han = len(LATIN & characters), len(_common() & characters)
    if latin < LEAST_LATIN and han < LEAST_HAN:
        raise NoFont("font-empty")
    return _names(font) | {
        "weight": _weight(font),
        "script": "han" if han >= LEAST_HAN else "latin",
        "latin": latin,
        "han": han,
        "glyphs": int(font["maxp"].numGlyphs),
        "embedding": "preview"
        if bits & PREVIEW and not bits & EDITABLE
        else "editable"
        if bits & EDITABLE
        else "installable",
        "subset": not bits & NO_SUBSET,
    }


def _weight(font: Any) -> int:
    weight = int(font["OS/2"].usWeightClass)
    return min(max(weight * 100 if weight < 10 else weight, 100), 950)


def _common() -> "frozenset[int]":
    """GB/T 2312 level 1, rows 16 to 55: the 3,755 most used characters."""
    rows = (bytes((0xB0 + row, 0xA1 + cell)) for row in range(40) for cell in range(94) if row < 39 or cell < 89)
    return frozenset(ord(pair.decode("gb2312")) for pair in rows)


def _names(font: Any) -> "dict[str, object]":
    """Family (with "Italic" where it slants) and what the font says of its licence, printable and short."""
    table = font["name"]
    said = (_plain(table.getDebugName(number), 80) for number in (16, 1, 4))
    family = next((text for text in map(_without_weight, said) if text), "")
    if not family:
        raise NoFont("font-broken", "name")
    italic = bool(int(font["OS/2"].fsSelection) & 1) or bool(int(font["head"].macStyle) & 2)
    chinese = table.getName(16, 3, 1, 0x804) or table.getName(1, 3, 1, 0x804)
    shown: dict[str, object] = {key: _plain(table.getDebugName(number), 2000) for number, key in NAMED.items()}
    return shown | {
        "family": f"{family} Italic" if italic and "italic" not in family.lower() else family,
        "family_zh": _without_weight(_plain(str(chinese) if chinese else "", 80)) or family,
    }


def _without_weight(family: str) -> str:
    """ "Outfit ExtraBold" is a weight of "Outfit": old formats have no other place for it."""
    return re.sub(
        r"(?:[ -](?:thin|(?:extra|ultra|semi|demi)?[ -]?(?:light|bold)|regular|medium|black|heavy))+$",
        "",
        family,
        flags=re.I,
    )


def _plain(text: "str | None", longest: int) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in text or "").split())[:longest]


def _strip(font: Any) -> None:
    """Only the tables on the list, each read whole and written anew; outlines without programs."""
    for tag in set(font.keys()) - KEPT - {"GlyphOrder"}:
        del font[tag]
    font["OS/2"].fsType = int(font["OS/2"].fsType)
    font["name"].names = [each for each in font["name"].names if each.nameID in (0, 1, 2, 4, 6, 13, 14, 16, 17)]
    if "glyf" in font:
        glyphs = font["glyf"]
        for name in font.getGlyphOrder():
            glyph = glyphs[name]
            glyph.expand(glyphs)
            glyph.removeHinting()
            if glyph.isComposite() and any(part.glyphName == name for part in glyph.components):
                raise NoFont("font-broken", "glyf")
    if "CFF " in font:
        top = font["CFF "].cff.topDictIndex[0]
        for name in font.getGlyphOrder():
            top.CharStrings[name].decompile()
    for tag in sorted(set(font.keys()) - {"GlyphOrder"}):
        _ = font[tag]
