"""Settings from the environment, system checks, and the database that any command prepares."""

import os
import re
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from studio import checks, env

ROOT = Path(__file__).resolve().parent.parent.parent


def test_readers_say_what_they_expected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_FLAG", "maybe")
    monkeypatch.setenv("A_NUMBER", "ten")
    for read, words in ((lambda: env.flag("A_FLAG"), "1 or 0"), (lambda: env.number("A_NUMBER", 1), "a number")):
        with pytest.raises(env.BadSetting, match=words):
            read()
    monkeypatch.setenv("A_NUMBER", "-1")
    with pytest.raises(env.BadSetting, match="from 0 up"):
        env.number("A_NUMBER", 1)


def test_readers_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("A_FLAG", "Yes")
    monkeypatch.setenv("A_LIST", "a.example, b.example,")
    assert env.flag("A_FLAG") and not env.flag("NO_FLAG")
    assert env.words("A_LIST") == ["a.example", "b.example"]
    assert env.number("NO_NUMBER", 2.5) == 2.5 and env.text("NO_TEXT", "x") == "x"


def test_the_secret_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "new" / "secret.key"
    secret = env.kept_secret(path)
    assert len(secret) >= 50 and env.kept_secret(path) == secret
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["secret.key"]


def test_checks_have_an_id_and_a_hint(settings: Any, tmp_path: Path) -> None:
    settings.CELERY_BROKER_URL = "carrier-pigeon://loft"
    settings.JOB_LEASE_SECONDS, settings.JOB_SWEEP_SECONDS = 5, 10
    settings.HOST = "0.0.0.0"  # noqa: S104 - the check is about it
    found = [
        message
        for check in (
            checks.broker_address_is_known,
            checks.lease_outlives_its_renewals,
            checks.open_address_is_protected,
        )
        for message in check(None)
    ]
    assert [m.id for m in found] == ["studio.E002", "studio.W001", "studio.W002"]
    assert all(m.hint for m in found)


def test_our_own_settings_pass_every_check() -> None:
    every = (checks.var_is_writable, checks.broker_address_is_known, checks.lease_outlives_its_renewals)
    assert [message for check in every for message in check(None)] == []


def test_the_production_settings_of_the_docs_pass_the_deployment_checks(tmp_path: Path) -> None:
    documented = re.search(r"```\n(SECURE_COOKIES=1 .*?)\n```", (ROOT / "docs" / "people.md").read_text(), re.S)
    assert documented
    environment = dict(part.split("=", 1) for part in documented[1].split())
    out = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env=os.environ | environment | {"VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert out.returncode == 0 and "no issues" in out.stdout, out.stderr


def manage(var: Path, *arguments: str) -> subprocess.Popen[str]:
    environment = os.environ | {"VAR_DIR": str(var)}
    return subprocess.Popen(
        [sys.executable, "manage.py", *arguments], cwd=ROOT, env=environment, text=True, stdout=-1, stderr=-1
    )


def test_a_postgresql_address_becomes_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADDRESS", "postgresql://ann:p%40ss@db.example:5433/studio?sslmode=require")
    known = env.postgresql("ADDRESS", 7)
    assert (known["NAME"], known["USER"], known["PASSWORD"]) == ("studio", "ann", "p@ss")
    assert (known["HOST"], known["PORT"], known["OPTIONS"]["sslmode"]) == ("db.example", "5433", "require")
    assert known["OPTIONS"]["pool"]["max_size"] == 7
    monkeypatch.setenv("ADDRESS", "postgres:///studio?host=%2Frun%2Fpostgresql")  # a socket's folder
    known = env.postgresql("ADDRESS", 1)
    assert (known["HOST"], known["PORT"], known["USER"]) == ("/run/postgresql", "", "")


@pytest.mark.parametrize(
    "address", ["mysql://ann:secret@h/studio", "postgresql://ann:secret@h:port/studio", "postgresql://ann:secret@h/"]
)
def test_another_address_is_refused_without_its_password(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("ADDRESS", address)
    with pytest.raises(env.BadSetting) as refused:
        env.postgresql("ADDRESS", 1)
    assert "ADDRESS" in str(refused.value) and "postgresql://" in str(refused.value)
    assert "secret" not in str(refused.value)


def test_whichever_commands_come_first_prepare_the_database_once(tmp_path: Path) -> None:
    count = "from brand_styles.models import StyleLibrary as S; print(S.objects.count())"
    first = [manage(tmp_path, "shell", "--no-imports", "-c", count) for _ in range(3)]
    said = [process.communicate(timeout=120) for process in first]
    assert [out.strip() for out, _ in said] == ["2", "2", "2"], said
    with sqlite3.connect(tmp_path / "vermilion.sqlite3") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_taken_port_is_told_in_a_sentence(tmp_path: Path, free_socket: Callable[[], int]) -> None:
    process = subprocess.run(
        [sys.executable, "manage.py", "run_studio"],
        cwd=ROOT,
        env=os.environ | {"VAR_DIR": str(tmp_path), "PORT": str(free_socket())},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert process.returncode == 1
    assert "is not free" in process.stderr and "make run PORT=" in process.stderr


@pytest.fixture
def free_socket() -> Any:
    import socket

    taken = socket.socket()
    taken.bind(("127.0.0.1", 0))
    taken.listen()
    yield lambda: int(taken.getsockname()[1])
    taken.close()
