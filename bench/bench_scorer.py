"""Which kind of model learns a taste from few labels: the scorer's forests, lines, boosted trees, a kernel; and its calibration.

    python -m bench scorer

The pictures, vectors and reviewers of `python -m bench acquisition`, which makes them; here nothing is made. AUC against the taste itself
on a third of the briefs; Brier score and calibration error of the scorer's own probabilities; its AUC on shuffled labels beside it.
"""

import os
import sys
from collections import defaultdict
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

LABELS, SEEDS = (60, 120), 3
Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Rank = Callable[[Floats, Bools, Floats], Floats]  # inputs, answers, unseen inputs -> higher is likelier


def lines(inputs: Floats, said: Bools, unseen: Floats) -> Floats:
    """Logistic regression, its penalty chosen on folds."""
    from sklearn.linear_model import LogisticRegressionCV

    model = LogisticRegressionCV(
        Cs=[3e-4, 1e-3, 3e-3, 1e-2, 3e-2, 1e-1],
        cv=4,
        scoring="neg_log_loss",
        max_iter=400,
        tol=1e-3,
        l1_ratios=(0.0,),
        use_legacy_attributes=False,
    )
    return np.asarray(model.fit(inputs, said).decision_function(unseen))


def bent_lines(inputs: Floats, said: Bools, unseen: Floats) -> Floats:
    """The same with each number's square beside it."""
    return lines(np.hstack([inputs, inputs**2]), said, np.hstack([unseen, unseen**2]))


def kernel(inputs: Floats, said: Bools, unseen: Floats) -> Floats:
    from sklearn.svm import SVC

    scale = np.sqrt(inputs.shape[1])
    return np.asarray(SVC(C=3, gamma=0.5).fit(inputs / scale, said).decision_function(unseen / scale))


def boosted(inputs: Floats, said: Bools, unseen: Floats) -> Floats:
    from sklearn.ensemble import HistGradientBoostingClassifier

    model = HistGradientBoostingClassifier(max_iter=60, max_leaf_nodes=4, min_samples_leaf=8, random_state=0)
    return np.asarray(model.fit(inputs, said).predict_proba(unseen)[:, 1])


OTHERS: dict[str, Rank] = {"lines": lines, "lines and squares": bent_lines, "kernel": kernel, "boosted trees": boosted}


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")
    import django

    django.setup()
    from bench.taste_data import FOLDER, LEAST, described

    if len(list(FOLDER.glob("*.png"))) < LEAST:
        print("There are no pictures yet: python -m bench acquisition makes them.")
        return 1
    data = described()
    print(f"{len(data)} pictures of {len(set(data.briefs.tolist()))} briefs, {SEEDS} seeds.\n")
    for count in LABELS:
        _table(data, count)
    return 0


def _table(data: object, count: int) -> None:
    from bench.tastes import TASTES

    rows: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for taste in TASTES:
        for seed in range(SEEDS):
            for name, value in _measured(data, taste, count, seed).items():
                rows[name][taste.name].append(value)
    print(f"| {count} labels | {' | '.join(taste.name for taste in TASTES)} | mean |")
    print("| --- |" + " --- |" * (len(TASTES) + 1))
    for name, found in rows.items():
        means = [float(np.mean(found[taste.name])) for taste in TASTES]
        print(f"| {name} | {' | '.join(f'{m:.3f}' for m in means)} | {np.mean(means):.3f} |", flush=True)
    print()


def _measured(data: object, taste: object, count: int, seed: int) -> dict[str, float]:
    from bench.taste_data import Data, split
    from bench.tastes import Taste, answers
    from reviews.learning.measuring import auc, brier, ece
    from reviews.learning.scorer import Labels, fit
    from reviews.learning.spaces import fit_space

    assert isinstance(data, Data) and isinstance(taste, Taste)
    rng = np.random.default_rng(seed)
    worth = taste.usable(data.columns)
    said = answers(worth, rng)
    pool, held = split(data.briefs, seed)
    rows = rng.permutation(pool)[:count]
    truth = worth[held].astype(np.float64)
    space = fit_space(data.vectors[pool], data.named)
    inputs = space(data.vectors)
    inputs = inputs[:, inputs.std(axis=0) > 0]
    labels = Labels(data.vectors[rows], said[rows], data.briefs[rows])
    likely = fit(labels, space, seed=seed, dimensions=False)(data.vectors[held]).usable
    mixed = Labels(labels.vectors, rng.permutation(labels.usable), labels.briefs)
    lost = fit(mixed, space, seed=seed, dimensions=False)(data.vectors[held]).usable
    found = {"forests (the scorer)": auc(truth, likely)}
    found |= {name: auc(truth, rank(inputs[rows], said[rows], inputs[held])) for name, rank in OTHERS.items()}
    found |= {"the scorer, labels shuffled": auc(truth, lost)}
    found |= {"the scorer's Brier score": brier(truth, likely), "its calibration error": ece(truth, likely)}
    return {name: value if value is not None else 0.5 for name, value in found.items()}


if __name__ == "__main__":
    sys.exit(main())
