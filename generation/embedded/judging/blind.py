"""Blind pairs: two pictures side by side without names, which side is which in a key kept apart, and the count of votes."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generation.embedded.judging.statistics import Figure, wilson

SIDE = (900, 1100)  # px that each picture is fitted into
GAP, GREY = 24, (128, 128, 128)
LEFT, RIGHT, SAME = "left", "right", "same"


@dataclass(frozen=True)
class Score:
    """share: of all votes for the model, a "same" counting against it. decided: of those that chose a side. A pair without a vote
    is in neither."""

    share: Figure
    decided: Figure
    same: int
    missing: tuple[str, ...]

    def __str__(self) -> str:
        lines = [_told("The model's picture is preferred in", self.share)]
        lines.append(_told("Of the pairs in which a side was chosen", self.decided))
        lines.append(f"{self.same} told as the same, {len(self.missing)} without a vote.")
        return "\n".join(lines)


def side_of(seed: int, number: int) -> str:
    """Where the model's picture stands in a pair."""
    return random.Random(f"{seed}/{number}/side").choice((LEFT, RIGHT))


def write_pair(path: Path, left: NDArray[np.uint8], right: NDArray[np.uint8]) -> None:
    """Both pictures side by side as a JPEG, without any metadata."""
    pictures = [_fitted(p) for p in (left, right)]
    sheet = Image.new("RGB", (sum(p.width for p in pictures) + 3 * GAP, pictures[0].height + 2 * GAP), GREY)
    sheet.paste(pictures[0], (GAP, GAP))
    sheet.paste(pictures[1], (pictures[0].width + 2 * GAP, GAP))
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_suffix(".partial")
    sheet.save(partial, "JPEG", quality=94, subsampling=0)
    partial.replace(path)


def _fitted(picture: NDArray[np.uint8]) -> Image.Image:
    image = Image.fromarray(picture)
    scale = min(SIDE[0] / image.width, SIDE[1] / image.height, 1.0)
    return image.resize((round(image.width * scale), round(image.height * scale)), Image.Resampling.LANCZOS)


def score(key: Mapping[str, str], votes: Mapping[str, str]) -> Score:
    """The model's share. key, votes: pair to "left" or "right"; a vote may be "same". ValueError on any other vote."""
    wrong = {k: v for k, v in votes.items() if k not in key or v not in (LEFT, RIGHT, SAME)}
    if wrong:
        raise ValueError(f"These are no votes on the pairs made: {wrong}. A vote is left, right or same.")
    won = sum(votes[k] == key[k] for k in votes)
    same = sum(v == SAME for v in votes.values())
    return Score(
        wilson(won, len(votes)), wilson(won, len(votes) - same), same, tuple(k for k in sorted(key) if k not in votes)
    )


def read(path: Path) -> dict[str, str]:
    """A key or votes. FileNotFoundError, ValueError where the file is not what it should be."""
    told = json.loads(path.read_text(encoding="utf-8"))
    if not isinstance(told, dict):
        raise ValueError(f'{path.name} holds no votes. Write them as {{"001": "left", "002": "same"}}.')
    return told


def _told(what: str, f: Figure) -> str:
    if not f.count:
        return f"{what}: no votes."
    return f"{what}: {f.value:.1%} of {f.count} (95 % interval {f.low:.1%} to {f.high:.1%})."
