"""Signing in at a real provider in a process of its own: the way in, and everything that must not lead in."""

import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from studio import secrets_store
from studio.models import Identity, Membership, Role, User
from studio.people import invite
from tests.studio.oidc_provider import CLIENT, SECRET

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    process = subprocess.Popen([sys.executable, "-m", "tests.studio.oidc_provider"], cwd=ROOT, stdout=-1, text=True)
    assert process.stdout
    yield process.stdout.readline().strip()
    process.kill()
    process.wait()


@pytest.fixture(autouse=True)
def _offered(issuer: str, settings: Any, db: None, tmp_path: Path) -> None:
    cache.clear()
    settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OUTBOUND_ALLOW = issuer, CLIENT, ["127.0.0.1"]
    settings.VAR_DIR = tmp_path
    secrets_store.keep("sign-in", SECRET)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


def at_provider(address: str, **wishes: str) -> str:
    """What a browser does at the provider: where it is sent back to."""
    try:
        urllib.request.build_opener(NoRedirect).open(f"{address}&{urllib.parse.urlencode(wishes)}", timeout=5)
    except urllib.error.HTTPError as answer:
        return str(answer.headers["Location"]).removeprefix("http://testserver")
    raise AssertionError("no redirect")


def sign_in(client: Client, path: str = "/sign-in/elsewhere", **wishes: str) -> Any:
    away = client.get(path)
    assert away.status_code == 302, away.content.decode()
    return client.get(at_provider(away["Location"], **wishes))


def test_somebody_new_is_let_in_without_any_brand_and_known_again() -> None:
    client = Client()
    assert "Sign in with" in client.get("/sign-in").content.decode()
    assert sign_in(client, "/sign-in/elsewhere?next=/account", sub="a1", name="mei")["Location"] == "/account"
    page = client.get("/account").content.decode()
    assert "mei" in page and "have no password here" in page
    assert "work for any brand" in client.get("/people").content.decode()
    assert sign_in(Client(), sub="a1", name="renamed").status_code == 302
    assert User.objects.get().username == "mei" and Identity.objects.get().subject == "a1"


def test_a_name_or_subject_of_somebody_else_opens_nothing_of_theirs(owner: User) -> None:
    client = Client()
    assert sign_in(client, sub="b2", name="owner").status_code == 302
    assert client.get("/briefs").status_code == 200
    assert User.objects.get(identities__subject="b2").username == "owner-2"
    assert Membership.objects.get().user == owner
    sign_in(Client(), sub="b3", name="ＯＷＮＥＲ")
    assert User.objects.get(identities__subject="b3").username == "OWNER-3", "other letters of the same name"


def test_an_invitation_brings_them_into_a_brand(owner: User) -> None:
    client = Client()
    sign_in(client, sub="c3")
    brand = Membership.objects.get().brand
    client.post(f"/join/{invite(brand=brand, role=Role.REVIEWER, made_by=owner)}")
    assert Membership.objects.get(role=Role.REVIEWER).user.identities.get().subject == "c3"


@pytest.mark.parametrize(
    "fault", ["iss", "aud", "exp", "nonce", "letters", "key", "kid", "none", "hmac", "sub", "denied"]
)
def test_what_cannot_be_trusted_leads_nowhere(fault: str) -> None:
    client = Client()
    answer = sign_in(client, sub="d4", fault=fault)
    assert answer.status_code == 403 and "Signing in did not work" in answer.content.decode()
    assert client.get("/").status_code == 302 and not User.objects.exists()


def test_a_code_or_state_of_another_session_or_used_before_leads_nowhere() -> None:
    client, other = Client(), Client()
    back = at_provider(client.get("/sign-in/elsewhere")["Location"], sub="e5")
    assert other.get(back).status_code == 400
    assert client.get(back).status_code == 302
    assert client.get(back).status_code == 400, "an answer is good once"
    other.get("/sign-in/elsewhere")
    kept = other.session["oidc"]["state"]
    stolen = urllib.parse.parse_qs(urllib.parse.urlsplit(back).query)["code"][0]
    assert other.get(f"/sign-in/elsewhere/back?state={kept}&code={stolen}").status_code == 403


def test_who_is_shut_out_here_stays_out() -> None:
    sign_in(Client(), sub="f6")
    User.objects.update(is_active=False)
    answer = sign_in(Client(), sub="f6")
    assert answer.status_code == 403 and "was shut out" in answer.content.decode()


def test_a_provider_that_may_not_be_asked_or_is_away_is_told(settings: Any) -> None:
    settings.OUTBOUND_ALLOW = []
    answer = Client().get("/sign-in/elsewhere")
    assert answer.status_code == 502 and "OUTBOUND_ALLOW" in answer.content.decode()
    settings.OUTBOUND_ALLOW, settings.OIDC_ISSUER = ["127.0.0.1"], "http://127.0.0.1:9"
    assert Client().get("/sign-in/elsewhere").status_code == 502


def test_onward_leads_to_our_own_pages_only() -> None:
    answer = sign_in(Client(), "/sign-in/elsewhere?next=https://elsewhere.example/", sub="g7")
    assert answer["Location"] == "/"
    assert sign_in(Client(), "/sign-in/elsewhere?next=asset", sub="g7").status_code == 302, "a word is no page's name"


def test_a_provider_may_end_its_name_with_a_slash(issuer: str, settings: Any) -> None:
    settings.OIDC_ISSUER = f"{issuer}/slash"
    client = Client()
    assert sign_in(client, sub="h8").status_code == 302 and client.get("/account").status_code == 200


def test_it_is_not_there_unless_it_is_set_up(settings: Any) -> None:
    settings.OIDC_ISSUER = ""
    assert "Sign in with" not in Client().get("/sign-in").content.decode()
    assert Client().get("/sign-in/elsewhere").status_code == 404
