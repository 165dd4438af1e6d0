"""Copy rules: recall and false alarms on the corpora of the tests, and time for 200 characters: against every pack of a market, and of the
learned witness, which is heard only where no rule speaks, where nobody has asked before.

    python -m bench rules
    PYTHONPATH=. python bench/bench_rules.py --misses

The tuning corpus and the lines written apart say what was learnt: rules were tuned on both, and the learned witness was trained on them.
The held-out lines, written by somebody who had seen neither rules nor matcher and frozen before, say what a stranger's line gets.
Whoever goes on tuning reads no misses of theirs: `--misses` prints those of the others.
"""

import json
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from brand_styles.rules.learned.witness import testimony
from brand_styles.rules.loader import load
from brand_styles.rules.text import check_text

CORPORA = {"tuning": "corpus.jsonl", "apart": "apart.jsonl", "held-out": "held_out.jsonl"}
FOLDER = Path(__file__).resolve().parent.parent / "tests/brand_styles/rules"
TARGET_MS = 2.0


def timed(asked: Callable[[str], object], texts: list[str]) -> list[float]:
    """Milliseconds of processor time for each text, rising; every one is new to what is asked."""
    spent = []
    for text in texts:
        begun = time.process_time()
        asked(text)
        spent.append((time.process_time() - begun) * 1000)
    return sorted(spent)


def told(what: str, spent: list[float], goal: str = "") -> float:
    """The median, printed with what one in twenty takes."""
    middle = statistics.median(spent)
    print(
        f"{what}: {middle:.2f} ms of processor for 200 characters, {spent[int(0.95 * len(spent))]:.2f} for one in twenty{goal}"
    )
    return middle


def texts(lines: list[dict[str, Any]], language: str) -> list[str]:
    """Copy of 200 characters each: innocent lines of the corpora, one after the other."""
    said = " ".join(line["text"] for line in lines if line["lang"] == language and not line["violates"])
    return [said[at : at + 200] for at in range(0, len(said) - 200, 200)]


def rates(lines: list[dict[str, Any]], *, tell: bool) -> dict[str, float]:
    """Of the violating lines the share that is caught (blocked or warned of) and blocked; of the innocent ones, alarmed about."""
    found = {"caught": 0, "blocked": 0, "alarms": 0}
    for line in lines:
        hits = check_text(load(line["market"], line["industry"]), line["text"])
        said = {h.severity for h in hits if h.kind != "required"} & {"block", "warn"}
        found["alarms" if not line["violates"] else "caught"] += bool(said)
        found["blocked"] += line["violates"] and "block" in said
        if tell and bool(said) is not line["violates"]:
            print(("missed: " if line["violates"] else "false alarm: ") + line["text"])
    bad = sum(line["violates"] for line in lines)
    return {name: count / (len(lines) - bad if name == "alarms" else bad) for name, count in found.items()}


def main() -> int:
    read = {
        name: [json.loads(line) for line in (FOLDER / file).read_text("utf-8").splitlines()]
        for name, file in CORPORA.items()
    }
    for name, lines in read.items():
        for language in ("zh", "en"):
            shares = rates(
                [line for line in lines if line["lang"] == language], tell="--misses" in sys.argv and name != "held-out"
            )
            print(f"{name}, {language}: " + ", ".join(f"{each} {share:.3f}" for each, share in shares.items()))
    slow = 0
    for market, language in (("cn", "zh"), ("uk", "en")):
        rules = load(market, "everything").model_copy(update={"learned": ""})
        copy = texts(read["tuning"] + read["apart"], language)
        check_text(rules, copy[-1])
        spent = timed(partial(check_text, rules), copy[:-1])
        slow += told(f"{market}, all packs", spent, f" (goal {TARGET_MS})") > TARGET_MS
        said = [rules.matcher.readings(text)[-1].text for text in copy]
        testimony(said[-1])
        told(f"{market}, the witness where no rule speaks", timed(testimony, said[:-1]))
    return 1 if slow else 0


if __name__ == "__main__":
    sys.exit(main())
