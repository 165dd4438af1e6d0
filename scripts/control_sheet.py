"""What control is worth: six briefs in three formats, each as blockout, without control, with control and from noise.

    python scripts/control_sheet.py docs/pictures/control.webp --work var/control-sheet [--model embedded] [--minutes 5]
    python scripts/control_sheet.py sheet.webp --work FOLDER --briefs demo,wallet --shrink 2

Plans, layouts, blockouts and requests are those of `manage.py produce`; no type is set, so that the scene can be judged. Without
control: the prompt alone, from noise, the model's own pixels enlarged. With control: as a poster gets it by default. From
noise: the same with nothing of the blockout to start from, finished as every picture is. Pictures are kept in --work, so a
run that --minutes ended goes on where it stopped (exit code 3).
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from generation.engines.base import Picture, PictureRequest
    from generation.engines.diffusers_engine import DiffusersEngine

Bytes = NDArray[np.uint8]

BRIEFS = ("demo", "spring-plan", "wallet", "mid-autumn", "umbrella", "lounge")
FORMATS = ((1080, 1920), (1080, 1080), (1200, 628))
COLUMNS = ("blockout", "without control", "with control", "from noise")
ACROSS = 3  # briefs side by side
CELL, GAP, EDGE = 232, 5, 26  # px
TITLE, HEAD, NOTE = 30, 18, 14  # px of height of a line
PAPER, INK, FAINT = (244, 243, 240), (34, 34, 36), (120, 118, 114)
FONT = ROOT / "static" / "fonts" / "noto-sans-sc"
LARGEST = 700 * 1024  # bytes
UNFINISHED = 3


def main() -> None:
    options = parsed()
    end = time.monotonic() + 60 * options.minutes
    briefs = options.briefs.split(",")
    for name in briefs:
        draw(name, options, lambda: time.monotonic() > end)
    if any(not whole(options.work, name) for name in briefs):
        print("not all drawn yet: run it again")
        sys.exit(UNFINISHED)
    sheet = laid_out([block(options.work, name) for name in briefs])
    quality = save(sheet, options.sheet)
    size = options.sheet.stat().st_size // 1024
    print(f"{options.sheet}: {len(briefs)} briefs, {sheet.width}x{sheet.height}, {size} KB, quality {quality}")


def parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sheet", type=Path)
    parser.add_argument("--work", type=Path, required=True, help="folder in which pictures are kept")
    parser.add_argument("--briefs", default=",".join(BRIEFS), help="names in docs/briefs, comma-separated")
    parser.add_argument("--model", default="embedded")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--shrink", type=int, default=1, help="draw canvases this many times smaller, to try it out")
    options: argparse.Namespace = parser.parse_args()
    return options


def cell_path(work: Path, name: str, size: tuple[int, int], column: str) -> Path:
    return work / name / f"{size[0]}x{size[1]} {column}.png"


def whole(work: Path, name: str) -> bool:
    return all(cell_path(work, name, size, column).exists() for size in FORMATS for column in COLUMNS)


def draw(name: str, options: argparse.Namespace, late: Callable[[], bool]) -> None:
    """Every picture of one brief that is not there yet."""
    from generation.engines.loading import asked_for, load_engine

    for size in FORMATS:
        if late() or all(cell_path(options.work, name, size, c).exists() for c in COLUMNS):
            continue
        begun = time.process_time()
        made = pictures(
            load_engine(options.model, options=asked_for(options.model)), request_of(name, size, options.shrink)
        )
        for column, (picture, note) in made.items():
            keep(cell_path(options.work, name, size, column), picture, note)
        told = "; ".join(f"{column}: {note}" for column, (_, note) in made.items() if note)
        print(f"{name} {size[0]}x{size[1]}: {time.process_time() - begun:.1f} CPU s. {told}", flush=True)


def request_of(name: str, size: tuple[int, int], shrink: int = 1) -> PictureRequest:
    """What the pipeline asks the engine for on one canvas of a brief."""
    from brand_styles.sample import demo
    from generation.control.maps import blockouts
    from generation.pipeline import request_for
    from generation.planning.brief import load_brief
    from generation.producing import prepare

    wanted = f"{size[0] // shrink}x{size[1] // shrink}"
    brief = load_brief(ROOT / "docs" / "briefs" / f"{name}.yaml", {"formats": [wanted], "variants": 1})
    production = prepare(brief, demo())
    plan, layout = production.tasks[0].plan, production.layouts[0]
    return request_for(plan, layout, next(iter(blockouts([(plan.scene, layout)]))))


def pictures(engine: DiffusersEngine, request: PictureRequest) -> dict[str, tuple[Bytes, str]]:
    """A picture and a note for each column."""
    controlled, noise = engine.diffuse([request])[0], engine.diffuse([replace(request, strength=1.0)])[0]
    return {
        "blockout": (request.blockout.rgb, ""),
        "without control": (uncontrolled(engine, request), ""),
        "with control": (controlled.rgb, note_on(controlled)),
        "from noise": (noise.rgb, note_on(noise)),
    }


def note_on(picture: Picture) -> str:
    return "" if picture.made == "diffused" else f"blockout kept: {picture.why_rendered}"


def uncontrolled(engine: DiffusersEngine, request: PictureRequest) -> Bytes:
    """From noise by the prompt alone; no zone is held and nothing of the blockout is laid below."""
    from generation.engines.base import OWN_GUIDANCE, OWN_STEPS
    from generation.engines.batching import job_for
    from generation.engines.diffusers_engine import enlarge

    alone = replace(
        request,
        strength=1.0,
        controlnet_conditioning_scale=0.0,
        text_zones=(),
        window=None,
        num_inference_steps=OWN_STEPS if engine.ours else engine.checkpoint.steps,
        guidance_scale=OWN_GUIDANCE if engine.ours else engine.checkpoint.guidance,
    )
    decoded = engine.sampler.sample([job_for(0, alone, engine.area, engine.least_area)])[0]
    shown = enlarge(decoded, (request.blockout.width, request.blockout.height))
    return np.asarray(np.clip(shown * 255 + 0.5, 0, 255), dtype=np.uint8)


def keep(path: Path, picture: Bytes, note: str) -> None:
    """At twice the cell's width, the note as the file's own text."""
    from PIL.PngImagePlugin import PngInfo

    path.parent.mkdir(parents=True, exist_ok=True)
    image = Image.fromarray(picture)
    if image.width > 2 * CELL:
        image = image.resize((2 * CELL, round(image.height * 2 * CELL / image.width)), Image.Resampling.LANCZOS)
    told = PngInfo()
    told.add_text("note", note)
    partial = path.with_suffix(".partial")
    image.save(partial, "PNG", pnginfo=told)
    partial.replace(path)


def block(work: Path, name: str) -> Image.Image:
    """One brief: a title, a head for each column, a row for each format."""
    heights = [round(CELL * height / width) for width, height in FORMATS]
    size = (4 * CELL + 3 * GAP, TITLE + HEAD + sum(h + NOTE + GAP for h in heights))
    image = Image.new("RGB", size, PAPER)
    pen = ImageDraw.Draw(image)
    pen.text((0, 0), title_of(name), INK, font("700Bold", 17))
    for i, column in enumerate(COLUMNS):
        pen.text((i * (CELL + GAP), TITLE - 2), column, FAINT, font("400Regular", 12))
    y = TITLE + HEAD
    for canvas, height in zip(FORMATS, heights, strict=True):
        for i, column in enumerate(COLUMNS):
            x = i * (CELL + GAP)
            with Image.open(cell_path(work, name, canvas, column)) as picture:
                image.paste(picture.convert("RGB").resize((CELL, height), Image.Resampling.LANCZOS), (x, y))
                note = str(picture.info.get("note", ""))
            pen.text((x, y + height), shortened(note, font("400Regular", 9)), FAINT, font("400Regular", 9))
        y += height + NOTE + GAP
    return image


def title_of(name: str) -> str:
    from generation.planning.brief import load_brief

    brief = load_brief(ROOT / "docs" / "briefs" / f"{name}.yaml")
    return f"{brief.copy_.headline}   {brief.industry}, {brief.mood}"


def shortened(note: str, face: ImageFont.FreeTypeFont) -> str:
    """As much of the note as a cell is wide."""
    if face.getlength(note) <= CELL:
        return note
    while note and face.getlength(note + "…") > CELL:
        note = note[:-1]
    return note + "…"


def font(weight: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(FONT / f"NotoSansSC_{weight}.ttf", size)


def laid_out(blocks: list[Image.Image]) -> Image.Image:
    across = min(ACROSS, len(blocks))
    down = -(-len(blocks) // across)
    width, height = blocks[0].size
    sheet = Image.new("RGB", (across * (width + EDGE) + EDGE, down * (height + EDGE) + EDGE), PAPER)
    for i, image in enumerate(blocks):
        sheet.paste(image, (EDGE + i % across * (width + EDGE), EDGE + i // across * (height + EDGE)))
    return sheet


def save(sheet: Image.Image, path: Path) -> int:
    """As WebP of at most LARGEST bytes; the quality it took."""
    path.parent.mkdir(parents=True, exist_ok=True)
    for quality in (88, 84, 80, 74, 68, 60):
        sheet.save(path, "WEBP", quality=quality, method=6)
        if path.stat().st_size <= LARGEST:
            break
    return quality


if __name__ == "__main__":
    main()
