"""Train the learned witness from labelled lines and write its weights.

    python -m brand_styles.rules.learned.train [--check] [FILE.jsonl ...]

The files are those of tests/brand_styles/rules: the tuning corpus, the lines written apart, and the lines written for learning; never the
held-out ones. Ridge-regularised logistic regression on binary features (features.py), each text of the same length; the sum from which it
speaks is set by five-fold cross-validation so that ALARMS of the innocent lines, unseen, are reached. `--check` writes nothing and tells
how near the shipped weights are to what these files give. About a minute of one core.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from scipy.optimize import minimize

from brand_styles.rules.learned.features import LANGUAGES, features, language_of
from brand_styles.rules.learned.witness import FOLDER, SPREAD, UNIT, topics
from brand_styles.rules.loader import load
from brand_styles.rules.text import check_text

LINES = Path(__file__).resolve().parents[3] / "tests/brand_styles/rules"
FILES = ("corpus.jsonl", "apart.jsonl", "written.jsonl")
TUNED = 0.5  # what a line of the corpus counts: the rules were written for it, and its lines are alike
RIDGE = 0.3
ALARMS = 0.02  # of the innocent lines
FOLDS = 5
KEPT = 40_000  # weights of a language
TOPIC_WORDS = 300  # of each topic, those that speak most for it

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Line:
    text: str
    names: frozenset[str]
    forbidden: bool
    counts: float
    rules: tuple[str, ...]


def main(arguments: Sequence[str]) -> int:
    files = [Path(each) for each in arguments if not each.startswith("--")] or [LINES / each for each in FILES]
    lines = [line for file in files for line in read(file)]
    for language in LANGUAGES:
        mine = [line for line in lines if language_of(line.text) == language]
        made = trained(mine) | {"lines": digest(files)}
        told = made.pop("told")
        sys.stdout.write(f"{language}: {len(mine)} lines, {len(made['words'])} weights, unseen: {told}\n")
        file = FOLDER / f"weights_{language}.json"
        if "--check" in arguments:
            same = near(json.loads(file.read_text("utf-8")), made)
            sys.stdout.write(f"{language}: {same:.4f} of the shipped weights are these\n")
        else:
            file.write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":"), sort_keys=True) + "\n", "utf-8")
    return 0


def digest(files: Sequence[Path]) -> str:
    """Twelve hex digits of the lines, which the weights keep: a test tells when they were not trained again."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def read(file: Path) -> list[Line]:
    """The lines of a file as the witness sees them, with the rules that fire."""
    out = []
    for line in map(json.loads, file.read_text("utf-8").splitlines()):
        rules = load(line["market"], line["industry"])
        text = rules.matcher.readings(line["text"])[-1].text.casefold()
        hits = check_text(rules.model_copy(update={"learned": ""}), line["text"])
        fired = tuple(hit.rule for hit in hits if hit.kind != "required" and hit.severity in ("block", "warn"))
        counts = TUNED if file.name == "corpus.jsonl" else 1.0
        out.append(Line(text, frozenset(features(text)), line["violates"], counts, fired))
    return out


def trained(lines: list[Line]) -> dict[str, Any]:
    """A language's weights as they are written."""
    fold_of = np.arange(len(lines)) * 7919 % 104_729 % FOLDS  # spread over the files, the same every time
    unseen = np.zeros(len(lines))
    for fold in range(FOLDS):
        bias, words = _fitted([line for line, at in zip(lines, fold_of, strict=True) if at != fold])
        for index in np.flatnonzero(fold_of == fold):
            unseen[index] = _sum(lines[index], bias, words)
    bias, words = _fitted(lines)
    innocent = np.array([not line.forbidden for line in lines])
    least = math.ceil(float(np.quantile(unseen[innocent], 1 - ALARMS)))
    told = {
        "recall": round(float((unseen[~innocent] >= least).mean()), 3),
        "alarms": round(float((unseen[innocent] >= least).mean()), 3),
    }
    return {"bias": bias, "least": least, "topics": _topics(lines), "told": told, "words": words}


def _sum(line: Line, bias: int, words: dict[str, int]) -> float:
    return bias + SPREAD * sum(words.get(name, 0) for name in line.names) / math.sqrt(max(1, len(line.names)))


def _fitted(lines: list[Line]) -> tuple[int, dict[str, int]]:
    """Bias and weights in UNITs: the KEPT heaviest."""
    names = sorted({name for line in lines for name in line.names})
    place = {name: index for index, name in enumerate(names)}
    rows = _matrix(lines, place)
    signs = np.array([1.0 if line.forbidden else -1.0 for line in lines])
    counts = np.array([line.counts for line in lines])

    def loss(w: Floats) -> tuple[float, Floats]:
        margin = signs * (rows @ w[:-1] + w[-1])
        pull = -signs * counts / (1 + np.exp(margin))
        value = float((counts * np.logaddexp(0, -margin)).sum() + RIDGE / 2 * (w[:-1] @ w[:-1]))
        return value, np.append(rows.T @ pull + RIDGE * w[:-1], pull.sum())

    w = minimize(loss, np.zeros(len(names) + 1), jac=True, method="L-BFGS-B", options={"maxiter": 150}).x
    whole = np.rint(w * UNIT).astype(int)
    heaviest = sorted(range(len(names)), key=lambda index: (-abs(int(whole[index])), names[index]))[:KEPT]
    return int(whole[-1]), {names[index]: int(whole[index]) for index in heaviest if whole[index]}


def _matrix(lines: list[Line], place: dict[str, int]) -> Any:
    rows = [index for index, line in enumerate(lines) for _ in line.names]
    columns = [place[name] for line in lines for name in sorted(line.names)]
    values = [SPREAD / math.sqrt(max(1, len(line.names))) for line in lines for _ in line.names]
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(lines), len(place)))


def _topics(lines: list[Line]) -> dict[str, dict[str, int]]:
    """What speaks for each topic: the log-odds, in UNITs, of features in lines whose rules are of it."""
    all_of = {rule: topic for topic, rules in topics().items() for rule in rules}
    named = [(line, {all_of[rule] for rule in line.rules if rule in all_of}) for line in lines if line.forbidden]
    everywhere = Counter(name for line, of in named if of for name in line.names)
    found: dict[str, dict[str, int]] = {}
    for topic in sorted({topic for _, of in named for topic in of}):
        within = [line for line, of in named if topic in of]
        here = Counter(name for line in within for name in line.names)
        odds = {name: _odds(count, everywhere[name], len(within), len(named)) for name, count in here.items()}
        best = sorted(odds, key=lambda name: (-odds[name] * math.log1p(here[name]), name))[:TOPIC_WORDS]
        found[topic] = {name: odds[name] for name in sorted(best)}
    return found


def _odds(here: int, everywhere: int, of: int, total: int) -> int:
    return round(UNIT * math.log(((here + 0.5) / (of + 1)) / ((everywhere - here + 0.5) / (total - of + 1))))


def near(one: dict[str, Any], other: dict[str, Any]) -> float:
    """The share of the weights, by what they weigh, that two sets have in common within one UNIT in twenty."""
    names: Iterable[str] = one["words"].keys() | other["words"].keys()
    alike = total = 0
    for name in names:
        a, b = one["words"].get(name, 0), other["words"].get(name, 0)
        total += max(abs(a), abs(b))
        alike += max(abs(a), abs(b)) if abs(a - b) <= UNIT // 20 else 0
    return alike / max(1, total)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
