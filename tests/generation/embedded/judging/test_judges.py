"""Judges that are really trained, for seconds, on shapes that a child could tell apart."""

from pathlib import Path

import numpy as np
import pytest
import torch

from generation.embedded.judging import examples as ex
from generation.embedded.judging.ceilings import calibrate, ceilings
from generation.embedded.judging.judge import Judges, box_of
from generation.embedded.judging.nets import HeroNet, KindNet
from generation.embedded.judging.statistics import Figure
from generation.embedded.judging.training import Schooling, train_hero, train_kinds
from generation.layout.geometry import Rect

CROSS, DISC = "gift-box", "coin"  # two kinds' names for two shapes


def drawn(seed: int, kind: str) -> ex.Example:
    """A cross or a disc, light or dark, somewhere on a plain ground."""
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0:160, 0:160]
    cy, cx, r = rng.integers(45, 115), rng.integers(45, 115), rng.integers(25, 40)
    disc = np.hypot(x - cx, y - cy) < r
    cross = ((abs(x - cx) < r / 3) | (abs(y - cy) < r / 3)) & (abs(x - cx) < r) & (abs(y - cy) < r)
    shape = disc if kind == DISC else cross
    light, ground = rng.integers(150, 256, 3), rng.integers(0, 90, 3)
    picture = np.where(shape[..., None], light, ground).astype(np.uint8)
    boxes = {1: Rect(float(cx - r), float(cy - r), float(cx + r), float(cy + r))}
    return ex.example_of(picture, shape.astype(np.uint8), boxes, {1: kind}, 1)


@pytest.fixture(scope="module")
def school(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A work folder with 60 scenes, a fifth of them held out, and both judges trained on the rest: longer on a slow machine."""
    torch.set_num_threads(1)
    work = tmp_path_factory.mktemp("judging")
    (work / "examples").mkdir()
    for n in range(60):
        ex.write(work / "examples" / f"own-{n:06d}.npz", drawn(n, (CROSS, DISC)[n // 2 % 2]))
    silent: list[str] = []
    for minutes in (0.05, 0.1, 0.2, 0.4):
        assert train_kinds(Schooling(work, minutes, 12, 3e-3, tell=silent.append))
        assert train_hero(Schooling(work, 1.4 * minutes, 4, 3e-3, tell=silent.append))
        known = learned(work)
        if min(known["hero seen, top-1"].value, known["hero found (IoU ≥ 0.6)"].value) >= 0.9:
            break
    return work


def learned(school: Path) -> dict[str, Figure]:
    """What the judges make of the scenes held out."""
    return ceilings(Judges.load(school), school / "examples")["own"]


def test_trained_judges_know_shape_and_place_of_scenes_they_never_saw(school: Path) -> None:
    row = learned(school)
    assert row["hero seen, top-1"].count == 12
    assert row["hero seen, top-1"].value >= 0.8
    assert row["hero found (IoU ≥ 0.6)"].value >= 0.7
    untaught = ceilings(Judges.of(KindNet(len(ex.all_kinds())), HeroNet()), school / "examples")["own"]
    assert untaught["hero seen, top-1"].value < 0.5 and untaught["hero found (IoU ≥ 0.6)"].value < 0.5


def test_a_judge_says_what_is_in_a_box_of_a_picture(school: Path) -> None:
    judges = Judges.load(school)
    example = drawn(1000, DISC)
    truth = box_of(example.mask.astype(np.float32) / np.float32(255), 128, 128)
    found = judges.boxes([example.whole])[0]
    assert truth is not None and found is not None and found.iou(truth) > 0.6
    seen = judges.seen([example.whole, example.whole], [truth, None])
    assert seen[0, judges.labels.of(DISC)] > seen[0, judges.labels.of(CROSS)]
    assert not seen[1].any()


def test_features_are_standardised_and_part_what_differs(school: Path) -> None:
    judges = Judges.load(school)
    calibrate(judges, school / "examples")
    known = judges.features(np.stack([drawn(n, (CROSS, DISC)[n // 2 % 2]).whole for n in range(60)]))
    assert abs(known.mean()) < 0.3 and 0.6 < known.std() < 1.5
    wholes = np.stack([drawn(n, (CROSS, DISC)[n % 2]).whole for n in range(100, 140)])
    features = judges.features(wholes)
    crosses, again, discs = (features[n::4].mean(axis=0) for n in (0, 2, 1))
    assert np.linalg.norm(crosses - discs) > np.linalg.norm(crosses - again)
    judges.write(school)
    assert Judges.load(school).features(wholes) == pytest.approx(features, abs=1e-5)


def test_training_goes_on_where_it_was_stopped(school: Path, tmp_path: Path) -> None:
    (tmp_path / "examples").symlink_to(school / "examples")
    calls = iter(range(100))
    stopped = Schooling(tmp_path, 0.02, 4, 1e-3, until=lambda: next(calls) >= 2, tell=lambda _: None)
    assert not train_kinds(stopped)
    before = torch.load(tmp_path / "kinds.pt", weights_only=True)
    assert before["step"] == 2 and 0 < before["cpu"] < 1.2
    assert train_kinds(Schooling(tmp_path, 0.02, 4, 1e-3, tell=lambda _: None))
    after = torch.load(tmp_path / "kinds.pt", weights_only=True)
    assert after["step"] > 2 and after["cpu"] >= 1.2


def test_untrained_judges_are_missed_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="stage `judges`"):
        Judges.load(tmp_path)
    with pytest.raises(FileNotFoundError, match="stage `examples`"):
        train_kinds(Schooling(tmp_path, 0.01, 4, 1e-3))


def test_the_box_of_a_mask_is_that_of_its_largest_part() -> None:
    cover = np.zeros((64, 64), np.float32)
    cover[10:30, 20:50] = 1
    cover[50:53, 2:5] = 1
    box = box_of(cover, 256, 448)
    assert box is not None
    assert box.as_list() == pytest.approx([80, 70, 200, 210], abs=4)
    assert box_of(np.zeros((64, 64), np.float32), 10, 10) is None
