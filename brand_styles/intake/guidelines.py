"""What a brand's guideline says, as PDF: colours that it paints and spells out, the fonts that set it, pictures that may be a logo.

Runs inside the child process (see child.py), so it imports nothing of the project. Pages are read, never rendered and never run.
"""

import ctypes
import io
import re
from collections import Counter
from typing import Any

PAGES, OBJECTS = 40, 4_000  # of a page
TEXT = 40_000  # characters of a page
PICTURES, MOST_PIXELS, LEAST_SIDE, MOST_SIDE = 6, 6_000_000, 24, 2_000
SPELLED = 3.0  # a colour that the text names counts like that many painted pages
_HEX = re.compile(r"#\s?([0-9a-fA-F]{6})\b")
_RGB = re.compile(r"\bRGB\b[\s:=(]{0,6}(\d{1,3})[\s,/|.·-]{1,4}(\d{1,3})[\s,/|.·-]{1,4}(\d{1,3})\b", re.I)
_R_G_B = re.compile(r"\bR\s?[:=]?\s?(\d{1,3})[\s,/|]{1,4}G\s?[:=]?\s?(\d{1,3})[\s,/|]{1,4}B\s?[:=]?\s?(\d{1,3})\b")


class NoGuideline(Exception):
    """Why the file is not read: a code that the parent turns into a sentence."""


def read(data: bytes) -> "tuple[dict[str, object], bytes]":
    """{"colors": [["#RRGGBB", weight, "text" or "paint"] …], "families": [[base font name, times] …], "pictures": [bytes of each …]}
    and the pictures as PNG, one after the other."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise NoGuideline("pdf-locked" if "assword" in str(error) else "pdf-broken") from error
    seen = _Seen()
    for number in range(min(len(document), PAGES)):
        try:
            seen.page(document[number])
        except pypdfium2.PdfiumError:  # one broken page tells nothing of the others
            continue
    if not (seen.colors or seen.families or seen.pictures):
        raise NoGuideline("pdf-empty")
    spelled = dict.fromkeys(seen.spelled, "text")
    told: dict[str, object] = {
        "colors": [[c, round(w, 4), spelled.get(c, "paint")] for c, w in seen.colors.most_common(200)],
        "families": [[name, times] for name, times in seen.families.most_common(40)],
        "pictures": [len(picture) for picture in seen.pictures],
    }
    return told, b"".join(seen.pictures)


class _Seen:
    """What the pages held so far."""

    def __init__(self) -> None:
        self.colors: Counter[str] = Counter()
        self.spelled: set[str] = set()
        self.families: Counter[str] = Counter()
        self.pictures: list[bytes] = []

    def page(self, page: Any) -> None:
        self._text(page.get_textpage().get_text_range()[:TEXT])
        area = max(page.get_width() * page.get_height(), 1.0)
        for number, item in enumerate(page.get_objects(max_depth=5)):
            if number >= OBJECTS:
                return
            self._object(item, area)

    def _text(self, text: str) -> None:
        found = [f"#{digits.upper()}" for digits in _HEX.findall(text)]
        for pattern in (_RGB, _R_G_B):
            triples = [[int(level) for level in triple] for triple in pattern.findall(text)]
            found += ["#" + "".join(f"{level:02X}" for level in levels) for levels in triples if max(levels) < 256]
        for colour in found[:200]:
            self.spelled.add(colour)
            self.colors[colour] += SPELLED  # type: ignore[assignment]

    def _object(self, item: Any, area: float) -> None:
        import pypdfium2.raw as raw

        if item.type == raw.FPDF_PAGEOBJ_PATH:
            left, bottom, right, top = item.get_bounds()
            share = min(max((right - left) * (top - bottom) / area, 0.0), 1.0)
            self._paint(item, 0.02 + share)
        elif item.type == raw.FPDF_PAGEOBJ_TEXT:
            self._paint(item, 0.02)
            self._font(item)
        elif item.type == raw.FPDF_PAGEOBJ_IMAGE and len(self.pictures) < PICTURES:
            self._picture(item)

    def _paint(self, item: Any, weight: float) -> None:
        import pypdfium2.raw as raw

        levels = [ctypes.c_uint() for _ in range(4)]
        if raw.FPDFPageObj_GetFillColor(item, *levels) and levels[3].value > 127:
            self.colors["#" + "".join(f"{level.value & 255:02X}" for level in levels[:3])] += weight  # type: ignore[assignment]

    def _font(self, item: Any) -> None:
        import pypdfium2.raw as raw

        font = raw.FPDFTextObj_GetFont(item)
        length = int(raw.FPDFFont_GetBaseFontName(font, None, 0)) if font else 0
        if not 1 < length <= 200:
            return
        name = ctypes.create_string_buffer(length)
        raw.FPDFFont_GetBaseFontName(font, name, length)
        plain = re.sub(r"^[A-Z]{6}\+", "", name.value.decode("utf-8", "replace"))  # ISO 32000-2, 9.9.2: a subset's tag
        if plain.isprintable():
            self.families[plain[:60]] += 1

    def _picture(self, item: Any) -> None:
        """Kept as PNG where it is of a logo's size; one that stands on many pages is kept once."""
        import pypdfium2

        width, height = item.get_px_size()
        if width * height > MOST_PIXELS or not min(width, height) >= LEAST_SIDE or max(width, height) > MOST_SIDE:
            return
        try:
            image = item.get_bitmap(render=True).to_pil().convert("RGBA")
        except (pypdfium2.PdfiumError, ValueError, RuntimeError):
            return
        out = io.BytesIO()
        image.save(out, "PNG")
        if out.getvalue() not in self.pictures:
            self.pictures.append(out.getvalue())
