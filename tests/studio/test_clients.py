"""A link for a client: one brief's pictures, comments, sign-offs, and nothing else."""

import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from generation.models import Asset, Brief
from studio import sharing, signing
from studio.models import ClientLink, Comment, Membership, SignOff, User

SignIn = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _fresh_counts() -> None:
    cache.clear()


@pytest.fixture
def key(made_brief: Brief, client_of_owner: Client) -> str:
    answer = client_of_owner.post(f"/briefs/{made_brief.pk}/share", {"name": "Ms Zhou", "days": "7"})
    found = re.search(r"/c/(vmc_[\w-]+)", answer.content.decode())
    assert found
    return found[1]


@pytest.fixture
def asset(made_brief: Brief) -> Asset:
    return Asset.objects.order_by("id")[0]


def say(key: str, asset: Asset, what: str = "comment", **sent: Any) -> Any:
    fields = {"asset": asset.pk, "name": "Zhou Min", "text": "Logo 再大一点"} | sent
    return Client().post(f"/c/{key}/{what}", fields)


def test_a_client_sees_the_pictures_says_something_and_the_team_reads_it(
    key: str, asset: Asset, made_brief: Brief, client_of_owner: Client
) -> None:
    client = Client()
    page = client.get(f"/c/{key}")
    said = page.content.decode()
    assert "会员狂欢日" in said and said.count("<article") == 2 and page["X-Robots-Tag"] == "noindex"
    address = re.search(r'src="(/files/[^"]+)"', said)
    assert address
    picture = client.get(address[1])
    assert picture["Content-Type"] == "image/png" and 0 < int(picture["Cache-Control"].split("=")[1]) <= 900
    assert say(key, asset, x="0.25", y="0.5").status_code == 302
    assert say(key, asset, "sign-off", word="change").status_code == 302
    assert say(key, asset, "sign-off", word="approve").status_code == 302
    row = Comment.objects.get()
    assert (row.writer, row.x, row.y, row.author) == ("Zhou Min", 0.25, 0.5, None)
    assert sharing.sign_offs_of(made_brief)[asset.pk].approved and SignOff.objects.count() == 2
    for url in (f"/briefs/{made_brief.pk}/share", f"/assets/{asset.pk}/comments"):
        assert "Logo 再大一点" in client_of_owner.get(url).content.decode()
    assert "approved by" in client.get(f"/c/{key}").content.decode()


def test_a_client_reaches_nothing_else(key: str, asset: Asset, made_brief: Brief) -> None:
    client = Client()
    client.get(f"/c/{key}")
    for url in ("/", f"/briefs/{made_brief.pk}", f"/assets/{asset.pk}/picture.png", f"/assets/{asset.pk}/recipe.json"):
        assert client.get(url).status_code == 302, "no session comes of a link"


def test_a_form_sent_twice_is_one_comment(key: str, asset: Asset, client_of_owner: Client, owner: User) -> None:
    for _ in range(2):
        assert say(key, asset, x="0.25", y="0.5").status_code == 302
        client_of_owner.post(f"/assets/{asset.pk}/comments", {"text": "Logo 再大一点"})
    assert [row.author for row in Comment.objects.order_by("id")] == [None, owner]
    say(key, asset, x="0.75", y="0.5")
    Comment.objects.update(created_at=timezone.now() - sharing.TWICE_WITHIN)
    say(key, asset, x="0.75", y="0.5")
    assert Comment.objects.count() == 4, "elsewhere in the picture, or later, it is said again"


def test_a_client_link_is_for_one_brief(key: str, asset: Asset, made_brief: Brief, owner: User) -> None:
    from generation import rendering
    from generation.planning.brief import load_brief
    from generation.services import submit_brief
    from tests.cast import BRIEF

    other = submit_brief(owner_id=owner.pk, data=load_brief(BRIEF), source=BRIEF)
    while rendering.make_next():
        pass
    theirs = Asset.objects.filter(job__variant__brief=other)[0]
    for what in ("comment", "sign-off"):
        assert say(key, theirs, what).status_code == 404
    assert not Comment.objects.exists() and not SignOff.objects.exists()


def test_held_back_pictures_and_old_versions_are_not_shown(key: str, asset: Asset) -> None:
    Asset.objects.filter(pk=asset.pk).update(verdict="blocked")
    page = Client().get(f"/c/{key}").content.decode()
    assert page.count("<article") == 1 and say(key, asset).status_code == 404
    Asset.objects.update(verdict="pass", is_head=False)
    assert Client().get(f"/c/{key}").content.decode().count("<article") == 0


