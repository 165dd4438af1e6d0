"""A whole studio as a person starts it (`manage.py run_studio`), with data of its own and the quick pipeline in its workers."""

import http.cookiejar
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import psutil  # type: ignore[import-untyped]

ROOT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 300
Result = TypeVar("Result")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(question: Callable[[], Result], seconds: float = PATIENCE, pause: float = 0.25) -> Result:
    """The first true answer; AssertionError after `seconds`. Connection errors count as no answer yet."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            if answer := question():
                return answer
        except OSError:
            pass
        time.sleep(pause)
    raise AssertionError(f"still waiting after {seconds} s: {question}")


class RunningStudio:
    def __init__(self, **environment: str) -> None:
        self.var = Path(tempfile.mkdtemp(prefix="vermilion-"))  # short: a socket's path has 107 characters at most
        self.port = free_port()
        self.password = ""
        self.environment = os.environ | {
            "VAR_DIR": str(self.var),
            "PORT": str(self.port),
            "CELERY_APP": "tests.studio.quick_app",
            "JOB_LEASE_SECONDS": "3",
            "JOB_SWEEP_SECONDS": "1",
            "OMP_NUM_THREADS": "1",
            **environment,
        }
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def database(self) -> Path:
        return self.var / "vermilion.sqlite3"

    def start(self) -> None:
        self.said = self.var / "said.txt"
        with self.said.open("ab") as said:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "run_studio"], cwd=ROOT, env=self.environment, stdout=said, stderr=said
            )

    def wait_until_ready(self) -> None:
        wait_for(lambda: urllib.request.urlopen(f"{self.address}/ready", timeout=5).status == 200)  # noqa: S310
        found = wait_for(lambda: re.search(r"Password\s+(\S+)", self.said.read_text()))
        self.password = found[1] if found else ""

    def processes(self) -> list[psutil.Process]:
        """Every process of this studio, the first one included."""
        if self.process is None or self.process.poll() is not None:
            return []
        first = psutil.Process(self.process.pid)
        return [first, *first.children(recursive=True)]

    def stop(self) -> int:
        """Stop as Ctrl-C does; the exit status."""
        if self.process is None:
            return 0
        self.process.send_signal(2)
        return self.process.wait(timeout=60)

    def remove(self) -> None:
        for process in self.processes():
            process.kill()
        shutil.rmtree(self.var, ignore_errors=True)


@contextmanager
def running(**environment: str) -> Iterator[RunningStudio]:
    """A studio that is ready. At the end it stops as Ctrl-C stops it, in order, and its data goes."""
    studio = RunningStudio(**environment)
    try:
        studio.start()
        studio.wait_until_ready()
        yield studio
        assert studio.stop() == 0
    finally:
        studio.remove()


class Visitor:
    """A person without a browser: signs in and posts forms."""

    def __init__(self, studio: RunningStudio) -> None:
        self.studio = studio
        self.jar = http.cookiejar.CookieJar()
        self.open = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.jar)).open

    def post(self, path: str, fields: dict[str, str]) -> str:
        """Post as a page of ours would; the address it ends at."""
        self.open(f"{self.studio.address}/sign-in", timeout=10).read()
        token = next(cookie.value for cookie in self.jar if cookie.name == "csrftoken")
        body = urllib.parse.urlencode({**fields, "csrfmiddlewaretoken": token or ""}).encode()
        with self.open(f"{self.studio.address}{path}", body, timeout=30) as answer:
            return str(answer.url)

    def sign_in(self) -> None:
        self.post("/sign-in", {"username": "owner", "password": self.studio.password})
