"""A body without end: cut off where it is more than any form takes, whoever sends it and whatever they say of its length."""

import asyncio
from typing import Any

import pytest

from studio.asgi import application
from studio.web.bounds import MOST_BYTES, Bounded, Message, Receive, Scope, Send


def answer_of(app: Any, pieces: list[bytes], *headers: tuple[bytes, bytes]) -> tuple[list[Message], int]:
    """What an application answers to a body sent in pieces, and how many of them it took."""
    said: list[Message] = []
    left = list(pieces)

    async def receive() -> Message:
        return {"type": "http.request", "body": left.pop(0), "more_body": bool(left)}

    async def send(message: Message) -> None:
        said.append(message)

    scope = {"type": "http", "method": "POST", "path": "/sign-in", "query_string": b"", "headers": list(headers)}
    asyncio.run(app(scope, receive, send))
    return said, len(pieces) - len(left)


async def reading(scope: Scope, receive: Receive, send: Send) -> None:
    """Reads all, then says how much there was; says nothing to who has left."""
    size, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return
        size, more = size + len(message["body"]), message["more_body"]
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": str(size).encode()})


def test_what_fits_goes_through() -> None:
    said, taken = answer_of(Bounded(reading, 10), [b"12345", b"67890"], (b"content-length", b"10"))
    assert (said[0]["status"], said[1]["body"], taken) == (200, b"10", 2)


@pytest.mark.parametrize("length", [b"", b"5", b"-1", b"x"])
def test_a_body_that_grows_too_long_is_cut_off(length: bytes) -> None:
    said, taken = answer_of(Bounded(reading, 10), [b"12345"] * 9, (b"content-length", length))
    assert said[0]["status"] == 413 and taken == 3
    assert "smaller files" in said[1]["body"].decode() and "较小的文件" in said[1]["body"].decode()


@pytest.mark.parametrize("length", [MOST_BYTES + 1, 10**30])
def test_the_studio_reads_nothing_of_what_says_it_is_too_long(length: int) -> None:
    said, taken = answer_of(application, [b"x"], (b"content-length", str(length).encode()))
    assert said[0]["status"] == 413 and taken == 0
