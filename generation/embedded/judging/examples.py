"""What the judges learn from: labelled crops and whole pictures of both tiers, each scene kept as one small file.

Three sources. Scenes of our own, drawn small by the fast tier and never metered, so that a thousand take minutes; portraits, the
same of a hero alone on its stage, tiny. In both the hero goes through all kinds in turn. And the pair files, both tiers, as they
come. Labels are the renderer's: ids, boxes and kinds.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from generation.layout.geometry import Rect
from generation.scenes.graph import SceneGraph
from generation.scenes.podium import PODIUMS
from generation.types import Format, Layout, Placed

Bytes = NDArray[np.uint8]

CROP, KEPT_CROP = 64, 80  # px a side that the judge sees, and that is kept so that places can vary
GROWN = 1.5  # kept crops are this much wider than the object's longer side; the judge sees 1.2
SEEN_GROWN = GROWN * CROP / KEPT_CROP
WHOLE = 128  # px a side of whole pictures, squeezed to a square whatever their shape
MASK = WHOLE // 2
SMALLEST = 18  # px: a smaller object teaches nothing
MOST_CROPS = 6  # of one scene, the hero and the largest
CANVASES = ((144, 252), (184, 184), (252, 144))
PORTRAIT = 96  # px a side
EVERY = 5  # one scene in five is held out from training


@dataclass(frozen=True)
class Example:
    """One picture. crops: uint8 (n, 80, 80, 3); kinds: their slugs; the first is the hero's where `hero`. whole: uint8
    (128, 128, 3). mask: uint8 (64, 64), the hero's cover, 255 = 1."""

    crops: Bytes
    kinds: tuple[str, ...]
    hero: bool
    whole: Bytes
    mask: Bytes


def held_out(path: Path) -> bool:
    """Is this scene kept from training? By its seed, the same in both tiers."""
    return int(path.stem.split("-")[1]) % EVERY == EVERY - 1


def paths_of(folder: Path, source: str, held: bool | None = None) -> list[Path]:
    """Files of one source ("own", "portrait", "fast" or "slow"), by seed; with `held` only those held out, or only the others."""
    found = sorted(folder.glob(f"{source}-*.npz"))
    return found if held is None else [p for p in found if held_out(p) == held]


def draw(folder: Path, source: str, count: int, until: Callable[[], bool]) -> int:
    """Draw scenes 0 to count − 1 of "own" or "portrait" that `folder` lacks until `until` says stop. Returns how many there are."""
    folder.mkdir(parents=True, exist_ok=True)
    make = {"own": own_example, "portrait": portrait}[source]
    for number in range(count):
        path = folder / f"{source}-{number:06d}.npz"
        if path.exists():
            continue
        if until():
            return number
        write(path, make(number))
    return count


def take_pairs(folder: Path, pairs: Path, until: Callable[[], bool]) -> int:
    """Cut the examples of every pair file that `folder` lacks. Returns how many pairs there are in it."""
    from generation.embedded.pair_files import pair_paths, read_pair

    folder.mkdir(parents=True, exist_ok=True)
    taken = 0
    for path in pair_paths(pairs):
        kept = {tier: folder / f"{tier}-{int(path.stem):06d}.npz" for tier in ("fast", "slow")}
        if not kept["slow"].exists():
            if until():
                break
            pair = read_pair(path)
            b = pair.blockout
            kinds = {int(i): kind for i, kind in pair.page["kinds"].items()}
            for tier, picture in (("fast", b.rgb), ("slow", pair.target)):
                write(kept[tier], example_of(picture, b.ids, b.boxes, kinds, b.subject_id))
        taken += 1
    return taken


def own_example(number: int) -> Example:
    """A random scene whose hero is the next of all kinds; its light is whatever the lamps give."""
    from generation.scenes.group import box_aspect
    from generation.scenes.sampling import random_graph, random_layout

    seed = 5_000_000 + number
    width, height = random.Random(seed).choice(CANVASES)
    graph = with_hero(random_graph(seed), hero_kinds()[number % len(hero_kinds())])
    return _drawn(graph, random_layout(seed, width, height, aspect=box_aspect(graph)))


def portrait(number: int) -> Example:
    """The next of all kinds alone on its stage, filling a tiny square."""
    from generation.scenes.sampling import random_graph

    seed = 6_000_000 + number
    graph = with_hero(random_graph(seed), hero_kinds()[number % len(hero_kinds())])
    alone = tuple(o for o in graph.objects if o.role in ("subject", "stage"))
    box = Rect(0.16 * PORTRAIT, 0.14 * PORTRAIT, 0.84 * PORTRAIT, 0.82 * PORTRAIT)
    layout = Layout(
        format=Format(width=PORTRAIT, height=PORTRAIT), items=(Placed(id="subject", role="subject", box=box),)
    )
    return _drawn(graph.model_copy(update={"objects": alone}), layout)


