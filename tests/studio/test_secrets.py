"""Keys of the studio's own: sealed in the table, never on a page, never in a log, and renewed without loss."""

import io
import json
import logging
import stat
from pathlib import Path
from typing import Any

import pytest
import structlog
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.test import Client

from generation.planning.llm import ServerModel, default_model
from studio import logs, masking, secrets_store
from studio.models import Secret, User

VALUE = "sk-quiet-river-0042"


@pytest.fixture(autouse=True)
def _own_keys(db: None, settings: Any, tmp_path: Path) -> None:
    settings.VAR_DIR, settings.SECRETS_KEY = tmp_path, []


@pytest.fixture
def staff(owner: User, client_of_owner: Client) -> Client:
    User.objects.filter(pk=owner.pk).update(is_staff=True)
    return client_of_owner


def test_a_secret_is_sealed_and_comes_back(settings: Any) -> None:
    secrets_store.keep("language-model", VALUE)
    row = Secret.objects.get()
    assert VALUE not in row.sealed and row.hint == VALUE[-4:] and secrets_store.value_of("language-model") == VALUE
    assert stat.S_IMODE((settings.VAR_DIR / "secrets.key").stat().st_mode) == 0o600
    assert secrets_store.value_of("nothing") == ""
    secrets_store.keep("language-model", "tiny")
    assert Secret.objects.get().hint == "", "of a short one nothing is shown"


def test_keys_are_renewed_without_loss(settings: Any) -> None:
    settings.SECRETS_KEY = ["old"]
    secrets_store.keep("a", VALUE)
    settings.SECRETS_KEY = ["new", "old"]
    before = Secret.objects.get().sealed
    assert secrets_store.value_of("a") == VALUE
    call_command("rotate_secrets")
    settings.SECRETS_KEY = ["new"]
    assert Secret.objects.get().sealed != before and secrets_store.value_of("a") == VALUE
    settings.SECRETS_KEY = ["another"]
    with pytest.raises(CommandError, match="'a' was sealed with another key"):
        call_command("rotate_secrets")
    with pytest.raises(secrets_store.CannotOpen, match="put the old key back"):
        secrets_store.value_of("a")


def test_the_page_takes_a_key_and_never_gives_it(staff: Client) -> None:
    assert staff.post("/settings/secrets/language-model", {"value": VALUE}).status_code == 302
    page = staff.get("/settings").content.decode()
    assert VALUE not in page and "set on" in page and f"<code>{VALUE[-4:]}</code>" in page
    for wrong in ("", " ", "x" * 5000):
        answer = staff.post("/settings/secrets/language-model", {"value": wrong})
        assert answer.status_code == 422 and "1 to 4000" in answer.content.decode()
    assert staff.post("/settings/secrets/other", {"value": VALUE}).status_code == 404
    assert staff.post("/settings/secrets/language-model", {"forget": "1"}).status_code == 302
    assert not Secret.objects.exists() and "not set" in staff.get("/settings").content.decode()


def test_the_language_models_key_comes_from_there_unless_the_environment_has_one(settings: Any) -> None:
    settings.LANGUAGE_MODEL = "http://127.0.0.1:9/v1"
    secrets_store.keep("language-model", VALUE)
    model = default_model()
    assert isinstance(model, ServerModel) and model.key == VALUE and VALUE not in repr(model)
    settings.LANGUAGE_MODEL_KEY = "from-the-environment"
    model = default_model()
    assert isinstance(model, ServerModel) and model.key == "from-the-environment"


def test_nothing_secret_is_logged(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    out = io.StringIO()
    monkeypatch.setattr("sys.stderr", out)
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level
    try:
        logs.configure({"level": "INFO"})
        secrets_store.keep("language-model", VALUE)
        log = structlog.get_logger("test")
        log.info("settings", said=f"key is {django_settings.SECRET_KEY}")
        log.info("asked", api_key="abc", headers={"Authorization": "Bearer abcdefghij"}, url=f"http://h/?k={VALUE}")
        log.info("joined", path="/join/vmi_" + "a" * 43, nested=[{"password": "p", "tokens_used": 3}])
        logging.getLogger("other").warning("plain %s and Bearer %s", VALUE, "x" * 20)
        try:
            raise ValueError(f"cannot use {VALUE}")
        except ValueError:
            log.exception("broke")
    finally:
        root.handlers = handlers
        root.setLevel(level)
        logs.configure(django_settings.LOGGING) if not handlers else None
    said = out.getvalue()
    lines = [json.loads(line) for line in said.splitlines()]
    assert (
        len(lines) == 6
        and VALUE not in said
        and django_settings.SECRET_KEY not in said
        and "vmi_a" not in said
        and "abcdefghij" not in said
    )
    asked = next(line for line in lines if line["event"] == "asked")
    assert asked["api_key"] == masking.MASK and asked["headers"]["Authorization"] == masking.MASK
    joined = next(line for line in lines if line["event"] == "joined")
    assert joined["nested"] == [{"password": masking.MASK, "tokens_used": 3}]
    assert "cannot use" in next(line for line in lines if line["event"] == "broke")["exception"]


def test_ordinary_words_stay_readable() -> None:
    masking.remember("abc")
    assert masking.masked({"event": "abc", "job": 3, "key_frames": 4, "token": ""}) == {
        "event": "abc",
        "job": 3,
        "key_frames": 4,
        "token": "",
    }
