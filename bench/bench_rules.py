"""Copy rules: recall and false alarms on both corpora of the tests, and time for 200 characters against every pack of a market.

    python -m bench rules [--misses]

The tuning corpus says what was learnt. The held-out one, written by somebody who had seen neither rules nor matcher and frozen before the
tuning, says what a stranger's line gets; so do the lines written apart, until somebody tunes on them. Whoever goes on tuning reads no
misses of the held-out one (`--misses` prints them of all).
"""

import json
import statistics
import sys
import time
from pathlib import Path
from typing import Any

from brand_styles.rules.loader import load
from brand_styles.rules.text import check_text
from brand_styles.rules.types import RuleSet

CORPORA = {"tuning": "corpus.jsonl", "held-out": "held_out.jsonl", "apart": "apart.jsonl"}
FOLDER = Path(__file__).resolve().parent.parent / "tests/brand_styles/rules"
TARGET_MS = 2.0
TEXTS = {
    "cn": "春季上新，轻一点走得更远。登录即领会员礼券，详见活动页；基金定投，按月投入，投资有风险，理财不保本。",
    "uk": "A quiet weekend by the sea. Free delivery on orders over £50; capital at risk, returns are not guaranteed. ",
}


def timed(rules: RuleSet, text: str, runs: int = 200) -> float:
    """Median milliseconds of processor time for 200 characters, a different text each time."""
    spent = []
    for run in range(runs):
        line = f"{run:04d}" + (text * 8)[:196]
        begun = time.process_time()
        check_text(rules, line)
        spent.append((time.process_time() - begun) * 1000)
    return statistics.median(spent)


def rates(lines: list[dict[str, Any]], *, violates: bool, tell: bool) -> float:
    """The share of lines that are blocked, or, of innocent ones, alarmed about at all."""
    kinds = {"block"} if violates else {"block", "warn"}
    chosen = [line for line in lines if line["violates"] == violates]
    hit = 0
    for line in chosen:
        hits = check_text(load(line["market"], line["industry"]), line["text"])
        found = {h.severity for h in hits if h.kind != "required"} & kinds
        hit += bool(found)
        if tell and bool(found) is not violates:
            print(("missed: " if violates else "false alarm: ") + line["text"])
    return hit / len(chosen)


def main() -> int:
    for name, file in CORPORA.items():
        lines = [json.loads(line) for line in (FOLDER / file).read_text("utf-8").splitlines()]
        tell = name == "tuning" or "--misses" in sys.argv
        recall, alarms = (rates(lines, violates=violates, tell=tell) for violates in (True, False))
        print(f"{name}: recall {recall:.4f}, false alarms {alarms:.4f} on {len(lines)} lines")
    slow = 0
    for market, text in TEXTS.items():
        ms = timed(load(market, "everything"), text)
        print(f"{market}: {ms:.2f} ms of processor for 200 characters against every pack (goal {TARGET_MS})")
        slow += ms > TARGET_MS
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