def _drawn(graph: SceneGraph, layout: Layout) -> Example:
    from generation.scenes import render_fast
    from generation.scenes.staging import unmetered

    made = render_fast.render(unmetered(graph, layout), layout.format.width, layout.format.height)
    return example_of(made.rgb, made.ids, made.boxes, {o.id: o.kind for o in graph.objects}, made.subject_id)


@cache
def all_kinds() -> tuple[str, ...]:
    """Every kind but the plain stages."""
    from generation.scenes.props import catalogue

    return tuple(sorted(k for k in catalogue() if k not in PODIUMS))


@cache
def hero_kinds() -> tuple[str, ...]:
    """Kinds that can stand on the stage."""
    from generation.scenes.props import catalogue

    return tuple(k for k in all_kinds() if catalogue()[k].stands)


def with_hero(graph: SceneGraph, kind: str) -> SceneGraph:
    from generation.scenes.objects.stuffs import suited

    def changed(item_id: int) -> bool:
        return item_id == graph.subject_id

    objects = tuple(
        o.model_copy(update={"kind": kind, "material": suited(kind, o.material, o.seed % 12)}) if changed(o.id) else o
        for o in graph.objects
    )
    return graph.model_copy(update={"objects": objects})


def example_of(
    picture: Bytes, ids: Bytes, boxes: dict[int, Rect], kinds: dict[int, str], subject: int | None
) -> Example:
    """Crops and whole picture of one rendering. Objects that are cut off, hidden or tiny are left out."""
    shown = [i for i in _by_size(boxes, ids, subject) if i in kinds and kinds[i] not in PODIUMS][:MOST_CROPS]
    crops = [cut(picture, boxes[i], KEPT_CROP, GROWN) for i in shown]
    cover = np.equal(ids, -1 if subject is None else subject).astype(np.float32) * 255
    mask = cv2.resize(cover, (MASK, MASK), interpolation=cv2.INTER_AREA)
    return Example(
        np.stack(crops) if crops else np.zeros((0, KEPT_CROP, KEPT_CROP, 3), np.uint8),
        tuple(kinds[i] for i in shown),
        bool(shown) and shown[0] == subject,
        squeezed(picture),
        np.asarray(mask + 0.5, dtype=np.uint8),
    )


def _by_size(boxes: dict[int, Rect], ids: Bytes, subject: int | None) -> list[int]:
    """The hero first, then the others that show enough of themselves, largest first."""
    height, width = ids.shape
    whole = Rect(0.5, 0.5, width - 0.5, height - 0.5)

    def worthy(i: int) -> bool:
        box = boxes[i]
        seen = int(np.equal(ids[int(box.y0) : int(box.y1) + 1, int(box.x0) : int(box.x1) + 1], i).sum())
        return max(box.width, box.height) >= SMALLEST and whole.contains(box) and seen >= 0.25 * box.area

    others = sorted((i for i in boxes if i != subject and worthy(i)), key=lambda i: -boxes[i].area)
    return ([subject] if subject in boxes and subject is not None else []) + others


def cut(picture: Bytes, box: Rect, side: int, grown: float) -> Bytes:
    """A square about `box`, `grown` times its longer side, as (side, side, 3); beyond the canvas its edge goes on."""
    half = max(box.width, box.height, 4.0) * grown / 2
    x, y = box.center
    pad = int(np.ceil(max(half - x, half - y, x + half - picture.shape[1], y + half - picture.shape[0], 0))) + 1
    wide = cv2.copyMakeBorder(picture, pad, pad, pad, pad, cv2.BORDER_REPLICATE)
    x0, y0 = round(x - half) + pad, round(y - half) + pad
    x0, y0, size = max(x0, 0), max(y0, 0), max(round(2 * half), 1)
    piece = wide[y0 : y0 + size, x0 : x0 + size]
    how = cv2.INTER_AREA if size > side else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(piece, (side, side), interpolation=how), dtype=np.uint8)


def squeezed(picture: Bytes, side: int = WHOLE) -> Bytes:
    """The whole picture as a square."""
    return np.asarray(cv2.resize(picture, (side, side), interpolation=cv2.INTER_AREA), dtype=np.uint8)


def write(path: Path, example: Example) -> None:
    """Whole or not at all."""
    partial = path.with_suffix(".partial")
    with partial.open("wb") as f:
        np.savez_compressed(
            f,
            crops=example.crops,
            kinds=np.array(example.kinds, dtype="U40"),
            hero=example.hero,
            whole=example.whole,
            mask=example.mask,
        )
    partial.replace(path)


def read(path: Path) -> Example:
    with np.load(path) as kept:
        return Example(kept["crops"], tuple(map(str, kept["kinds"])), bool(kept["hero"]), kept["whole"], kept["mask"])


def read_all(paths: list[Path]) -> Iterator[Example]:
    return map(read, paths)
