"""Where a brand's rules apply and who answers for them, on both kinds of rows."""

from typing import Any

import pytest
from django.test import Client

from brand_styles.models import Brand, StyleDraft
from tests.studio.brands.test_drafts import form, said

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("kiln")]
ROW = {
    "title.en": "Ours",
    "markets": "UK, cn",
    "industries": "retail，保险",
    "owner": "Legal",
    "source": "Guide, page 4",
}
KINDS = {
    "rules": {"id": "OURS", "phrases": "hurry"},
    "pixel_rules": {"id": "OURS", "kind": "colour", "looks_for": "#39FF14"},
}


def save(client: Client, kind: str, **row: Any) -> dict[str, Any]:
    sent = {f"{kind}.0.{key}": value for key, value in (KINDS[kind] | row).items()}
    revision = StyleDraft.objects.get(brand__slug="kiln").revision
    assert client.post("/brands/kiln/draft", form(revision=str(revision)) | sent).status_code == 302
    rules: list[dict[str, Any]] = StyleDraft.objects.get(brand__slug="kiln").style[kind]
    return rules[0]


@pytest.mark.parametrize("kind", KINDS)
def test_they_are_kept_under_their_known_names_and_shown_again(client: Client, kind: str) -> None:
    rule = save(client, kind, **ROW)
    assert (rule["markets"], rule["industries"]) == (["uk", "cn"], ["retail", "insurance"])
    assert (rule["owner"], rule["source"]) == ("Legal", "Guide, page 4")
    page = said(client.get("/brands/kiln/draft"))
    assert f'name="{kind}.0.markets" value="uk, cn"' in page and 'value="retail, insurance"' in page


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_without_them_leaves_them_as_they_are(client: Client, kind: str) -> None:
    save(client, kind, **ROW)
    assert save(client, kind, was="OURS")["markets"] == ["uk", "cn"]


def test_an_industry_that_nobody_knows_is_told(client: Client) -> None:
    save(client, "rules", **ROW | {"industries": "alchemy"})
    assert "alchemy" in said(client.get("/brands/kiln/draft"))
    assert Brand.objects.filter(slug="kiln", libraries=None).exists()
