"""Copy rules: recall and false alarms on the corpus of the tests, and time for 200 characters against every pack of a market.

The corpus tuned the packs, so its figures say what was learnt, not what a stranger's line would get.
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

CORPUS = Path(__file__).resolve().parent.parent / "tests/brand_styles/rules/corpus.jsonl"
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


def rates(lines: list[dict[str, Any]], *, violates: bool) -> float:
    """The share of lines that are blocked, or, of innocent ones, alarmed about at all."""
    kinds = {"block"} if violates else {"block", "warn"}
    chosen = [line for line in lines if line["violates"] == violates]
    hit = 0
    for line in chosen:
        hits = check_text(load(line["market"], line["industry"]), line["text"])
        found = {h.severity for h in hits if h.kind != "required"} & kinds
        hit += bool(found)
        if bool(found) is not violates:
            print(("missed: " if violates else "false alarm: ") + line["text"])
    return hit / len(chosen)


def main() -> int:
    lines = [json.loads(line) for line in CORPUS.read_text("utf-8").splitlines()]
    print(
        f"recall {rates(lines, violates=True):.4f}, false alarms {rates(lines, violates=False):.4f} on {len(lines)} lines"
    )
    slow = 0
    for market, text in TEXTS.items():
        ms = timed(load(market, "everything"), text)
        print(f"{market}: {ms:.2f} ms of processor for 200 characters against every pack (goal {TARGET_MS})")
        slow += ms > TARGET_MS
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
