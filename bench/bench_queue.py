"""The review queue on PostgreSQL with 10⁴ and with 10⁶ pictures: 200 people at once, over HTTP, through the real web process.

    python bench/bench_queue.py [--sizes 10000 1000000] [--seconds 120] [--keep FOLDER] [--json]

Starts a PostgreSQL server of its own (`apt-get install postgresql`; the driver: `pip install 'psycopg[binary,pool]'`) and plants each
size in a database of its own. Then each of 200 signed-in reviewers asks for the next picture every 6 s, as the page does: with the
answer to the last one, and one time in ten without, as when the page is opened. Afterwards it times what the studio does at that
size behind the queue. `--keep` leaves the rows where they are for the next run. Exit 1 beyond a goal: p95 of the next picture 50 ms,
1.3 times from the least size to the most, nothing served twice, no errors.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.own_postgres import database_in, running_postgres
from bench.own_studio import ROOT, free_port, running, wait_for, web_process

GOAL_MS, GOAL_RATIO = 50.0, 1.3
CROWDS = 2  # processes that ask
ALONE = 15.0  # seconds of one person who asks again at once
WARM = 15.0  # seconds of the same before anything counts


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--sizes", type=int, nargs="+", default=[10_000, 1_000_000])
    options.add_argument("--seconds", type=float, default=120.0)
    options.add_argument("--every", type=float, default=6.0)
    options.add_argument("--keep", type=Path, help="keep server and rows in this folder, and use what is there")
    options.add_argument("--one", help=argparse.SUPPRESS)  # an address: measure the database there, in this process
    options.add_argument("--processes", type=int, default=2, help="of the web server")
    options.add_argument("--http", action="store_true", help="only what people ask, not what runs behind the queue")
    options.add_argument("--json", action="store_true")
    asked = options.parse_args()
    if asked.one:
        print(json.dumps(measured(asked)))
        return
    with tempfile.TemporaryDirectory(prefix="queue-") as folder:
        told = each_size(asked.keep or Path(folder), asked)
    print(json.dumps(told) if asked.json else "\n".join(lines_of(told)))
    sys.exit(0 if told["within it"] else 1)


def each_size(folder: Path, asked: argparse.Namespace) -> dict[str, Any]:
    found = {}
    with running_postgres(folder) as place:
        for size in asked.sizes:
            address = database_in(place, f"studio_{size}")
            command = [sys.executable, __file__, "--one", address, "--sizes", str(size)]
            command += ["--seconds", str(asked.seconds), "--every", str(asked.every)]
            command += ["--processes", str(asked.processes)]
            command += ["--http"] if asked.http else []
            var = folder / f"var_{size}"
            var.mkdir(exist_ok=True)
            environment = os.environ | {"DATABASE_URL": address, "VAR_DIR": str(var), "LOG_LEVEL": "WARNING"}
            said = subprocess.run(command, stdout=subprocess.PIPE, cwd=ROOT, env=environment, check=True)
            found[size] = json.loads(said.stdout.splitlines()[-1])
    return judged(found)


def judged(found: dict[int, dict[str, Any]]) -> dict[str, Any]:
    p95 = {size: told["next picture, ms"]["p95"] for size, told in found.items()}
    ratio = p95[max(p95)] / p95[min(p95)]
    clean = not any(told["errors"] or told["served twice"] for told in found.values())
    good = max(p95.values()) <= GOAL_MS and ratio <= GOAL_RATIO and clean
    return {"sizes": found, "ratio of p95": round(ratio, 2), "within it": good}


def lines_of(told: dict[str, Any]) -> list[str]:
    lines = []
    for size, each in told["sizes"].items():
        lines += [f"{size:,} pictures", *(f"  {name:34} {value}" for name, value in each.items())]
    return [*lines, f"ratio of p95 {told['ratio of p95']} (goal {GOAL_RATIO})", f"within it {told['within it']}"]


def measured(asked: argparse.Namespace) -> dict[str, Any]:
    """In a process whose DATABASE_URL is the size's own."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "studio.settings"
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from bench import queue_studio

    call_command("migrate", verbosity=0)
    if not Path(settings.STATIC_ROOT).exists():
        call_command("collectstatic", interactive=False, verbosity=0)
    size, seconds, every = asked.sizes[0], asked.seconds, asked.every
    planted, took = queue_studio.plant(size) if not queue_studio.is_planted() else (queue_studio.found(size), {})
    cookies = queue_studio.sessions(planted)
    port = free_port()
    with running(web_process(port, "--no-access-log", "--workers", str(asked.processes))) as (web,):
        wait_for(f"http://127.0.0.1:{port}/health")
        asked_by(port, cookies, WARM, every, 1)
        alone = asked_by(port, cookies[:1], ALONE, 0.01, 3)
        load, busy = os.getloadavg()[0], processor_seconds(web.pid)
        began = time.monotonic()
        told = asked_by(port, cookies, seconds, every, 2)
        lasted = time.monotonic() - began
        busy = (processor_seconds(web.pid) - busy) / lasted
    return {
        "planted in, s": sum(took.values()) or "before",
        "next picture, ms": percentiles(told["next"] + told["answer"]),
        "of it asked for alone": percentiles(told["next"]),
        "one person by themselves, ms": percentiles(alone["next"] + alone["answer"]),
        "a second": round((len(told["next"]) + len(told["answer"])) / lasted, 1),
        "cores that the web server took": round(busy, 2),
        "load before": round(load, 1),
        "served": len(told["served"]),
        "idle": told["idle"],
        "served twice": served_twice(told) + queue_studio.seated_twice(),
        "errors": told["errors"][:3],
        "behind it, s": {} if asked.http else behind(),
    }


