"""A contact sheet of 64 random scenes of the fast tier, without copy: 9:16, 1:1, 16:9 and 2:1, a row each time.

python scripts/scene_sheet.py docs/pictures/scenes.webp [--first 2000] [--height 224]
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from generation.scenes.group import box_aspect
from generation.scenes.render_fast import render
from generation.scenes.sampling import random_graph, random_layout
from generation.scenes.staging import stage

# (width / height, scenes) of each row: 64 scenes in all, each row about as wide as the others.
ROWS = ((9 / 16, 14), (1.0, 8), (16 / 9, 4), (9 / 16, 14), (1.0, 8), (2.0, 4), (1.0, 8), (2.0, 4))
GAP, GREY = 6, (128, 128, 128)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sheet", type=Path)
    parser.add_argument("--first", type=int, default=2000, help="seed of the first scene")
    parser.add_argument("--height", type=int, default=224, help="of a row, in pixels")
    options = parser.parse_args()
    seed, rows = options.first, []
    for aspect, count in ROWS:
        rows.append([scene(seed + i, round(aspect * options.height), options.height) for i in range(count)])
        seed += count
    sheet = laid_out(rows)
    sheet.save(options.sheet, quality=84, method=6)
    print(f"{options.sheet}: {seed - options.first} scenes, {options.sheet.stat().st_size // 1024} KB")


def scene(seed: int, width: int, height: int) -> Image.Image:
    graph = random_graph(seed)
    layout = random_layout(seed, width, height, aspect=box_aspect(graph))
    return Image.fromarray(render(stage(graph, layout), width, height).rgb)


def laid_out(rows: list[list[Image.Image]]) -> Image.Image:
    """Rows below one another, each spread over the width of the widest."""
    width = max(sum(p.width + GAP for p in row) for row in rows) + GAP
    sheet = Image.new("RGB", (width, sum(row[0].height + GAP for row in rows) + GAP), GREY)
    y = GAP
    for row in rows:
        gap = (width - sum(p.width for p in row)) / (len(row) + 1)
        x = gap
        for picture in row:
            sheet.paste(picture, (round(x), y))
            x += picture.width + gap
        y += row[0].height + GAP
    return sheet


if __name__ == "__main__":
    main()
