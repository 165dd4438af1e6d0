"""A studio in a folder of its own with one person and one brief, for the benches that watch its processes from outside."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from generation.models import Brief

ROOT = Path(__file__).resolve().parent.parent
NAME, PASSWORD = "owner", "a-password-for-the-bench"  # of a studio that lives as long as this run
PATIENCE = 60.0  # seconds for a process to answer


def furnish(var: Path, source: str) -> Brief:
    """A database in `var` whose brand "demo" belongs to NAME, and NAME's brief (YAML in `source`), which waits.

    Sets Django up in this process, and the environment for those it starts.
    """
    os.environ |= {"VAR_DIR": str(var), "DJANGO_SETTINGS_MODULE": "studio.settings"}
    import django

    django.setup()
    from django.core.management import call_command

    from brand_styles.models import Brand
    from brand_styles.services import load_sample_brands
    from generation.planning.brief import load_brief
    from generation.services import submit_brief
    from studio.models import Membership, Role, User

    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    load_sample_brands()
    user = User.objects.create_user(NAME, password=PASSWORD)
    Membership.objects.create(user=user, brand=Brand.objects.get(slug="demo"), role=Role.OWNER)
    return submit_brief(owner_id=user.pk, data=load_brief(source), source=source)


@contextmanager
def running(*commands: Sequence[str]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """These processes, until the body ends. What they print goes to the standard error: the bench's own output may be JSON."""
    processes = [subprocess.Popen(command, cwd=ROOT, stdout=sys.stderr) for command in commands]
    try:
        yield processes
    finally:
        for process in processes:
            process.terminate()
            process.wait(10)


def web_process(port: int, *more: str) -> list[str]:
    """The command that starts the web process."""
    uvicorn = [sys.executable, "-m", "uvicorn", "studio.asgi:application", "--port", str(port), "--lifespan", "off"]
    return [*uvicorn, "--log-level", "error", *more]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(address: str) -> None:
    """Until something answers there. SystemExit after PATIENCE."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            with urllib.request.urlopen(address, timeout=5):  # noqa: S310 - our own address
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit(f"{address} does not answer.")
