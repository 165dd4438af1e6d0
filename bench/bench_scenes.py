"""What the briefs in docs/briefs show, measured on rendered pixels: python -m bench.bench_scenes [BRIEF …] [--pictures DIR]

For each brief and format: contrast of the hero with the ground around it, the share of the canvas that the hero group's bounding
box and the hero's own silhouette take (from the id map, not from the layout), and how well both fill the layout's subject box.
Exit code 1 when a picture misses what a client would see first: contrast under 2 : 1, or a hero group whose bounding box is
under a quarter of the canvas in 1:1 or 9:16.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from brand_styles.sample import demo
from brand_styles.style import BrandStyle
from generation.control.blockout import Blockout
from generation.layout.geometry import Rect
from generation.planning.brief import load_brief
from generation.producing import prepare
from generation.scenes.metering import brightness, contrast
from generation.scenes.render_fast import boxes_of, render
from generation.scenes.staging import stage
from generation.types import Layout

BRIEFS = Path(__file__).resolve().parent.parent / "docs" / "briefs"
LEAST_SHARE, LEAST_CONTRAST = 0.25, 2.0
SIDE = 480  # longer side of what is rendered to measure


@dataclass(frozen=True)
class Measure:
    """Shares are of the canvas, ious against the layout's subject box; group is the hero with what it stands on."""

    brief: str
    format: str
    contrast: float
    group_share: float
    hero_share: float
    silhouette: float
    group_iou: float
    hero_iou: float
    props: int
    colours: tuple[tuple[float, ...], ...]  # medians of hero, ground and stage, sRGB 0 to 1

    @property
    def binds(self) -> bool:
        """Whether the quarter is asked of this format: squares and 9:16."""
        width, height = map(int, self.format.split("x"))
        return 0.5 <= width / height <= 1.05

    @property
    def fails(self) -> bool:
        return self.contrast < LEAST_CONTRAST or (self.binds and self.group_share < LEAST_SHARE)


def measure(brief: str, layout: Layout, b: Blockout) -> Measure | None:
    """None where the format shows no hero."""
    if b.subject_id is None or b.subject_id not in b.boxes:
        return None
    canvas = layout.format
    scale = canvas.width / b.width
    boxes = {n: scaled(r, scale) for n, r in boxes_of(b.ids).items()}
    hero = boxes[b.subject_id]
    group = hero.union(boxes[2]) if 2 in boxes else hero
    placed = layout.first("subject")
    box = placed.box if placed else group
    area = canvas.width * canvas.height
    return Measure(
        brief=brief,
        format=canvas.name,
        contrast=contrast(*brightness(b, b.subject_id)),
        group_share=group.area / area,
        hero_share=hero.area / area,
        silhouette=float(np.mean(b.subject_mask)),
        group_iou=group.iou(box),
        hero_iou=hero.iou(box),
        props=len(set(b.boxes) - {b.subject_id, 2}),
        colours=tuple(
            tuple(np.median(b.rgb[b.ids == n], axis=0) / 255) for n in (b.subject_id, 0, 2) if n in {0, *boxes}
        ),
    )


def scaled(r: Rect, by: float) -> Rect:
    return Rect(r.x0 * by, r.y0 * by, r.x1 * by, r.y1 * by)


def measured(path: Path, brand: BrandStyle, formats: str, pictures: Path | None) -> list[Measure]:
    """Every format of one brief, its hero's pixels counted."""
    from PIL import Image

    production = prepare(load_brief(path, overrides={"formats": formats} if formats else {}), brand)
    found = []
    for task, layout in zip(production.tasks, production.layouts, strict=True):
        width, height = layout.format.width, layout.format.height
        shrink = min(1.0, SIDE / max(width, height))
        b = render(stage(task.plan.scene, layout), round(width * shrink), round(height * shrink))
        if pictures is not None:
            pictures.mkdir(parents=True, exist_ok=True)
            Image.fromarray(b.rgb).save(pictures / f"{path.stem}-{layout.format.name}.png")
        if (one := measure(path.stem, layout, b)) is not None:
            found.append(one)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("briefs", type=Path, nargs="*", help="all of docs/briefs when none is named")
    parser.add_argument("--formats", default="", help="only these, comma-separated")
    parser.add_argument("--pictures", type=Path, help="keep what was rendered in this folder")
    options = parser.parse_args()
    print(
        "| brief | format | contrast | group's box | hero's box | hero's pixels | IoU group | IoU hero | props | ΔE |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    every: list[Measure] = []
    for path in options.briefs or sorted(BRIEFS.glob("*.yaml")):
        for m in measured(path, demo(), options.formats, options.pictures):
            every.append(m)
            first = next(e for e in every if e.brief == m.brief)
            print(row(m, difference(m, first)), flush=True)
    failed = [m for m in every if m.fails]
    ious = [m.hero_iou for m in every], [m.group_iou for m in every]
    print(f"\n{len(every)} pictures, {len(failed)} miss; median IoU with the subject's box:", end=" ")
    print(f"hero {np.median(ious[0]):.2f}, with its stage {np.median(ious[1]):.2f}")
    return 1 if failed else 0


def difference(a: Measure, b: Measure) -> float:
    """Median ΔE2000 of the main colours of two formats."""
    from coloraide import Color

    pairs = zip(a.colours, b.colours, strict=False)
    return float(np.median([Color("srgb", x).delta_e(Color("srgb", y), method="2000") for x, y in pairs]))


def row(m: Measure, delta: float) -> str:
    mark = " ✗" if m.fails else ""
    return (
        f"| {m.brief} | {m.format}{mark} | {m.contrast:.2f} | {m.group_share:.1%} | {m.hero_share:.1%} | {m.silhouette:.1%} "
        f"| {m.group_iou:.2f} | {m.hero_iou:.2f} | {m.props} | {delta:.1f} |"
    )


if __name__ == "__main__":
    sys.exit(main())
