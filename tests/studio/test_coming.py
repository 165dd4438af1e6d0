"""The next occasions on the brief's form."""

import json
from datetime import date

import pytest
from django.test import Client

from brand_styles import sample
from generation.planning.occasions import coming
from generation.preflight.copy import check_copy
from generation.types import CopyLine
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


@pytest.mark.parametrize("market", ["cn", "uk"])
def test_no_suggested_headline_breaks_a_rule_on_copy(market: str) -> None:
    for row in coming_rows(date(2026, 11, 22)):
        for text in json.loads(row.phrases):
            line = CopyLine(id="headline", role="headline", text=text, language="en")
            found = check_copy([line], sample.demo(), market, "retail")
            assert not [f for f in found if f.severity != "info" and f.measured], text


def test_the_form_offers_them(client_of_owner: Client) -> None:
    assert "data-fill=" in client_of_owner.get("/briefs/new").content.decode()


def test_a_headline_leaves_out_the_notes_of_a_name() -> None:
    said = [text for row in coming_rows(date(2026, 11, 22)) for text in json.loads(row.phrases)]
    assert "New Year's Day is here" in said
