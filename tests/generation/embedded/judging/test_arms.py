"""What each arm asks of the engine, on briefs that are what they say; and one brief through all of it with the weights that ship."""

import json
from pathlib import Path

import numpy as np
import pytest

from generation.embedded.judging import arms, briefs
from generation.embedded.judging.briefs import Asked

SEED = 910_000


@pytest.fixture(scope="module")
def brief() -> briefs.HeldOut:
    return briefs.held_out(SEED, 160 * 160)


def test_canvases_have_the_shape_and_about_the_area() -> None:
    assert briefs.canvas(9, 16, 256 * 448) == (256, 448)
    assert briefs.canvas(1, 1, 256 * 448) == (352, 352)
    assert briefs.canvas(16, 9, 384 * 672) == (672, 384)


def test_a_brief_is_asked_for_in_words_box_and_colours(brief: briefs.HeldOut) -> None:
    asked = brief.asked()
    assert asked is not None
    hero = next(o for o in brief.graph.objects if o.id == brief.graph.subject_id)
    assert asked.kind == hero.kind
    inside = brief.blockout.subject_mask
    rows, columns = np.flatnonzero(inside.any(axis=1)), np.flatnonzero(inside.any(axis=0))
    assert asked.box.as_list() == pytest.approx([columns[0], rows[0], columns[-1] + 1, rows[-1] + 1], abs=1.5)
    assert asked.prompt.split(", ")[0] and asked.palette == brief.graph.palette
    assert Asked.of(json.loads(json.dumps(asked.as_dict()))) == asked


def test_arms_differ_in_strength_zones_and_control(brief: briefs.HeldOut) -> None:
    requests = {arm: arms.request_of(arm, brief, 1) for arm in arms.ARMS[1:]}
    assert requests[arms.DEFAULT].strength is None
    assert [requests[a].strength for a in (arms.NOISE, arms.FREE, arms.WORDS)] == [1.0, 1.0, 1.0]
    assert requests[arms.NOISE].text_zones == brief.layout.text_zones != ()
    assert requests[arms.FREE].text_zones == requests[arms.WORDS].text_zones == ()
    scales = [requests[a].controlnet_conditioning_scale for a in (arms.NOISE, arms.FREE, arms.WORDS)]
    assert scales == [1.0, 1.0, 0.0]


def test_other_scenes_of_a_brief_have_its_words_and_canvas(brief: briefs.HeldOut) -> None:
    again = list(briefs.others(brief, 2))
    assert {a.prompt for a in again} == {brief.prompt}
    assert {a.layout.format for a in again} == {brief.layout.format}
    assert len({a.graph.objects[0].seed for a in (brief, *again)}) == 3


@pytest.mark.slow
@pytest.mark.timeout(900)
def test_one_brief_through_every_stage(tmp_path: Path) -> None:
    """With the weights that ship: all arms, seeds, a blind pair and the report. The judges are hardly trained."""
    from generation.embedded.judging.run import Judging, run

    told: list[str] = []
    judging = Judging(
        tmp_path, tmp_path / "none", count=2, seeds=1, blind_pairs=1, own_examples=10, portraits=10, minutes=0.1, area=160 * 160,
        first_seed=SEED, tell=told.append,
    )  # fmt: skip
    assert run(judging)
    report = json.loads((judging.out / "report.json").read_text("utf-8"))
    rows = report["rows"]
    busy = rows["gradient energy in text zones, of the words alone"]
    assert busy[arms.WORDS]["value"] == 1 and busy[arms.WORDS]["count"] == 2
    spread = rows["diversity of 8 seeds, of the renderer's own"]
    assert spread[arms.RESTAGED]["value"] == 1
    assert spread[arms.DEFAULT]["value"] < 0.2  # the blockout decides, and noise is left out by the card
    assert spread[arms.WORDS]["value"] > spread[arms.DEFAULT]["value"]
    assert "KID" in report["left out"]
    assert 0.5 < report["worth"]["MS-SSIM of shipped picture and blockout outside text zones"]["value"] < 1
    key = json.loads((judging.out / "blind-key.json").read_text("utf-8"))
    assert list(key) == ["001"] and (judging.out / "blind" / "001.jpg").exists()
    assert "| hero seen in its box, top-1 |" in (judging.out / "report.md").read_text("utf-8")
    told.clear()
    assert run(judging, ("examples", "judges", "pictures", "seeds", "pairs"))
    assert not [line for line in told if line.startswith(("pictures: 1", "seeds: 1", "pairs: 1"))]  # all was there
