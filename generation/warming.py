"""A worker's warm-up: the renderer compiled, the model loaded, the reader opened, before the first job needs them.

It runs in a thread from the moment the worker's process starts, so that the worker answers the broker meanwhile; a job that
comes too early waits in `wait`, and its wall says so.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

import structlog

log = structlog.get_logger(__name__)

PAUSE = 0.5  # seconds between two reports while a job waits
SMALL = "300x250"

_ended = threading.Event()
_ended.set()  # a process that never began has nothing to wait for
_faults: list[Exception] = []  # what the last warm-up failed of


def begin(after: Callable[[float | None], None] | None = None) -> None:
    """Warm this process up in a thread; `after` is called there with the seconds it took, or None where it failed."""
    _ended.clear()
    threading.Thread(target=_run, args=(after,), name="warm-up", daemon=True).start()


def wait(meanwhile: Callable[[], None]) -> bool:
    """Until the warm-up has ended, calling `meanwhile` all along. Whether there was anything to wait for.

    What `meanwhile` raises (a person cancelled) ends the waiting, not the warm-up.
    """
    if _ended.is_set():
        return False
    meanwhile()
    while not _ended.wait(PAUSE):
        meanwhile()
    return True


def fault() -> Exception | None:
    """What the warm-up failed of; None while it runs and where it did not."""
    return _faults[0] if _faults else None


def _run(after: Callable[[float | None], None] | None) -> None:
    begun = time.monotonic()
    seconds: float | None = None
    _faults.clear()
    try:
        warm_up()
        seconds = round(time.monotonic() - begun, 1)
        log.info("worker.warm", seconds=seconds)
    except Exception as error:  # the first job meets it again, and tells it on its own row
        log.warning("worker.warm_up_failed", error=str(error))
        _faults.append(error)
    finally:
        _ended.set()
    if after:
        after(seconds)


def warm_up() -> None:
    """Make one small asset of a sample brand and drop it: whatever the first job would compile or load is then in memory.

    Takes seconds, or minutes where the machine code is not on disk yet. Raises what a job would raise.
    """
    from brand_styles.sample import demo
    from generation.engines.loading import default_engine
    from generation.pipeline import Task, make_asset
    from generation.planning.brief import Brief
    from generation.planning.planner import plan

    brand = demo()
    brief = Brief.model_validate(
        {"brand": brand.slug, "copy": {"headline": "会员日", "cta": "立即参与"}, "formats": [SMALL], "seed": 1}
    )
    make_asset(Task(plan(brief, brand), brief.canvases[0], brand), default_engine())
