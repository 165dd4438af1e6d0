"""One run of the loop: a reviewer, a seed, an arm. Reviews, what is learnt from them, and fresh pictures of briefs nobody reviewed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from bench.loop_pictures import FOLDER, VARIANTS, Known, Learners, pictures
from bench.loop_reviewers import REVIEWERS, Reviewer

if TYPE_CHECKING:
    from reviews.learning.scorer import Labels, Scorer
    from reviews.models import Kind

ROUNDS, REVIEWS = 3, 64
BRIEFS, HELD = 20, 12  # of a round's pool, and of those that nobody reviews
ARMS = ("chosen", "shuffled", "random")
ALONE = ("prior", "taste")


@dataclass
class Said:
    """What has been answered so far."""

    pictures: list[Known] = field(default_factory=list)
    usable: list[bool] = field(default_factory=list)
    complaints: list[dict[str, int]] = field(default_factory=list)


def run(name: str, seed: int, arm: str) -> dict[str, Any]:
    """The run's rounds, read where it was done before. Pictures that are there aren't made again."""
    return _once(name, seed, arm, lambda reviewer: _Run(reviewer, seed, arm).whole())


def _once(name: str, seed: int, arm: str, make: Callable[[Reviewer], dict[str, Any]]) -> dict[str, Any]:
    path = _path(name, seed, arm)
    if path.exists():
        told: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return told
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
    django.setup()
    told = make(next(r for r in REVIEWERS if r.name == name))
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_suffix(f".{os.getpid()}.part")
    draft.write_text(json.dumps(told, indent=1), "utf-8")
    draft.replace(path)
    return told


def alone(name: str, seed: int, which: str) -> dict[str, Any]:
    """Fresh pictures with one of the learners that the chosen arm ended with, the other left out."""
    learners = Learners(**run(name, seed, "chosen")["learners"])
    part = Learners(prior=learners.prior) if which == "prior" else Learners(taste=learners.taste)

    def make(reviewer: Reviewer) -> dict[str, Any]:
        return {
            "single": float(np.mean([reviewer.usable(each.numbers) for each in pictures(held_briefs(seed), part, 1)]))
        }

    return _once(name, seed, which, make)


def held_briefs(seed: int) -> list[int]:
    return [seed * 10_000 + 9_000 + i for i in range(HELD)]


def _path(name: str, seed: int, arm: str) -> Path:
    return FOLDER / "runs" / f"{name}-{seed}-{arm}.json"


class _Run:
    def __init__(self, reviewer: Reviewer, seed: int, arm: str) -> None:
        self.reviewer, self.seed, self.arm = reviewer, seed, arm
        self.rng = np.random.default_rng([seed, ARMS.index(arm), REVIEWERS.index(reviewer)])
        self.said, self.learners = Said(), Learners()
        self.scorer: Scorer | None = None

    def whole(self) -> dict[str, Any]:
        rounds = []
        for number in range(ROUNDS + 1):
            rounds.append(self._fresh() if self.arm == "chosen" or number in (0, ROUNDS) else {})
            if number < ROUNDS:
                self._review(number)
                rounds[-1]["learnt"] = self._learn()
            print(f"{self.reviewer.name} {self.seed} {self.arm} round {number}: {_line(rounds[-1])}", flush=True)
        learners = {"prior": self.learners.prior, "taste": self.learners.taste}
        return {
            "reviewer": self.reviewer.name,
            "seed": self.seed,
            "arm": self.arm,
            "rounds": rounds,
            "learners": learners,
        }

    def _fresh(self) -> dict[str, Any]:
        """Usable rate of fresh pictures of held-out briefs: of each, and of the one of four that the scorer would show first."""
        held = pictures(held_briefs(self.seed), self.learners, 1)
        good = np.array([self.reviewer.usable(each.numbers) for each in held])
        first = [good[rows[int(np.argmax(self._likely([held[i] for i in rows])))]] for rows in _by_brief(held)]
        best = float(np.mean(first)) if self.scorer else float(good.mean())
        return {"single": float(good.mean()), "best": best, "of": len(held), "scored": self.scorer is not None}

    def _likely(self, some: Sequence[Known]) -> NDArray[np.float64]:
        return self.scorer(_vectors(some)).usable if self.scorer else np.zeros(len(some))

    def _review(self, number: int) -> None:
        """A round's pool, and answers about REVIEWS of it."""
        first = self.seed * 10_000 + number * 100
        pool = pictures(range(first, first + self._briefs()), self.learners, 1)
        for row in self._asked(pool):
            usable, complaints = self.reviewer.says_of(pool[row].numbers, self.rng)
            self.said.pictures.append(pool[row])
            self.said.usable.append(usable)
            self.said.complaints.append(complaints)

    def _briefs(self) -> int:
        """Where nothing is chosen, no more are made than are asked about."""
        return BRIEFS if self.arm == "chosen" else REVIEWS // VARIANTS

    def _asked(self, pool: Sequence[Known]) -> list[int]:
        if self.arm != "chosen":
            return [int(i) for i in self.rng.permutation(len(pool))[:REVIEWS]]
        from reviews.learning.acquisition import Pool, choose

        vectors = _vectors(pool)
        space = self.scorer.space if self.scorer else _space(vectors)
        known = space.places(_vectors(self.said.pictures)) if self.said.pictures else None
        places = space.places(vectors)
        found = choose(
            Pool(
                places=places,
                briefs=np.array([each.brief for each in pool], np.int64),
                brands=np.zeros(len(pool), np.int64),
                age=np.zeros(len(pool)),
                doubt=self.scorer(vectors).doubt if self.scorer else None,
                known=np.zeros((0, places.shape[1])) if known is None else known,
            ),
            REVIEWS,
            self.seed,
        )
        return [choice.row for choice in found]

    def _learn(self) -> dict[str, Any]:
        """Everything that learns, on everything that was said, each under its own condition."""
        from reviews.models import Kind

        usable, complaints = self.said.usable, self.said.complaints
        if self.arm == "shuffled":
            order = self.rng.permutation(len(usable))
            usable, complaints = [usable[i] for i in order], [complaints[i] for i in order]
        told = {"scorer": self._learn_scorer(usable)}
        for kind, name in ((Kind.SCENE_PRIOR, "prior"), (Kind.LAYOUT_TASTE, "taste")):
            told[name], value = self._learn_taste(kind, usable, complaints)
            if value:
                self.learners = Learners(**{"prior": self.learners.prior, "taste": self.learners.taste, name: value})
        return told

    def _learn_scorer(self, usable: Sequence[bool]) -> dict[str, Any]:
        from reviews.learning.labels import held_out
        from reviews.learning.scorer import Labels, fit
        from reviews.learning.verdicts import tried

        briefs = np.array([each.brief for each in self.said.pictures], np.int64)
        labels: Labels = Labels(_vectors(self.said.pictures), np.array(usable), briefs)
        learnt = labels.part(~held_out(briefs))
        if min(learnt.usable.sum(), (~learnt.usable).sum()) < 5:
            return {"used": False}
        scorer = fit(learnt, _space(labels.vectors), dimensions=False)
        found = tried(scorer, labels, learnt, None)
        if found.good:
            self.scorer = scorer
        return {"used": found.good, "auc": found.metrics["auc"]["value"]}

    def _learn_taste(
        self, kind: Kind, usable: Sequence[bool], complaints: Sequence[dict[str, int]]
    ) -> tuple[dict[str, Any], str]:
        from reviews.feeding import blamed, concerns
        from reviews.rubric import studio_rubric
        from reviews.taste.datasets import FED, LEAST, LEAST_OF_EACH
        from reviews.taste.fitting import fit
        from reviews.taste.training import as_value, teaching

        rubric = studio_rubric()
        rows = [i for i, said in enumerate(complaints) if usable[i] or concerns(FED[kind], blamed(said, (), rubric))]
        good = np.array([usable[i] for i in rows], np.bool_)
        if len(rows) < LEAST or min(good.sum(), (~good).sum()) < LEAST_OF_EACH:
            return {"used": False, "of": len(rows)}, ""
        facts = [teaching(self.said.pictures[i].facts[str(kind)]) for i in rows]
        fitted = fit(facts, good, np.array([self.said.pictures[i].brief for i in rows], np.int64))
        used = (fitted.auc.low or 0.0) > 0.5
        told = {"used": used, "of": len(rows), "auc": fitted.auc.value}
        return told, as_value(fitted, kind).model_dump_json() if used else ""


def _by_brief(some: Sequence[Known]) -> list[list[int]]:
    briefs: dict[int, list[int]] = {}
    for i, each in enumerate(some):
        briefs.setdefault(each.brief, []).append(i)
    return list(briefs.values())


def _vectors(some: Sequence[Known]) -> NDArray[np.float32]:
    return np.stack([each.vector for each in some])


def _space(vectors: NDArray[np.float32]) -> Any:
    from reviews.learning.features import feature_names
    from reviews.learning.spaces import fit_space

    return fit_space(vectors, len(feature_names(0)))


def _line(told: dict[str, Any]) -> str:
    if "single" not in told:
        return "not judged"
    learnt = {k: (round(v.get("auc") or 0, 2) if v["used"] else "-") for k, v in told.get("learnt", {}).items()}
    return f"single {told['single']:.2f}, best of {VARIANTS} {told['best']:.2f}, learnt {learnt}"
