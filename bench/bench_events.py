"""What open event streams cost the web process: `uvicorn studio.asgi:application` with a real Valkey and a signed-in person.

    python bench/bench_events.py [--streams 100] [--json]

Opens the streams, lets them listen, tells 20 times that their brief moved, and reads the process's own memory (proportional set
size where the kernel tells it) and threads. Exit 1 where the streams cost more than 150 MB together or one of them is not told.
"""

from __future__ import annotations

import argparse
import json
import socket
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.own_studio import free_port, furnish, running, wait_for, web_process

LIMIT_MB = 150.0
TELLINGS = 20
BRIEF = "version: 1\nbrand: demo\nprompt: 红包\ncopy: {headline: 会员狂欢日}\nformats: [200x200]\nseed: 7\n"


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--streams", type=int, default=100)
    options.add_argument("--json", action="store_true")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="events-") as folder:
        told = measured(Path(folder), asked.streams)
    print(json.dumps(told) if asked.json else "\n".join(f"{name:28} {value}" for name, value in told.items()))
    sys.exit(0 if told["within it"] else 1)


def measured(var: Path, streams: int) -> dict[str, Any]:
    brief = furnish(var, BRIEF)
    from django.test import Client

    from studio.supervision import _broker

    client = Client()
    client.force_login(brief.owner, backend="django.contrib.auth.backends.ModelBackend")
    (var / "run").mkdir(exist_ok=True)
    port = free_port()
    broker = [*_broker(var / "run" / "broker.sock"), "--loglevel", "warning"]
    with running(broker, web_process(port, "--timeout-graceful-shutdown", "1")) as (_, web):
        return watched(web.pid, port, brief.pk, client.cookies["sessionid"].value, streams)


def watched(pid: int, port: int, brief_id: int, cookie: str, streams: int) -> dict[str, Any]:
    from generation import events

    page = f"http://127.0.0.1:{port}/briefs/{brief_id}"
    wait_for(f"http://127.0.0.1:{port}/health")
    for _ in range(5):  # templates and translations are loaded before anything is counted
        urllib.request.urlopen(
            urllib.request.Request(page, headers={"Cookie": f"sessionid={cookie}"}), timeout=30
        ).read()
    before, threads, seconds = memory_mb(pid), count_threads(pid), processor_seconds(pid)
    links = [opened(port, brief_id, cookie) for _ in range(streams)]
    heard = [link_hears(link, b"event: listen") for link in links]
    opening = processor_seconds(pid) - seconds
    seconds = processor_seconds(pid)
    for _ in range(TELLINGS):
        events.moved([brief_id])
        time.sleep(0.3)
    heard += [link_hears(link, b"event: moved") for link in links]
    cost = memory_mb(pid) - before
    return {
        "streams": streams,
        "told": f"{sum(heard)} of {2 * streams}",
        "before, MB": round(before, 1),
        "cost of all streams, MB": round(cost, 1),
        "limit, MB": LIMIT_MB,
        "threads more": count_threads(pid) - threads,
        "CPU s to open": round(opening, 2),
        "CPU ms a stream and event": round(1000 * (processor_seconds(pid) - seconds) / (TELLINGS * streams), 3),
        "within it": cost <= LIMIT_MB and all(heard),
    }


def opened(port: int, brief_id: int, cookie: str) -> socket.socket:
    link = socket.create_connection(("127.0.0.1", port), timeout=10)
    link.sendall(
        f"GET /briefs/{brief_id}/events HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: sessionid={cookie}\r\n\r\n".encode()
    )
    return link


def link_hears(link: socket.socket, words: bytes) -> bool:
    said = b""
    try:
        while words not in said:
            part = link.recv(65536)
            if not part:
                return False
            said += part
    except TimeoutError:
        return False
    return True


def memory_mb(pid: int) -> float:
    import psutil  # type: ignore[import-untyped]

    found = psutil.Process(pid).memory_full_info()
    return float(getattr(found, "pss", 0) or found.rss) / 1e6


def count_threads(pid: int) -> int:
    import psutil

    return int(psutil.Process(pid).num_threads())


def processor_seconds(pid: int) -> float:
    import psutil

    times = psutil.Process(pid).cpu_times()
    return float(times.user + times.system)


if __name__ == "__main__":
    main()
