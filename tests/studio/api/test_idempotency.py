"""A request with an Idempotency-Key happens once."""

import json
import threading
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.utils import timezone

from generation.models import Brief
from studio.api import briefs, idempotency
from studio.models import IdempotentCall, User, Webhook
from tests.studio.api.conftest import Program, problem
from tests.studio.api.test_briefs import BRIEF

KEY = {"idempotency_key": "order-66"}


def test_the_same_again_is_the_same_answer(program: Program) -> None:
    first, second = program.post("briefs", BRIEF, **KEY), program.post("briefs", BRIEF, **KEY)
    assert (first.status_code, second.status_code) == (201, 201) and first.json() == second.json()
    assert "Idempotent-Replayed" not in first.headers and second.headers["Idempotent-Replayed"] == "true"
    assert first.headers["Location"] == second.headers["Location"] and Brief.objects.count() == 1
    reordered = dict(reversed(BRIEF.items()))
    assert program.post("briefs", reordered, **KEY).json() == first.json(), "the same values are the same request"


def test_other_content_under_the_key_is_refused(program: Program, brief: Brief) -> None:
    program.post("briefs", BRIEF, **KEY)
    problem(program.post("briefs", BRIEF | {"seed": 8}, **KEY), 422, "key-used")
    assert Brief.objects.count() == 2


def test_a_refused_request_keeps_nothing(program: Program) -> None:
    problem(program.post("briefs", BRIEF | {"formats": []}, **KEY), 422, "invalid")
    assert not IdempotentCall.objects.exists()
    assert program.post("briefs", BRIEF, **KEY).status_code == 201


@pytest.mark.parametrize("key", ["", " ", "a b", "é", "x" * 256])
def test_a_key_that_is_none_is_told(program: Program, key: str) -> None:
    answer = program.post("briefs", BRIEF, idempotency_key=key)
    assert "Idempotency-Key" in problem(answer, 422, "invalid")["errors"] and not Brief.objects.exists()


def test_keys_belong_to_who_sent_them(program: Program, program_of: Callable[..., Program], teammate: User) -> None:
    owner = program.row.user
    ids = {
        each.post("briefs", BRIEF, **KEY).json()["id"] for each in (program, program_of(owner), program_of(teammate))
    }
    assert len(ids) == 3, "another token is another sender, of the same person too"


def test_answers_are_kept_sealed_for_a_day(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generation.outbound.check", lambda url: None)
    sent = {"brand": "demo", "url": "https://example.com/"}
    secret = program.post("webhooks", sent, **KEY).json()["secret"]
    assert secret not in IdempotentCall.objects.get().sealed
    assert program.post("webhooks", sent, **KEY).json()["secret"] == secret and Webhook.objects.count() == 1
    assert idempotency.forget_old() == 0
    IdempotentCall.objects.update(begun_at=timezone.now() - timedelta(hours=24, seconds=1))
    assert program.post("webhooks", sent, **KEY).json()["secret"] != secret
    IdempotentCall.objects.update(begun_at=timezone.now() - timedelta(hours=24, seconds=1))
    assert idempotency.forget_old() == 1


def test_one_that_was_cut_off_is_not_done_twice(program: Program) -> None:
    program.post("briefs", BRIEF, **KEY)
    IdempotentCall.objects.update(status=None)
    assert "still being answered" in problem(program.post("briefs", BRIEF, **KEY), 409, "being-answered")["detail"]
    IdempotentCall.objects.update(begun_at=timezone.now() - timedelta(minutes=4))
    assert "cut off" in problem(program.post("briefs", BRIEF, **KEY), 409, "being-answered")["detail"]
    assert Brief.objects.count() == 1


def test_forms_are_told_apart_by_their_files(program: Program) -> None:
    def send(content: bytes) -> Any:
        file = SimpleUploadedFile("report.pdf", content)
        body = {"brief": json.dumps(BRIEF), "files": [file]}
        return program.client.post("/api/v1/briefs", body, headers={"Idempotency-Key": "form"})

    prints: list[str] = []
    original = idempotency.fingerprint
    idempotency.fingerprint = lambda request: prints.append(original(request)) or prints[-1]  # type: ignore[func-returns-value]
    try:
        for content in (b"one", b"one", b"two"):
            problem(send(content), 422, "invalid")
    finally:
        idempotency.fingerprint = original
    assert prints[0] == prints[1] != prints[2], "a new boundary is no new request, another file is"


@pytest.mark.django_db(transaction=True)
def test_of_two_at_the_same_moment_one_makes_it(owner: User, monkeypatch: pytest.MonkeyPatch) -> None:
    program, inside, go_on = Program(owner), threading.Event(), threading.Event()
    monkeypatch.setattr(briefs, "_draft", _draft_then(briefs._draft, inside, go_on))
    answers: list[Any] = []

    def send() -> None:
        try:
            answers.append(program.post("briefs", BRIEF, **KEY))
        finally:
            connection.close()

    first = threading.Thread(target=send)
    first.start()
    assert inside.wait(60)
    problem(program.post("briefs", BRIEF, **KEY), 409, "being-answered")
    go_on.set()
    first.join(60)
    assert [answer.status_code for answer in answers] == [201] and Brief.objects.count() == 1
    assert program.post("briefs", BRIEF, **KEY).json() == answers[0].json()


def _draft_then(original: Any, inside: threading.Event, go_on: threading.Event) -> Any:
    """Hold the first request between taking its key and writing anything."""

    def held(*args: Any) -> Any:
        inside.set()
        assert go_on.wait(60)
        return original(*args)

    return held
