"""The page of what a brand has learnt: designers act on it, reviewers look, and it says what is and what came of it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.test import Client
from django.utils import timezone

from brand_styles.models import Brand
from generation import learners
from generation.models import Status
from reviews import ordering
from reviews.models import Dataset, Gate, GatePair, Item, Learner, LearnerVersion, Promotion, TrainingOrder
from studio.models import Membership, Role, User

SignIn = Callable[[User], Client]
PAGE = "/learners/demo"
REPORT = {
    "passed": True,
    "failures": [],
    "pairs": 200,
    "briefs": 20,
    "wins": {"value": 0.634, "low": 0.55, "high": 0.71, "items": 20},
    "worse": {"palette": {"value": -0.31, "low": -0.5, "high": -0.1, "margin": 1.0}},
    "worst": [3],
}


@pytest.fixture
def demo(owner: User) -> Brand:
    return Brand.objects.get(slug="demo")


@pytest.fixture
def designer(demo: Brand, as_person: SignIn) -> Client:
    return as_person(member("designer", Role.DESIGNER))


def member(name: str, role: Role) -> User:
    user = User.objects.create_user(name, password=f"a-password-for-{name}")
    Membership.objects.create(user=user, brand=Brand.objects.get(slug="demo"), role=role)
    return user


def trained(demo: Brand, **fields: Any) -> LearnerVersion:
    learner = Learner.objects.get_or_create(brand=demo, kind="adapter")[0]
    counts, out = {"train": {"desirable": 40, "undesirable": 22}, "validation": {"desirable": 5}}, {"two_briefs": 3}
    dataset = Dataset.objects.get_or_create(
        brand=demo, kind="adapter", method="kto", manifest="m", sha256="d" * 64, counts=counts, exclusions=out
    )[0]
    number = learner.versions.count() + 1
    content = f"weights {number}".encode()
    name = default_storage.save(f"learners/demo-{number}.safetensors", ContentFile(content))
    usual = {
        "state": "trained",
        "method": "kto",
        "files": {"weights": name},
        "sha256": hashlib.sha256(content).hexdigest(),
    }
    metrics = {"curve": [[10, 0.9], [20, 0.5], [30, 0.4]], "validation": [[10, 0.8, 0], [30, 0.6, 0]]}
    return LearnerVersion.objects.create(
        learner=learner, number=number, dataset=dataset, metrics=metrics, **(usual | fields)
    )


def judged(version: LearnerVersion, passed: bool = True, **report: Any) -> Gate:
    against = [pin.model_dump(mode="json") for pin in learners.in_use(version.learner.brand_id)]
    gate = Gate.objects.create(
        version=version, status=Status.FINISHED, passed=passed, against=against, report=REPORT | report
    )
    picture = default_storage.save(f"gates/{gate.pk}/3-against.jpg", ContentFile(b"\xff\xd8jpeg"))
    usable = {"usable": 0.9}
    GatePair.objects.create(gate=gate, number=3, shown={"against": picture}, against=usable, candidate={"usable": 0.2})
    return gate


def text_of(client: Client, language: str = "en") -> str:
    answer = client.get(PAGE, headers={"accept-language": language})
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_version_is_gated_promoted_rolled_back_from_the_page(demo: Brand, designer: Client) -> None:
    version = trained(demo)
    assert designer.post(f"/learners/versions/{version.pk}/gate").status_code == 302
    gate = Gate.objects.get()
    assert "in the gate" in text_of(designer) and "hx-trigger" in text_of(designer)
    designer.post(f"/learners/versions/{version.pk}/cancel")
    gate.refresh_from_db()
    version.refresh_from_db()
    assert (gate.status, version.state) == (Status.CANCELLED, "trained")
    refused = designer.post(f"/learners/versions/{version.pk}/promote")
    assert refused.status_code == 422 and "has not passed the gate" in refused.content.decode()
    judged(version)
    assert "passed the gate" in text_of(designer) and "已过门禁" in text_of(designer, "zh-hans")
    designer.post(f"/learners/versions/{version.pk}/promote")
    assert [pin.number for pin in learners.in_use(demo.pk)] == [1]
    assert "In use: version 1" in text_of(designer) and "启用中：版本 1" in text_of(designer, "zh-hans")
    designer.post("/learners/demo/adapter/roll-back")
    assert learners.in_use(demo.pk) == ()
    assert "Version 1 rolled back" in text_of(designer) and "Nothing learnt is in use" in text_of(designer)
    assert [act.by.username for act in Promotion.objects.all() if act.by] == ["designer", "designer"]


def test_what_the_gate_found_is_shown_and_can_be_taken_away(demo: Brand, designer: Client) -> None:
    gate = judged(trained(demo, state="refused"), passed=False, failures=["palette"])
    shown = text_of(designer)
    assert "Refused: the scorer prefers it in 63 % of 200 pairs" in shown and "55 % to 71 %" in shown
    assert "too much" in shown and f"/learners/gates/{gate.pk}/3-against.jpg" in shown
    assert designer.get(f"/learners/gates/{gate.pk}/3-against.jpg").content == b"\xff\xd8jpeg"
    assert designer.get(f"/learners/gates/{gate.pk}/3-candidate.jpg").status_code == 404
    assert designer.get(f"/learners/gates/{gate.pk}/report.json").status_code == 404
    assert '<svg class="curve"' in shown and "40" in shown and "the two pictures are of different briefs" in shown


def test_a_reviewer_looks_and_does_nothing(demo: Brand, as_person: SignIn) -> None:
    version, client = trained(demo), as_person(member("lin", Role.REVIEWER))
    assert "<form" not in text_of(client).partition('id="learners"')[2].partition("</main>")[0]
    for address in (
        f"/learners/versions/{version.pk}/promote",
        "/learners/demo/adapter/train",
        "/learners/demo/adapter/roll-back",
    ):
        assert client.post(address, {"method": "kto"}).status_code == 403


def test_a_stranger_finds_nothing(demo: Brand, stranger: User, as_person: SignIn) -> None:
    version, client = trained(demo), as_person(stranger)
    assert client.get(PAGE).status_code == 404
    assert client.post(f"/learners/versions/{version.pk}/promote").status_code == 404


def test_a_training_that_cannot_be_says_why(demo: Brand, designer: Client) -> None:
    for kind in ("adapter", "scene_prior"):
        designer.post(f"/learners/demo/{kind}/train", {"method": "kto"})
        designer.post(f"/learners/demo/{kind}/train", {"method": "kto"})  # twice is once
    assert TrainingOrder.objects.count() == 2 and "being frozen" in text_of(designer)
    while ordering.make_next():
        pass
    assert set(TrainingOrder.objects.values_list("status", flat=True)) == {Status.FAILED}
    assert all(row.error_en in text_of(designer).replace("&#x27;", "'") for row in TrainingOrder.objects.all())
    assert designer.post("/learners/demo/adapter/train", {"method": "magic"}).status_code == 404


def test_pictures_of_a_version_are_recalled_from_the_page(demo: Brand, designer: Client, made_brief: Any) -> None:
    from generation.models import Asset

    version = trained(demo, state="retired")
    asset = Asset.objects.order_by("pk")[0]
    Asset.objects.filter(pk=asset.pk).update(recipe=asset.recipe | {"learners": {"adapter": 1}})
    assert "Review its 1 pictures again" in text_of(designer)
    designer.post(f"/learners/versions/{version.pk}/recall")
    assert Item.objects.get(asset=asset).strategy == "recalled"


def test_progress_is_shown_while_it_trains(demo: Brand, designer: Client) -> None:
    import uuid

    trained(demo, state="training", step=30, steps=120, claim=uuid.uuid4(), lease_until=timezone.now(), files={})
    shown = text_of(designer)
    assert "step 30 of 120" in shown and 'value="25"' in shown
    assert "第 30 / 120 步" in text_of(designer, "zh-hans")


def test_the_room_opens_at_the_first_brand(demo: Brand, designer: Client) -> None:
    assert designer.get("/learners").headers["Location"] == PAGE
