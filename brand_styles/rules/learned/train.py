"""Train the learned witness from labelled lines and write its weights.

    python -m brand_styles.rules.learned.train [--check] [FILE.jsonl ...]

The files are those of tests/brand_styles/rules: the tuning corpus, the lines written apart, and the lines written for learning; never the
held-out ones. Ridge-regularised logistic regression on binary features (features.py), each text of the same length, and on how near
a line's meaning is to that of each other (meaning.py); the sum from which it speaks is set by cross-validation so that ALARMS of the
innocent lines, unseen, are reached, those of the tuning corpus left out: they are near misses, written against the rules' guards. A line
and its paraphrases are always unseen together. `--check` writes nothing and tells how near
the shipped weights are to what these files give. Three minutes of one core.
"""

from __future__ import annotations

import hashlib
import json
import math
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sparse
from numpy.typing import NDArray
from scipy.linalg import solve_triangular
from scipy.optimize import minimize
from scipy.sparse.csgraph import connected_components
from scipy.special import expit

from brand_styles.rules.learned.features import LANGUAGES, Language, features, language_of
from brand_styles.rules.learned.meaning import about, near_file, nearness, vectors, written
from brand_styles.rules.learned.witness import FOLDER, SPREAD, UNIT, topics
from brand_styles.rules.loader import load
from brand_styles.rules.text import check_text

LINES = Path(__file__).resolve().parents[3] / "tests/brand_styles/rules"
FILES = ("corpus.jsonl", "apart.jsonl", "written.jsonl")
TUNED = 0.5  # what a line of the corpus counts: the rules were written for it, and its lines are alike
RIDGE = 0.3
NEARNESS = 20.0  # what meaning counts for beside words
ALIKE = 0.65  # cosine of two lines from which one paraphrases the other
ALARMS = 0.02  # of the innocent lines
FOLDS = 5
TURNS = 3  # at cross-validation: which lines are left out together moves the sum by a tenth
KEPT = 40_000  # weights of a language
TOPIC_WORDS = 300  # of each topic, those that speak most for it

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Line:
    text: str  # as read, in its own case
    names: frozenset[str]
    forbidden: bool
    counts: float
    rules: tuple[str, ...]


def main(arguments: Sequence[str]) -> int:
    files = [Path(each) for each in arguments if not each.startswith("--")] or [LINES / each for each in FILES]
    lines = [line for file in files for line in read(file)]
    for language in LANGUAGES:
        mine = [line for line in lines if language_of(line.text) == language]
        made = trained(mine)
        sys.stdout.write(f"{language}: {len(mine)} lines, {len(made.table['words'])} weights, unseen: {made.told}\n")
        if "--check" in arguments:
            sys.stdout.write(
                f"{language}: {near(shipped(language), weighing(made)):.4f} of the shipped weights are these\n"
            )
        else:
            _write(language, made, digest(files))
    return 0


