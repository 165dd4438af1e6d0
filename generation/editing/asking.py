"""How the web process asks the bench's process. Light: nothing here imports what composes."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from generation.editing.changes import EditProblem
from generation.editing.wire import block, read_block
from generation.errors import TransientError
from generation.types import Json

QUICK, SLOW = 8.0, 60.0  # seconds to wait for a picture, and for a saving with its reading back


class BenchAway(TransientError):
    """The bench's process does not answer."""

    def __init__(self) -> None:
        super().__init__(
            "The bench is being restarted. What you changed is kept on this page; it tries again by itself.",
            "编辑进程正在重启。你的修改仍保留在本页，稍后会自动重试。",
        )


def socket_path() -> Path:
    return Path(settings.RUN_DIR) / "bench.sock"


def ask(do: str, key: str, version: Callable[[], Json], changes: list[Json]) -> tuple[Json, bytes]:
    """The bench's answer: JSON and bytes. The version travels only when the bench has not read it yet.

    BenchAway where nobody answers; EditProblem, in words, for changes that can't be made.
    """
    request: Json = {"do": do, "key": key, "changes": changes}
    told, data = _exchange(request, SLOW if do == "save" else QUICK)
    if told.get("unknown"):
        told, data = _exchange({**request, "version": version()}, SLOW if do == "save" else QUICK)
    if problem := told.get("problem"):
        raise EditProblem(problem["en"], problem["zh"], field=told.get("field"))
    if told.get("failed"):
        raise EditProblem(
            "This change failed for a reason the studio did not foresee; its log has the details. Undo it and try another way.",
            "该修改因意外原因未能完成，详情见日志。请撤销后换一种方式。",
        )
    return told, data


def ask_fit(brief: Json, style: Json, name: str) -> Json:
    """The solver's verdict on the brief's format `name`: a fitting.Fit as JSON. BenchAway where nobody answers or it failed."""
    told, _ = _exchange({"do": "fit-copy", "brief": brief, "style": style, "format": name}, QUICK)
    if "fit" not in told:
        raise BenchAway
    return dict(told["fit"])


def ask_headlines(about: Json, style: Json) -> Json:
    """What the language model proposes for a proposing.About: {model, lines, why}. BenchAway where nobody answers or it failed."""
    told, _ = _exchange({"do": "propose", "about": about, "style": style}, SLOW)
    if "lines" not in told:
        raise BenchAway
    return told


def _exchange(request: Json, timeout: float) -> tuple[Json, bytes]:
    message = json.dumps(request, ensure_ascii=False).encode()
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as connection:
            connection.settimeout(timeout)
            connection.connect(str(socket_path()))
            connection.sendall(block(message))
            with connection.makefile("rb") as answer:
                return json.loads(read_block(answer)), read_block(answer)
    except (OSError, ValueError):
        raise BenchAway from None
