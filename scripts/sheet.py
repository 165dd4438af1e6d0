"""A contact sheet of produced folders, as README shows them.

    python scripts/sheet.py docs/pictures/demo.webp out/demo
    python scripts/sheet.py docs/pictures/moods.webp out/* --formats 1080x1080,1080x1920

Pictures keep their aspect and stand in rows of equal height on neutral grey.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from PIL import Image

GREY, GAP, WIDTH = (128, 128, 128), 16, 1800


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sheet", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--formats", default="", help="only these, comma-separated")
    parser.add_argument("--height", type=int, default=560, help="of a row before it is fitted to the width, in pixels")
    options = parser.parse_args()
    pictures = [p for folder in options.folders for p in pictures_of(folder, options.formats)]
    sheet = rows(pictures, options.height)
    options.sheet.parent.mkdir(parents=True, exist_ok=True)
    sheet.save(options.sheet, quality=86, method=6)
    print(
        f"{options.sheet}: {len(pictures)} pictures, {sheet.width}x{sheet.height}, {options.sheet.stat().st_size // 1024} KB"
    )


def pictures_of(folder: Path, formats: str) -> list[Image.Image]:
    """The pictures of a manifest, in its order."""
    wanted = [f for f in formats.split(",") if f]
    assets = json.loads((folder / "manifest.json").read_text())["assets"]
    return [Image.open(folder / a["file"]).convert("RGB") for a in assets if not wanted or a["format"] in wanted]


def rows(pictures: list[Image.Image], height: int) -> Image.Image:
    """Fill rows from left to right, then stretch each row to the sheet's width (never beyond a picture's own size)."""
    lines: list[list[Image.Image]] = [[]]
    used = GAP
    for picture in pictures:
        width = picture.width * min(height, picture.height) / picture.height
        if lines[-1] and used + width + GAP > WIDTH:
            lines.append([])
            used = GAP
        lines[-1].append(picture)
        used += round(width) + GAP
    drawn = [row(line, height) for line in lines]
    sheet = Image.new("RGB", (WIDTH, sum(r.height for r in drawn) + GAP * (len(drawn) + 1)), GREY)
    y = GAP
    for line in drawn:
        sheet.paste(line, (0, y))
        y += line.height + GAP
    return sheet


def row(line: list[Image.Image], height: int) -> Image.Image:
    free = WIDTH - GAP * (len(line) + 1)
    tall = min(height, free / sum(p.width / p.height for p in line))
    sized = [
        p.resize((max(1, round(p.width * min(tall, p.height) / p.height)), round(min(tall, p.height)))) for p in line
    ]
    strip = Image.new("RGB", (WIDTH, max(p.height for p in sized)), GREY)
    x = (WIDTH - sum(p.width for p in sized) - GAP * (len(line) - 1)) // 2
    for picture in sized:
        strip.paste(picture, (x, 0))
        x += picture.width + GAP
    return strip


if __name__ == "__main__":
    main()
