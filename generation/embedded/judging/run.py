"""The stages of judging, in order, each resumable.

examples ─▶ judges ─▶ pictures ─▶ seeds ─▶ pairs ─▶ report
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from generation.embedded.judging import examples as ex
from generation.embedded.judging.briefs import AREA, FIRST_SEED

if TYPE_CHECKING:
    from generation.embedded.judging.arms import Studio

STAGES = ("examples", "judges", "pictures", "seeds", "pairs", "report")


@dataclass
class Judging:
    """One evaluation. `work` holds the judges and, in a folder of its own, each checkpoint's pictures and report.

    pairs: the folder of pair files; checkpoint: as the setting ENGINE takes it. minutes: of processor time to train both judges in;
    call_minutes: after so long a call stops and can be gone on with.
    """

    work: Path
    pairs: Path
    checkpoint: str = "embedded"
    count: int = 512
    seeds: int = 16
    blind_pairs: int = 100
    own_examples: int = 1600
    portraits: int = 5400
    minutes: float = 12.0
    call_minutes: float | None = None
    area: int = AREA
    first_seed: int = FIRST_SEED
    tell: Callable[[str], None] = print

    def __post_init__(self) -> None:
        self.begun = time.monotonic()

    def until(self) -> bool:
        """Is this call's time over?"""
        return self.call_minutes is not None and time.monotonic() - self.begun > 60 * self.call_minutes

    @cached_property
    def out(self) -> Path:
        """The folder of this checkpoint's pictures and report. PermanentError where there is no such checkpoint."""
        from generation.engines.loading import find_checkpoint, weights_hash

        found = find_checkpoint(self.checkpoint)
        return self.work / f"{found.name}-{weights_hash(found)[:10]}-{self.area}px"

    @cached_property
    def studio(self) -> Studio:
        from generation.embedded.judging.arms import Studio
        from generation.engines.diffusers_engine import DiffusersEngine
        from generation.engines.loading import asked_for

        engine = DiffusersEngine(self.checkpoint, options=asked_for(self.checkpoint))
        return Studio(self.out, engine, self.area, self.first_seed, self.until, self.tell)


def run(judging: Judging, stages: tuple[str, ...] = STAGES) -> bool:
    """The named stages, in order. False where this call's time ended before the last was done: run again, it goes on."""
    actions: dict[str, Callable[[Judging], bool]] = {
        "examples": make_examples,
        "judges": train_judges,
        "pictures": make_pictures,
        "seeds": make_seeds,
        "pairs": make_pairs,
        "report": report,
    }
    judging.out.mkdir(parents=True, exist_ok=True)
    for stage in stages:
        judging.tell(f"{stage}: begun")
        if not actions[stage](judging):
            judging.tell(f"{stage}: this call's time is over; run again to go on")
            return False
    return True


def make_examples(judging: Judging) -> bool:
    folder = judging.work / "examples"
    taken = ex.take_pairs(folder, judging.pairs, judging.until)
    drawn = ex.draw(folder, "own", judging.own_examples, judging.until)
    alone = ex.draw(folder, "portrait", judging.portraits, judging.until)
    judging.tell(f"examples: {taken} pairs of both tiers, {drawn} scenes of the judges' own, {alone} portraits")
    return drawn >= judging.own_examples and alone >= judging.portraits


def train_judges(judging: Judging) -> bool:
    from generation.embedded.judging.ceilings import calibrate
    from generation.embedded.judging.judge import Judges
    from generation.embedded.judging.training import HERO_RATE, KIND_RATE, Schooling, train_hero, train_kinds

    minutes = {"kinds": judging.minutes * 7 / 12, "hero": judging.minutes * 5 / 12}
    kinds = Schooling(judging.work, minutes["kinds"], 64, KIND_RATE, until=judging.until, tell=judging.tell)
    hero = Schooling(judging.work, minutes["hero"], 24, HERO_RATE, until=judging.until, tell=judging.tell)
    if not (train_kinds(kinds) and train_hero(hero)):
        return False
    judges = Judges.load(judging.work)
    calibrate(judges, judging.work / "examples")
    judges.write(judging.work)
    judging.tell(f"judges: {len(judges.labels.kinds)} kinds told apart as {judges.labels.count} labels")
    return True


def make_pictures(judging: Judging) -> bool:
    from generation.embedded.judging import arms

    made = arms.make_pictures(judging.studio, judging.count)
    held = [int(p.stem.split("-")[1]) for p in ex.paths_of(judging.work / "examples", "slow", held=True)]
    arms.round_trips(judging.studio, judging.pairs, held[::2])
    return made >= judging.count and not judging.until()


def make_seeds(judging: Judging) -> bool:
    from generation.embedded.judging.arms import make_seeds as make

    return make(judging.studio, judging.seeds) >= judging.seeds


def make_pairs(judging: Judging) -> bool:
    from generation.embedded.judging.worth import make_pairs as make

    return make(judging.studio, judging.blind_pairs) >= judging.blind_pairs


def report(judging: Judging) -> bool:
    from generation.embedded.judging.report import write_report

    write_report(judging.out, judging.work, judging.tell)
    judging.tell((judging.out / "report.md").read_text(encoding="utf-8"))
    return True
