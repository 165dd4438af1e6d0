"""What all tests share: files go to a folder of the test, and nothing that was skipped goes unnoticed.

With REQUIRE_ALL=1 (set by .ci/run) a skipped test fails the run: a machine that lacks a part must not look as if all had passed.
"""

import os
from collections import Counter
from collections.abc import Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

from tests.cast import (  # noqa: F401 - fixtures for every room
    as_person,
    brands,
    brief,
    client_of_owner,
    made_brief,
    owner,
    quick_pipeline,
    stranger,
    teammate,
)
from tests.turns import leave, turn

# The same examples on every machine: a run of the tests says the same thing twice.
hypothesis_settings.register_profile("same", derandomize=True, deadline=None)
hypothesis_settings.load_profile("same")

SKIPPED: Counter[str] = Counter()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that open browsers or ask for more time come first, so that no worker is left with one when the others are done."""
    long = {item.path for item in items if item.get_closest_marker("browser") or item.get_closest_marker("timeout")}
    items.sort(key=lambda item: item.path not in long)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    with turn(alone=item.get_closest_marker("alone") is not None):
        return (yield)


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    _count(report)


def pytest_collectreport(report: pytest.CollectReport) -> None:
    _count(report)


def _count(report: pytest.TestReport | pytest.CollectReport) -> None:
    if report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
        SKIPPED[reason.removeprefix("Skipped: ")] += 1


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    leave()
    if SKIPPED and os.environ.get("REQUIRE_ALL") == "1" and exitstatus == pytest.ExitCode.OK:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(terminalreporter: Any) -> None:
    if not SKIPPED:
        return
    terminalreporter.section("skipped")
    for reason, count in SKIPPED.most_common():
        terminalreporter.line(f"{count} × {reason}")
    if os.environ.get("REQUIRE_ALL") == "1":
        terminalreporter.line("REQUIRE_ALL=1: a skipped test fails the run.", red=True)


@pytest.fixture(autouse=True)
def _own_files(request: pytest.FixtureRequest) -> None:
    """Tests that use the database keep their files apart, and need no collected static files."""
    wanted = {"db", "transactional_db", "client"}
    if wanted & set(request.fixturenames) or request.node.get_closest_marker("django_db"):
        settings = request.getfixturevalue("settings")
        tmp_path: Path = request.getfixturevalue("tmp_path")
        settings.MEDIA_ROOT = tmp_path / "files"
        settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
        settings.STATIC_ROOT = str(tmp_path)
        settings.CELERY_BROKER_URL = "memory://"
        settings.STORAGES = settings.STORAGES | {
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
        }
