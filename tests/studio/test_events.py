"""A wall's event stream, through the real ASGI application and a real Valkey: what it tells, when it ends, what it holds."""

import asyncio
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import redis
from django.test import Client

from generation import events as told
from generation import jobs
from generation.models import Brief, Job
from studio.asgi import application
from studio.models import Membership, User
from studio.people import end_sessions
from studio.supervision import _broker
from studio.web import events
from tests.studio.running import wait_for

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def valkey(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="events-"))
    socket = folder / "v.sock"
    process = subprocess.Popen(_broker(socket), stdout=subprocess.DEVNULL)
    wait_for(socket.exists, 10, 0.05)
    settings.EVENTS_URL = f"unix://{socket}"
    monkeypatch.setattr(told, "_silent_until", 0.0)
    yield socket
    process.kill()
    process.wait()
    shutil.rmtree(folder)


class Listener:
    """One open stream: what was sent so far."""

    def __init__(self, path: str, client: Client) -> None:
        cookies = "; ".join(f"{name}={morsel.value}" for name, morsel in client.cookies.items())
        self.scope = {
            "type": "http",
            "method": "GET",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": [(b"host", b"localhost"), (b"cookie", cookies.encode())],
            "client": ("127.0.0.1", 1),
            "server": ("localhost", 80),
        }
        self.said = ""
        self.status, self.headers = 0, dict[bytes, bytes]()
        self.inbox: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

    async def __aenter__(self) -> "Listener":
        await self.inbox.put({"type": "http.request", "body": b"", "more_body": False})
        self.task = asyncio.create_task(application(self.scope, self.inbox.get, self._take))
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.inbox.put({"type": "http.disconnect"})
        await asyncio.wait_for(self.task, 5)

    async def _take(self, message: Any) -> None:
        if message["type"] == "http.response.start":
            self.status, self.headers = message["status"], dict(message["headers"])
        else:
            self.said += message["body"].decode()

    async def hears(self, name: str, count: int = 1) -> None:
        for _ in range(400):
            if self.said.count(f"event: {name}\n") >= count:
                return
            await asyncio.sleep(0.02)
        raise AssertionError(f"no {name}: {self.said!r}")


def during(client: Client, brief: Brief, act: Callable[[Listener], Awaitable[None]]) -> Listener:
    async def run() -> Listener:
        async with Listener(f"/briefs/{brief.pk}/events", client) as listener:
            await act(listener)
        return listener

    return asyncio.run(run())


def test_it_tells_every_kind_of_change(client_of_owner: Client, brief: Brief, valkey: Path) -> None:
    def changes() -> list[Callable[[], object]]:
        return [
            jobs.claim_next,
            lambda: jobs.cancel(Job.objects.filter(variant__brief=brief)),
            lambda: jobs.retry(Job.objects.filter(variant__brief=brief)),
        ]

    async def act(listener: Listener) -> None:
        await listener.hears("listen")
        for i, change in enumerate(changes()):
            await asyncio.to_thread(change)
            await listener.hears("moved", i + 1)

    heard = during(client_of_owner, brief, act)
    assert heard.status == 200 and heard.headers[b"Content-Type"] == b"text/event-stream"
    assert b"Content-Length" not in heard.headers and b"Content-Security-Policy" in heard.headers
    ids = [int(line[4:]) for line in heard.said.splitlines() if line.startswith("id: ")]
    assert len(ids) >= 4 and ids == sorted(ids)


def test_progress_and_failure_are_told_and_many_at_once_are_one(
    client_of_owner: Client, brief: Brief, valkey: Path
) -> None:
    claim = jobs.claim_next()
    assert claim

    async def act(listener: Listener) -> None:
        await listener.hears("listen")
        await asyncio.to_thread(lambda: [jobs.progress(claim, "diffusion", i, 50) for i in range(50)])
        await listener.hears("moved")
        await asyncio.sleep(0.6)
        assert 1 <= listener.said.count("moved") < 20

    during(client_of_owner, brief, act)


def test_who_comes_later_is_told_at_once_too(client_of_owner: Client, brief: Brief, valkey: Path) -> None:
    async def act(listener: Listener) -> None:
        await listener.hears("listen")
        async with Listener(f"/briefs/{brief.pk}/events", client_of_owner) as second:
            await second.hears("listen")
            await asyncio.to_thread(told.moved, [brief.pk])
            await second.hears("moved")

    during(client_of_owner, brief, act)


def test_other_briefs_are_not_told(client_of_owner: Client, brief: Brief, valkey: Path) -> None:
    async def act(listener: Listener) -> None:
        await listener.hears("listen")
        await asyncio.to_thread(told.moved, [brief.pk + 1])
        await asyncio.sleep(0.4)
        assert "moved" not in listener.said

    during(client_of_owner, brief, act)


@pytest.mark.parametrize("loss", ["session", "membership"])
def test_it_ends_with_the_session_and_with_the_access(
    loss: str, owner: User, client_of_owner: Client, brief: Brief, valkey: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "RECHECK", 0.0)
    monkeypatch.setattr(events, "HEARTBEAT", 0.1)
    client_of_owner.get("/account")  # notes the session

    def lose() -> None:
        if loss == "session":
            assert end_sessions(owner) == 1
        else:
            Membership.objects.filter(user=owner).delete()

    async def act(listener: Listener) -> None:
        await listener.hears("listen")
        assert "over" not in listener.said
        await asyncio.to_thread(lose)
        await listener.hears("over")
        await asyncio.wait_for(listener.task, 5)

    during(client_of_owner, brief, act)


def test_a_stream_holds_no_thread_and_sends_a_heartbeat(
    client_of_owner: Client, brief: Brief, valkey: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(events, "HEARTBEAT", 0.1)

    async def act() -> int:
        listeners = [Listener(f"/briefs/{brief.pk}/events", client_of_owner) for _ in range(8)]
        for listener in listeners:
            await listener.__aenter__()
            await listener.hears("listen")
        await asyncio.sleep(0.5)
        threads = threading.active_count()
        assert all(":\n\n" in listener.said for listener in listeners)
        for listener in listeners:
            await listener.__aexit__()
        return threads

    before = threading.active_count()
    assert asyncio.run(act()) - before <= 2


def test_without_valkey_the_page_polls_and_jobs_go_on(client_of_owner: Client, brief: Brief, settings: Any) -> None:
    settings.EVENTS_URL = "unix:///nowhere/v.sock"

    async def act(listener: Listener) -> None:
        await asyncio.sleep(0.5)
        assert "event:" not in listener.said and listener.status == 200  # the page polls until it hears "listen"

    during(client_of_owner, brief, act)
    assert jobs.claim_next()  # a job goes on as if nothing were
    settings.EVENTS_URL = ""
    assert client_of_owner.get(f"/briefs/{brief.pk}/events").status_code == 204


def test_a_valkey_that_stops_is_told_and_one_that_comes_back_too(
    client_of_owner: Client, brief: Brief, valkey: Path
) -> None:
    async def act(listener: Listener) -> None:
        await listener.hears("listen")
        await asyncio.to_thread(lambda: redis.Redis(unix_socket_path=str(valkey)).shutdown(nosave=True))
        await listener.hears("poll")
        again = await asyncio.to_thread(subprocess.Popen, _broker(valkey), stdout=subprocess.DEVNULL)
        await listener.hears("listen", 2)
        again.kill()
        again.wait()

    during(client_of_owner, brief, act)
