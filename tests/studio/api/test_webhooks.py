"""Webhooks: registered, told what happened, signed, tried again, switched off; and who may."""

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from brand_styles.models import Brand
from generation import jobs, late_changes, rendering
from generation.models import Asset, Brief, Job, LateChange
from studio import delivering, telling, webhooks
from studio.access import Act, Scope, may
from studio.models import Delivery, Membership, Role, Secret, User, Webhook
from studio.sharing import Writer, comment, make_link, sign_off
from tests.studio.api.conftest import Program, problem
from tests.studio.api.receiver import Receiver, receiving


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    with receiving() as found:
        settings.OUTBOUND_ALLOW = [f"127.0.0.1:{found.port}"]
        yield found


@pytest.fixture
def hook(program: Program, receiver: Receiver) -> dict[str, Any]:
    answer = program.post("webhooks", {"brand": "demo", "url": receiver.url, "name": "sheet"})
    assert answer.status_code == 201, answer.content
    said: dict[str, Any] = answer.json()
    return said


def deliver() -> None:
    while delivering.send_next():
        pass


def rest_is_over() -> None:
    """As if every pause had passed."""
    past = timezone.now() - timedelta(seconds=1)
    Delivery.objects.exclude(not_before=None).update(not_before=past)
    Webhook.objects.exclude(not_before=None).update(not_before=past)


def told(receiver: Receiver) -> list[str]:
    return [json.loads(each.body)["type"] for each in receiver.received]


def test_a_brief_is_followed_by_signed_messages(
    program: Program, hook: dict[str, Any], receiver: Receiver, brief: Brief, quick_pipeline: None
) -> None:
    while rendering.make_next():
        pass
    assert telling.collect() == 2 and telling.collect() == 0
    deliver()
    assert sorted(told(receiver)) == ["asset.ready", "asset.ready", "brief.finished"]
    assert all(each.is_signed_with(hook["secret"]) for each in receiver.received)
    assert not any(each.is_signed_with("whsec_AAAA") for each in receiver.received)
    first = json.loads(receiver.received[0].body)["data"]
    asset = Asset.objects.get(pk=first["asset"])
    assert first == {
        "brief": brief.pk,
        "job": asset.job_id,
        "variant": 1,
        "format": f"{asset.width}x{asset.height}",
        "asset": asset.pk,
    }
    last = json.loads(receiver.received[-1].body)["data"]
    assert last["jobs"] == {"finished": 2, "blocked": 0, "failed": 0, "cancelled": 0}
    assert "会员" not in str([each.body.decode() for each in receiver.received]), "messages hold no copy"
    listed = program.get(f"webhooks/{hook['id']}/deliveries").json()["results"]
    assert {(row["state"], row["status"], row["attempts"]) for row in listed} == {("sent", 200, 1)}


def test_a_failure_is_tried_again_under_its_own_id(
    program: Program, hook: dict[str, Any], receiver: Receiver, brief: Brief
) -> None:
    receiver.answers = [500, 503]
    receiver.headers = {"Retry-After": "7200"}
    jobs.cancel(Job.objects.all())
    telling.collect()
    deliver()
    row = Delivery.objects.get()
    assert (row.state, row.status, row.attempts) == ("queued", 500, 1) and "answered 500" in row.error_en
    assert row.not_before and row.not_before > timezone.now() + timedelta(hours=1), "the receiver said when"
    assert not delivering.send_next(), "its time has not come"
    rest_is_over()
    deliver()
    rest_is_over()
    deliver()
    row.refresh_from_db()
    assert (row.state, row.status, row.attempts, row.error_en) == ("sent", 200, 3, "")
    ids = {each.headers["webhook-id"] for each in receiver.received}
    assert len(receiver.received) == 3 and ids == {row.message_id}
    assert all(each.is_signed_with(hook["secret"]) for each in receiver.received)
    assert Webhook.objects.get().failing_since is None


