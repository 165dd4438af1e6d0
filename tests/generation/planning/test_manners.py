"""What a brand's manners do to a plan: grounds of a mood, pairs, short forms, glossary, what rises."""

from typing import Any

import pytest

from brand_styles.colors import hue_distance, oklch, warmth_of
from brand_styles.manners import Manners
from brand_styles.sample import demo
from brand_styles.style import BrandStyle, GlossaryTerm
from generation.planning import casting
from generation.planning.brief import Brief
from generation.planning.forbidden import forbidden
from generation.planning.palettes import palette_for
from generation.planning.planner import plan
from generation.planning.schemes import SCHEMES
from generation.preflight.copy import check_copy


def brief(**changes: Any) -> Brief:
    return Brief.model_validate(
        {"brand": "demo", "copy": {"headline": "会员日", "legal": ["规则"]}, "formats": ["1080x1080"]} | changes
    )


def mannered(**manners: Any) -> BrandStyle:
    return demo().model_copy(update={"manners": Manners.model_validate(manners)})


@pytest.mark.parametrize(("warmth", "mood"), [("warm", "tech"), ("cool", "lively"), ("cool", "calm")])
def test_the_ground_of_a_mood_is_as_the_brand_rules_it(warmth: str, mood: str) -> None:
    ruled = mannered(moods=[{"mood": mood, "warmth": warmth}])
    grounds = [plan(brief(mood=mood), ruled, variant=variant).palette.ground for variant in (1, 2, 3, 4)]
    assert {warmth_of(ground) for ground in grounds} == {warmth}
    free = [plan(brief(mood=mood), demo(), variant=variant).palette.ground for variant in (1, 2, 3, 4)]
    assert {warmth_of(ground) for ground in free} != {warmth}


def test_a_mood_s_lightness_outranks_the_brief_s_wish() -> None:
    ruled = mannered(moods=[{"mood": "lively", "look": "light"}])
    made = plan(brief(mood="lively", prompt="深色夜空"), ruled)
    assert made.palette.scheme == "light"
    assert any(reason.field == "mood_rule" for reason in made.reasons)


def test_text_stands_on_a_ground_only_as_the_pairs_allow() -> None:
    ink = next(colour for colour in demo().colors("ink") if colour == "#142033")
    scheme = SCHEMES["lively"][1]  # a light one
    free = palette_for(demo(), scheme)
    pairs = [{"ground": ground, "text": ink} for ground in demo().colors("ground")]
    assert palette_for(mannered(pairs=pairs), scheme).text == ink != free.text


def test_a_line_is_cut_to_the_brand_s_own_short_form() -> None:
    ruled = mannered(short_forms=[{"full": "十八日会员日", "short": ["18日会员日"]}])
    made = plan(brief(copy={"headline": "十八日会员日，全场五折起", "legal": ["规则"]}), ruled)
    assert made.copy_lines[0].short_forms == ("18日会员日，全场五折起",)


def test_a_word_of_the_brand_shows_what_it_says_and_never_what_it_forbids() -> None:
    term = GlossaryTerm(term="小穗罐", concept="piggy-bank", show=("umbrella",), never=("金币", "banknote"))
    ruled = demo().model_copy(update={"glossary": (term,)})
    for variant in range(1, 6):
        made = plan(brief(prompt="小穗罐，存钱的一天"), ruled, variant=variant)
        kinds = {each.kind for each in made.scene.objects}
        assert "umbrella" in kinds
        assert not kinds & set(casting_kinds("金币"))
        assert "banknote" in made.negative_prompt


def casting_kinds(word: str) -> tuple[str, ...]:
    from generation.planning.wishes import wishes_in

    found = wishes_in(word).kinds
    assert found, word
    return found


@pytest.mark.parametrize(("rising", "up", "down"), [("red", 29, 152), ("green", 152, 29)])
def test_a_chart_rises_in_the_market_s_colour(rising: Any, up: float, down: float) -> None:
    ruled = mannered(rising=rising)
    for variant in range(1, 5):
        made = plan(brief(subject={"concept": "candlesticks"}, mood="calm"), ruled, variant=variant)
        (chart,) = [each for each in made.scene.objects if each.kind in casting.CHARTS]
        rises, falls = (_hue(made.palette, role) for role in (chart.color, chart.second_color))
        assert rises is None or hue_distance(rises, down) > 55
        assert falls is None or hue_distance(falls, up) > 40
        assert chart.color != chart.second_color


def _hue(palette: Any, role: str) -> float | None:
    """The hue of a role; None for greys and for paper, which no one takes for red or green."""
    colour = getattr(palette, role, None)
    if colour is None:
        return None
    _, chroma, hue = oklch(colour)
    return hue if chroma > 0.04 else None


def test_a_breach_warns_or_blocks_as_the_brand_has_it() -> None:
    shout = brief(copy={"headline": "今天就来！", "legal": ["规则"]})
    for severity, refused in (("warn", 0), ("block", 1)):
        ruled = mannered(editorial={"exclamation": False, "severity": severity})
        lines = plan(shout, ruled).copy_lines
        found = [f for f in check_copy(lines, ruled, "cn", "finance") if f.code.startswith("editorial.")]
        assert [(f.code, f.severity) for f in found] == [("editorial.exclamation", severity)]
        assert [each.field for each in forbidden(shout, ruled)] == ["copy.headline"] * refused
