"""A test marked `alone` runs while no other worker runs one: it tells short times apart.

Each test holds a lock together with the others', such a test holds it by itself. Before either there is a door, so that a test which
waits to be alone is not overtaken for ever.
"""

import fcntl
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID")  # the same in all workers of a run; none without workers
_DOOR, _ROOM = (Path(tempfile.gettempdir()) / f"vermilion-tests-{_RUN}.{name}" for name in ("door", "room"))


@contextmanager
def turn(*, alone: bool) -> Iterator[None]:
    """Wait for one's turn, if there are other workers."""
    if _RUN is None:
        yield
        return
    with _DOOR.open("w") as door, _ROOM.open("w") as room:
        fcntl.flock(door, fcntl.LOCK_EX)
        fcntl.flock(room, fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        fcntl.flock(door, fcntl.LOCK_UN)
        try:
            yield
        finally:
            fcntl.flock(room, fcntl.LOCK_UN)


def leave() -> None:
    """This worker has run its last test."""
    for path in (_DOOR, _ROOM):
        path.unlink(missing_ok=True)
