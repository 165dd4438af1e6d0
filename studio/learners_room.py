"""What the page of a brand's learners shows: of each kind what is in use, its versions, what was asked for, what the gate found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from brand_styles.models import Brand
from brand_styles.words import Words
from generation.models import Learned
from reviews import promoting, recalling
from reviews.finetune.candidates import REASONS
from reviews.models import Gate, GatePair, Kind, LearnerVersion, Promotion, TrainingOrder
from studio.facts import words_of

State = LearnerVersion.State
SHOWN = 12  # versions, newest first
ACTS = 8
MOVING = ("queued", "running")


@dataclass(frozen=True)
class Trial:
    """A version's newest gate as the page shows it. worst: pairs that the scorer thinks the candidate loses by most."""

    row: Gate
    worst: tuple[GatePair, ...]

    @property
    def moves(self) -> bool:
        return self.row.status in MOVING

    @property
    def judged(self) -> bool:
        return self.row.passed is not None

    @property
    def percent(self) -> int:
        return round(100 * self.row.done / self.row.pairs) if self.row.pairs else 0

    @property
    def wins(self) -> dict[str, Any]:
        found: dict[str, Any] = self.row.report.get("wins", {})
        return found

    @property
    def measured(self) -> list[tuple[str, dict[str, Any], bool]]:
        """Name, figures, whether it refuses: each thing that must not be worse."""
        failures = self.row.report.get("failures", ())
        return [(name, found, name in failures) for name, found in self.row.report.get("worse", {}).items()]


@dataclass(frozen=True)
class Taste:
    """One name of a taste: its words, and its log-odds along what is there."""

    words: Words
    knots: tuple[float, ...]
    values: tuple[float, ...]

    @property
    def is_liked(self) -> bool:
        return self.values[-1] > self.values[0]

    @property
    def swing(self) -> float:
        return max(abs(value) for value in self.values)


@dataclass(frozen=True)
class Shown:
    """One version. made: shown pictures that it had a part in. left_out: how many reviews taught it nothing, and why."""

    row: LearnerVersion
    trial: Trial | None
    may_promote: bool
    made: int
    left_out: tuple[tuple[int, tuple[str, str]], ...]

    @property
    def tastes(self) -> list[Taste]:
        """What weighs most in a scene prior or a taste in layouts."""
        heaviest = self.row.metrics.get("heaviest", ())
        return [Taste(words_of(each["name"]), tuple(each["knots"]), tuple(each["values"])) for each in heaviest]

    @property
    def most(self) -> float:
        return max((taste.swing for taste in self.tastes), default=1.0)

    @property
    def trains(self) -> bool:
        return self.row.state in (State.QUEUED, State.TRAINING)

    @property
    def may_be_gated(self) -> bool:
        return bool(self.row.files.get("weights")) and self.row.state in (State.TRAINED, State.REFUSED, State.RETIRED)

    @property
    def percent(self) -> int:
        return round(100 * self.row.step / self.row.steps) if self.row.steps else 0

    @property
    def moves(self) -> bool:
        return self.trains or (self.trial is not None and self.trial.moves)


@dataclass(frozen=True)
class Room:
    """One kind of learner of the brand."""

    kind: Kind
    used: Learned | None
    watch: recalling.Watch | None
    order: TrainingOrder | None
    versions: tuple[Shown, ...]
    acts: tuple[Promotion, ...]

    @property
    def moves(self) -> bool:
        waits = self.order is not None and self.order.status in MOVING
        return waits or any(each.moves for each in self.versions)


def rooms_of(brand: Brand) -> list[Room]:
    return [_room(brand, kind) for kind in Kind]


def _room(brand: Brand, kind: Kind) -> Room:
    rows = LearnerVersion.objects.filter(learner__brand=brand, learner__kind=kind)
    found = rows.select_related("learner", "dataset", "asked_by").order_by("-number")[:SHOWN]
    promoted = promoting.in_use(brand.pk, kind)
    return Room(
        kind,
        promoting.used_since(brand.pk, kind),
        recalling.watch(promoted) if promoted else None,
        TrainingOrder.objects.filter(brand=brand, kind=kind).order_by("-pk").first(),
        tuple(_shown(row) for row in found),
        tuple(
            Promotion.objects.filter(brand=brand, kind=kind)
            .select_related("version", "before", "by")
            .order_by("-pk")[:ACTS]
        ),
    )


def _shown(row: LearnerVersion) -> Shown:
    gate = Gate.objects.filter(version=row).select_related("scorer", "pack").order_by("-pk").first()
    learner = row.learner
    had_a_part = row.state in (State.PROMOTED, State.RETIRED)
    made = recalling.assets_made_with(learner.brand_id, learner.kind, row.number).count() if had_a_part else 0
    left_out = tuple((count, REASONS[name]) for name, count in row.dataset.exclusions.items() if name in REASONS)
    return Shown(row, _trial(gate) if gate else None, promoting.refusal(row) is None, made, left_out)


def _trial(gate: Gate) -> Trial:
    numbers = gate.report.get("worst", ())[:4]
    by_number = {pair.number: pair for pair in gate.made.filter(number__in=numbers)} if numbers else {}
    return Trial(gate, tuple(by_number[n] for n in numbers if n in by_number))
