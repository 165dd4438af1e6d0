"""The bench's own process: composes edits for the web process, which must stay free of renderer, OCR and numba.

Why a process with a socket and not a Celery queue: an answer has to be there some hundred milliseconds after a key is pressed.
A queue would add a broker's round trip and a result store, and a nudge would wait behind whatever export a worker is busy
with. This process only composes; it keeps the last few versions decoded and drawn up to the type, holds no state that matters
(every request brings its version and all changes since) and writes nothing. When it is killed the supervisor
starts it again, and the page tries once more. On several hosts each one that serves pages runs its own.

A message is a block of JSON (see wire.py); an answer is another, then a block of bytes (a picture, or none). The socket is open to
its owner only.
"""

from __future__ import annotations

import json
import os
import socketserver
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import structlog
from django.db import close_old_connections

from brand_styles.style import BrandStyle
from generation.editing.applying import apply_all
from generation.editing.changes import EditProblem, read_changes
from generation.editing.composing import Bench, Lately, as_jpeg
from generation.editing.document import Document, colours, editables
from generation.editing.saving import finish
from generation.editing.version import Version
from generation.editing.wire import block, read_block
from generation.errors import GenerationError
from generation.planning.brief import Brief
from generation.types import Json

if TYPE_CHECKING:
    from generation.planning.llm import ChatModel

log = structlog.get_logger(__name__)

MOST_BYTES = 32_000_000  # of a request
KEPT = 16  # versions read
Answer = tuple[Json, bytes]


class Desk:
    """Answers requests. Quick ones and savings have a bench each, so that a reading back holds up nobody's typing."""

    def __init__(self) -> None:
        self._versions: Lately[Version] = Lately(KEPT)
        self._quick, self._slow = (Bench(), threading.Lock()), (Bench(), threading.Lock())
        self._fitting, self._proposing = threading.Lock(), threading.Lock()
        self._loaded: dict[str, ChatModel] = {}

    def answer(self, request: Json) -> Answer:
        """What a request is told: {"unknown"} where its version must be sent along, {"problem"} for what can't be done."""
        try:
            if request.get("do") == "fit-copy":
                return self._fit_copy(request), b""
            if request.get("do") == "propose":
                return self._propose(request), b""
            version = self._version(request)
            if version is None:
                return {"unknown": True}, b""
            return self._do(str(request.get("do")), version, request)
        except GenerationError as error:
            return {"problem": error.words.model_dump(), "field": error.field}, b""
        except FileNotFoundError:
            return {"problem": FILES_GONE.words.model_dump(), "field": None}, b""

    def _fit_copy(self, request: Json) -> Json:
        """Whether a brief's copy fits one of its formats; one at a time, so that typists don't take each other's processor."""
        from generation.editing.fitting import fit

        brief, style = Brief.model_validate(request["brief"]), BrandStyle.model_validate(request["style"])
        with self._fitting:
            return {"fit": fit(brief, style, str(request["format"])).model_dump(mode="json")}

    def _propose(self, request: Json) -> Json:
        """What the language model proposes as headlines, unjudged; one question at a time, since it fills the processor or a quota."""
        from generation.planning.llm import LocalModel, default_model
        from generation.planning.proposing import About, from_model

        try:
            model = default_model()
        finally:
            close_old_connections()  # its key may lie sealed in the database
        if model is None:
            return {"model": "", "lines": [], "why": None}
        about, style = About(**request["about"]), BrandStyle.model_validate(request["style"])
        with self._proposing:
            if isinstance(model, LocalModel):
                model = self._loaded.setdefault(model.source, model)  # its weights stay in memory
            lines, why = from_model(model, about, style)
        return {"model": model.name, "lines": lines, "why": why.model_dump() if why else None}

    def _version(self, request: Json) -> Version | None:
        key = str(request["key"])
        if "version" in request:
            self._versions.pop(key, None)
            return self._versions.remember(key, lambda: Version.model_validate(request["version"]))
        return self._versions.get(key)

    def _do(self, what: str, version: Version, request: Json) -> Answer:
        changes = read_changes(request.get("changes", []))
        document = apply_all(version.document(), changes)
        if what == "fit":
            return {"fits": True}, b""
        if what == "save":
            bench, lock = self._slow
            with lock:
                done = finish(bench, version, document, changes)
            return {**done.about, "thumbnail": len(done.thumbnail)}, done.thumbnail + done.png
        bench, lock = self._quick
        with lock:
            begun = time.perf_counter()
            rgb = bench.picture(document, version.files)
            if what == "findings":
                found = bench.findings(document, version.files, rgb, version.rules)
                return {"findings": [f.model_dump(mode="json") for f in found]}, b""
            told = told_of(document) | {"ms": round(1000 * (time.perf_counter() - begun))}
            return told, as_jpeg(rgb)

    def warm_up(self) -> None:
        """Load what the first request would wait for."""
        import numpy as np

        from generation.preflight.ocr import shared_reader

        shared_reader().read([np.full((48, 96, 3), 255, np.uint8)])


def told_of(document: Document) -> Json:
    """What the page needs to know of a document: its elements, its colours with the brand's names, its layers' boxes."""
    names = {swatch.hex: swatch.name.model_dump() for swatch in document.brand.palette}
    return {
        "elements": [each.model_dump(mode="json") for each in editables(document)],
        "colours": [{"color": color, "name": names.get(color)} for color in colours(document)],
        "layers": [
            {"id": layer.id, "kind": layer.kind, "box": layer.box.as_list()} for layer in document.design.layers
        ],
    }


FILES_GONE = EditProblem(
    "The scene of this picture is not in the file storage any more, so it can't be composed again. Make it anew from its brief.",
    "这张图的场景文件已不在存储中，无法重新合成。请从简报重新制作。",
)


class _Handler(socketserver.StreamRequestHandler):
    """One connection: one request, one answer."""

    def handle(self) -> None:
        request = json.loads(read_block(self.rfile, MOST_BYTES))
        begun = time.perf_counter()
        try:
            told, data = cast(_Server, self.server).desk.answer(request)
        except Exception:  # the page is told that it failed; the log has the whole story
            log.exception("bench.failed", do=request.get("do"))
            told, data = {"failed": True}, b""
        log.debug("bench.answered", do=request.get("do"), ms=round(1000 * (time.perf_counter() - begun)))
        self.wfile.write(block(json.dumps(told, ensure_ascii=False).encode()) + block(data))


class _Server(socketserver.ThreadingMixIn, socketserver.UnixStreamServer):
    daemon_threads = True
    request_queue_size = 64

    def __init__(self, path: str, desk: Desk) -> None:
        self.desk = desk
        super().__init__(path, _Handler)

    def handle_error(self, request: Any, client_address: Any) -> None:
        log.info("bench.broken_connection", exc_info=True)


def serve(path: Path, ready: threading.Event | None = None) -> None:
    """Listen on a unix socket until the process ends. An old socket of that name is replaced."""
    server = listening(path)
    threading.Thread(target=_warm, args=(server.desk,), name="bench-warming", daemon=True).start()
    if ready is not None:
        ready.set()
    server.serve_forever(poll_interval=0.5)


def listening(path: Path) -> _Server:
    """A server bound to the socket, open to its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    before = os.umask(0o177)
    try:
        return _Server(str(path), Desk())
    finally:
        os.umask(before)


def _warm(desk: Desk) -> None:
    try:
        desk.warm_up()
    except Exception:  # the first request will tell
        log.exception("bench.warming_failed")
