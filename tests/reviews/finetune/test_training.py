"""The loop: it learns, the same way every time, stops in words, and goes on where it was killed to the same weights."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from generation.engines.base import Lora  # noqa: E402
from generation.engines.diffusers_engine import DiffusersEngine  # noqa: E402
from generation.errors import Cancelled, PermanentError  # noqa: E402
from reviews.finetune import checkpoints, dpo, kto  # noqa: E402
from reviews.finetune.training import Trained, TrainingBroke, Watch, train  # noqa: E402
from tests.generation.engines import tiny  # noqa: E402
from tests.reviews.finetune import cast  # noqa: E402

ROOT = Path(__file__).resolve().parents[3]


def run(work: Path, method: str = "sft", watch: Watch | None = None, **changes: Any) -> Trained:
    measurer = cast.measurer(cast.config(method, **changes))
    return train(measurer, cast.some(method), work, watch)


def same(a: Trained, b: Trained) -> bool:
    return a.weights.keys() == b.weights.keys() and all(torch.equal(w, b.weights[n]) for n, w in a.weights.items())


@pytest.mark.parametrize("method", ["sft", "kto", "dpo"])
def test_each_method_learns_what_it_is_shown(method: str, tmp_path: Path) -> None:
    made = run(tmp_path, method, steps=10, validate_every=10)
    before, after = made.validation[0], made.validation[-1]
    assert after["loss"] < before["loss"]
    if method == "dpo":
        assert before["loss"] == pytest.approx(np.log(2)) and before["accuracy"] == 0.5 and after["accuracy"] > 0.5
    assert made.chosen_step == 10 and len(made.losses) == 10


def test_a_seed_gives_one_result_and_another_seed_another(tmp_path: Path) -> None:
    first, again = run(tmp_path / "a"), run(tmp_path / "b")
    assert same(first, again) and first.losses == again.losses and first.validation == again.validation
    assert not same(first, run(tmp_path / "c", seed=1))


def test_the_weights_that_validation_liked_best_are_the_result(tmp_path: Path) -> None:
    made = run(tmp_path, lr=1.0, steps=9, clip=1e9)  # far too fast: it gets worse and worse
    best = min((v for v in made.validation if v["step"]), key=lambda v: v["loss"])
    assert made.chosen_step == best["step"]


def test_it_stops_where_it_is_told_to_and_goes_on_to_the_same_weights(tmp_path: Path) -> None:
    def stop(done: int, steps: int, loss: float) -> None:
        if done == 3:
            raise Cancelled

    with pytest.raises(Cancelled):
        run(tmp_path / "a", watch=Watch(stop))
    resumed = run(tmp_path / "a")
    assert resumed.resumed_at == 2
    assert same(resumed, run(tmp_path / "b"))


@pytest.mark.slow  # starts a process that loads torch
def test_killed_for_real_it_goes_on_to_the_same_weights(tmp_path: Path) -> None:
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom reviews.finetune.training import Watch\n"
        "from tests.reviews.finetune.test_training import run\n"
        "def slow(done, steps, loss):\n    print(done, flush=True)\n    time.sleep(0.2 if done < 4 else 60)\n"
        "run(Path(sys.argv[1]), watch=Watch(slow))\n"
    )
    command = [sys.executable, "-c", script, str(tmp_path / "a")]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.strip() == "4":
                process.send_signal(signal.SIGKILL)
                break
        process.wait()
    assert process.returncode == -signal.SIGKILL
    resumed = run(tmp_path / "a")
    assert resumed.resumed_at == 4
    assert same(resumed, run(tmp_path / "b"))


def test_a_checkpoint_of_another_run_is_not_gone_on_with(tmp_path: Path) -> None:
    run(tmp_path)
    assert run(tmp_path, lr=1e-3).resumed_at == 0


def test_a_loss_that_is_no_number_stops_in_words_with_the_last_good_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    measurer = cast.measurer(cast.config())
    honest, seen = measurer.error, iter(range(1000))
    after = 2 * 3 + 4  # two pictures a step for three steps, four looks of validation before them

    def breaks(*args: Any) -> Any:
        return honest(*args) * (float("nan") if next(seen) >= after else 1.0)

    monkeypatch.setattr(measurer, "error", breaks)
    with pytest.raises(TrainingBroke) as broke:
        train(measurer, cast.some(), tmp_path)
    assert "step 4" not in broke.value.words.zh and "no number" in broke.value.words.en
    assert broke.value.step == 2 and broke.value.weights
    assert all(torch.isfinite(w).all() for w in broke.value.weights.values())


@pytest.mark.slow  # starts a process that loads torch
def test_a_full_disk_is_told_and_leaves_the_checkpoint_before_it(tmp_path: Path) -> None:
    run(tmp_path, steps=2)
    before = (tmp_path / checkpoints.FILE).read_bytes()
    script = (
        "import resource, signal, sys\nfrom pathlib import Path\nfrom generation.errors import PermanentError\n"
        "from tests.reviews.finetune import cast\nfrom reviews.finetune.training import train\n"
        "cast.folder()\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "m = cast.measurer(cast.config())\nresource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))\n"
        "try:\n    train(m, cast.some(), Path(sys.argv[1]))\nexcept PermanentError as e:\n    print(e.words.en)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=200
    )
    assert "The disk is full" in done.stdout, done.stderr[-2000:]
    assert [p.name for p in tmp_path.iterdir()] == [checkpoints.FILE]
    assert (tmp_path / checkpoints.FILE).read_bytes() == before


def test_samples_show_what_the_adapter_does(tmp_path: Path) -> None:
    shown: dict[int, list[Any]] = {}
    run(tmp_path, watch=Watch(on_sample=lambda step, pictures: shown.update({step: pictures})), sample_every=3)
    assert list(shown) == [3, 6]
    assert all(p.shape == (cast.SIDE, cast.SIDE, 3) for pictures in shown.values() for p in pictures)


def test_the_engine_wears_what_was_trained_and_is_as_before_without(tmp_path: Path) -> None:
    measurer = cast.measurer(cast.config(steps=12, lr=3e-2))
    made = train(measurer, cast.some(), tmp_path)
    file = measurer.adapter.save(tmp_path / "out", made.weights)
    engine = DiffusersEngine(cast.folder(), device="cpu")
    plain, dressed, again = (
        engine.diffuse([tiny.request(128, 128, strength=0.5, loras=loras)])[0] for loras in ((), (Lora(str(file)),), ())
    )
    assert np.abs(plain.rgb.astype(int) - dressed.rgb).mean() > 0.5
    assert np.array_equal(plain.rgb, again.rgb)
    assert json.loads(json.dumps(dressed.notes)) == dressed.notes


def test_the_file_holds_the_very_weights(tmp_path: Path) -> None:
    """What the engine loads answers as what was trained: compared on the same question."""
    config = cast.config()
    measurer = cast.measurer(config)
    made = train(measurer, cast.some(), tmp_path)
    measurer.adapter.load(made.weights)
    shown = cast.example(1)
    with torch.no_grad(), measurer.threads():
        trained = float(measurer.error(shown, measurer.draw("probe")))
        bare = measurer.reference(shown, measurer.draw("probe"))
    file = measurer.adapter.save(tmp_path / "out", made.weights)
    other = cast.measurer(config)
    other.adapter.detach()
    other.predictor.pipe.load_lora_weights(str(file.parent), weight_name=file.name, adapter_name="kept")
    with torch.no_grad(), other.threads():
        loaded = float(other.error(shown, other.draw("probe")))
    assert loaded == pytest.approx(trained, rel=1e-5) and trained != pytest.approx(bare, rel=1e-3)


def test_dpo_s_loss_is_the_papers() -> None:
    """By hand: beta 10, errors 1 and 3 against 2 and 2: margin −5·(−1 − 1) = 10."""
    loss, margin = dpo.loss_of(torch.tensor(1.0), torch.tensor(3.0), 2.0, 2.0, 10.0)
    assert float(margin) == pytest.approx(10) and float(loss) == pytest.approx(np.log1p(np.exp(-10)), rel=1e-3)


def test_kto_s_loss_is_the_papers_and_both_kinds_of_verdicts_weigh_alike() -> None:
    gain = kto.gained(torch.tensor(1.0), 2.0, 2.0)
    assert float(gain) == pytest.approx(1.0)
    assert float(kto.loss_of(gain, 0.5, True, 2.0)) == pytest.approx(2 * (1 - 1 / (1 + np.exp(-0.5))))
    assert float(kto.loss_of(gain, 0.5, False, 1.0)) == pytest.approx(1 - 1 / (1 + np.exp(0.5)))
    liked, disliked = kto.weights_of(cast.config("kto"), 30, 10)
    assert liked * 30 == disliked * 10 and (liked * 30 + disliked * 10) / 40 == pytest.approx(1)


def test_time_goes_on_over_an_interruption(tmp_path: Path) -> None:
    begun = time.monotonic()
    first = run(tmp_path)
    assert 0 < first.seconds <= time.monotonic() - begun
    assert run(tmp_path).seconds == first.seconds  # nothing was left to do


def test_a_disk_that_is_not_full_is_not_called_so() -> None:
    fault = OSError(5, "Input/output error")
    assert checkpoints.full_disk(fault) is fault
    assert isinstance(checkpoints.full_disk(OSError(28, "No space left on device")), PermanentError)


def test_the_learning_rate_rises_falls_to_a_tenth_and_suits_the_model_where_none_is_asked_for() -> None:
    asked = cast.config(steps=100, warmup=10, lr=1.0)
    assert asked.rate(0) == pytest.approx(0.1) and asked.rate(10) == pytest.approx(1.0)
    assert asked.rate(100) == pytest.approx(0.1)
    assert asked.settled(ours=True) == asked
    open_ = cast.config(lr=None)
    assert cast.measurer(open_).config.lr == 1e-3 and open_.settled(ours=False).lr == 1e-4
