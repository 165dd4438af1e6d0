"""`make run`: the whole studio on one machine, under one supervisor."""

import fcntl
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from studio import first_start, supervision
from studio.preparation import prepare_database

READY_WITHIN = 120
RESTART_AFTER = 1
LAST_ONE_WITHIN = 20


class Command(BaseCommand):
    help = "Start broker, workers, scheduler and web under one supervisor, and stop them all with Ctrl-C."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stopping = False
        self.supervisor: subprocess.Popen[bytes] | None = None
        with self.only_one():
            self.await_the_last_one()
            self.check_port()
            prepare_database()
            first_start.release_own_jobs()
            login = first_start.first_login()
            first_start.queue_sample_brief(settings.BASE_DIR / "docs" / "briefs" / "demo.yaml")
            call_command("collectstatic", interactive=False, verbosity=0)
            configuration = supervision.write_configuration()
            supervision.renderer_note().unlink(missing_ok=True)
            for number in (signal.SIGINT, signal.SIGTERM):
                signal.signal(number, self.stop)
            self.supervise(configuration, login)

    @property
    def address(self) -> str:
        return f"http://{settings.HOST}:{settings.PORT}/"

    @contextmanager
    def only_one(self) -> Iterator[None]:
        """Hold the lock of this VAR_DIR; when another studio holds it, say where it is and leave."""
        lock = Path(settings.RUN_DIR) / "studio.lock"
        lock.parent.mkdir(parents=True, exist_ok=True)
        with lock.open("a+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                file.seek(0)
                self.stdout.write(f"The studio is running already: {file.read().strip()}")
                sys.exit(0)
            file.truncate(0)
            file.write(self.address)
            file.flush()
            yield

    def await_the_last_one(self) -> None:
        """Where the last studio was killed, its supervisor may still be stopping what it started, the port's holder among them."""
        deadline = time.monotonic() + LAST_ONE_WITHIN
        while supervision.is_running() and time.monotonic() < deadline:
            time.sleep(0.2)

    def check_port(self) -> None:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((settings.HOST, settings.PORT))
            except OSError as error:
                raise CommandError(
                    f"Port {settings.PORT} on {settings.HOST} is not free ({error.strerror}). "
                    f"Stop what uses it, or choose another: make run PORT={settings.PORT + 1}"
                ) from None

    def stop(self, *_: Any) -> None:
        self.stopping = True
        if self.supervisor and self.supervisor.poll() is None:
            self.supervisor.terminate()

    def supervise(self, configuration: Path, login: first_start.Login | None) -> None:
        """Run the supervisor until we are told to stop; start it again when it dies of anything else."""
        self.start(configuration)
        self.greet(login)
        threading.Thread(target=self.tell_of_renderer, daemon=True).start()
        while self.supervisor:
            code = self.supervisor.wait()
            if self.stopping:
                self.stdout.write("Stopped. Everything that was waiting goes on at the next start.")
                return
            self.stderr.write(f"The supervisor ended ({code}); starting it again.")
            time.sleep(RESTART_AFTER)
            self.start(configuration)

    def start(self, configuration: Path) -> None:
        self.supervisor = subprocess.Popen(
            [sys.executable, "-m", "supervisor.supervisord", "--nodaemon", "--configuration", str(configuration)],
            cwd=settings.BASE_DIR,
            stdout=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C reaches only us; we stop it in order
            preexec_fn=lambda: supervision.die_with_parent(signal.SIGTERM),
        )
        if self.stopping:  # told so while it was being started
            self.stop()

    def greet(self, login: first_start.Login | None) -> None:
        self.stdout.write("Starting …")
        ready = self.wait_until_ready()
        if self.stopping:
            return
        if not ready:
            self.stderr.write(f"Not all parts answer yet. Their logs: {settings.VAR_DIR / 'log'}")
        lines = ["", f"  Vermilion  {self.address}"]
        if login:
            lines += [
                "",
                f"  First login   {login.name}",
                f"  Password      {login.password}   (shown this once; keep it)",
            ]
        lines += ["", f"  Logs in {settings.VAR_DIR / 'log'}. Ctrl-C stops everything.", ""]
        self.say("\n".join(lines))

    def tell_of_renderer(self) -> None:
        """Say on the console that pictures wait for the renderer, and when they no longer do."""
        note, told = supervision.renderer_note(), False
        while not self.stopping:
            state = note.read_text() if note.exists() else ""
            if state == "failed":
                self.say(f"  The renderer could not be prepared: {settings.VAR_DIR / 'log' / 'gpu.log'} says why.")
                return
            if state:
                self.say(f"  The renderer is ready ({state} s).")
                return
            if not told:
                self.say(
                    "  Preparing the renderer: a minute or two the first time, then seconds. Send briefs meanwhile."
                )
                told = True
            time.sleep(0.5)

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()

    def wait_until_ready(self) -> bool:
        deadline = time.monotonic() + READY_WITHIN
        while time.monotonic() < deadline and not self.stopping:
            try:
                with urllib.request.urlopen(f"{self.address}ready", timeout=5) as answer:  # noqa: S310 - our own address
                    return bool(answer.status == 200)
            except (urllib.error.URLError, OSError):
                time.sleep(0.3)
        return False
