"""Reviewers as the server sees them: each answers every so often and gets the next picture with it.

    echo '{"port": 8000, "cookies": ["…"], "seconds": 60, "every": 6, "seed": 1}' | python bench/queue_people.py

A program of its own, so that those who ask take no time from the one that is asked for its figures. Tells milliseconds by door, what
was served to whom, and what went wrong, as JSON. Standard library only.
"""

from __future__ import annotations

import asyncio
import gc
import json
import random
import sys
import time
from dataclasses import dataclass, field
from typing import Any

VERDICTS = ("approve", "approve", "minor_fix", "reject")
OPENED = 0.1  # of the times somebody asks
TOKEN = "c" * 32  # of the form: the same in cookie and header, as a page has it


@dataclass
class Told:
    """`served`: (person's place, seat) in the order of arrival, once for each seat a person was given."""

    next: list[float] = field(default_factory=list)
    answer: list[float] = field(default_factory=list)
    served: list[tuple[int, int]] = field(default_factory=list)
    again: int = 0  # seats that came once more after they were answered
    idle: int = 0  # asked, and there was nothing
    errors: list[str] = field(default_factory=list)


class Reviewer:
    def __init__(self, place: int, cookie: str, port: int, told: Told, rng: random.Random) -> None:
        self.place, self.port, self.told, self.rng = place, port, told, rng
        self.head = (
            f"Host: 127.0.0.1:{port}\r\nCookie: sessionid={cookie}; csrftoken={TOKEN}\r\nX-CSRFToken: {TOKEN}\r\n"
            "Content-Type: application/json\r\n"
        )
        self.held: list[dict[str, Any]] = []
        self.known: set[int] = set()
        self.answered: set[int] = set()

    async def work(self, every: float, until: float) -> None:
        """An answer each time, with which the next pictures come; now and then the page is opened anew and asks without one."""
        await asyncio.sleep(self.rng.uniform(0, every))
        due = time.monotonic()
        while due < until:
            if self.held and self.rng.random() >= OPENED:
                await self.answer()
            else:
                self.held = []  # what they hold comes again, first
                await self.ask("next", {"but": []}, self.told.next)
                self.told.idle += not self.held
            due += every
            await self.until(due)

    async def answer(self) -> None:
        seat = self.held.pop(0)
        self.answered.add(seat["seat"])
        said = {
            "seat": seat["seat"],
            "token": seat["token"],
            "verdict": self.rng.choice(VERDICTS),
            "scores": {"hue": self.rng.randint(1, 5), "layout": self.rng.randint(1, 5)},
            "seconds": 5.0,
            "but": [each["seat"] for each in self.held],
        }
        await self.ask("answer", said, self.told.answer)

    async def ask(self, door: str, body: dict[str, Any], times: list[float]) -> None:
        data = json.dumps({"brand": "", "kind": "", **body}).encode()
        began = time.perf_counter()
        head = f"POST /review/{door} HTTP/1.1\r\n{self.head}Content-Length: {len(data)}\r\n\r\n"
        reader, writer = await asyncio.open_connection(
            "127.0.0.1", self.port
        )  # the server ends one after 5 s of silence
        writer.write(head.encode() + data)
        status, answered = await read(reader)
        writer.close()
        times.append((time.perf_counter() - began) * 1000)
        if status != 200:
            self.told.errors.append(f"{door} {status} {answered[:200]!r}")
            return
        self.take(json.loads(answered)["seats"])

    def take(self, seats: list[dict[str, Any]]) -> None:
        for seat in seats:
            pk = seat["seat"]
            self.told.again += pk in self.answered
            if pk not in self.known:
                self.known.add(pk)
                self.told.served.append((self.place, pk))
            if pk not in {each["seat"] for each in self.held}:
                self.held.append(seat)

    async def until(self, moment: float) -> None:
        await asyncio.sleep(max(moment - time.monotonic(), 0))


async def read(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Status and body of an answer."""
    head = await reader.readuntil(b"\r\n\r\n")
    lines = head.decode("latin-1").lower().split("\r\n")
    length = next(int(line.split(":")[1]) for line in lines if line.startswith("content-length"))
    return int(lines[0].split()[1]), await reader.readexactly(length)


async def crowd(asked: dict[str, Any]) -> Told:
    told = Told()
    until = time.monotonic() + asked["seconds"]
    people = [
        Reviewer(asked["first"] + n, cookie, asked["port"], told, random.Random(asked["seed"] * 1000 + n))
        for n, cookie in enumerate(asked["cookies"])
    ]
    for each in await asyncio.gather(*(one.work(asked["every"], until) for one in people), return_exceptions=True):
        if isinstance(each, BaseException):
            told.errors.append(repr(each))
    return told


if __name__ == "__main__":
    gc.disable()
    json.dump(asyncio.run(crowd(json.load(sys.stdin))).__dict__, sys.stdout)
