"""A contact sheet: an A4 PDF of thumbnails in rows, each with its size, version and verdict."""

import io
from collections.abc import Sequence
from typing import Any

from django.core.files.storage import default_storage
from PIL import Image

from generation.models import Asset

PAGE = (595.0, 842.0)  # points
MARGIN, GAP, LABEL, ROW = 36.0, 14.0, 24.0, 150.0
HEAD = MARGIN + 24
WIDEST = 0.56  # of the page's width
LEAST = 84.0  # a label's width
INK, QUIET, MAT = 0xFF1B1A18, 0xFF6B675F, 0xFFEDEBE6


def contact_sheet(title: str, assets: Sequence[Asset], verdicts: dict[str, str]) -> bytes:
    """The PDF. verdicts: words for "pass" and "blocked" in the reader's language."""
    import skia

    out = skia.DynamicMemoryWStream()
    document = skia.PDF.MakeDocument(out)
    pages = _pages(_rows(assets))
    for number, page in enumerate(pages, start=1):
        canvas = document.beginPage(*PAGE)
        _text(canvas, f"{title}   {number}/{len(pages)}", MARGIN, MARGIN + 4, 13, INK)
        y = HEAD
        for row in page:
            _draw_row(canvas, row, y, verdicts)
            y += _height(row) + LABEL + GAP
        document.endPage()
    document.close()
    return bytes(out.detachAsData())


Placed = tuple[Asset, float, float, float]  # x, width, height in points


def _rows(assets: Sequence[Asset]) -> list[list[Placed]]:
    """Rows of pictures of one height, as far as the page is wide; a banner takes at most WIDEST of it."""
    room = PAGE[0] - 2 * MARGIN
    rows: list[list[Placed]] = []
    x = room + 1
    for asset in assets:
        scale = min(ROW / asset.height, WIDEST * room / asset.width)
        width = asset.width * scale
        needed = max(width, LEAST)
        if x + needed > room + 0.5:
            rows.append([])
            x = 0.0
        rows[-1].append((asset, MARGIN + x, width, asset.height * scale))
        x += needed + GAP
    return rows


def _height(row: Sequence[Placed]) -> float:
    return max(height for _, _, _, height in row)


def _pages(rows: Sequence[list[Placed]]) -> list[list[list[Placed]]]:
    """As many rows to a page as it holds; one page at least."""
    pages: list[list[list[Placed]]] = [[]]
    y = HEAD
    for row in rows:
        high = _height(row) + LABEL + GAP
        if y + high > PAGE[1] - MARGIN and pages[-1]:
            pages.append([])
            y = HEAD
        pages[-1].append(row)
        y += high
    return pages


def _draw_row(canvas: Any, row: list[Placed], y: float, verdicts: dict[str, str]) -> None:
    import skia

    foot = y + _height(row)
    for asset, x, width, height in row:
        box = skia.Rect.MakeXYWH(x, foot - height, width, height)
        image = _thumbnail(asset)
        if image is None:
            canvas.drawRect(box, skia.Paint(Color=MAT))
        else:
            canvas.drawImageRect(image, box, skia.SamplingOptions(skia.FilterMode.kLinear))
        _text(canvas, f"{asset.width}×{asset.height}  v{asset.version}", x, foot + 10, 8, INK)
        _text(canvas, verdicts.get(asset.verdict, asset.verdict), x, foot + 20, 7, QUIET)


def _thumbnail(asset: Asset) -> Any:
    import numpy as np
    import skia

    try:
        with default_storage.open(asset.thumbnail) as file, Image.open(io.BytesIO(file.read())) as image:
            return skia.Image.fromarray(np.asarray(image.convert("RGBA")), colorType=skia.kRGBA_8888_ColorType)
    except FileNotFoundError:
        return None


def _text(canvas: Any, text: str, x: float, y: float, size: float, color: int) -> None:
    import skia

    from generation.typography.paragraphs import line_path, shape

    line = shape(text or " ", language="zh", face="noto-sans-sc", weight=400, tracking=0.0)
    canvas.drawPath(line_path(line, size, x, y), skia.Paint(AntiAlias=True, Color=color))