def asked_by(port: int, cookies: list[str], seconds: float, every: float, seed: int) -> dict[str, Any]:
    """What the crowds tell, together."""
    program = [sys.executable, str(ROOT / "bench" / "queue_people.py")]
    share = -(-len(cookies) // CROWDS)
    crowds = []
    for first in range(0, len(cookies), share):
        asked = {"port": port, "cookies": cookies[first : first + share], "first": first, "seconds": seconds}
        crowd = subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        assert crowd.stdin
        crowd.stdin.write(json.dumps(asked | {"every": every, "seed": seed}))
        crowd.stdin.close()
        crowds.append(crowd)
    told = [json.loads(crowd.stdout.read()) for crowd in crowds if crowd.stdout]
    return {name: sum((each[name] for each in told[1:]), told[0][name]) for name in told[0]}


def served_twice(told: dict[str, Any]) -> int:
    """Seats that two people were given, and those that came again after they were answered."""
    people = Counter(seat for _, seat in told["served"])
    return sum(count > 1 for count in people.values()) + int(told["again"])


def percentiles(times: list[float]) -> dict[str, float]:
    cuts = statistics.quantiles(times, n=100, method="inclusive")
    return {
        "p50": round(cuts[49], 1),
        "p95": round(cuts[94], 1),
        "p99": round(cuts[98], 1),
        "most": round(max(times), 1),
    }


def processor_seconds(pid: int) -> float:
    """Of a process and those it started."""
    import psutil  # type: ignore[import-untyped]

    server = psutil.Process(pid)
    times = [each.cpu_times() for each in (server, *server.children(recursive=True))]
    return float(sum(each.user + each.system for each in times))


def behind() -> dict[str, float]:
    """Seconds of what runs each minute, and of the pages that count."""
    from bench.queue_studio import pages, tasks

    return {name: seconds_of(act) for name, act in (tasks() | pages()).items()}


def seconds_of(act: Callable[[], object]) -> float:
    """The lesser of two: the second is not the first to read its rows from disk."""
    taken = []
    for _ in range(2):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return round(min(taken), 3)


if __name__ == "__main__":
    main()
