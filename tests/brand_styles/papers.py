"""Small files as people send them: logos, style sheets, a guideline as PDF."""

import io
from typing import Any

import numpy as np
import skia
from PIL import Image

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><rect width="40" height="40" fill="#0B3D2E"/>'
    '<path d="M50 8h60v8H50zM50 24h44v8H50z" fill="#E4572E"/></svg>'
)
CSS = """
:root { --ink: #1B1A18; --paper: #FBFAF7; --brand: #C8321F; --font-body: "Helvetica Neue", Arial, sans-serif }
/* .old { color: #00FF00 } */
body { font-family: var(--font-body); color: var(--ink); background: var(--paper) }
h1 { font: 700 24px/1.2 'Playfair Display', serif; color: var(--ink) }
.zh { font-family: "PingFang SC", "Microsoft YaHei" } .buy { background: var(--brand); color: white }
"""


def png_logo(width: int = 120, height: int = 40, *, seed: int = 0, mode: str = "RGBA") -> bytes:
    """A logo of hard pixels on nothing: two bars and specks that only an exact copy keeps."""
    pixels = np.zeros((height, width, 4), np.uint8)
    pixels[:, : height // 2] = (11, 61, 46, 255)
    pixels[height // 4 : height // 2, height:] = (228, 87, 46, 255)
    specks = np.random.default_rng(seed).integers(0, 256, (6, 6, 4), np.uint8)
    pixels[2:8, 2:8] = specks
    out = io.BytesIO()
    Image.fromarray(pixels).convert(mode).save(out, "PNG")
    return out.getvalue()


def guideline(font: str = "static/fonts/outfit/Outfit_800ExtraBold.ttf") -> bytes:
    """One page: a ground, a band, a colour spelled out in a font, a small picture."""
    stream = skia.DynamicMemoryWStream()
    with skia.PDF.MakeDocument(stream) as document, document.page(595, 842) as canvas:
        canvas.clear(0xFFF4EFE6)
        canvas.drawRect(skia.Rect(0, 0, 595, 300), skia.Paint(Color=0xFF0B3D2E))
        face = skia.Font(skia.FontMgr.New_Custom_Empty().makeFromFile(font), 20)
        canvas.drawString("Main colour #E4572E", 40, 400, face, skia.Paint(Color=0xFF0B3D2E))
        canvas.drawImage(skia.Image.fromarray(np.full((60, 90, 4), (228, 87, 46, 255), np.uint8)), 100, 500)
    return bytes(stream.detachAsData())


def pixels_of(png: bytes) -> Any:
    with Image.open(io.BytesIO(png)) as image:
        return np.asarray(image.convert("RGBA"))
