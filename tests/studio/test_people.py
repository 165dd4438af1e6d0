"""Inviting, changing roles, showing out: by links that work once, and never the last owner."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from brand_styles.models import Brand
from generation.models import Brief
from studio.models import Invite, Membership, Role, User
from studio.people import Refused, deactivate
from studio.sharing import make_link

SignIn = Callable[[User], Client]
GOOD = "seven-quiet-owls"


def key_in(answer: Any) -> str:
    found = re.search(r"/join/(vmi_[\w-]+)", answer.content.decode())
    assert found, answer.content.decode()
    return found[1]


def invite(client: Client, role: str = "reviewer", note: str = "Lin") -> str:
    return key_in(client.post("/people/invite", {"brand": "demo", "role": role, "note": note}))


def test_an_invited_person_chooses_name_and_password_and_is_in(client_of_owner: Client) -> None:
    key = invite(client_of_owner)
    assert key not in client_of_owner.get("/people").content.decode(), "shown once"
    assert not Invite.objects.filter(digest__contains=key[4:20]).exists(), "kept as a digest"
    guest = Client()
    assert "reviewer" in guest.get(f"/join/{key}").content.decode()
    assert guest.post(f"/join/{key}", {"name": "lin", "password": GOOD}).status_code == 302
    assert guest.get("/briefs").status_code == 200
    member = Membership.objects.get(user__username="lin")
    assert (member.brand.slug, member.role) == ("demo", Role.REVIEWER)
    assert Client().post("/sign-in", {"username": "lin", "password": GOOD}).status_code == 302


def test_a_link_works_once_and_not_when_withdrawn_or_over(client_of_owner: Client) -> None:
    used, withdrawn, over = (invite(client_of_owner) for _ in range(3))
    Client().post(f"/join/{used}", {"name": "lin", "password": GOOD})
    rows = list(Invite.objects.order_by("id"))
    client_of_owner.post(f"/people/invites/{rows[1].pk}/withdraw")
    Invite.objects.filter(pk=rows[2].pk).update(expires_at=timezone.now())
    for key, en, zh in (
        (used, "used already", "已被使用"),
        (withdrawn, "withdrawn", "撤回"),
        (over, "expired", "过期"),
        ("vmi_nothing", "leads nowhere", "无效"),
    ):
        for language, words in (("en", en), ("zh-hans", zh)):
            answer = Client(headers={"accept-language": language}).post(f"/join/{key}", {"name": "x", "password": GOOD})
            assert answer.status_code == 410 and words in answer.content.decode()
    assert User.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "password", "words"),
    [
        ("owner", GOOD, "taken"),
        ("OWNER", GOOD, "taken"),
        ("ｏｗｎｅｒ", GOOD, "taken"),
        ("оwner", GOOD, "looks the same"),  # with a Cyrillic о
        ("", GOOD, "A name has"),
        ("<b>x</b>", GOOD, "A name has"),
        ("x" * 151, GOOD, "A name has"),
        ("lin", "short", "8 characters"),
        ("lin", "password", "8 characters"),
        ("lin-the-reviewer", "lin-the-reviewer", "is the name"),
    ],
)
def test_what_will_not_do_is_told_and_the_link_still_works(
    name: str, password: str, words: str, client_of_owner: Client
) -> None:
    key, guest = invite(client_of_owner), Client()
    answer = guest.post(f"/join/{key}", {"name": name, "password": password})
    assert answer.status_code == 422 and words in answer.content.decode() and "<b>x" not in answer.content.decode()
    assert guest.post(f"/join/{key}", {"name": "lin", "password": GOOD}).status_code == 302


def test_a_name_typed_in_full_width_signs_in_however_it_is_typed(client_of_owner: Client) -> None:
    Client().post(f"/join/{invite(client_of_owner)}", {"name": " ｌｉｎ ", "password": GOOD})
    for name in ("lin", "ｌｉｎ"):
        assert Client().post("/sign-in", {"username": name, "password": GOOD}).status_code == 302


def test_somebody_with_a_login_joins_with_it(client_of_owner: Client, stranger: User, as_person: SignIn) -> None:
    key = invite(client_of_owner, "designer")
    client = as_person(stranger)
    assert "stranger" in client.get(f"/join/{key}").content.decode()
    assert client.post(f"/join/{key}").status_code == 302
    roles = set(Membership.objects.filter(user=stranger).values_list("brand__slug", "role"))
    assert roles == {("larkmoor", "owner"), ("demo", "designer")}


def test_an_invitation_never_lowers_a_role(client_of_owner: Client, owner: User) -> None:
    client_of_owner.post(f"/join/{invite(client_of_owner, 'viewer')}")
    assert Membership.objects.get(user=owner).role == Role.OWNER


def test_the_last_owner_stays(client_of_owner: Client, owner: User, teammate: User) -> None:
    mine = Membership.objects.get(user=owner)
    for path, sent in ((f"{mine.pk}/role", {"role": "viewer"}), (f"{mine.pk}/remove", {})):
        answer = client_of_owner.post(f"/people/members/{path}", sent)
        assert answer.status_code == 422 and "keeps one owner" in answer.content.decode()
    theirs = Membership.objects.get(user=teammate)
    client_of_owner.post(f"/people/members/{theirs.pk}/role", {"role": "owner"})
    assert client_of_owner.post(f"/people/members/{mine.pk}/role", {"role": "viewer"}).status_code == 302
    assert client_of_owner.post(f"/people/members/{theirs.pk}/remove").status_code == 403, "a viewer manages nobody"


def test_a_role_nobody_has_is_refused(client_of_owner: Client, teammate: User) -> None:
    member = Membership.objects.get(user=teammate)
    assert client_of_owner.post(f"/people/members/{member.pk}/role", {"role": "emperor"}).status_code == 422
    assert client_of_owner.post("/people/invite", {"brand": "demo", "role": ""}).status_code == 422
    assert Membership.objects.get(pk=member.pk).role == Role.OPERATOR and not Invite.objects.exists()


def undo_of(page: str) -> str:
    found = re.search(r'name="undo" value="([^"]+)"', page)
    assert found
    return found[1]


def test_removing_somebody_can_be_taken_back_by_the_one_who_did_it(
    client_of_owner: Client, teammate: User, stranger: User, as_person: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    teammates = as_person(teammate)
    member = Membership.objects.get(user=teammate)
    page = client_of_owner.post(f"/people/members/{member.pk}/remove", follow=True).content.decode()
    assert teammates.get("/briefs/new").content.decode().count("You don&#x27;t work for any brand") == 1
    assert as_person(stranger).post("/undo", {"undo": undo_of(page)}).status_code == 410
    assert client_of_owner.post("/undo", {"undo": undo_of(page) + "x"}).status_code == 410
    assert client_of_owner.post("/undo", {"undo": undo_of(page)}).status_code == 302
    assert Membership.objects.get(user=teammate).role == Role.OPERATOR
    later = timezone.now().timestamp() + 60
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    assert client_of_owner.post("/undo", {"undo": undo_of(page)}).status_code == 410


def test_who_is_removed_looks_no_more_through_a_client_link_of_their_own(
    client_of_owner: Client, teammate: User, made_brief: Brief
) -> None:
    _, key = make_link(brief=made_brief, made_by=teammate, name="Ms Zhou")
    client = Client()
    picture = re.search(r"/files/[^\"]+", client.get(f"/c/{key}").content.decode())
    assert picture and client.get(picture[0]).status_code == 200
    member = Membership.objects.get(user=teammate)
    page = client_of_owner.post(f"/people/members/{member.pk}/remove", follow=True).content.decode()
    assert (client.get(f"/c/{key}").status_code, client.get(picture[0]).status_code) == (410, 404)
    client_of_owner.post("/undo", {"undo": undo_of(page)})
    assert client.get(f"/c/{key}").status_code == 200


def test_a_new_password_by_a_link_ends_every_session(
    client_of_owner: Client, teammate: User, as_person: SignIn
) -> None:
    old = as_person(teammate)
    assert old.get("/").status_code == 200
    key = key_in(client_of_owner.post(f"/people/{teammate.pk}/reset"))
    newer = key_in(client_of_owner.post(f"/people/{teammate.pk}/reset"))
    guest = Client()
    assert guest.get(f"/join/{key}").status_code == 410, "a newer link ends the older one"
    assert guest.post(f"/join/{newer}", {"password": "short"}).status_code == 422
    assert guest.post(f"/join/{newer}", {"password": GOOD}).status_code == 302 and guest.get("/").status_code == 200
    assert old.get("/").status_code == 302
    assert Client().post("/sign-in", {"username": "teammate", "password": GOOD}).status_code == 302
    row = Invite.objects.get(used_at__isnull=False)
    assert row.expires_at - row.created_at <= timedelta(days=1, seconds=1)


def test_an_owner_cannot_open_other_brands_doors_by_a_new_password(
    client_of_owner: Client, teammate: User, owner: User, as_person: SignIn
) -> None:
    Membership.objects.create(user=teammate, brand=Brand.objects.get(slug="larkmoor"), role=Role.VIEWER)
    for path in ("reset", "shut-out"):
        answer = client_of_owner.post(f"/people/{teammate.pk}/{path}")
        assert answer.status_code == 403 and "also works for brands" in answer.content.decode()
    User.objects.filter(pk=owner.pk).update(is_staff=True)
    assert client_of_owner.post(f"/people/{teammate.pk}/reset").status_code == 200


def test_who_is_shut_out_is_out_at_once(client_of_owner: Client, teammate: User, as_person: SignIn) -> None:
    theirs = as_person(teammate)
    assert theirs.get("/").status_code == 200
    link = key_in(client_of_owner.post(f"/people/{teammate.pk}/reset"))
    assert client_of_owner.post(f"/people/{teammate.pk}/shut-out").status_code == 302
    assert theirs.get("/").status_code == 302
    assert Client().get(f"/join/{link}").status_code == 410
    wrong = Client().post("/sign-in", {"username": "teammate", "password": "a-password-for-teammate"})
    assert wrong.status_code == 200 and "go together" in wrong.content.decode()


def test_who_was_removed_does_not_come_back_by_a_link_of_their_own(
    client_of_owner: Client, owner: User, teammate: User, as_person: SignIn
) -> None:
    Membership.objects.filter(user=teammate).update(role=Role.OWNER)
    key = invite(as_person(teammate), "owner")
    client_of_owner.post(f"/people/members/{Membership.objects.get(user=teammate).pk}/remove")
    answer = as_person(teammate).post(f"/join/{key}")
    assert answer.status_code == 410 and not Membership.objects.filter(user=teammate).exists()


def test_a_link_to_a_password_ends_when_its_person_comes_to_work_for_another_brand(
    client_of_owner: Client, teammate: User
) -> None:
    key = key_in(client_of_owner.post(f"/people/{teammate.pk}/reset"))
    Membership.objects.create(user=teammate, brand=Brand.objects.get(slug="larkmoor"), role=Role.VIEWER)
    assert Client().post(f"/join/{key}", {"password": GOOD}).status_code == 410
    assert User.objects.get(pk=teammate.pk).check_password("a-password-for-teammate")


def test_the_last_who_runs_the_studio_stays_and_others_come_back(
    client_of_owner: Client, owner: User, teammate: User
) -> None:
    User.objects.filter(pk=owner.pk).update(is_staff=True)
    with pytest.raises(Refused, match="last person who runs"):
        deactivate(User.objects.get(pk=owner.pk))
    client_of_owner.post(f"/people/{teammate.pk}/shut-out")
    assert "Let in again" in client_of_owner.get("/people").content.decode()
    client_of_owner.post(f"/people/{teammate.pk}/let-in")
    assert User.objects.get(pk=teammate.pk).is_active


@pytest.mark.parametrize("runs_the_studio", [False, True])
def test_nobody_resets_their_own_password_without_the_old_one_or_shuts_themselves_out(
    client_of_owner: Client, owner: User, runs_the_studio: bool
) -> None:
    User.objects.filter(pk=owner.pk).update(is_staff=runs_the_studio)
    for path in ("reset", "shut-out"):
        answer = client_of_owner.post(f"/people/{owner.pk}/{path}")
        assert answer.status_code == 403 and "This is you" in answer.content.decode()
    assert not Invite.objects.exists() and User.objects.get(pk=owner.pk).is_active


def test_hostile_names_are_shown_and_not_run(client_of_owner: Client) -> None:
    invite(client_of_owner, note="<script>alert(1)</script>")
    page = client_of_owner.get("/people").content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;alert" in page
