"""A season of reviews: hundreds of pictures made week after week and judged by three people through the queue's own services.

What is planted: the pictures' worth grows from week to week and differs by format, concept and model; the third reviewer is stricter from
the middle on; every picture goes to two of them.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from unittest.mock import patch

import numpy as np
from django.utils import timezone

from generation.models import Asset, Brief, Job, Variant
from reviews import enlisting, queue, services
from reviews.answers import Answer
from reviews.models import Item, Policy
from reviews.rubric import studio_rubric

FORMATS = ((1080, 1080, 0.5), (728, 90, -0.9), (300, 250, 0.0))  # and how much better than the rest
CONCEPTS = (("red-packet", 0.4), ("umbrella", -0.3), ("gift-box", 0.0))
MODELS = (("vermilion-small", -0.3), ("sdxl", 0.3))
DEFECTS = ("SUB_SPACE_MISMATCH", "TXT_OVERLAP", "PHY_LIGHT", "COL_OVERSAT", "SUB_INDISTINCT")
BLOCKING = "TXT_GARBLED"


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """The studio's clock shows `moment`."""
    with patch("django.utils.timezone.now", lambda: moment):
        yield


class Season:
    """`worth` of each picture by its row's id, which the reviewers see with an error of their own."""

    def __init__(self, brief: Brief, people: Sequence[int], seed: int = 1) -> None:
        self.brief, self.people = brief, people
        self.first = Asset.objects.filter(job__variant__brief=brief).order_by("pk")[0]
        self.brand = brief.library.brand
        self.rng = np.random.default_rng(seed)
        self.worth: dict[int, float] = {}
        Policy.objects.update_or_create(brand=self.brand, defaults={"overlap": 2, "overlap_share": 100})

    def run(self, weeks: int, briefs: int, until: datetime | None = None) -> None:
        """`briefs` of three formats each in each of the `weeks` before `until`, all judged by two."""
        end = until or timezone.now()
        enlisting.enlist_new()
        enlisting.withdraw(Item.objects.all())  # the brief's own pictures have no planted worth
        for week in range(weeks):
            day = end - timedelta(days=7 * (weeks - week) - 2)
            with at(day):
                for number in range(briefs):
                    self._brief(week / max(weeks, 1), number)
                while enlisting.enlist_new():
                    pass
            self._judge(day + timedelta(hours=1), late=week >= weeks / 2)

    def _brief(self, progress: float, number: int) -> None:
        brief = Brief.objects.get(pk=self.brief.pk)
        brief.pk = None
        brief.save()
        plan = Variant.objects.filter(brief=self.brief).order_by("pk")[0].plan
        variant = Variant.objects.create(brief=brief, number=1, plan=plan)
        concept, better = CONCEPTS[number % len(CONCEPTS)]
        model, good = MODELS[int(progress >= 0.5)]
        luck = self.rng.normal(0, 0.4)
        for width, height, fits in FORMATS:
            asset = self._asset(variant, width, height, concept, model)
            self.worth[asset.pk] = 3.1 + 0.8 * progress + better + good + fits + luck + self.rng.normal(0, 0.5)

    def _asset(self, variant: Variant, width: int, height: int, concept: str, model: str) -> Asset:
        job = Job.objects.create(variant=variant, width=width, height=height, status="finished")
        asset = Asset.objects.get(pk=self.first.pk)
        asset.pk, asset.job, asset.width, asset.height = None, job, width, height
        asset.file = f"season/{job.pk}.png"
        asset.sha256 = hashlib.sha256(asset.file.encode()).hexdigest()
        asset.recipe = asset.recipe | {
            "concepts": [{"id": "C000", "slug": concept, "drawn": [], "lacking": []}],
            "model": asset.recipe["model"] | {"name": model},
        }
        asset.timings = {"layout": 0.4, "diffusion": 6.0 + self.rng.random(), "composite": 0.3, "preflight": 1.5}
        first = bool(self.rng.random() < 0.7)
        asset.report = asset.report | {"first_pass": first}
        asset.save()
        return asset

    def _judge(self, begins: datetime, *, late: bool) -> None:
        """Everybody takes a turn, in any order, until nothing is left for anybody."""
        clocks, idle = dict.fromkeys(self.people, begins), 0
        while idle < len(self.people):
            for person in self.rng.permutation(self.people).tolist():
                took = self._turn(person, clocks[person], late=late)
                idle = 0 if took else idle + 1
                clocks[person] += timedelta(seconds=took)

    def _turn(self, person: int, now: datetime, *, late: bool) -> float:
        """One answer of one reviewer; the seconds until it, 0 where nothing waits for them."""
        with at(now):
            seats = queue.take(person, [self.brand.pk], want=1)
        if not seats or seats[0].token is None:
            return 0.0
        spent, pause = float(self.rng.uniform(4, 9)), float(self.rng.choice([1.0, 3.0, 400.0], p=[0.6, 0.3, 0.1]))
        said = self._answer(seats[0].item, self.people.index(person), spent, late=late)
        with at(now + timedelta(seconds=spent + pause)):
            services.answer(seat_id=seats[0].pk, token=seats[0].token, reviewer_id=person, given=said)
        return spent + pause

    def _answer(self, item: Item, place: int, spent: float, *, late: bool) -> Answer:
        strict = 0.6 if place == 2 and late else 0.0
        seen = self.worth[item.asset_id] - strict + self.rng.normal(0, 0.3)
        verdict = "approve" if seen > 3.4 else "minor_fix" if seen > 2.9 else "reject"
        noise = {d.key: 0.3 + 0.12 * number for number, d in enumerate(studio_rubric().dimensions)}
        scores = {key: int(np.clip(round(seen + self.rng.normal(0, sd)), 1, 5)) for key, sd in noise.items()}
        return Answer(verdict, scores, self._defects(verdict, item.asset_id), seconds=spent)

    def _defects(self, verdict: str, asset: int) -> list[dict[str, str]]:
        if verdict != "reject":
            return []
        code = BLOCKING if self.rng.random() < 0.2 else DEFECTS[asset % len(DEFECTS)]
        return [{"code": code}]
