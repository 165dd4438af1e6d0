"""What the judges can do on real renders that they never saw: the most that any generated picture can reach before them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from generation.embedded.judging import examples as ex
from generation.embedded.judging.judge import Judges, box_of
from generation.embedded.judging.labels import coarser
from generation.embedded.judging.statistics import Figure, overlap, rank_of, wilson

Table = dict[str, dict[str, Figure]]
ENOUGH = 0.6  # overlap of boxes that counts as found
SOURCES = {"own": "the judges' own scenes", "fast": "fast tier", "slow": "slow tier"}


def calibrate(judges: Judges, folder: Path) -> None:
    """Labels from the judges' own held-out scenes and portraits, and the spread of features from training pictures."""
    held = [e for s in ("own", "portrait") for e in ex.read_all(ex.paths_of(folder, s, held=True))]
    crops, truth = _crops(held)
    if len(crops):
        judges.labels = coarser(judges.labels.kinds, judges.shares(crops), truth)
    trained = [e.whole for s in SOURCES for e in ex.read_all(ex.paths_of(folder, s, held=False))]
    judges.standardise(np.stack(trained))


def ceilings(judges: Judges, folder: Path) -> Table:
    """Shares right, for each source of held-out renders that there is."""
    table = {}
    for source in SOURCES:
        held = list(ex.read_all(ex.paths_of(folder, source, held=True)))
        if held:
            table[source] = _row(judges, held)
    return table


def _row(judges: Judges, held: list[ex.Example]) -> dict[str, Figure]:
    heroes = [e for e in held if e.hero]
    ranks = _ranks(judges, [(e.crops[0], e.kinds[0]) for e in heroes])
    others = _ranks(judges, [(c, k) for e in held for c, k in zip(e.crops, e.kinds, strict=True)])
    found = _overlaps(judges, heroes)
    return {
        "hero seen, top-1": _share(r == 0 for r in ranks),
        "hero seen, top-5": _share(r < 5 for r in ranks),
        "any object seen, top-1": _share(r == 0 for r in others),
        "hero found (IoU ≥ 0.6)": _share(f >= ENOUGH for f in found),
    }


def _overlaps(judges: Judges, heroes: list[ex.Example]) -> list[float]:
    if not heroes:
        return []
    covers = judges.covers(np.stack([e.whole for e in heroes]))
    truth = [np.asarray(e.mask / 255, dtype=np.float32) for e in heroes]
    return [overlap(box_of(c, 1, 1), box_of(t, 1, 1)) for c, t in zip(covers, truth, strict=True)]


def _ranks(judges: Judges, labelled: list[tuple[NDArray[np.uint8], str]]) -> list[int]:
    if not labelled:
        return []
    edge = (ex.KEPT_CROP - ex.CROP) // 2
    seen = np.stack([c[edge:-edge, edge:-edge] for c, _ in labelled])
    scores = judges.labels.summed(judges.shares(seen))
    return [rank_of(s, judges.labels.of(k)) for s, (_, k) in zip(scores, labelled, strict=True)]


def _share(hits: Iterable[bool]) -> Figure:
    found = list(hits)
    return wilson(sum(found), len(found))


def _crops(held: list[ex.Example]) -> tuple[NDArray[np.uint8], NDArray[np.intp]]:
    edge = (ex.KEPT_CROP - ex.CROP) // 2
    number = {kind: n for n, kind in enumerate(ex.all_kinds())}
    crops = np.concatenate([e.crops[:, edge:-edge, edge:-edge] for e in held]) if held else np.zeros((0,), np.uint8)
    return crops, np.array([number[k] for e in held for k in e.kinds], dtype=np.intp)
