"""Small fonts as people send them: a square for every letter, and spoilt ones."""

import io
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables.DefaultTable import DefaultTable

LATIN = tuple(chr(code) for code in range(0x20, 0x7F))


def square(pen: Any, side: int) -> Any:
    pen.moveTo((50, 0))
    for point in ((50, side), (side, side), (side, 0)):
        pen.lineTo(point)
    pen.closePath()
    return pen


def builder(
    family: str = "Kiln Sans", weight: int = 400, *, fs_type: int = 0, han: int = 0, side: int = 500, otf: bool = False
) -> FontBuilder:
    """A font of `LATIN` and the first `han` common Chinese characters."""
    common = [bytes((0xB0 + n // 94, 0xA1 + n % 94)).decode("gb2312") for n in range(han)]
    characters = {ord(c): f"u{ord(c):04X}" for c in (*LATIN, *common)}
    names = [".notdef", *characters.values()]
    made = FontBuilder(1000, isTTF=not otf)
    made.setupGlyphOrder(names)
    made.setupCharacterMap(characters)
    if otf:
        strings = {name: square(T2CharStringPen(600, {}), side).getCharString() for name in names}
        made.setupCFF(f"{family}-x".replace(" ", ""), {"FullName": family}, strings, {})
    else:
        glyph = square(TTGlyphPen(None), side).glyph()
        made.setupGlyf(dict.fromkeys(names, glyph))
    made.setupHorizontalMetrics(dict.fromkeys(names, (600, 50)))
    made.setupHorizontalHeader(ascent=800, descent=-200)
    made.setupNameTable(
        {"familyName": family, "styleName": "Regular", "copyright": "© Kiln", "licenseDescription": "For Kiln only"}
    )
    made.setupOS2(sTypoAscender=800, sTypoDescender=-200, usWeightClass=weight, fsType=fs_type)
    made.setupPost()
    return made


def saved(font: TTFont, flavor: str | None = None) -> bytes:
    font.flavor = flavor
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def font_file(family: str = "Kiln Sans", weight: int = 400, *, flavor: str | None = None, **more: Any) -> bytes:
    return saved(builder(family, weight, **more).font, flavor)


def with_table(tag: str, data: bytes) -> bytes:
    """A font with a table that is none of ours."""
    font = builder().font
    table = DefaultTable(tag)
    table.data = data
    font[tag] = table
    return saved(font)
