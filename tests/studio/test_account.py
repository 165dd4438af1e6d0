"""One's own password, sessions and tokens."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.http import Http404
from django.test import Client, RequestFactory
from django.utils import timezone

from brand_styles.models import Brand
from generation.models import Brief
from studio.access import Act, NotAllowed, Principal, Scope, access_brief_by_id, brands_of, briefs_of
from studio.models import ApiToken, Membership, Role, SignedIn, User
from studio.people import Refused
from studio.tokens import NotSignedIn, make_token, principal_of, principal_of_token
from studio.web.agents import browser_of

SignIn = Callable[[User], Client]
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


def signed_in(name: str = "owner", **headers: str) -> Client:
    client = Client(headers=headers)
    assert client.post("/sign-in", {"username": name, "password": f"a-password-for-{name}"}).status_code == 302
    client.get("/")
    return client


def test_sessions_are_listed_and_ended_one_by_one_and_all(owner: User) -> None:
    here, phone, other = signed_in(**{"user-agent": FIREFOX}), signed_in(**{"user-agent": "curl/8"}), signed_in()
    page = here.get("/account").content.decode()
    assert "Firefox · Linux" in page and "curl/8" in page and "127.0.0.1" in page
    assert page.count("this one") == 1 and SignedIn.objects.count() == 3
    row = SignedIn.objects.get(agent="curl/8")
    assert here.post(f"/account/sessions/{row.pk}/end").status_code == 302
    assert phone.get("/").status_code == 302 and other.get("/").status_code == 200
    assert here.post("/account/sessions/end-others").status_code == 302
    assert other.get("/").status_code == 302 and here.get("/").status_code == 200
    assert SignedIn.objects.count() == Session.objects.count() == 1


def test_nobody_ends_somebody_elses_session(owner: User, teammate: User) -> None:
    mine, theirs = signed_in(), signed_in("teammate")
    row = SignedIn.objects.get(user=teammate)
    assert mine.post(f"/account/sessions/{row.pk}/end").status_code == 404 and theirs.get("/").status_code == 200


def test_signing_out_leaves_no_row(owner: User) -> None:
    signed_in().post("/sign-out")
    assert not SignedIn.objects.exists()


def test_a_session_is_noted_once_a_minute(owner: User, django_assert_max_num_queries: object) -> None:
    client = signed_in()
    before = SignedIn.objects.get().seen_at
    client.get("/")
    assert SignedIn.objects.get().seen_at == before


def test_a_new_password_keeps_this_session_and_ends_the_others(owner: User) -> None:
    here, other = signed_in(), signed_in()
    sent = {"old": "a-password-for-owner", "new": "nine-loud-herons"}
    assert "Changed" in here.post("/account/password", sent).content.decode()
    assert here.get("/account").status_code == 200 and other.get("/").status_code == 302
    assert SignedIn.objects.count() == 1
    assert Client().post("/sign-in", {"username": "owner", "password": "nine-loud-herons"}).status_code == 302


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [("guess", "nine-loud-herons", "not your password"), ("a-password-for-owner", "1234", "8 characters")],
)
def test_a_password_that_will_not_do_is_told(owner: User, old: str, new: str, words: str) -> None:
    answer = signed_in().post("/account/password", {"old": old, "new": new})
    assert answer.status_code == 422 and words in answer.content.decode()
    assert User.objects.get().check_password("a-password-for-owner")


def test_guessing_the_old_password_is_stopped(owner: User) -> None:
    cache.clear()
    client = signed_in()
    codes = [client.post("/account/password", {"old": f"guess {n}", "new": "nine-loud-herons"}) for n in range(9)]
    assert [answer.status_code for answer in codes] == [422] * 8 + [429]
    right = {"old": "a-password-for-owner", "new": "nine-loud-herons"}
    assert client.post("/account/password", right).status_code == 429
    cache.clear()
    assert client.post("/account/password", right).status_code == 200


def test_browsers_have_names() -> None:
    assert browser_of(FIREFOX) == "Firefox · Linux" and browser_of("") == "?" and browser_of("x" * 99) == "x" * 40


# Tokens


def asked_with(key: str) -> Principal:
    request = RequestFactory().get("/", headers={"authorization": f"Bearer {key}"})
    request.user = AnonymousUser()
    return principal_of(request)


def test_a_token_is_made_on_the_page_shown_once_and_kept_as_a_digest(client_of_owner: Client, owner: User) -> None:
    sent = {"name": "nightly sheet", "scopes": ["read", "make"], "days": "30", "brands": ["demo", "larkmoor"]}
    page = client_of_owner.post("/account/tokens", sent).content.decode()
    found = re.search(r"vmt_[\w-]+", page)
    assert found
    again = client_of_owner.get("/account").content.decode()
    assert "nightly sheet" in again and found[0] not in again and found[0][-4:] in again
    row = ApiToken.objects.get()
    assert found[0] not in str(vars(row)) and set(row.brands.values_list("slug", flat=True)) == {"demo"}
    who = asked_with(found[0])
    assert who.user == owner and who.scopes == frozenset({Scope.READ, Scope.MAKE})
    assert ApiToken.objects.get().used_at is not None


@pytest.mark.parametrize(
    "sent", [{"name": ""}, {"scopes": []}, {"scopes": ["all"]}, {"days": "9999"}, {"days": "x"}, {"name": " "}]
)
def test_a_token_that_cannot_be_is_told(client_of_owner: Client, sent: dict[str, str]) -> None:
    answer = client_of_owner.post("/account/tokens", {"name": "n", "scopes": ["read"], "days": "7"} | sent)
    assert answer.status_code == 422 and 'id="problem"' in answer.content.decode() and not ApiToken.objects.exists()


def test_a_token_reaches_no_farther_than_scope_brand_and_role(brief: Brief, owner: User, teammate: User) -> None:
    larkmoor = Brand.objects.get(slug="larkmoor")
    Membership.objects.create(user=owner, brand=larkmoor, role=Role.OWNER)

    def who(user: User, *scopes: Scope, brands: tuple[Brand, ...] = ()) -> Principal:
        return asked_with(make_token(user=user, name="n", scopes=scopes, brands=brands)[1])

    reading = who(owner, Scope.READ)
    assert access_brief_by_id(reading, brief.pk) == brief
    with pytest.raises(NotAllowed) as refused:
        access_brief_by_id(reading, brief.pk, Act.MAKE)
    assert "scopes (read)" in refused.value.words.en
    assert access_brief_by_id(who(owner, Scope.MAKE), brief.pk, Act.MAKE) == brief
    elsewhere = who(owner, *Scope, brands=(larkmoor,))
    assert not briefs_of(elsewhere).exists() and list(brands_of(elsewhere)) == [larkmoor]
    with pytest.raises(Http404):
        access_brief_by_id(elsewhere, brief.pk)
    with pytest.raises(NotAllowed, match="Your role"):
        access_brief_by_id(who(teammate, *Scope), brief.pk, Act.MANAGE)
    limited = who(owner, *Scope, brands=(larkmoor,))
    Membership.objects.filter(brand=larkmoor).delete()
    assert not brands_of(limited).exists()


def test_a_token_that_is_not_good_says_why(owner: User) -> None:
    row, key = make_token(user=owner, name="n", scopes=[Scope.READ])

    def why(**change: object) -> str:
        ApiToken.objects.filter(pk=row.pk).update(**change)
        with pytest.raises(NotSignedIn) as refused:
            principal_of_token(key)
        ApiToken.objects.filter(pk=row.pk).update(revoked_at=None, expires_at=timezone.now() + timedelta(1))
        return refused.value.words.en

    assert "revoked" in why(revoked_at=timezone.now())
    assert "expired" in why(expires_at=timezone.now())
    User.objects.update(is_active=False)
    assert "not known" in why()
    for header in ("Bearer", "Bearer vmt_guess", "Basic b3duZXI6", "vmt_guess"):
        request = RequestFactory().get("/", headers={"authorization": header})
        request.user = owner  # a bad token is not made good by a cookie beside it
        with pytest.raises(NotSignedIn):
            principal_of(request)


def test_a_session_is_a_principal_with_all_its_roles_reach(owner: User) -> None:
    request = RequestFactory().get("/")
    request.user = owner
    assert principal_of(request) == Principal(owner)
    request.user = AnonymousUser()
    with pytest.raises(NotSignedIn):
        principal_of(request)


def test_revoking_a_token_can_be_undone(client_of_owner: Client, owner: User) -> None:
    row, key = make_token(user=owner, name="n", scopes=[Scope.READ])
    page = client_of_owner.post(f"/account/tokens/{row.pk}/revoke", follow=True).content.decode()
    with pytest.raises(NotSignedIn):
        principal_of_token(key)
    found = re.search(r'name="undo" value="([^"]+)"', page)
    assert found
    client_of_owner.post("/undo", {"undo": found[1]})
    assert principal_of_token(key).user == owner


def test_tokens_are_counted(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.tokens.MOST", 1)
    make_token(user=owner, name="n", scopes=[Scope.READ])
    with pytest.raises(Refused, match="Revoke one"):
        make_token(user=owner, name="n", scopes=[Scope.READ])
