"""A contact sheet: an A4 PDF of thumbnails at one scale a row, each with its size, version and verdict."""

import io
from collections.abc import Sequence
from typing import Any

from django.core.files.storage import default_storage
from PIL import Image

from generation.models import Asset

PAGE = (595.0, 842.0)  # points
MARGIN, GAP, LABEL, ROW = 36.0, 14.0, 24.0, 150.0
INK, QUIET, MAT = 0xFF1B1A18, 0xFF6B675F, 0xFFEDEBE6


def contact_sheet(title: str, assets: Sequence[Asset], verdicts: dict[str, str]) -> bytes:
    """The PDF. verdicts: words for "pass" and "blocked" in the reader's language."""
    import skia

    out = skia.DynamicMemoryWStream()
    document = skia.PDF.MakeDocument(out)
    rows = _rows(assets)
    per_page = max(1, int((PAGE[1] - 2 * MARGIN - 30) // (ROW + LABEL + GAP)))
    pages = [rows[i : i + per_page] for i in range(0, len(rows), per_page)] or [[]]
    for number, page in enumerate(pages, start=1):
        canvas = document.beginPage(*PAGE)
        _text(canvas, f"{title}   {number}/{len(pages)}", MARGIN, MARGIN + 4, 13, INK)
        y = MARGIN + 24
        for row in page:
            _draw_row(canvas, row, y, verdicts)
            y += ROW + LABEL + GAP
        document.endPage()
    document.close()
    return bytes(out.detachAsData())


Placed = tuple[Asset, float, float, float]  # x, width, height in points


def _rows(assets: Sequence[Asset]) -> list[list[Placed]]:
    """Rows of pictures of one height, as far as the page is wide; a picture wider than the page is set smaller."""
    room = PAGE[0] - 2 * MARGIN
    rows: list[list[Placed]] = []
    x = room + 1
    for asset in assets:
        scale = min(ROW / asset.height, room / asset.width)
        width, height = asset.width * scale, asset.height * scale
        needed = max(width, 84.0)  # the label needs as much
        if x + needed > room + 0.5:
            rows.append([])
            x = 0.0
        rows[-1].append((asset, MARGIN + x, width, height))
        x += needed + GAP
    return rows


def _draw_row(canvas: Any, row: list[Placed], y: float, verdicts: dict[str, str]) -> None:
    import skia

    for asset, x, width, height in row:
        box = skia.Rect.MakeXYWH(x, y + ROW - height, width, height)
        image = _thumbnail(asset)
        if image is None:
            canvas.drawRect(box, skia.Paint(Color=MAT))
        else:
            canvas.drawImageRect(image, box, skia.SamplingOptions(skia.FilterMode.kLinear))
        _text(canvas, f"{asset.width}×{asset.height}  v{asset.version}", x, y + ROW + 10, 8, INK)
        _text(canvas, verdicts.get(asset.verdict, asset.verdict), x, y + ROW + 20, 7, QUIET)


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
