"""Rules on pixels: what a brand and the packs may say of pictures, where it applies, and what can't be published."""

from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from brand_styles import sample
from brand_styles.checking import problems_of
from brand_styles.manners import Manners, today_of
from brand_styles.own_rules import Override, OwnRule
from brand_styles.pixel_rules import PixelRule
from brand_styles.rules.loader import load_for
from brand_styles.rules.pixels import pixel_packs, pixel_rules_for, thing_named, things
from brand_styles.style import BrandStyle
from brand_styles.words import Words
from generation.scenes.objects import KINDS

NAME = Words(en="No neon", zh="不用荧光色")


def rule(**told: Any) -> PixelRule:
    return PixelRule.model_validate({"id": "OWN-1", "title": NAME, "kind": "colour", "colours": ["#39FF14"]} | told)


def brand(*rules: PixelRule, **told: Any) -> BrandStyle:
    return sample.demo().model_copy(update={"pixel_rules": rules, **told})


def problems(*rules: PixelRule) -> list[str]:
    told = sample.demo().model_dump(mode="json") | {"pixel_rules": [each.model_dump(mode="json") for each in rules]}
    return [problem.words.en for problem in problems_of(told)]


@pytest.mark.parametrize(
    "told",
    [
        {"colours": []},
        {"kind": "thing"},
        {"kind": "duplicate"},
        {"kind": "logo", "misuses": []},
        {"kind": "palette", "least": 0.5, "most": 0.2},
        {"since": "2026-12-01", "until": "2026-11-01"},
        {"colours": ["red"]},
        {"tolerance": float("nan")},
    ],
)
def test_a_rule_that_looks_for_nothing_or_contradicts_itself_is_none(told: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        rule(**told)


def test_an_own_rule_applies_where_it_says_and_everywhere_where_it_says_nothing() -> None:
    everywhere, abroad = rule(), rule(id="OWN-2", markets=("us",))
    ids = {each.id for each in pixel_rules_for(brand(everywhere, abroad)).rules}
    assert "OWN-1" in ids and "OWN-2" not in ids
    assert {"OWN-1", "OWN-2"} <= {each.id for each in pixel_rules_for(brand(everywhere, abroad), "us").rules}


def test_dates_bound_a_rule() -> None:
    seasonal = brand(rule(since=date(2026, 12, 1), until=date(2026, 12, 31)))
    assert any(each.id == "OWN-1" for each in pixel_rules_for(seasonal, on=date(2026, 12, 24)).rules)
    assert not any(each.id == "OWN-1" for each in pixel_rules_for(seasonal, on=date(2027, 1, 1)).rules)


def test_a_rule_begins_and_ends_by_the_brand_s_clock() -> None:
    """Two places 26 hours apart are never on the same day."""
    first, last = Manners(time_zone="Pacific/Kiritimati"), Manners(time_zone="Etc/GMT+12")
    day = today_of(first, "cn")
    copy = OwnRule(id="OWN-2", phrases=("neon",), title=NAME, since=day, until=day)
    for manners, holds in ((first, True), (last, False)):
        dated = brand(rule(since=day, until=day), rules=(copy,), manners=manners)
        assert any(each.id == "OWN-1" for each in pixel_rules_for(dated).rules) is holds
        assert any(each.id == "OWN-2" for each in load_for(dated).rules) is holds


def test_packs_are_routed_by_market_industry_and_platform() -> None:
    def ids(market: str, industry: str, *platforms: str) -> set[str]:
        return {each.id for each in pixel_rules_for(brand(), market, industry, platforms=platforms).rules}

    assert "CN-IMG-TEXT" in ids("cn", "retail") and "CN-IMG-TEXT" not in ids("us", "retail")
    assert "CN-FIN-CRYPTO" in ids("cn", "bank") and "CN-FIN-CRYPTO" not in ids("cn", "retail")
    assert "META-PHA" in ids("us", "beauty", "meta") and "META-PHA" not in ids("us", "beauty")


def test_a_brand_overrides_a_packs_rule_with_a_reason() -> None:
    override = Override(rule="CN-IMG-CODE", severity="warn", reason="The code is our own, checked by hand.")
    rules = pixel_rules_for(brand(overrides=(override,)))
    code = next(each for each in rules.rules if each.id == "CN-IMG-CODE")
    assert rules.severity_of(code) == "warn"
    assert pixel_rules_for(brand()).severity_of(code) == "block"
    told = sample.demo().model_dump(mode="json") | {"overrides": [override.model_dump(mode="json")]}
    assert problems_of(told) == []


def test_the_rule_sets_version_changes_with_any_rule() -> None:
    assert pixel_rules_for(brand()).version != pixel_rules_for(brand(rule())).version
    assert pixel_rules_for(brand()).version == pixel_rules_for(brand()).version


def test_what_the_packs_name_is_in_the_table_and_the_table_names_objects_that_are_drawn() -> None:
    named = {thing for pack in pixel_packs() for each in pack.rules for thing in each.things}
    assert named and named <= set(things())
    assert {kind for thing in things().values() for kind in thing.drawn_as} <= set(KINDS)
    assert all(each.source and each.confidence for pack in pixel_packs() for each in pack.rules)


def test_a_thing_outside_the_table_is_what_its_words_say() -> None:
    assert thing_named("a red sports car").looks_like == ("a red sports car",)


def test_a_banned_colour_that_the_palette_asks_for_is_told() -> None:
    own = sample.demo().palette[0].hex
    assert any("within 8" in words for words in problems(rule(colours=(own,))))
    assert problems(rule()) == []


def test_names_that_are_taken_references_that_are_gone_and_shares_that_do_not_fit_are_told() -> None:
    assert any("already" in words for words in problems(rule(id="CN-IMG-TEXT")))
    assert any("already" in words for words in problems(rule(), rule()))
    assert any("no longer holds" in words for words in problems(rule(kind="duplicate", reference="0" * 64)))
    high = rule(id="A", kind="palette", role="ground", least=0.7, most=1)
    low = rule(id="B", kind="palette", role="ground", most=0.2)
    accent = rule(id="C", kind="palette", role="accent", least=0.5, most=1)
    assert any("same colours" in words for words in problems(high, low))
    assert any("whole picture" in words for words in problems(high, accent))
    assert any("not one we know" in words for words in problems(rule(industries=("zeppelins",))))


def test_a_style_published_before_there_were_such_rules_still_loads() -> None:
    told = sample.demo().model_dump(mode="json")
    del told["pixel_rules"]
    assert BrandStyle.model_validate(told).pixel_rules == ()
