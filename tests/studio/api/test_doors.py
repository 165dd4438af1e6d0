"""Who gets in, with which token, and how refusals look."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from brand_styles.models import Brand
from generation.models import Brief
from studio.access import Scope
from studio.models import ApiToken, Membership, Role, User
from tests.studio.api.conftest import Program, problem
from tests.studio.api.test_briefs import BRIEF


def test_without_a_good_token_nothing_opens(program: Program, owner: User) -> None:
    anonymous = Client().get("/api/v1/me")
    problem(anonymous, 401, "not-signed-in")
    assert anonymous.headers["WWW-Authenticate"] == 'Bearer realm="vermilion"'
    for header in ("Bearer vmt_guess", "Bearer", "Basic b3duZXI6eA==", "Bearer \x00"):
        problem(Client(headers={"authorization": header}).get("/api/v1/me"), 401, "not-signed-in")
    assert program.get("me").status_code == 200
    ApiToken.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert "expired" in problem(program.get("me"), 401, "not-signed-in")["detail"]
    ApiToken.objects.update(expires_at=timezone.now() + timedelta(days=1), revoked_at=timezone.now())
    assert "撤销" in problem(program.get("me", accept_language="zh"), 401, "not-signed-in")["detail"]
    ApiToken.objects.update(revoked_at=None)
    User.objects.update(is_active=False)
    problem(program.get("me"), 401, "not-signed-in")


def test_scopes_narrow_what_a_role_may(program_of: Callable[..., Program], owner: User, brief: Brief) -> None:
    reader = program_of(owner, scopes=[Scope.READ])
    me = reader.get("me").json()
    assert me["by"] == "token" and me["scopes"] == ["read"] and me["brands"][0]["may"] == ["view"]
    assert reader.get(f"briefs/{brief.pk}").status_code == 200
    for answer in (reader.post("briefs", BRIEF), reader.post(f"briefs/{brief.pk}/cancel")):
        assert "scope" in problem(answer, 403, "not-allowed")["detail"] or answer.json()["detail"]
    assert Brief.objects.count() == 1


def test_brands_narrow_what_a_person_sees(program_of: Callable[..., Program], owner: User, brief: Brief) -> None:
    larkmoor = Brand.objects.get(slug="larkmoor")
    Membership.objects.create(user=owner, brand=larkmoor, role=Role.OWNER)
    narrow = program_of(owner, brands=[larkmoor])
    assert [row["slug"] for row in narrow.get("brands").json()["results"]] == ["larkmoor"]
    problem(narrow.get("brands/demo"), 404, "not-found")
    problem(narrow.get(f"briefs/{brief.pk}"), 404, "not-found")
    assert narrow.get("briefs").json()["results"] == []
    assert "brand" in problem(narrow.post("briefs", BRIEF), 422, "invalid")["errors"]


def test_brands_with_their_style(program: Program) -> None:
    shown = program.get("brands/demo").json()
    assert shown["version"] == shown["style"]["version"] and shown["role"] == "owner" and "connect" in shown["may"]
    assert program.get("brands").json()["results"][0]["published_at"]


def test_a_browser_must_bring_its_csrf_token(owner: User) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(owner, backend="django.contrib.auth.backends.ModelBackend")
    assert browser.get("/api/v1/me").json()["by"] == "session"
    answer = browser.post("/api/v1/briefs", json.dumps(BRIEF), content_type="application/json")
    assert "CSRF" in problem(answer, 403, "not-allowed")["detail"]
    assert not Brief.objects.exists()


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b"{", "application/json", 400, "bad-request"),
        (b"\xff", "application/json", 400, "bad-request"),
        (b'{"seed": NaN}', "application/json", 400, "bad-request"),
        (b"[" * 100_000, "application/json", 400, "bad-request"),
        (b'{"a":' * 500 + b"1" + b"}" * 500, "application/json", 400, "bad-request"),
        (b"\xff", "application/yaml", 400, "bad-request"),
        (b"a: &a [*a]", "application/yaml", 422, "invalid"),
        (b"brand=demo", "application/x-www-form-urlencoded", 415, "wrong-kind"),
        (b"x", "multipart/form-data; boundary=x", 422, "invalid"),
        (b"x", "multipart/form-data", 400, "bad-request"),
        (b"{}", "", 415, "wrong-kind"),
        (b'"' + b"x" * 1_000_001 + b'"', "application/json", 413, "too-large"),
    ],
)
def test_bodies_that_cannot_be_read(program: Program, body: bytes, kind: str, status: int, code: str) -> None:
    problem(program.client.generic("POST", "/api/v1/briefs", body, content_type=kind), status, code)


def test_a_body_is_bounded_before_it_is_read(program: Program) -> None:
    answer = program.client.generic(
        "POST", "/api/v1/briefs", b"{}", content_type="application/json", CONTENT_LENGTH="200000000"
    )
    problem(answer, 413, "too-large")


def test_addresses_and_methods_that_are_not_there(program: Program) -> None:
    for path in ("none", "briefs/99999999999999999999999", "assets/0", "brands/..%2f"):
        problem(program.get(path), 404, "not-found")
    answer = program.delete("briefs")
    problem(answer, 405, "wrong-method")
    assert "GET" in answer.headers["Allow"]
    problem(program.client.options("/api/v1/me"), 405, "wrong-method")


def test_asking_too_often_is_told_with_when_to_come_back(
    program: Program, program_of: Callable[..., Program], owner: User, settings: Any
) -> None:
    settings.API_PER_MINUTE = 5
    assert program.post("briefs", {}).status_code == 422
    answer = program.post("briefs", {})
    problem(answer, 429, "too-many")
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert [program.get("me").status_code for _ in range(5)][-1] == 429
    assert program_of(owner).get("me").status_code == 200, "each token counts for itself"


def test_what_nobody_foresaw_is_a_problem_too(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("studio.api.me.brands_of", lambda asks: 1 / 0)
    program.client.raise_request_exception = False
    for language, words in (("en", "It is in the log"), ("zh", "日志")):
        said = problem(program.get("brands", accept_language=language), 500, "broken")
        assert words in said["detail"]


def test_answers_are_not_cached(program: Program) -> None:
    assert program.get("me").headers["Cache-Control"] == "private, no-store"
