"""A taste moves layouts towards what was liked among those that are nearly as good, and never loosens what is firm."""

from dataclasses import replace

import pytest
from pydantic import ValidationError

from brand_styles import sample
from generation.laying import lay_out
from generation.layout.facts import layout_facts
from generation.layout.scoring import TERMS, WEIGHTS
from generation.layout.taste import WITHIN, LayoutTaste
from generation.liking import Curve, Liking
from generation.pipeline import Task
from generation.planning.brief import Brief
from generation.planning.lettering import lettering_for
from generation.planning.planner import plan
from generation.types import Format


def task(seed: int, taste: LayoutTaste | None = None) -> Task:
    brief = Brief.model_validate(
        {
            "brand": "demo",
            "copy": {"headline": "会员好礼", "cta": "马上领取"},
            "mood": "calm",
            "formats": ["600x600"],
            "seed": seed,
        }
    )
    brand = sample.demo()
    return Task(plan(brief, brand, variant=1, taste=taste), Format(width=600, height=600), brand, taste=taste)


def low_headline(strength: float = 3.0) -> LayoutTaste:
    curve = Curve(knots=(-0.4, 0.4), values=(-2.0, 2.0))
    return LayoutTaste(liking=Liking(curves={"layout.headline.y": curve}), strength=strength)


def test_the_layout_that_is_liked_is_taken_among_what_is_nearly_as_good() -> None:
    moved = []
    for seed in range(4):
        plain, taught = lay_out(task(seed)), lay_out(task(seed, low_headline()))
        moved.append(layout_facts(taught)["layout.headline.y"] - layout_facts(plain)["layout.headline.y"])
        assert taught.energy <= plain.energy + WITHIN
    assert sum(moved) > 0.2 and min(moved) > -0.02
    assert lay_out(task(1, low_headline())) == lay_out(task(1, low_headline()))


def test_factors_change_the_weights_that_the_search_goes_by() -> None:
    taste = LayoutTaste(terms={"white_space": 2.0})
    at = TERMS.index("white_space")
    assert taste.weights[at] == 2 * WEIGHTS[at]
    assert [w for i, w in enumerate(taste.weights) if i != at] == [w for i, w in enumerate(WEIGHTS) if i != at]
    assert lay_out(replace(task(2), taste=taste)).terms.keys() == set(TERMS)


@pytest.mark.parametrize("terms", [{"overlap": 0.5}, {"none_such": 1.0}, {"balance": 9.0}])
def test_firm_terms_and_wild_factors_are_refused(terms: dict[str, float]) -> None:
    with pytest.raises(ValidationError):
        LayoutTaste(terms=terms)


def test_lettering_that_is_liked_is_taken_within_the_mood() -> None:
    brief = Brief.model_validate({"brand": "demo", "copy": {"headline": "安心每一天"}, "formats": ["600x600"]})
    taste = LayoutTaste(lettering={"paper_cut": 4.0, "neon": 9.0}, strength=2.0)
    chosen = [lettering_for(brief, "fresh", "light", None, seed, 1, taste).treatment for seed in range(20)]
    assert chosen.count("paper_cut") >= 18 and "neon" not in chosen  # no treatment of another mood
