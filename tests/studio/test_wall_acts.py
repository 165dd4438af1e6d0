"""Stars, rerolls and more like one by way of the pages: what is kept, what is refused in words, what can be taken back; nothing twice."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from generation import jobs, rendering
from generation.models import Asset, Brief, Job, LateChange, LateItem, Status, Variant
from studio.models import Membership, Quota, Role, Star, User
from studio.stars import stars_of
from tests.studio.test_briefs import SOUND

JSON = {"accept": "application/json"}


def heads() -> list[Asset]:
    return list(Asset.objects.filter(is_head=True).order_by("job_id"))


def wall(client: Client, brief: Brief, query: str = "") -> str:
    return client.get(f"/briefs/{brief.pk}{query}").content.decode()


def test_a_star_is_one_s_own_and_others_are_a_quiet_figure(
    made_brief: Brief, client_of_owner: Client, teammate: User, as_person: Callable[[User], Client]
) -> None:
    first, second = heads()
    theirs = as_person(teammate)
    for client in (client_of_owner, theirs):
        client.post(f"/briefs/{made_brief.pk}/stars", {"toggle": first.pk})
    seen = stars_of(teammate, made_brief)
    assert seen.mine == {first.job_id} and seen.others == {first.job_id: 1}
    page = wall(client_of_owner, made_brief)
    assert page.count('aria-pressed="true"') == 1 and 'class="quiet-text others"' in page
    client_of_owner.post(f"/briefs/{made_brief.pk}/stars", {"toggle": first.pk})
    assert stars_of(teammate, made_brief).others == {} and Star.objects.count() == 1
    starred = wall(client_of_owner, made_brief, "?show=starred")
    assert "Nothing here is starred yet" in starred
    anyone = wall(client_of_owner, made_brief, "?show=anyone")
    assert f"tile-{first.job_id}" in anyone and f"tile-{second.job_id}" not in anyone


def test_many_are_starred_at_once_and_that_is_taken_back(made_brief: Brief, client_of_owner: Client) -> None:
    ids = [asset.pk for asset in heads()]
    client_of_owner.post(f"/briefs/{made_brief.pk}/stars", {"toggle": ids[0]})
    told = client_of_owner.post(f"/briefs/{made_brief.pk}/stars", {"a": ids, "on": "1"}, headers=JSON).json()
    assert told["said"] == "1 starred" and Star.objects.count() == 2
    client_of_owner.post("/undo", {"undo": told["undo"]})
    assert list(Star.objects.values_list("job__assets", flat=True)) == [ids[0]], "only what this act changed"
    nothing = client_of_owner.post(f"/briefs/{made_brief.pk}/stars", {"a": [], "on": "1"}, headers=JSON)
    assert nothing.status_code == 422 and "at least one" in nothing.json()["problem"]


def test_a_star_follows_its_picture_to_a_new_version(made_brief: Brief, client_of_owner: Client) -> None:
    asset = heads()[0]
    client_of_owner.post(f"/briefs/{made_brief.pk}/stars", {"toggle": asset.pk})
    Asset.objects.filter(pk=asset.pk).update(is_head=False)
    asset.pk, asset.version, asset.file = None, 2, "another.png"
    asset.save()
    page = wall(client_of_owner, made_brief, "?show=starred")
    assert f'value="{asset.pk}"' in page


def test_a_reroll_makes_new_jobs_beside_their_parents_in_the_ordinary_queue(
    made_brief: Brief, client_of_owner: Client, owner: User
) -> None:
    first, second = heads()
    sent: dict[str, Any] = {"a": [first.pk], "keep": ["copy", "palette"], "once": "token-of-a-page"}
    told = client_of_owner.post(f"/briefs/{made_brief.pk}/reroll", sent, headers=JSON).json()
    again = client_of_owner.post(f"/briefs/{made_brief.pk}/reroll", sent, headers=JSON).json()
    assert told["said"].startswith("1 asked for") and "nothing was done twice" in again["said"]
    job = Job.objects.get(base__isnull=False)
    assert (job.status, job.base, job.variant.kept, job.variant.asked_by) == (
        "queued",
        first,
        ["copy", "palette"],
        owner,
    )
    page = wall(client_of_owner, made_brief)
    order = [int(id) for id in re.findall(r'id="tile-(\d+)"', page)]
    assert order == [first.job_id, job.pk, second.job_id]
    assert "rerolled from variant 1" in page and "copy, palette" in page
    while rendering.make_next():
        pass
    assert heads()[-1].recipe["kept"] == ["copy", "palette"] and Variant.objects.count() == 2


def test_asking_is_taken_back_and_leaves_no_trace(made_brief: Brief, client_of_owner: Client) -> None:
    asset = heads()[0]
    told = client_of_owner.post(f"/assets/{asset.pk}/more", {"count": "3"}, headers=JSON).json()
    assert Job.objects.filter(base=asset, variant__way="like").count() == 3
    claim = jobs.claim_next()
    client_of_owner.post("/undo", {"undo": told["undo"]})
    assert Job.objects.count() == 2 and Variant.objects.count() == 1
    assert claim and not jobs.progress(claim, "layout", 1, 1), "its worker is told to stop"


def test_what_cannot_be_asked_is_told_with_and_without_a_script(made_brief: Brief, client_of_owner: Client) -> None:
    asset, url = heads()[0], f"/briefs/{made_brief.pk}/reroll"
    everything = {"a": [asset.pk], "keep": ["layout", "scene", "copy", "palette"]}
    answer = client_of_owner.post(url, everything, headers={"accept-language": "zh-hans"})
    assert answer.status_code == 422 and "全部锁定" in answer.content.decode()
    assert client_of_owner.post(url, {"keep": ["copy"]}, headers=JSON).status_code == 422
    for count in ("0", "9", "many", "-1"):
        assert client_of_owner.post(f"/assets/{asset.pk}/more", {"count": count}, headers=JSON).status_code == 422
    selected = client_of_owner.post(f"/briefs/{made_brief.pk}/more", {"a": [], "count": "2"})
    assert selected.status_code == 422 and "Select one picture" in selected.content.decode()
    assert Job.objects.count() == 2
    assert client_of_owner.post(f"/briefs/{made_brief.pk}/more", {"a": [asset.pk], "count": "2"}).status_code == 302
    assert Job.objects.count() == 4


def test_quotas_count_retries_rerolls_and_late_changes(made_brief: Brief, client_of_owner: Client) -> None:
    asset, brand = heads()[0], made_brief.library.brand
    Job.objects.filter(pk=asset.job_id).update(status=Status.FAILED)
    change = LateChange.objects.create(brief=made_brief, owner=made_brief.owner, old="会员", new="会员节")
    LateItem.objects.create(
        change=change, base=asset, changes=[], before="a", after="b", result=heads()[1], seconds=30.0
    )
    Quota.objects.create(brand=brand, day_seconds=20)
    asks = [
        (f"/jobs/{asset.job_id}/retry", {}),
        (f"/briefs/{made_brief.pk}/retry", {}),
        (f"/briefs/{made_brief.pk}/reroll", {"a": [asset.pk], "keep": ["copy"]}),
        (f"/assets/{asset.pk}/more", {"count": "1"}),
    ]
    for url, sent in asks:
        answer = client_of_owner.post(url, sent, headers=JSON)
        assert answer.status_code == 422 and "of 20 seconds of machine time today" in answer.json()["problem"], url
    assert not Job.objects.filter(status=Status.QUEUED).exists()
    Quota.objects.update(day_seconds=10_000)
    assert client_of_owner.post(asks[0][0], headers=JSON).status_code == 200


def test_what_was_made_in_vain_stays_counted_when_it_is_asked_for_again(brief: Brief) -> None:
    from studio.fairness import usage

    job = Job.objects.order_by("id")[0]
    now = timezone.now()
    rows = Job.objects.filter(pk=job.pk)
    for seconds in (30, 12):
        ended = {"started_at": now - timedelta(seconds=seconds), "ended_at": now}
        rows.update(status=Status.FAILED, **ended)
        jobs.retry(rows)
    assert usage(brief.library.brand).day == pytest.approx(42, abs=0.5)


def test_acts_that_a_role_lacks_are_not_offered(
    made_brief: Brief, teammate: User, as_person: Callable[[User], Client]
) -> None:
    asset = heads()[0]
    Job.objects.filter(pk=heads()[1].job_id).update(status=Status.FAILED)
    pages = (f"/briefs/{made_brief.pk}", f"/assets/{asset.pk}", f"/briefs/{made_brief.pk}/compare?a={asset.pk}")
    doors = ("/retry", "/reroll", "/more", "/cancel", "/ahead", "/changes", "/compose", "/versions", "/share")
    client = as_person(teammate)
    offered = "".join(client.get(page).content.decode() for page in pages)
    assert {door for door in doors if f'{door}"' in offered} >= {"/retry", "/reroll", "/more", "/changes", "/share"}
    for role in (Role.VIEWER, Role.REVIEWER):
        Membership.objects.filter(user=teammate).update(role=role)
        seen = "".join(client.get(page).content.decode() for page in pages)
        assert not [door for door in doors if f'{door}"' in seen] and "/stars" in seen
        assert "/briefs/new" not in client.get("/briefs").content.decode()


def test_a_form_sent_twice_makes_one_brief_and_says_so(client_of_owner: Client) -> None:
    token = re.search(r'name="once" value="([\w-]+)"', client_of_owner.get("/briefs/new").content.decode())
    assert token
    sent = SOUND | {"once": token[1]}
    first, second = (client_of_owner.post("/briefs/new", sent) for _ in range(2))
    brief = Brief.objects.get()
    assert first["Location"] == f"/briefs/{brief.pk}" and second["Location"] == f"/briefs/{brief.pk}?again"
    assert "had already been sent" in client_of_owner.get(second["Location"]).content.decode()


def test_a_form_that_was_changed_after_going_back_is_kept_and_makes_a_second_brief_when_sent_again(
    client_of_owner: Client,
) -> None:
    sent = SOUND | {"once": "a-token-of-this-page"}
    client_of_owner.post("/briefs/new", sent)
    changed = client_of_owner.post("/briefs/new", sent | {"headline": "会员狂欢夜"})
    page = changed.content.decode()
    assert changed.status_code == 409 and "was already sent and made a brief" in page and "会员狂欢夜" in page
    assert Brief.objects.count() == 1
    fresh = re.search(r'name="once" value="([\w-]+)"', page)
    assert fresh and fresh[1] != sent["once"]
    client_of_owner.post("/briefs/new", sent | {"headline": "会员狂欢夜", "once": fresh[1]})
    assert sorted(Brief.objects.values_list("title", flat=True)) == ["会员狂欢夜", "会员狂欢日"]


def test_another_person_s_token_is_not_one_s_own(
    client_of_owner: Client, teammate: User, as_person: Callable[[User], Client]
) -> None:
    sent = SOUND | {"once": "a-token-of-this-page"}
    client_of_owner.post("/briefs/new", sent)
    as_person(teammate).post("/briefs/new", sent)
    assert Brief.objects.count() == 2
