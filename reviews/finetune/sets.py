"""What a training run looks at: pictures with the scenes they were drawn from, alone or in pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from generation.control.blockout import Blockout
from generation.engines.base import PictureRequest
from generation.engines.batching import Job


@dataclass(frozen=True)
class Example:
    """One judged picture. target: uint8 (h, w, 3), the scene without type, at training size; blockout: its scene's maps at that size.

    desirable: what people said of it (KTO asks); True where nothing else is learned from.
    """

    key: str
    target: NDArray[np.uint8]
    blockout: Blockout
    prompt: str
    negative_prompt: str = ""
    desirable: bool = True

    def job(self) -> Job:
        """The picture as something to be drawn, whole, at its size."""
        h, w = self.target.shape[:2]
        seed = int.from_bytes(self.key.encode()[-4:], "big")
        request = PictureRequest(self.blockout, self.prompt, self.negative_prompt, seed, strength=1.0)
        return Job(0, request, (0, 0, w, h), (w, h))


@dataclass(frozen=True)
class Pair:
    """Two pictures of one brief of which people, or a sure scorer, preferred the first."""

    winner: Example
    loser: Example

    @property
    def key(self) -> str:
        return f"{self.winner.key}>{self.loser.key}"


Item = Example | Pair


@dataclass(frozen=True)
class TrainingSet:
    """train: what is learned from, never empty. validation: what watches, of other briefs. name: the frozen dataset's sha256."""

    name: str
    train: Sequence[Item]
    validation: Sequence[Item] = ()


def pictures_of(item: Item) -> tuple[Example, ...]:
    return (item.winner, item.loser) if isinstance(item, Pair) else (item,)
