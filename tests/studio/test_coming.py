"""The next occasions on the brief's form."""

import json
from datetime import date

import pytest
from django.test import Client

from brand_styles import sample
from brand_styles.style import BrandStyle
from generation.planning.occasions import coming
from generation.planning.proposing import About, from_grammar
from studio.forms.coming import coming_rows


def test_the_next_occasions_come_in_order_across_the_year() -> None:
    found = [(day.isoformat(), what.slug) for day, what in coming(date(2026, 11, 22), "cn", 90)]
    assert found[:3] == [("2026-12-12", "double-12"), ("2026-12-25", "christmas"), ("2027-01-01", "new-years-day")]
    assert ("2027-02-06", "spring-festival") in found
    assert all(slug != "spring-festival" for _, slug in [(d, w.slug) for d, w in coming(date(2026, 11, 22), "uk", 90)])


def test_an_occasion_of_today_is_still_offered() -> None:
    assert next((row.left, json.loads(row.fill)) for row in coming_rows(date(2027, 6, 18))) == (
        0,
        {"occasion": "618-sale", "mood": "lively"},
    )


@pytest.mark.parametrize("brand", [sample.demo(), sample.larkmoor()], ids=["demo", "larkmoor"])
def test_every_occasion_has_headlines_that_the_brands_rules_let_through(brand: BrandStyle) -> None:
    for row in coming_rows(date(2026, 11, 22)):
        for language in ("zh", "en"):
            about = About("", occasion=row.slug, language=language)
            assert len(from_grammar(about, brand).lines) == 4, row.slug


def test_the_form_offers_them(client_of_owner: Client) -> None:
    assert "data-fill=" in client_of_owner.get("/briefs/new").content.decode()


def test_a_name_leaves_out_its_notes() -> None:
    assert "New Year's Day" in {row.name.en for row in coming_rows(date(2026, 11, 22))}


def test_the_form_can_be_opened_from_the_calendar(client_of_owner: Client) -> None:
    said = client_of_owner.get("/briefs/new?occasion=double-12&brand=demo").content.decode()
    assert said.count("data-wanted") == 1 and 'value="double-12"' in said
    assert "data-wanted" not in client_of_owner.get("/briefs/new?occasion=<b>").content.decode()
