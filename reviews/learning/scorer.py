"""What reviewers would say of a picture nobody has judged: the probability that it is usable and a score on each dimension.

An ensemble of small forests, each grown on briefs drawn again (the cluster bootstrap). How far the members disagree is what more labels
could settle (epistemic); what they agree is uncertain stays so (aleatoric). `bench/bench_scorer.py` says why trees and not lines.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from reviews.learning.forests import Forest
from reviews.learning.heads import Head, fit_scores, fit_usable
from reviews.learning.measuring import Bools, Briefs, Floats
from reviews.learning.spaces import Space

Vectors = NDArray[np.float32]
KIND = "forest-1"  # a file of another kind isn't read
PARTS = tuple(part.name for part in fields(Forest))
LEAST_SCORES = 30  # of a dimension


class BadScorer(ValueError):
    """A file that is no scorer of this kind."""


@dataclass(frozen=True)
class Labels:
    """Judged pictures: vectors (n, names), usable (n,), the brief of each (n,), scores by dimension (n,) with NaN where nobody gave one."""

    vectors: Vectors
    usable: Bools
    briefs: Briefs
    scores: Mapping[str, Floats] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.usable)

    def part(self, rows: NDArray[np.intp] | Bools) -> Labels:
        scores = {key: values[rows] for key, values in self.scores.items()}
        return Labels(self.vectors[rows], self.usable[rows], self.briefs[rows], scores)


@dataclass(frozen=True)
class Expected:
    """For n pictures. `usable`: calibrated probability. `doubt`: mutual information between answer and member, nats, 0 to ln 2 (BALD:
    Houlsby et al. 2011). `noise`: the members' mean entropy, nats. `scores`: per dimension the mean, 1 to 5, and two standard
    deviations: between members, and of people's answers about the mean."""

    usable: Floats
    doubt: Floats
    noise: Floats
    scores: dict[str, tuple[Floats, Floats, Floats]]


@dataclass(frozen=True)
class Scorer:
    """`unseen`: the probability that each label it learnt from got of members that had not seen its brief, NaN where all had;
    `unseen_scores` likewise. Neither is kept in the file."""

    space: Space
    usable: Head
    dimensions: dict[str, Head]
    names_hash: str
    embedder_hash: str
    unseen: Floats | None = None
    unseen_scores: dict[str, Floats] = field(default_factory=dict)

    def members(self, vectors: Vectors) -> Floats:
        """(members, n): each one's probability that a picture is usable."""
        found: Floats = expit(self.logits(vectors))
        return found

    def logits(self, vectors: Vectors) -> Floats:
        """(members, n): the same as logits."""
        return self.usable.raw(self.space(vectors))

    def __call__(self, vectors: Vectors) -> Expected:
        each = self.members(vectors)
        mean, noise = each.mean(axis=0), _entropy(each).mean(axis=0)
        inputs = self.space(vectors) if self.dimensions else np.zeros((len(vectors), 0))
        scores = {}
        for key, head in self.dimensions.items():
            said = head.raw(inputs)
            scores[key] = np.clip(said.mean(axis=0), 1, 5), said.std(axis=0), np.full(len(vectors), head.noise)
        return Expected(mean, np.maximum(_entropy(mean) - noise, 0), noise, scores)


def fit(
    labels: Labels,
    space: Space,
    *,
    names_hash: str = "",
    embedder_hash: str = "",
    seed: int = 0,
    dimensions: bool = True,
) -> Scorer:
    """A scorer from these labels, over a space that was fitted on these and other pictures. The same labels give the same scorer."""
    inputs = space(labels.vectors)
    usable, unseen = fit_usable(inputs, labels.usable, labels.briefs, seed)
    heads: dict[str, Head] = {}
    unseen_scores: dict[str, Floats] = {}
    for key, scores in labels.scores.items() if dimensions else ():
        given = np.isfinite(scores)
        if given.sum() >= LEAST_SCORES and np.ptp(scores[given]) > 0:
            unseen_scores[key] = np.full(len(scores), np.nan)
            heads[key], unseen_scores[key][given] = fit_scores(inputs[given], scores[given], labels.briefs[given], seed)
    return Scorer(space, usable, heads, names_hash, embedder_hash, expit(unseen), unseen_scores)


def _entropy(p: Floats) -> Floats:
    """Of a yes or no, nats."""
    inside = np.clip(p, 1e-12, 1 - 1e-12)
    found: Floats = -(inside * np.log(inside) + (1 - inside) * np.log(1 - inside))
    return found


def to_bytes(scorer: Scorer) -> bytes:
    """A safetensors file: arrays, and what they are as JSON in its header. The same scorer gives the same bytes."""
    from safetensors.numpy import save

    space = scorer.space
    arrays: dict[str, NDArray[Any]] = {"middle": space.middle, "scale": space.scale}
    arrays |= {"look_middle": space.look_middle, "look_axes": space.look_axes}
    heads = {"usable": scorer.usable, **{f"dimension.{key}": head for key, head in scorer.dimensions.items()}}
    for name, head in heads.items():
        arrays |= {f"{name}.{part}": array for part, array in head.forest.arrays().items()}
    about = {
        "kind": KIND,
        "named": space.named,
        "names_hash": scorer.names_hash,
        "embedder_hash": scorer.embedder_hash,
        "heads": {name: [head.slope, head.shift, head.noise] for name, head in heads.items()},
    }
    packed = {name: np.ascontiguousarray(array) for name, array in arrays.items()}
    data: bytes = save(packed, metadata={"about": json.dumps(about, sort_keys=True)})
    return data


def from_bytes(data: bytes) -> Scorer:
    """The scorer in a file. BadScorer where it is none."""
    from safetensors.numpy import load

    try:
        header = json.loads(data[8 : 8 + int.from_bytes(data[:8], "little")])
        about = json.loads(header["__metadata__"]["about"])
        if about["kind"] != KIND:
            raise BadScorer(f"a scorer of kind {about['kind']}, not {KIND}")
        arrays = load(data)
        heads = {
            name: Head(Forest(*(arrays[f"{name}.{part}"] for part in PARTS)), *numbers)
            for name, numbers in about["heads"].items()
        }
        space = Space(about["named"], *(arrays[k] for k in ("middle", "scale", "look_middle", "look_axes")))
    except BadScorer:
        raise
    except Exception as fault:  # whatever a broken file makes its reader raise
        raise BadScorer(f"not a scorer: {type(fault).__name__}") from fault
    dimensions = {name.removeprefix("dimension."): head for name, head in heads.items() if name != "usable"}
    return Scorer(space, heads["usable"], dimensions, about["names_hash"], about["embedder_hash"])


def sha256_of(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
