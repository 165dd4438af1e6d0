"""The bench's own process, started as the supervisor starts it."""

import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generation.editing import asking
from generation.editing.changes import EditProblem

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def running(settings: Any) -> Iterator[subprocess.Popen[bytes]]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "run_bench"], cwd=ROOT, env=os.environ | {"VAR_DIR": folder}
        )
        settings.RUN_DIR = Path(folder) / "run"
        end = time.monotonic() + 60
        while not asking.socket_path().exists() and time.monotonic() < end:
            time.sleep(0.1)
        yield process
        process.kill()
        process.wait(10)


def test_it_answers_its_owner_only_and_survives_nonsense(running: subprocess.Popen[bytes]) -> None:
    path = asking.socket_path()
    assert path.stat().st_mode & 0o077 == 0
    for noise in (b"", b"\x00\x00", b"\x00\x00\x00\x02{]", b"\xff\xff\xff\xff", b"\x00\x00\x00\x04null"):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(path))
            connection.sendall(noise)
    with pytest.raises(EditProblem, match="did not foresee"):
        asking.ask("picture", "key", lambda: {"no": "version"}, [])
    assert running.poll() is None


def test_a_killed_bench_is_told_as_away(running: subprocess.Popen[bytes]) -> None:
    running.kill()
    running.wait(10)
    with pytest.raises(asking.BenchAway):
        asking.ask("picture", "key", dict, [])
