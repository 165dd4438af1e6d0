"""A brand's manners through its draft's page: kept as typed, told where wrong, shown once published."""

from typing import Any

import pytest
from django.test import Client

from brand_styles.drafts import open_draft
from brand_styles.models import Brand, StyleDraft
from brand_styles.sample import demo
from brand_styles.services import publish_style
from tests.studio.brands.test_drafts import form, said

pytestmark = pytest.mark.django_db
TOLD = {
    "manners": "1",
    "mood.lively.warmth": "warm",
    "mood.calm.warmth": "any",
    "pairs": ["F4EFE6-0B3D2E"],
    "short_forms": "Members' day on the 18th = Members' day, 18th | Members' day",
    "editorial.exclamation": "on",
    "editorial.headline_en": "40",
    "editorial.address": "nin",
    "rising": "red",
    "time_zone": "Asia/Tokyo",
}


def saved(client: Client, **more: Any) -> dict[str, Any]:
    answer = client.post("/brands/kiln/draft", form(**TOLD, **more))
    assert answer.status_code == 302, said(answer)
    manners: dict[str, Any] = StyleDraft.objects.get(brand__slug="kiln").style["manners"]
    return manners


def test_what_is_told_is_kept_and_shown_again(client: Client, kiln: Brand) -> None:
    manners = saved(client)
    assert manners["moods"] == [{"mood": "lively", "warmth": "warm", "look": "any"}]
    assert manners["pairs"] == [{"ground": "#F4EFE6", "text": "#0B3D2E"}]
    assert manners["short_forms"] == [
        {"full": "Members' day on the 18th", "short": ["Members' day, 18th", "Members' day"]}
    ]
    assert (
        manners["editorial"]["exclamation"],
        manners["editorial"]["emoji"],
        manners["editorial"]["headline_en"],
    ) == (False, True, 40)
    page = said(client.get("/brands/kiln/draft"))
    assert 'value="F4EFE6-0B3D2E" checked' in page
    assert '<option value="Asia/Tokyo" selected>' in page
    assert "18th | Members" in page


def test_what_cannot_be_kept_stands_at_its_field(client: Client, kiln: Brand) -> None:
    wrong = {"editorial.headline_en": "many", "short_forms": "Save = Save up", "time_zone": "Mars/Olympus"}
    client.post("/brands/kiln/draft", form(**TOLD) | wrong)
    page = said(client.get("/brands/kiln/draft"))
    for sentence in ("“many” is not a whole number", "There is no time zone “Mars/Olympus”"):
        assert sentence in page
    assert 'value="many"' in page and "Save = Save up" in page


def test_a_form_without_these_fields_changes_none_of_them(client: Client, kiln: Brand) -> None:
    before = saved(client)
    client.post("/brands/kiln/draft", form(revision="2"))
    assert StyleDraft.objects.get(brand=kiln).style["manners"] == before


def test_a_word_of_the_brand_goes_with_what_it_shows_and_never_shows(client: Client, kiln: Brand) -> None:
    client.post("/brands/kiln/draft", form(glossary="nest = piggy bank; + coin, umbrella; − banknote"))
    (term,) = StyleDraft.objects.get(brand=kiln).style["glossary"]
    assert term == {"term": "nest", "concept": "piggy-bank", "show": ["coin", "umbrella"], "never": ["banknote"]}
    assert "nest = piggy-bank; + coin, umbrella; − banknote" in said(client.get("/brands/kiln/draft"))


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("nest = piggy bank; + unicorns", "Nothing called “unicorns” can be drawn"),
        ("nest = piggy bank; coins", "the lexicon has no"),
    ],
)
def test_a_showing_that_nobody_can_draw_is_told(client: Client, kiln: Brand, line: str, sentence: str) -> None:
    client.post("/brands/kiln/draft", form(glossary=line))
    assert sentence in said(client.get("/brands/kiln/draft"))


def test_the_published_style_and_the_comparison_tell_them(client: Client) -> None:
    style = demo().model_dump(mode="json")
    publish_style(style=demo())
    ruled = style | {
        "version": 2,
        "manners": {
            "editorial": {"exclamation": False, "address": "nin"},
            "moods": [{"mood": "lively", "warmth": "warm"}],
        },
    }
    publish_style(style=type(demo()).model_validate(ruled))
    page = said(client.get("/brands/demo"))
    assert "No exclamation marks" in page and "lively: warm" in page
    compared = said(client.get("/brands/demo/versions?before=1&after=2"))
    assert "How copy is written" in compared
    assert open_draft(Brand.objects.get(slug="demo"), by=None).style["manners"]["editorial"]["address"] == "nin"
