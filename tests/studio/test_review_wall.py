"""The wall of a brief as reviewers leave it: a mark on each picture, and on request the likeliest to be usable first."""

import re
from typing import Any

import pytest
from django.test import Client

from brand_styles.models import Brand
from generation.models import Asset, Brief
from reviews import enlisting
from reviews.models import Features, ScorerVersion, Standing


def page(client: Client, brief: Brief, query: str = "") -> str:
    client.cookies["django_language"] = "en"
    return client.get(f"/briefs/{brief.pk}{query}").content.decode()


def shown(page: str) -> list[int]:
    return [int(number) for number in re.findall(r'name="a" value="(\d+)"', page)]


@pytest.fixture
def scored(made_brief: Brief) -> list[Asset]:
    """Both pictures, of which a scorer in use likes the second better."""
    enlisting.enlist_new()
    row = ScorerVersion.objects.create(
        brand=made_brief.library.brand,
        number=1,
        state="in_use",
        file="scorers/1",
        sha256="0" * 64,
        names_hash="n",
        embedder="none",
        rubric="r",
        labels=90,
        usable=40,
        briefs=20,
    )
    assets = list(Asset.objects.order_by("pk"))
    for asset, usable in zip(assets, (0.21, 0.84), strict=True):
        Features.objects.create(
            asset=asset, names_hash="n", embedder="none", vector=b"", usable=usable, scored_by=row.name
        )
    return assets


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("waiting", "to review"),
        ("approved", "approved"),
        ("minor_fix", "minor fix"),
        ("rejected", "rejected"),
        ("split", "being decided"),
    ],
)
def test_each_picture_is_marked_with_what_reviewers_said(
    state: str, said: str, made_brief: Brief, client_of_owner: Client
) -> None:
    assert "data-verdict" not in page(client_of_owner, made_brief)
    enlisting.enlist_new()
    asset = Asset.objects.order_by("pk")[0]
    Standing.objects.filter(asset=asset).update(state=state)
    told = page(client_of_owner, made_brief)
    assert told.count(f'data-verdict="{state}"') == (2 if state == "waiting" else 1) and f">{said}</span>" in (
        told.replace("</svg>", ">")
    )


def test_a_wall_asks_again_when_a_verdict_came(made_brief: Brief, client_of_owner: Client) -> None:
    enlisting.enlist_new()
    address = f"/briefs/{made_brief.pk}/live"
    etag = client_of_owner.get(address)["ETag"]
    assert client_of_owner.get(address, headers={"if-none-match": etag}).status_code == 304
    Standing.objects.filter(asset=Asset.objects.order_by("pk")[0]).update(state="approved")
    assert client_of_owner.get(address, headers={"if-none-match": etag}).status_code == 200


def test_the_likeliest_come_first_only_when_asked_for(
    scored: list[Asset], made_brief: Brief, client_of_owner: Client
) -> None:
    first, second = (asset.pk for asset in scored)
    usual = page(client_of_owner, made_brief)
    assert shown(usual) == [first, second] and "likely usable</span>" not in usual and "?order=best" in usual
    best = page(client_of_owner, made_brief, "?order=best")
    assert shown(best) == [second, first] and "84 % likely usable" in best and "21 % likely usable" in best
    live = client_of_owner.get(f"/briefs/{made_brief.pk}/live?show=&order=best").content.decode()
    assert shown(live) == [second, first]


def test_a_persons_no_counts_for_more_than_the_scorers_yes(
    scored: list[Asset], made_brief: Brief, client_of_owner: Client
) -> None:
    Standing.objects.filter(asset=scored[1]).update(state="rejected", usable=False)
    assert shown(page(client_of_owner, made_brief, "?order=best")) == [scored[0].pk, scored[1].pk]


def test_without_a_scorer_there_is_no_such_order(
    scored: list[Asset], made_brief: Brief, client_of_owner: Client
) -> None:
    ScorerVersion.objects.update(state="retired")
    told = page(client_of_owner, made_brief, "?order=best")
    assert shown(told) == [asset.pk for asset in scored] and 'id="orders"' not in told and "likely" not in told


def test_another_brands_scorer_orders_nothing(
    scored: list[Asset], made_brief: Brief, client_of_owner: Client, settings: Any
) -> None:
    ScorerVersion.objects.update(brand=Brand.objects.get(slug="larkmoor"))
    assert 'id="orders"' not in page(client_of_owner, made_brief)
