from pathlib import Path

import numpy as np
import pytest

from generation.embedded.judging.labels import coarser, plain


def shares_and_truth() -> tuple[np.ndarray, np.ndarray]:
    """Of four kinds the judge takes 0 and 1 for each other half of the time, and always knows 2 and 3."""
    rows, truth = [], []
    for n in range(40):
        kind = n % 4
        row = np.full(4, 0.05, np.float32)
        row[kind if kind > 1 else (n // 4) % 2] = 0.8
        rows.append(row)
        truth.append(kind)
    return np.stack(rows), np.array(truth)


def test_kinds_that_are_taken_for_each_other_become_one_label() -> None:
    labels = coarser(("a", "b", "c", "d"), *shares_and_truth())
    assert labels.merged == [["a", "b"]]
    assert labels.count == 3
    assert labels.of("a") == labels.of("b") != labels.of("c")


def test_a_label_has_the_probability_of_all_its_kinds() -> None:
    shares, truth = shares_and_truth()
    labels = coarser(("a", "b", "c", "d"), shares, truth)
    summed = labels.summed(shares)
    assert summed.sum(axis=1) == pytest.approx(shares.sum(axis=1))
    assert summed[:, labels.of("a")] == pytest.approx(shares[:, 0] + shares[:, 1])


def test_a_chain_of_likenesses_is_not_one_label() -> None:
    """b is like a and like c, but a and c are well apart: only one pair is merged."""
    rows, truth = [], []
    for n in range(60):
        kind, even = n % 3, (n // 3) % 2
        row = np.zeros(3, np.float32)
        row[{0: (0, 1), 1: (0, 2), 2: (2, 1)}[kind][even]] = 0.6
        row += 0.3 * (np.arange(3) == kind)
        rows.append(row)
        truth.append(kind)
    labels = coarser(("a", "b", "c"), np.stack(rows), np.array(truth))
    assert labels.of("a") != labels.of("c")


def test_too_few_crops_decide_nothing() -> None:
    shares, truth = shares_and_truth()
    assert coarser(("a", "b", "c", "d"), shares[:5], truth[:5]).count == 4


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(KeyError, match="z"):
        plain(("a", "b")).of("z")


def test_labels_are_kept(tmp_path: Path) -> None:
    labels = coarser(("a", "b", "c", "d"), *shares_and_truth())
    labels.write(tmp_path / "labels.json")
    assert type(labels).read(tmp_path / "labels.json") == labels
