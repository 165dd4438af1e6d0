"""A brief's wall, told as server-sent events that something moved. An event says only that: the page asks again by its own door.

Django keeps a thread and its database connection for each request that it is in the middle of. So a stream is no request that
lasts: an ordinary view is the door (session, login, access, headers), and once it has answered and Django has let go of the
request, `Streaming` goes on with the same answer on the event loop. Without it (a test's client) the answer ends after its first
line, and the browser comes back after a while.

Events: `listen` (what moves will be told: ask once, then stop polling), `moved`, `poll` (nothing is heard at the moment), `over`
(the session ended or the brief may not be seen any more). Each has an id, the milliseconds of its time.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.auth.decorators import login_required
from django.contrib.sessions.backends.db import SessionStore
from django.db import close_old_connections
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from studio.access import access_brief_by_id, briefs_of, person
from studio.models import User
from studio.web.hub import Ear, Hub, hub

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

STREAM = "studio.stream"  # the key in a request's scope under which the door leaves its Watch
HEARTBEAT = 15.0  # seconds until a comment says that the connection lives
RECHECK = 10.0  # seconds for which an answer of the door is good
SPACING = 0.2  # seconds between two events at least
COME_BACK = 3000  # milliseconds until a browser whose stream broke tries again

_asking = ThreadPoolExecutor(1, thread_name_prefix="streams")


@dataclass(frozen=True)
class Watch:
    """Who looks at which wall."""

    brief_id: int
    session_key: str


@require_safe
@login_required
def events(request: HttpRequest, brief_id: int) -> HttpResponse:
    """The door. 204 where there is nothing to listen to: a browser then does not come back, and the page polls."""
    brief = access_brief_by_id(person(request), brief_id)
    if not settings.EVENTS_URL:
        return HttpResponse(status=204)
    response = HttpResponse(f"retry: {COME_BACK}\n\n", content_type="text/event-stream")
    response["Cache-Control"] = "private, no-store"
    response["X-Accel-Buffering"] = "no"
    watches = getattr(request, "scope", {}).get(STREAM)
    if watches is not None and request.method == "GET":
        watches.append(Watch(brief.pk, request.session.session_key or ""))
    return response


def may_still(watch: Watch) -> bool:
    """Whether the session lives, its person may sign in and still see the brief: as the door itself would say now."""
    close_old_connections()
    try:
        request = HttpRequest()
        request.session = SessionStore(watch.session_key)
        user = get_user(request)
        return isinstance(user, User) and user.is_active and briefs_of(user).filter(pk=watch.brief_id).exists()
    finally:
        close_old_connections()


class Streaming:
    """An ASGI application around Django's, which goes on with the answers that `events` began."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].endswith("/events"):
            await self.app(scope, receive, send)
            return
        watches: list[Watch] = []

        async def begin(message: Message) -> None:
            await send(_unfinished(message) if watches else message)

        await self.app({**scope, STREAM: watches}, receive, begin)
        if watches:
            await _stream(watches[0], receive, send)


def _unfinished(message: Message) -> Message:
    """A part of an answer that will go on."""
    if message["type"] == "http.response.start":
        return {**message, "headers": [(k, v) for k, v in message["headers"] if k.lower() != b"content-length"]}
    return {**message, "more_body": True}


async def _stream(watch: Watch, receive: Receive, send: Send) -> None:
    now = hub()
    with now.listening(watch.brief_id) as ear:
        leaving = asyncio.create_task(_leave(receive, ear))
        try:
            await _follow(watch, now, ear, send)
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        finally:
            leaving.cancel()


async def _leave(receive: Receive, ear: Ear) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
    ear.leave()


async def _follow(watch: Watch, now: Hub, ear: Ear, send: Send) -> None:
    told, checked = False, time.monotonic()
    loop = asyncio.get_running_loop()
    while True:
        woken = await ear.wait(HEARTBEAT)
        if ear.gone:
            return
        if time.monotonic() - checked >= RECHECK:
            if not await loop.run_in_executor(_asking, may_still, watch):
                await send(_event("over"))
                return
            checked = time.monotonic()
        if told != now.connected:
            told = now.connected
            await send(_event("listen" if told else "poll"))
        else:
            await send(_event("moved") if woken else _body(":\n\n"))
        await asyncio.sleep(SPACING)


def _event(name: str) -> Message:
    return _body(f"id: {time.time_ns() // 1_000_000}\nevent: {name}\ndata:\n\n")


def _body(text: str) -> Message:
    return {"type": "http.response.body", "body": text.encode(), "more_body": True}
