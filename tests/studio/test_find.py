"""The command palette's answers: everything one may reach by name, nothing of anybody else's."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from brand_styles.models import Brand
from generation.models import Asset, Brief, Campaign
from studio.models import Membership, Role, User


def found(client: Client, question: str, language: str = "en") -> list[dict[str, Any]]:
    answer = client.get("/find", {"q": question}, headers={"accept-language": language})
    rows: list[dict[str, Any]] = answer.json()["found"]
    return rows


def names(client: Client, question: str, kind: str, language: str = "en") -> list[str]:
    return [each["name"] for each in found(client, question, language) if each["kind"] == kind]


def test_without_a_question_there_are_actions_pages_and_the_latest_briefs(
    client_of_owner: Client, brief: Brief
) -> None:
    rows = found(client_of_owner, "")
    assert [row["kind"] for row in rows] == ["action"] * 5 + ["page"] * 9 + ["brief"]
    assert all(client_of_owner.get(row["address"].partition("#")[0]).status_code == 200 for row in rows)


@pytest.mark.parametrize("question", ["狂欢", "会员狂欢日", "欢日", "autumn", "AUT 狂", "sheaf", "拾穗"])
def test_a_brief_is_found_by_any_part_of_its_names(client_of_owner: Client, brief: Brief, question: str) -> None:
    brief.campaign = Campaign.objects.create(brand=brief.library.brand, slug="autumn-27")
    brief.save()
    assert names(client_of_owner, question, "brief") == ["会员狂欢日"]
    assert not names(client_of_owner, question + " zzz", "brief")


def test_brands_and_pages_are_found_in_either_language(client_of_owner: Client) -> None:
    assert names(client_of_owner, "拾", "brand") == ["Sheaf"] and names(
        client_of_owner, "shea", "brand", "zh-hans"
    ) == ["拾穗"]
    assert names(client_of_owner, "模型", "page") == ["Models"] and names(
        client_of_owner, "licen", "page", "zh-hans"
    ) == ["模型"]
    assert names(client_of_owner, "new brief", "action") == ["New brief", "New brief from a sheet or a message"]


def test_a_picture_is_found_by_its_number(client_of_owner: Client, made_brief: Brief) -> None:
    asset = Asset.objects.earliest("id")
    for question in (str(asset.pk), f"#{asset.pk}", f" #{asset.pk} "):
        row = next(row for row in found(client_of_owner, question) if row["kind"] == "picture")
        assert row["address"] == f"/assets/{asset.pk}" and row["more"] == made_brief.title
    for question in ("#0", "9" * 15, "9" * 40, "²", "#1 x"):
        assert not names(client_of_owner, question, "picture")


def test_nobody_finds_what_is_another_brands(
    made_brief: Brief, stranger: User, as_person: Callable[[User], Client]
) -> None:
    client = as_person(stranger)
    said = str([found(client, question) for question in ("", "狂", "demo", "sheaf", "拾穗", *map(str, range(1, 9)))])
    assert (
        "狂欢" not in said
        and "Sheaf" not in said
        and "/assets/" not in said
        and "/briefs/" not in said.replace("/briefs/new", "")
    )


def test_nobody_is_offered_what_they_may_not_do(brands: None, as_person: Callable[[User], Client]) -> None:
    viewer = User.objects.create_user("viewer")
    Membership.objects.create(user=viewer, brand=Brand.objects.get(slug="demo"), role=Role.VIEWER)
    assert names(as_person(viewer), "", "action") == ["Make an API token"]


def test_questions_without_sense_are_answered(client_of_owner: Client) -> None:
    for question in ("%", "_", "\\", "'", '"><script>', "字" * 500, "\x00", "a " * 200):
        assert client_of_owner.get("/find", {"q": question}).status_code == 200
    assert not names(client_of_owner, "%", "brief")