def test_jobs_that_fail_and_are_made_again_are_told_each_time(
    hook: dict[str, Any], receiver: Receiver, brief: Brief, quick_pipeline: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = jobs.claim_next()
    assert claim and jobs.fail(claim, delivering.UNEXPECTED)
    telling.collect()
    assert Delivery.objects.get().event == "asset.failed"
    jobs.retry(Job.objects.filter(id=claim.job_id))
    while rendering.make_next():
        pass
    telling.collect()
    deliver()
    assert sorted(told(receiver)) == ["asset.failed", "asset.ready", "asset.ready", "brief.finished"]
    error = next(json.loads(each.body)["data"] for each in receiver.received if b"asset.failed" in each.body)["error"]
    assert error["en"] and error["zh"]


def test_only_what_is_wanted_and_nothing_from_before(program: Program, receiver: Receiver, made_brief: Brief) -> None:
    program.post("webhooks", {"brand": "demo", "url": receiver.url, "events": ["comment.written"]})
    assert telling.collect() == 2, "both ends are told to nobody"
    asset = Asset.objects.all()[0]
    comment(asset=asset, writer=Writer(user=made_brief.owner), text="Bolder")
    link, _ = make_link(brief=made_brief, made_by=made_brief.owner, name="Ms Zhou")
    sign_off(asset=asset, link=link, name="Zhou", approved=True)
    deliver()
    assert told(receiver) == ["comment.written"] and b"Bolder" not in receiver.received[0].body


def test_sign_offs_and_late_changes_are_told(
    program: Program, hook: dict[str, Any], receiver: Receiver, made_brief: Brief, owner: User
) -> None:
    telling.collect()
    Delivery.objects.all().delete()
    link, _ = make_link(brief=made_brief, made_by=owner, name="Ms Zhou")
    sign_off(asset=Asset.objects.all()[0], link=link, name="Zhou", approved=False)
    change = LateChange.objects.create(brief=made_brief, owner=owner, new="¥45")
    telling.collect()
    late_changes.bring_back(change)
    assert telling.collect() == 1, "a change that is done once more is told once more"
    deliver()
    assert sorted(told(receiver)) == ["asset.signed_off", "late_change.done", "late_change.done"]


def test_private_addresses_are_refused_unless_listed(program: Program, receiver: Receiver, settings: Any) -> None:
    made = program.post("webhooks", {"brand": "demo", "url": receiver.url}).json()
    settings.OUTBOUND_ALLOW = []
    for url in (receiver.url, "http://169.254.169.254/latest", "http://[::1]/", "http://10.0.0.8/"):
        said = problem(program.post("webhooks", {"brand": "demo", "url": url}), 422, "invalid")
        assert "OUTBOUND_ALLOW" in said["errors"]["url"][0]
    for url in ("ftp://example.com/", "https://user:pass@example.com/", "nonsense"):
        assert problem(program.post("webhooks", {"brand": "demo", "url": url}), 422, "invalid")["errors"]["url"]
    program.post(f"webhooks/{made['id']}/ping")
    deliver()
    row = Delivery.objects.get()
    assert row.state == "failed" and "OUTBOUND_ALLOW" in row.error_en and not receiver.received, (
        "judged at each sending"
    )


def test_redirects_are_not_followed(program: Program, hook: dict[str, Any], receiver: Receiver) -> None:
    receiver.answers, receiver.headers = [302], {"Location": receiver.url}
    assert program.post(f"webhooks/{hook['id']}/ping").status_code == 202
    deliver()
    row = Delivery.objects.get()
    assert (row.state, row.status) == ("failed", 302) and len(receiver.received) == 1


def test_an_address_that_fails_for_days_is_switched_off_with_a_sentence(
    program: Program, hook: dict[str, Any], receiver: Receiver
) -> None:
    Webhook.objects.update(failing_since=timezone.now() - timedelta(days=3, minutes=1))
    receiver.answers = [500]
    program.post(f"webhooks/{hook['id']}/ping")
    deliver()
    said = program.get(f"webhooks/{hook['id']}").json()
    assert not said["active"] and "three days" in said["why"]["en"] and "三天" in said["why"]["zh"]
    assert "Switch it on" in problem(program.post(f"webhooks/{hook['id']}/ping"), 409, "not-now")["detail"]
    assert program.patch(f"webhooks/{hook['id']}", {"active": True}).json()["why"] is None
    program.post(f"webhooks/{hook['id']}/ping")
    deliver()
    assert Delivery.objects.order_by("-id")[0].state == "sent"


def test_gone_means_off_at_once(program: Program, hook: dict[str, Any], receiver: Receiver) -> None:
    receiver.answers = [410]
    program.post(f"webhooks/{hook['id']}/ping")
    deliver()
    assert "410" in program.get(f"webhooks/{hook['id']}").json()["why"]["en"]


def test_nothing_is_sent_for_somebody_who_may_no_longer(
    hook: dict[str, Any], receiver: Receiver, owner: User, brief: Brief
) -> None:
    jobs.cancel(Job.objects.all())
    telling.collect()
    Membership.objects.filter(user=owner).update(role=Role.REVIEWER)
    deliver()
    row = Webhook.objects.get()
    assert not receiver.received and row.disabled_at and "owner" in row.why_en
    other = User.objects.create_user("designer")
    Membership.objects.create(user=other, brand=row.brand, role=Role.DESIGNER)
    webhooks.switch_on(row, other)
    deliver()
    assert told(receiver) == ["brief.finished"], "what waited is sent once somebody answers for it"


def test_replaying_sends_the_same_again(program: Program, hook: dict[str, Any], receiver: Receiver) -> None:
    program.post(f"webhooks/{hook['id']}/ping")
    deliver()
    row = Delivery.objects.get()
    assert program.post(f"deliveries/{row.pk}/replay").json()["state"] == "queued"
    deliver()
    first, second = receiver.received
    assert first.body == second.body and first.headers["webhook-id"] == second.headers["webhook-id"]
    assert second.is_signed_with(hook["secret"])


def test_a_killed_worker_loses_nothing_and_two_send_once(
    program: Program, hook: dict[str, Any], receiver: Receiver
) -> None:
    program.post(f"webhooks/{hook['id']}/ping")
    past = timezone.now() - timedelta(seconds=1)
    row = Delivery.objects.get()
    Delivery.objects.update(state="running", claim="00000000-0000-0000-0000-000000000000", lease_until=past)
    assert not delivering.send_next() and delivering.release_expired() == 1
    assert delivering.send_next() and not delivering.send_next()
    assert len(receiver.received) == 1 and Delivery.objects.get(pk=row.pk).state == "sent"


def test_the_secret_is_shown_once_sealed_and_can_be_renewed(
    program: Program, hook: dict[str, Any], receiver: Receiver
) -> None:
    kept = Secret.objects.get(name=f"webhook-{hook['id']}")
    assert hook["secret"].startswith("whsec_") and hook["secret"] not in kept.sealed
    assert "secret" not in program.get(f"webhooks/{hook['id']}").json()
    renewed = program.post(f"webhooks/{hook['id']}/secret").json()["secret"]
    program.post(f"webhooks/{hook['id']}/ping")
    deliver()
    assert receiver.received[0].is_signed_with(renewed) and not receiver.received[0].is_signed_with(hook["secret"])
    assert program.delete(f"webhooks/{hook['id']}").status_code == 204
    assert not Secret.objects.exists() and not Delivery.objects.exists()


def test_who_may(program: Program, hook: dict[str, Any], teammate: User, stranger: User, owner: User) -> None:
    brand = Brand.objects.get(slug="demo")
    assert [role for role in Role if _may_connect(role, brand)] == [Role.OWNER, Role.DESIGNER]
    for user, status in ((teammate, 403), (stranger, 404)):
        other = Program(user)
        assert other.get(f"webhooks/{hook['id']}").status_code == status
        assert other.post("webhooks", {"brand": "demo", "url": "https://example.com"}).status_code == status
        assert other.get("webhooks").json()["results"] == []
    narrow = Program(owner, scopes=[Scope.READ, Scope.MAKE])
    assert "scopes" in problem(narrow.get(f"webhooks/{hook['id']}"), 403, "not-allowed")["detail"]


def _may_connect(role: Role, brand: Brand) -> bool:
    user = User.objects.create_user(f"a-{role}")
    Membership.objects.create(user=user, brand=brand, role=role)
    return may(user, brand, Act.CONNECT)


def test_old_deliveries_are_forgotten(hook: dict[str, Any], program: Program) -> None:
    program.post(f"webhooks/{hook['id']}/ping")
    assert delivering.forget_old() == 0
    Delivery.objects.update(created_at=timezone.now() - timedelta(days=31))
    assert delivering.forget_old() == 1


@pytest.mark.django_db(transaction=True)
def test_messages_are_woken_by_the_flow_once_committed(
    owner: User, as_person: Callable[[User], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    woken: list[int] = []
    monkeypatch.setattr("studio.tasks.wake_for_deliveries", lambda: woken.append(1))
    row = Webhook.objects.create(brand=Brand.objects.get(slug="demo"), made_by=owner, url="https://e.com", hint="")
    webhooks.ping(row)
    assert woken == [1]
