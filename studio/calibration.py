"""What a brand's review page tells: versions of its rubric, gold pictures, and how far each reviewer's answers can be relied on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count
from django.utils import timezone

from brand_styles.models import Brand
from brand_styles.words import Words
from reviews import assigning, rubrics
from reviews.models import Item, RubricVersion
from reviews.quality import gold_answers, gold_record, severities, steadiness_of
from reviews.quality.gold import GoldRecord
from reviews.quality.severity import Severity
from reviews.quality.steadiness import Steadiness
from reviews.rubric import Defect, Dimension, Rubric, studio_rubric
from reviews.said import said_of
from studio.assignments import reviewers_of
from studio.models import User

WEEKS = 12  # that reviewers' standings look back, as Insight does by itself
GOLDS = 48  # shown


@dataclass(frozen=True)
class Version:
    """One version of the brand's rubric: when, by whom ("" for the studio), how many reviews it holds, what was the brand's own in it."""

    name: str
    made_by: str
    since: datetime
    reviews: int
    dimensions: tuple[Dimension, ...]
    defects: tuple[Defect, ...]


@dataclass(frozen=True)
class Rubrics:
    """`now`: what is asked, by the studio and (`dimensions`, `defects`) by the brand; `versions`: those kept, the newest first."""

    now: Rubric
    studio: Rubric
    dimensions: tuple[Dimension, ...]
    defects: tuple[Defect, ...]
    versions: tuple[Version, ...]


@dataclass(frozen=True)
class Gold:
    """A gold item: its right answer, and how many of those who were asked found it."""

    item: Item
    verdict: str
    defects: tuple[Words, ...]
    asked: int
    right: int


@dataclass(frozen=True)
class Reviewer:
    """One reviewer of the last WEEKS. `answers` of this brand; the rest is None where there is too little to say anything."""

    name: str
    is_you: bool
    answers: int
    waiting: int
    overdue: int
    gold: GoldRecord | None
    severity: Severity | None
    steadiness: Steadiness | None

    @property
    def away(self) -> str:
        """How many points their scores lie from the others', without the sign."""
        return f"{abs(self.severity.mean):.1f}" if self.severity else ""

    @property
    def steady(self) -> str:
        """The share of repeats in which they said the same."""
        return f"{self.steadiness.same.value:.0%}" if self.steadiness else ""


@dataclass(frozen=True)
class Qualities:
    """Of all reviewers, by their numbers."""

    gold: Mapping[int, list[bool]]
    severity: Mapping[int, Severity]
    steadiness: Mapping[int, Steadiness]


def versions_of(brand: Brand) -> Rubrics:
    rows = RubricVersion.objects.filter(brand=brand).select_related("made_by").annotate(count=Count("reviews"))
    now = rubrics.asked(brand.pk)
    dimensions, defects = rubrics.own_of(now)
    kept = tuple(_version(row, row.count) for row in rows.order_by("-version", "-extension"))
    return Rubrics(now, studio_rubric(), dimensions, defects, kept)


def _version(row: RubricVersion, count: int) -> Version:
    rubric = Rubric.model_validate(row.content)
    made_by = row.made_by.username if row.made_by else ""
    return Version(rubric.name, made_by, row.created_at, count, *rubrics.own_of(rubric))


def golds_of(brand: Brand) -> tuple[Gold, ...]:
    """The gold items that are shown to reviewers, the newest first."""
    rows = Item.objects.filter(brand=brand, purpose=Item.Purpose.GOLD, state=Item.State.OPEN).select_related("asset")
    rows = rows.order_by("-pk")[:GOLDS]
    answers = _answers_by_item(brand)
    rubric = rubrics.asked(brand.pk)
    return tuple(_gold(item, rubric, answers.get(item.pk, [])) for item in rows)


def _answers_by_item(brand: Brand) -> dict[int, list[bool]]:
    found: dict[int, list[bool]] = defaultdict(list)
    for each in said_of([brand.pk]):
        if each.purpose == Item.Purpose.GOLD:
            for right in gold_answers([each]).values():
                found[each.item] += right
    return found


def _gold(item: Item, rubric: Rubric, answers: list[bool]) -> Gold:
    expected = item.expected or {}
    names = []
    for code in expected.get("defects", ()):
        known = rubric.defect(code)
        names.append(known.name if known else Words(en=code, zh=code))
    return Gold(item, expected["verdict"], tuple(names), len(answers), sum(answers))


def people_of(brand: Brand, only: User | None = None) -> tuple[Reviewer, ...]:
    """Everybody who may review the brand, the busiest first; only one person's own where `only` names them."""
    said = said_of([brand.pk], timezone.now() - timedelta(weeks=WEEKS))
    users = [user for user in reviewers_of(brand) if only is None or user == only]
    counted: dict[int, int] = defaultdict(int)
    for each in said:
        counted[each.reviewer] += 1
    loads = {load.reviewer: load for load in assigning.loads([brand.pk])}
    qualities = Qualities(gold_answers(said), severities(said), steadiness_of(said))
    found = [_reviewer(user, only, counted[user.pk], loads.get(user.pk), qualities) for user in users]
    return tuple(sorted(found, key=lambda each: (-each.answers, each.name)))


def _reviewer(
    user: User, only: User | None, answers: int, load: assigning.Load | None, qualities: Qualities
) -> Reviewer:
    gold = qualities.gold.get(user.pk)
    return Reviewer(
        name=user.get_full_name() or user.username,
        is_you=user == only,
        answers=answers,
        waiting=load.waiting if load else 0,
        overdue=load.overdue if load else 0,
        gold=gold_record(gold) if gold else None,
        severity=qualities.severity.get(user.pk),
        steadiness=qualities.steadiness.get(user.pk),
    )
