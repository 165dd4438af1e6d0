"""Kill -9 of any process at 20 random moments: each submitted asset is finished, none twice, no half file stays."""

import hashlib
import json
import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

import psutil  # type: ignore[import-untyped]
import pytest

from tests.studio.running import RunningStudio, Visitor, wait_for

KILLS = 20
BRIEFS = 4
FORMATS = 10
SEED = 20261121


@pytest.fixture
def studio() -> Iterator[RunningStudio]:
    studio = RunningStudio(QUICK_PAUSE="0.08", JOB_ATTEMPTS="100")
    try:
        studio.start()
        yield studio
    finally:
        studio.stop()
        studio.remove()


def rows(studio: RunningStudio, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(f"file:{studio.database}?mode=ro", uri=True, timeout=30)) as connection:
        return connection.execute(query).fetchall()


def submit(studio: RunningStudio, visitor: Visitor, number: int) -> None:
    sizes = [f"{200 + 8 * n}x{160 + 8 * number}" for n in range(FORMATS)]
    brief = {"brand": "demo", "copy": {"headline": f"第{number}场会员日"}, "formats": sizes, "seed": number}

    def sent() -> bool:
        visitor.sign_in()
        return "/briefs/" in visitor.post(
            "/briefs/new", {"tab": "yaml", "source": json.dumps(brief, ensure_ascii=False)}
        )

    wait_for(sent)


def kill_one(studio: RunningStudio, chance: random.Random) -> str:
    """Kill a random process of the studio; start it again where it was the first one, as a person would."""
    victim = chance.choice(studio.processes())
    name = " ".join(victim.cmdline()[1:6])
    victim.kill()
    if studio.process and victim.pid == studio.process.pid:
        studio.process.wait()
        time.sleep(1)
        studio.start()
    return name


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_each_asset_is_finished_once_whatever_is_killed(studio: RunningStudio) -> None:
    chance = random.Random(SEED)
    studio.wait_until_ready()
    visitor = Visitor(studio)
    killed = []
    for moment in range(KILLS):
        if moment % (KILLS // BRIEFS) == 0:
            submit(studio, visitor, moment)
        time.sleep(chance.uniform(0.2, 4.0))
        try:
            killed.append(kill_one(studio, chance))
        except psutil.NoSuchProcess:
            killed.append("gone by itself")
    wait_for(
        lambda: rows(studio, "SELECT 1 WHERE NOT EXISTS (SELECT 1 FROM generation_job WHERE status != 'finished')"), 300
    )

    jobs = rows(studio, "SELECT id FROM generation_job ORDER BY id")
    assets = rows(studio, "SELECT job_id, file, thumbnail, sha256 FROM generation_asset ORDER BY job_id")
    assert len(jobs) >= BRIEFS * FORMATS, killed
    assert [a[0] for a in assets] == [j[0] for j in jobs], killed
    for _, file, _, sha256 in assets:
        assert hashlib.sha256((studio.var / "files" / file).read_bytes()).hexdigest() == sha256
    kept = {
        str(p.relative_to(studio.var / "files")) for p in (studio.var / "files" / "assets").rglob("*") if p.is_file()
    }
    assert kept == {name for _, file, thumbnail, _ in assets for name in (file, thumbnail)}, killed