def _write(language: Language, made: Made, lines: str) -> None:
    text = json.dumps(made.table | {"lines": lines}, ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    (FOLDER / f"weights_{language}.json").write_text(text + "\n", "utf-8")
    np.savez_compressed(near_file(language), **made.near)


def digest(files: Sequence[Path]) -> str:
    """Twelve hex digits of the lines, which the weights keep: a test tells when they were not trained again."""
    return hashlib.sha256(b"".join(file.read_bytes() for file in files)).hexdigest()[:12]


def read(file: Path) -> list[Line]:
    """The lines of a file as the witness sees them, with the rules that fire."""
    out = []
    for line in map(json.loads, file.read_text("utf-8").splitlines()):
        rules = load(line["market"], line["industry"])
        text = rules.matcher.readings(line["text"])[-1].text
        hits = check_text(rules.model_copy(update={"learned": ""}), line["text"])
        fired = tuple(hit.rule for hit in hits if hit.kind != "required" and hit.severity in ("block", "warn"))
        counts = TUNED if file.name == "corpus.jsonl" else 1.0
        out.append(Line(text, frozenset(features(text.casefold())), line["violates"], counts, fired))
    return out


@dataclass(frozen=True)
class Made:
    """A language's weights as they are written, for words and for meanings, and what unseen lines got."""

    table: dict[str, Any]
    near: dict[str, Any]
    told: dict[str, float]


def trained(lines: list[Line]) -> Made:
    meant = vectors([line.text for line in lines])
    centre = meant.mean(axis=0)
    seen = about(meant, centre)
    alike = nearness(seen, seen).astype(np.float64)
    unseen = np.array([_unseen(lines, alike, folds(meant, turn)) for turn in range(TURNS)])
    bias, words, others = _fitted(lines, alike)
    judged = np.array([line.counts == 1.0 for line in lines])
    forbidden = np.array([line.forbidden for line in lines])
    innocent = judged & ~forbidden
    least = math.ceil(float(np.quantile(unseen[:, innocent], 1 - ALARMS)))
    told = {
        "recall": round(float((unseen[:, judged & forbidden] >= least).mean()), 3),
        "alarms": round(float((unseen[:, innocent] >= least).mean()), 3),
    }
    table = {"bias": bias, "least": least, "topics": _topics(lines), "words": words}
    return Made(table, written(centre, seen, others), told)


def _unseen(lines: list[Line], alike: Floats, fold_of: NDArray[np.int64]) -> Floats:
    """The sum of each line, by weights that were fitted without its fold."""
    sums = np.zeros(len(lines))
    for fold in range(FOLDS):
        known, asked = np.flatnonzero(fold_of != fold), np.flatnonzero(fold_of == fold)
        bias, words, others = _fitted([lines[at] for at in known], alike[np.ix_(known, known)])
        sums[asked] = alike[np.ix_(asked, known)] @ others + [_sum(lines[at], bias, words) for at in asked]
    return sums


def folds(meant: NDArray[np.float32], turn: int = 0) -> NDArray[np.int64]:
    """Which fold each line is of: lines that mean the same (single linkage from ALIKE on) are of one. Another turn deals anew."""
    count, group = connected_components((meant @ meant.T > ALIKE).astype(np.int8), directed=False)
    spread: NDArray[np.int64] = np.random.default_rng(turn).permutation(count)[group] % FOLDS
    return spread


def _sum(line: Line, bias: int, words: dict[str, int]) -> float:
    return bias + SPREAD * sum(words.get(name, 0) for name in line.names) / math.sqrt(max(1, len(line.names)))


def _fitted(lines: list[Line], alike: Floats) -> tuple[int, dict[str, int], Floats]:
    """Bias, weights of the KEPT heaviest words, and of the nearness to each line, in UNITs. `alike` (n, n) is a Gaussian kernel, so
    regression on the rows of its Cholesky factor is regression in the kernel's own space."""
    names = sorted({name for line in lines for name in line.names})
    place = {name: index for index, name in enumerate(names)}
    rows, many = _matrix(lines, place), len(names)
    root = np.linalg.cholesky(NEARNESS * alike + 1e-4 * np.eye(len(lines)))
    signs = np.array([1.0 if line.forbidden else -1.0 for line in lines])
    counts = np.array([line.counts for line in lines])

    def loss(w: Floats) -> tuple[float, Floats]:
        margin = signs * (rows @ w[:many] + root @ w[many:-1] + w[-1])
        pull = -signs * counts * expit(-margin)
        value = float((counts * np.logaddexp(0, -margin)).sum() + RIDGE / 2 * (w[:-1] @ w[:-1]))
        return value, np.concatenate((rows.T @ pull + RIDGE * w[:many], pull @ root + RIDGE * w[many:-1], [pull.sum()]))

    start = np.zeros(many + len(lines) + 1)
    w = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 300}).x
    whole = np.rint(w[:many] * UNIT).astype(int)
    heaviest = sorted(range(many), key=lambda index: (-abs(int(whole[index])), names[index]))[:KEPT]
    others = solve_triangular(root.T, w[many:-1], lower=False)
    words = {names[index]: int(whole[index]) for index in heaviest if whole[index]}
    return round(float(w[-1]) * UNIT), words, np.rint(NEARNESS * others * UNIT)


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


def weighing(made: Made) -> dict[str, int]:
    """What everything weighs, by its name: words, and lines by their number."""
    words: dict[str, int] = made.table["words"]
    return words | {f"#{at}": int(weight) for at, weight in enumerate(made.near["weights"])}


def shipped(language: Language) -> dict[str, int]:
    table = json.loads((FOLDER / f"weights_{language}.json").read_text("utf-8"))
    with np.load(near_file(language)) as data:
        return weighing(Made(table, {"weights": data["weights"]}, {}))


def near(one: dict[str, int], other: dict[str, int]) -> float:
    """The share of the weights, by what they weigh, that two sets have in common within one UNIT in twenty."""
    alike = total = 0
    for name in one.keys() | other.keys():
        a, b = one.get(name, 0), other.get(name, 0)
        total += max(abs(a), abs(b))
        alike += max(abs(a), abs(b)) if abs(a - b) <= UNIT // 20 else 0
    return alike / max(1, total)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
