"""What the judges say of the pictures made: one table, every figure with its interval and the number of items it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from generation.embedded.judging import arms
from generation.embedded.judging import examples as ex
from generation.embedded.judging.briefs import Asked
from generation.embedded.judging.ceilings import ENOUGH
from generation.embedded.judging.colours import palette_distances
from generation.embedded.judging.distances import kid, nearest, spread
from generation.embedded.judging.judge import Judges
from generation.embedded.judging.statistics import (
    Figure,
    mean_of,
    median_of,
    overlap,
    rank_of,
    ratio_of,
    resampled,
    wilson,
)
from generation.embedded.judging.structure import gradient_energy
from generation.layout.geometry import Rect

Bytes = NDArray[np.uint8]
Floats = NDArray[np.float64]
Rows = dict[str, dict[str, Figure]]  # figure, then arm

SEEN1, SEEN5 = "hero seen in its box, top-1", "hero seen in its box, top-5"
FOUND1 = "hero seen where the judge finds it, top-1"
IOU, IOU_MEDIAN = "hero's box overlaps the asked one, IoU ≥ 0.6", "its median IoU"
COLOURS = "median ΔE2000 of three main colours"
GROUND = "median ΔE2000 of the ground alone"
ENERGY = "gradient energy in text zones, of the words alone"
KID = "KID to slow-tier pictures, × 1000"
NEAREST = "nearest training picture, in units of the training pictures' own"
SPREAD = "diversity of 8 seeds, of the renderer's own"
THUMB = 32  # px a side in which pictures are compared as pixels


@dataclass(frozen=True)
class Judged:
    """One arm, a row for each brief. asked, found: the rank of the hero's label in the asked box and in the one found (n,).
    overlaps (n,). colours (n, 3). energy (n,). wholes (n, 128, 128, 3). features (n, d)."""

    asked: NDArray[np.int64]
    found: NDArray[np.int64]
    overlaps: Floats
    colours: Floats
    energy: Floats
    wholes: Bytes
    features: Floats


def judge_arm(judges: Judges, pages: Sequence[Asked], pictures: Sequence[Bytes]) -> Judged:
    """What the judges say of one picture for each brief."""
    boxes = judges.boxes(pictures)
    labels = [judges.labels.of(page.kind) for page in pages]

    def ranks(where: Sequence[Rect | None]) -> NDArray[np.int64]:
        seen = judges.seen(pictures, where)
        return np.array([rank_of(s, n) if s.any() else len(s) for s, n in zip(seen, labels, strict=True)])

    wholes = np.stack([ex.squeezed(p) for p in pictures])
    return Judged(
        ranks([p.box for p in pages]),
        ranks(boxes),
        np.array([overlap(b, p.box) for b, p in zip(boxes, pages, strict=True)]),
        np.stack([palette_distances(p, page.palette) for p, page in zip(pictures, pages, strict=True)]),
        np.array([gradient_energy(p, page.zones) for p, page in zip(pictures, pages, strict=True)]),
        wholes,
        judges.features(wholes),
    )


def rows_of(judged: dict[str, Judged]) -> Rows:
    """Every figure that one arm has by itself or against the words alone."""
    rows: Rows = {}
    for arm, j in judged.items():
        found = {
            SEEN1: _share(j.asked == 0),
            SEEN5: _share(j.asked < 5),
            FOUND1: _share(j.found == 0),
            IOU: _share(j.overlaps >= ENOUGH),
            IOU_MEDIAN: resampled(j.overlaps, median_of),
            COLOURS: resampled(j.colours, median_of),
            GROUND: resampled(j.colours[:, 0], median_of),
        }
        if arms.WORDS in judged:
            found[ENERGY] = resampled(np.stack([j.energy, judged[arms.WORDS].energy], axis=1), ratio_of)
        for name, figure in found.items():
            rows.setdefault(name, {})[arm] = figure
    return rows


def chance_of_colours(pages: Sequence[Asked], pictures: Sequence[Bytes]) -> Figure:
    """The colours' figure against the palette of another brief: what a picture scores that was painted without looking."""
    turned = [*pages[1:], *pages[:1]]
    found = [palette_distances(p, page.palette) for p, page in zip(pictures, turned, strict=True)]
    return resampled(np.stack(found), median_of)


def kid_rows(judged: dict[str, Judged], slow: Floats, trips: Floats | None) -> dict[str, Figure]:
    """Distance of each arm to slow-tier pictures. Its floors: one half of those against the other, and the autoencoder's round
    trip of one half against the other half."""
    found = {arm: _thousandfold(kid(j.features, slow)) for arm, j in judged.items()}
    one, other = slow[::2], slow[1::2]
    found["floor: slow tier, halves"] = _thousandfold(kid(one, other))
    if trips is not None and len(trips) == len(one):
        found["floor: slow tier through the autoencoder"] = _thousandfold(kid(trips, other))
    return found


def nearest_rows(judged: dict[str, Judged], training: Floats, wholes: Bytes) -> dict[str, Any]:
    """How near each arm's pictures come to one that was trained on, in features (over the median of what training pictures
    have among themselves) and in pixels (RMS of 32 px thumbnails, in 1/255)."""
    usual = float(np.median(nearest(training, training, apart=True)[0]))
    thumbs = _thumbs(wholes)
    away: dict[str, Figure] = {}
    pixels: dict[str, Figure] = {}
    for arm, j in judged.items():
        distances, _ = nearest(j.features, training)
        away[arm] = resampled(distances / usual, median_of)
        rms, _ = nearest(_thumbs(j.wholes), thumbs)
        pixels[arm] = resampled(rms / THUMB / np.sqrt(3), np.min)
    own = nearest(thumbs, thumbs, apart=True)[0] / THUMB / np.sqrt(3)
    return {"features": away, "least in pixels": pixels, "training's own least in pixels": float(own.min())}


def _thumbs(wholes: Bytes) -> Floats:
    small = np.stack([ex.squeezed(w, THUMB) for w in wholes])
    return small.reshape(len(small), -1).astype(np.float64)


def spread_rows(features: dict[str, list[Floats]]) -> dict[str, Figure]:
    """Mean distance within each brief's 8 pictures over that of the renderer's own 8; a ratio of means over briefs."""
    own = [spread(f) for f in features[arms.RESTAGED]]
    return {
        arm: resampled(np.array([[spread(f), o] for f, o in zip(sets, own, strict=True)]), ratio_of)
        for arm, sets in features.items()
    }


def mean_figure(values: Sequence[float]) -> Figure:
    return resampled(np.array(values, dtype=np.float64), mean_of)


def pictures_in(work: Path, arm: str, pages: Sequence[Asked]) -> list[Bytes]:
    return [arms.load(work / "pictures" / arm / f"{p.seed}.png") for p in pages]


def seeds_in(work: Path, arm: str, judges: Judges) -> list[Floats]:
    """Features of each brief's pictures by seed."""
    done = sorted((work / "seeds" / "asked").glob("*.json"))
    found = []
    for page in done:
        paths = [work / "seeds" / arm / f"{page.stem}-{n}.png" for n in range(arms.SEEDS)]
        found.append(judges.features(np.stack([ex.squeezed(arms.load(p)) for p in paths])))
    return found


def _share(hits: NDArray[np.bool_]) -> Figure:
    return wilson(int(hits.sum()), len(hits))


def _thousandfold(f: Figure) -> Figure:
    def times(v: float | None) -> float | None:
        return None if v is None else 1000 * v

    return Figure(1000 * f.value, times(f.low), times(f.high), f.count)
