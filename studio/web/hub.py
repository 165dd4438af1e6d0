"""One subscription to EVENTS_URL for all open streams of a process, and an ear for each of them.

An ear is one flag: however much moves before its stream looks, it is told once. So a stream costs an object and a task, no queue
grows behind a slow reader, and no thread waits.
"""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from weakref import WeakKeyDictionary

import redis.asyncio
import structlog
from django.conf import settings

from generation.events import CHANNEL

log = structlog.get_logger(__name__)

AGAIN_AFTER = 2.0  # seconds between tries to reach the server


class Ear:
    """What one stream waits on. `gone` once whoever listened has left."""

    __slots__ = ("_flag", "gone")

    def __init__(self) -> None:
        self._flag = asyncio.Event()
        self.gone = False

    def wake(self) -> None:
        self._flag.set()

    def leave(self) -> None:
        self.gone = True
        self._flag.set()

    async def wait(self, seconds: float) -> bool:
        """Whether something was to be heard within `seconds`."""
        try:
            await asyncio.wait_for(self._flag.wait(), seconds)
        except TimeoutError:
            return False
        self._flag.clear()
        return True


class Hub:
    """`connected`: whether what moves is heard at this moment; each ear is woken when that changes."""

    def __init__(self) -> None:
        self.connected = False
        self._ears: dict[int, set[Ear]] = {}
        self._task: asyncio.Task[None] | None = None

    @contextmanager
    def listening(self, brief_id: int) -> Iterator[Ear]:
        """An ear for one brief. The subscription begins with the first and ends with the last."""
        ear = Ear()
        self._ears.setdefault(brief_id, set()).add(ear)
        if self.connected:
            ear.wake()  # to be told so at once
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._subscribe(), name="wall-events")
        try:
            yield ear
        finally:
            self._forget(brief_id, ear)

    def _forget(self, brief_id: int, ear: Ear) -> None:
        self._ears[brief_id].discard(ear)
        if not self._ears[brief_id]:
            del self._ears[brief_id]
        if not self._ears and self._task is not None:
            self._task.cancel()
            self._task, self.connected = None, False

    async def _subscribe(self) -> None:
        while True:
            try:
                await self._hear()
            except (OSError, ValueError, redis.RedisError) as fault:
                log.info("events.not_heard", reason=type(fault).__name__)
            self._now(connected=False)
            await asyncio.sleep(AGAIN_AFTER)

    async def _hear(self) -> None:
        server = redis.asyncio.Redis.from_url(settings.EVENTS_URL, socket_connect_timeout=AGAIN_AFTER)
        async with server, server.pubsub() as subscription:
            await subscription.subscribe(CHANNEL)
            async for message in subscription.listen():
                if message["type"] == "subscribe":  # also after a connection that broke: what was missed is looked up
                    self._now(connected=True)
                elif message["data"].isdigit():
                    for ear in self._ears.get(int(message["data"]), ()):
                        ear.wake()

    def _now(self, *, connected: bool) -> None:
        if not (connected or self.connected):
            return
        self.connected = connected
        for ears in self._ears.values():
            for ear in ears:
                ear.wake()


_hubs: WeakKeyDictionary[asyncio.AbstractEventLoop, Hub] = WeakKeyDictionary()


def hub() -> Hub:
    """The running loop's hub."""
    return _hubs.setdefault(asyncio.get_running_loop(), Hub())
