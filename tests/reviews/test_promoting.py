"""A version comes into use as a whole or not at all, goes back by one act, and by itself where reviewers reject more than before."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from brand_styles.models import Brand
from brand_styles.words import Words
from generation import learners
from generation.errors import PermanentError
from generation.models import Asset, Learned, Status
from reviews import promoting
from reviews.gating import gates
from reviews.models import Gate, LearnerVersion, Promotion
from studio.models import User
from tests.reviews.conftest import MakeVersion

ROOT = Path(__file__).resolve().parent.parent.parent
State = LearnerVersion.State

pytestmark = pytest.mark.django_db


def passed(row: LearnerVersion) -> LearnerVersion:
    """A version with a gate that let it pass against what is in use now."""
    gate = gates.ask(version=row)
    report = {"passed": True, "failures": []}
    Gate.objects.filter(pk=gate.pk).update(status=Status.RUNNING, claim=gate_token(), lease_until=timezone.now())
    assert gates.finish(Gate.objects.filter(pk=gate.pk), gate, report, "")
    row.refresh_from_db()
    return row


def gate_token() -> Any:
    import uuid

    return uuid.uuid4()


def states(kind: str = "adapter") -> dict[int, str]:
    rows = LearnerVersion.objects.filter(learner__kind=kind)
    return dict(rows.order_by("number").values_list("number", "state"))


def used(brand: Brand) -> list[tuple[str, int]]:
    return [(pin.kind, pin.number) for pin in learners.in_use(brand.pk)]


def test_what_passed_comes_into_use_and_the_one_before_retires(brand: Brand, version: MakeVersion, owner: User) -> None:
    promoting.promote(version=passed(version()), by_id=owner.pk)
    promoting.promote(version=passed(version()), by_id=owner.pk)
    assert states() == {1: State.RETIRED, 2: State.PROMOTED}
    assert used(brand) == [("adapter", 2)]
    assert [
        (p.act, p.version and p.version.number, p.before and p.before.number, p.by)
        for p in Promotion.objects.order_by("pk")
    ] == [
        ("promote", 1, None, owner),
        ("promote", 2, 1, owner),
    ]


def test_what_did_not_pass_or_passed_against_something_else_is_not_promoted(brand: Brand, version: MakeVersion) -> None:
    with pytest.raises(PermanentError, match="has not passed"):
        promoting.promote(version=version())
    stale, first = passed(version()), passed(version())
    promoting.promote(version=first)
    with pytest.raises(PermanentError, match="something else is now"):
        promoting.promote(version=stale)
    assert used(brand) == [("adapter", 3)]


def test_rolling_back_goes_to_the_one_before_and_then_to_the_base(brand: Brand, version: MakeVersion) -> None:
    for _ in range(2):
        promoting.promote(version=passed(version()))
    promoting.promote(version=passed(version("{}", "scene_prior")))
    promoting.roll_back(brand_id=brand.pk, kind="adapter")
    assert (used(brand), states()) == ([("adapter", 1), ("scene_prior", 1)], {1: State.PROMOTED, 2: State.RETIRED})
    promoting.roll_back(brand_id=brand.pk, kind="adapter")
    assert (used(brand), states()) == ([("scene_prior", 1)], {1: State.RETIRED, 2: State.RETIRED})
    with pytest.raises(PermanentError, match="nothing to roll back"):
        promoting.roll_back(brand_id=brand.pk, kind="adapter")
    promoting.promote(version=passed(LearnerVersion.objects.get(number=2, learner__kind="adapter")))  # gated again
    assert used(brand) == [("adapter", 2), ("scene_prior", 1)]
    promoting.roll_back(brand_id=brand.pk, kind="adapter")
    assert used(brand) == [("scene_prior", 1)]  # to what was in use before it this time: none


def test_by_itself_it_says_why(brand: Brand, version: MakeVersion) -> None:
    promoting.promote(version=passed(version()))
    act = promoting.roll_back(brand_id=brand.pk, kind="adapter", reason=Words(en="Too many rejects.", zh="驳回过多。"))
    assert (act.act, act.reason["zh"]) == ("alone", "驳回过多。")


KILLED = """
import os, signal, sys
import django
django.setup()
from reviews import promoting
from reviews.models import LearnerVersion
from generation import learners

def dies(*args, **kwargs):
    os.kill(os.getpid(), signal.SIGKILL)

place, act, pk = sys.argv[1], sys.argv[2], int(sys.argv[3])
if place == "before the log":
    promoting._written = dies
else:
    learners.use = learners.drop = dies
row = LearnerVersion.objects.select_related("learner").get(pk=pk)
if act == "promote":
    promoting.promote(version=row)
else:
    promoting.roll_back(brand_id=row.learner.brand_id, kind=row.learner.kind)
"""


@pytest.fixture
def on_disk(transactional_db: None) -> Iterator[dict[str, str]]:
    """The environment in which another process opens this test's database."""
    assert connection.vendor == "sqlite"
    yield os.environ | {
        "DATABASE_PATH": str(connection.settings_dict["NAME"]),
        "DJANGO_SETTINGS_MODULE": "studio.settings",
    }


@pytest.mark.parametrize("place", ["before the pins", "before the log"])
@pytest.mark.parametrize("act", ["promote", "roll back"])
def test_killed_in_the_middle_nothing_has_happened(
    on_disk: dict[str, str],
    brand: Brand,
    version: MakeVersion,
    place: str,
    act: str,
) -> None:
    promoting.promote(version=passed(version()))
    row = passed(version())
    before = (states(), used(brand), Promotion.objects.count(), list(Learned.objects.values()))
    command = [sys.executable, "-c", KILLED, place, act, str(row.pk)]
    ended = subprocess.run(command, env=on_disk, cwd=ROOT, capture_output=True, check=False)
    assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()[-800:]
    assert (states(), used(brand), Promotion.objects.count(), list(Learned.objects.values())) == before
    promoting.promote(version=row)  # and nothing is in its way
    assert used(brand) == [("adapter", 2)]


def test_the_commands(brand: Brand, version: MakeVersion, capsys: pytest.CaptureFixture[str]) -> None:
    row = version()
    assert _exit("promote", "--brand", "demo") == 1
    assert "has not passed" in capsys.readouterr().err
    passed(row)
    assert _exit("promote", "--brand", "demo", "--kind", "adapter", "--number", "1") == 0
    assert used(brand) == [("adapter", 1)]
    call_command("recall", "--brand", "demo", "--number", "1", "--again")
    assert "0 of 0" in capsys.readouterr().err
    assert _exit("rollback", "--brand", "demo") == 0
    assert _exit("rollback", "--brand", "demo") == 1
    for wrong in (
        ("promote", "--brand", "none"),
        ("promote", "--brand", "demo", "--number", "9"),
        ("recall", "--brand", "x"),
    ):
        with pytest.raises(CommandError) as refused:
            call_command(*wrong)
        assert refused.value.returncode == 2


def _exit(*args: str) -> int:
    with pytest.raises(SystemExit) as ended:
        call_command(*args)
    return int(str(ended.value.code))


def test_nothing_of_the_brands_pictures_changes_by_promoting(
    brand: Brand, version: MakeVersion, made_brief: Any
) -> None:
    before = list(Asset.objects.values("sha256", "recipe"))
    promoting.promote(version=passed(version()))
    assert list(Asset.objects.values("sha256", "recipe")) == before
