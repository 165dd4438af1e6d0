"""The goals of the layout search but its speed, which is the bench's to measure, on a tenth of the bench's briefs."""

from __future__ import annotations

import pytest

from bench.bench_layout import GOALS, measure, summary


@pytest.mark.slow
@pytest.mark.timeout(1200)
def test_every_goal_is_met() -> None:
    figures = summary(measure(40))
    missed = {g.what: (figures[g.name], g.limit) for g in GOALS if g.name != "seconds" and not g.met(figures[g.name])}
    assert not missed