@pytest.mark.parametrize(
    "sent",
    [{"name": ""}, {"text": "  "}, {"text": "x" * 2001}, {"x": "2", "y": "0.1"}, {"x": "0.1"}, {"x": "nan", "y": "0"}],
)
def test_what_cannot_be_said_is_told_and_kept(key: str, asset: Asset, sent: dict[str, str]) -> None:
    answer = say(key, asset, **sent)
    page = answer.content.decode()
    assert answer.status_code == 422 and 'role="alert"' in page and not Comment.objects.exists()
    if "text" not in sent:
        assert "Logo 再大一点" in page


def test_a_client_cannot_say_endlessly_much(key: str, asset: Asset, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sharing, "WRITES_PER_HOUR", 2)
    codes = [say(key, asset, text=f"{n}").status_code for n in range(4)]
    assert codes == [302, 302, 429, 429] and Comment.objects.count() == 2
    monkeypatch.setattr(sharing, "OPENS_PER_MINUTE", 0)
    assert Client().get(f"/c/{key}").status_code == 429


def test_a_withdrawn_link_is_over_and_can_be_taken_back(key: str, client_of_owner: Client) -> None:
    link = ClientLink.objects.get()
    page = client_of_owner.post(f"/links/{link.pk}/withdraw", follow=True).content.decode()
    assert Client().get(f"/c/{key}").status_code == 410
    found = re.search(r'name="undo" value="([^"]+)"', page)
    assert found
    client_of_owner.post("/undo", {"undo": found[1]})
    assert Client().get(f"/c/{key}").status_code == 200
    ClientLink.objects.update(expires_at=timezone.now())
    assert "expired" in Client().get(f"/c/{key}").content.decode()


def test_html_in_a_comment_is_text(key: str, asset: Asset, client_of_owner: Client) -> None:
    say(key, asset, text="<img src=x onerror=alert(1)>", name="<i>Z</i>")
    for client, url in ((Client(), f"/c/{key}"), (client_of_owner, f"/assets/{asset.pk}/comments")):
        page = client.get(url).content.decode()
        assert "<img src=x" not in page and "<i>Z" not in page and "&lt;img src=x" in page


def test_comments_are_resolved_and_opened_again(asset: Asset, client_of_owner: Client, owner: User) -> None:
    assert client_of_owner.post(f"/assets/{asset.pk}/comments", {"text": "Bolder"}).status_code == 302
    row = Comment.objects.get()
    client_of_owner.post(f"/comments/{row.pk}/resolve", {"next": "//elsewhere.example/"})
    assert Comment.objects.get().resolved_by == owner
    answer = client_of_owner.post(f"/comments/{row.pk}/resolve", {"reopen": "1"}, headers={"hx-request": "true"})
    assert 'id="comments"' in answer.content.decode() and Comment.objects.get().resolved_at is None


# Signed addresses


def test_a_signed_address_is_bound_to_its_holder_and_time(
    asset: Asset, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    address, client = signing.file_address(asset.pk, "thumbnail", owner), Client()
    assert client.get(address)["Content-Type"] == "image/jpeg"
    signed = address.rpartition("/")[2]
    for forged in (signed[:-1] + "x", signed.replace(str(asset.pk), "999", 1), "x", f"{asset.pk}.p.u1.99999999999:x"):
        assert client.get(f"/files/{forged}").status_code == 404
    now = time.time()
    monkeypatch.setattr("studio.signing.time.time", lambda: now + 1000)
    assert client.get(address).status_code == 410
    monkeypatch.setattr("studio.signing.time.time", lambda: now)
    Membership.objects.all().delete()
    assert client.get(address).status_code == 404


def test_an_address_stays_the_same_for_minutes_and_lasts_at_least_ten(
    asset: Asset, owner: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def at(seconds: float) -> str:
        monkeypatch.setattr("studio.signing.time.time", lambda: 1_800_000_000 + seconds)
        return signing.file_address(asset.pk, "picture", owner)

    assert at(1) == at(250) != at(310)
    address = at(299).rpartition("/")[2]
    at(299 + 599)
    assert signing.open_file(address).seconds_left >= 1
