"""Signing in, being kept out, signing out."""

import pytest
from django.test import Client

from studio.first_start import first_login
from studio.models import Membership, User

pytestmark = pytest.mark.django_db


def sign_in(client: Client, name: str, password: str) -> int:
    return client.post("/sign-in", {"username": name, "password": password}).status_code


def test_right_password_leads_home(owner: User) -> None:
    client = Client()
    answer = client.post("/sign-in", {"username": "owner", "password": "a-password-for-owner"})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.get("/").status_code == 200


def test_wrong_password_is_told_in_both_languages(owner: User) -> None:
    for language, words in (("en", "Check both and try again"), ("zh-hans", "请核对后重试")):
        client = Client(headers={"accept-language": language})
        answer = client.post("/sign-in", {"username": "owner", "password": "guess"})
        assert words in answer.content.decode()


def test_guessing_is_stopped(owner: User) -> None:
    client = Client()
    codes = [sign_in(client, "owner", f"guess {n}") for n in range(8)]
    assert codes[-1] == 429
    assert sign_in(client, "owner", "a-password-for-owner") == 429


def test_signing_out(owner: User, client_of_owner: Client) -> None:
    assert client_of_owner.post("/sign-out").status_code == 302
    assert client_of_owner.get("/").status_code == 302


def test_first_login_is_made_once_and_owns_the_sample_brands(brands: None) -> None:
    login = first_login()
    assert login is not None and len(login.password) >= 12
    assert sign_in(Client(), login.name, login.password) == 302
    slugs = Membership.objects.values_list("brand__slug", flat=True)
    assert sorted(slugs) == ["demo", "larkmoor"]
    assert first_login() is None


def test_a_choice_of_language_stays_and_only_leads_to_our_own_pages(owner: User, client_of_owner: Client) -> None:
    answer = client_of_owner.post("/preferences", {"language": "zh-hans", "next": "https://elsewhere.example/"})
    assert answer["Location"] == "/"
    assert client_of_owner.post("/preferences", {"next": "asset"}).status_code == 302, "a word is no page's name"
    assert "简报" in client_of_owner.get("/briefs").content.decode()


def test_headers_allow_no_foreign_or_inline_script(client: Client) -> None:
    answer = client.get("/sign-in")
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self'" in policy and "unsafe" not in policy
    assert answer["X-Frame-Options"] == "DENY"
    assert "<script>" not in answer.content.decode() and 'style="' not in answer.content.decode()
