"""A prior tilts which stage is taken: by what was liked, in the brief's own mood, the same for the same seed."""

from brand_styles import sample
from generation.liking import Curve, Liking
from generation.planning.brief import Brief
from generation.planning.plan import CreativePlan
from generation.planning.planner import plan
from generation.planning.prior import DRAWS, ScenePrior
from generation.scenes.facts import staged_facts

LIKES = {"scene.light.right": 4.0, "scene.set.window": 3.0}


def prior(strength: float = 3.0) -> ScenePrior:
    curves = {name: Curve(knots=(0, 1), values=(0, weight)) for name, weight in LIKES.items()}
    return ScenePrior(liking=Liking(curves=curves), strength=strength)


def planned(variant: int, taught: ScenePrior | None) -> CreativePlan:
    brief = Brief.model_validate(
        {"brand": "demo", "copy": {"headline": "安心每一天"}, "mood": "calm", "formats": ["1080x1080"], "seed": 5}
    )
    return plan(brief, sample.demo(), variant=variant, prior=taught)


def liked(plans: list[CreativePlan]) -> float:
    facts = [staged_facts(each.scene.model_dump()) for each in plans]
    return sum(each["scene.light.right"] + each["scene.set.window"] for each in facts) / len(plans)


def test_what_is_liked_is_staged_more_often_and_nothing_leaves_the_mood() -> None:
    plain, taught = ([planned(v, p) for v in range(1, 21)] for p in (None, prior()))
    assert liked(plain) < 1.1 < 1.6 < liked(taught)
    assert {each.mood for each in taught} == {"calm"}
    assert {each.scene.set for each in taught} <= {each.scene.set for each in [planned(v, None) for v in range(1, 60)]}
    assert all(each.palette == each.scene.palette for each in taught)
    reason = next(r for r in taught[0].reasons if r.field == "scene_prior")
    assert "light.right" in reason.value and str(DRAWS) in reason.why.en and reason.why.zh


def test_the_same_plan_comes_of_the_same_prior_and_variants_differ() -> None:
    assert planned(1, prior()) == planned(1, prior())
    assert len({planned(v, prior()).scene.model_dump_json() for v in range(1, 9)}) == 8


def test_a_prior_of_no_strength_takes_any() -> None:
    plans = [planned(v, prior(0.0)) for v in range(1, 31)]
    assert 0.4 < liked(plans) < 1.2
