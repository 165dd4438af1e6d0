"""A price and a date changed across a campaign: what would break is told first, scenes stay, the whole can be taken back."""

import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.utils import timezone

from generation import late_changes, versions
from generation.models import Asset, Brief, LateChange, LateItem, Status
from generation.planning.brief import load_brief
from generation.services import submit_brief
from studio.models import User
from tests.studio import editable


@pytest.fixture
def assets(owner: User) -> list[Asset]:
    submit_brief(owner_id=owner.pk, data=load_brief(editable.BRIEF), source=editable.BRIEF)
    return editable.make_all()


@pytest.fixture
def bench(settings: Any) -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, editable.bench_at(settings, Path(folder)):
        yield


def work() -> None:
    while late_changes.make_next():
        pass


def test_a_price_changes_in_every_size_and_comes_back(
    client_of_owner: Client, assets: list[Asset], bench: None
) -> None:
    brief = assets[0].job.variant.brief
    asked = {"scope": "brief", "field": "price", "old": "¥50", "new": "¥80"}
    page = client_of_owner.get(f"/briefs/{brief.pk}/changes", asked).content.decode()
    assert page.count("</svg>fits") == 2 and "¥80" in page
    answer = client_of_owner.post(f"/briefs/{brief.pk}/changes/apply", asked)
    again = client_of_owner.post(f"/briefs/{brief.pk}/changes/apply", asked)  # a double click
    change = LateChange.objects.get()
    assert answer["Location"] == again["Location"]
    assert answer["Location"] == f"/briefs/{brief.pk}/changes/{change.pk}"
    assert client_of_owner.get(answer["Location"]).content.decode().count("waiting<") == 2

    work()
    done = client_of_owner.get(answer["Location"], headers={"HX-Request": "true"}).content.decode()
    assert "2 of 2" in re.sub("<[^>]+>", "", done) and "hx-trigger" not in done
    for base in assets:
        head = Asset.objects.get(job=base.job, is_head=True)
        assert head.version == 2 and head.previous == base and head.sources == base.sources
        old, new = ({layer["id"]: layer for layer in row.design["layers"]} for row in (base, head))
        assert (old["price"]["text"], new["price"]["text"]) == ("¥50", "¥80")
        assert head.report["read_back"]
        x0, y0, x1, y1 = old["price"]["box"]
        changed = (editable.pixels(base) != editable.pixels(head)).any(axis=2)
        assert changed.any()
        ys, xs = np.nonzero(changed)
        assert ys.min() > y0 - 40 and xs.min() > x0 - 60 and ys.max() < y1 + 40 and xs.max() < x1 + 60

    client_of_owner.post(f"/briefs/{brief.pk}/changes/{change.pk}/undo")
    assert {row.version for row in Asset.objects.filter(is_head=True)} == {1}
    client_of_owner.post(f"/briefs/{brief.pk}/changes/{change.pk}/redo")
    assert {row.version for row in Asset.objects.filter(is_head=True)} == {2}


def test_a_part_of_a_legal_line_is_enough_and_newer_edits_are_left_alone(assets: list[Asset], owner: User) -> None:
    brief = assets[0].job.variant.brief
    found = late_changes.targets(late_changes.pictures_of(brief, True), field="", old="6月20日", new="6月25日")
    assert found and all("6月18日至6月25日" in target.after for target in found)
    change = late_changes.order(
        brief=brief, whole_campaign=True, owner_id=owner.pk, field="", old="6月20日", new="6月25日", found=found
    )
    work()
    results = list(change.items.exclude(result=None))
    assert results
    mine = results[0].result
    assert mine
    newer = late_changes.changed(mine, [{"kind": "move", "id": "headline", "dx": 0, "dy": -2}])
    kept = versions.save_version(base=mine, edit=newer, user_id=owner.pk)
    assert late_changes.take_back(change) == len(results) - 1
    assert Asset.objects.get(job=kept.job, is_head=True) == kept


def test_what_breaks_is_told_before_and_stays_as_it_is(
    client_of_owner: Client, assets: list[Asset], bench: None
) -> None:
    brief = assets[0].job.variant.brief
    asked = {"field": "cta", "old": "", "new": "立即参与活动并领取会员专属好礼大红包还有更多惊喜等着你"}
    page = client_of_owner.get(f"/briefs/{brief.pk}/changes", asked).content.decode()
    assert "does not fit" in page and "728×90: the call to action needs" in page
    client_of_owner.post(f"/briefs/{brief.pk}/changes/apply", asked)
    work()
    failed = LateItem.objects.filter(status=Status.FAILED)
    assert failed and all("px more" in item.error_en and "像素" in item.error_zh for item in failed)
    assert Asset.objects.filter(is_head=True, version=1).count() == failed.count()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"new": "", "old": "x"}, "Write the new words."),
        ({"new": "x"}, "Choose a line"),
        ({"new": "x" * 700, "old": "¥50"}, ""),
    ],
)
def test_a_change_that_says_nothing_is_told(
    client_of_owner: Client, assets: list[Asset], bench: None, asked: dict[str, str], said: str
) -> None:
    brief = assets[0].job.variant.brief
    answer = client_of_owner.post(f"/briefs/{brief.pk}/changes/apply", asked)
    assert answer.status_code == 422 if said else answer.status_code == 302
    assert said in answer.content.decode()


def test_a_killed_worker_leaves_nothing_half_done(assets: list[Asset], owner: User) -> None:
    brief = assets[0].job.variant.brief
    found = late_changes.targets(late_changes.pictures_of(brief, False), field="price", old="", new="¥60")
    change = late_changes.order(
        brief=brief, whole_campaign=False, owner_id=owner.pk, field="price", old="", new="¥60", found=found
    )
    past = timezone.now() - late_changes.LEASE
    change.items.update(status=Status.RUNNING, lease_until=past, attempts=1)
    assert late_changes.release_expired() == len(found) == late_changes.waiting_now()
    change.items.update(status=Status.RUNNING, lease_until=past, attempts=3)
    late_changes.release_expired()
    assert {item.status for item in change.items.all()} == {Status.FAILED}


def test_nobody_reaches_into_another_brand(
    stranger: User, as_person: Callable[[User], Client], made_brief: Brief, owner: User
) -> None:
    change = LateChange.objects.create(brief=made_brief, owner=owner, new="x")
    client = as_person(stranger)
    base = f"/briefs/{made_brief.pk}/changes"
    assert {client.get(a).status_code for a in (base, f"{base}/{change.pk}")} == {404}
    posts = (f"{base}/apply", f"{base}/{change.pk}/undo", f"{base}/{change.pk}/redo")
    assert {client.post(a).status_code for a in posts} == {404}
