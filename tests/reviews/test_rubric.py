"""The studio's rubric is whole, in both languages, and a brand can add to it but not take its keys."""

import pytest

from brand_styles.words import Words
from reviews.rubric import Defect, Dimension, studio_rubric

BEST = Words(en="Quiet", zh="静")


def test_it_asks_what_designers_score_and_marks_what_they_mark() -> None:
    rubric = studio_rubric()
    asked = {d.key for d in rubric.dimensions}
    assert {"colour_harmony", "saturation", "hue", "shape", "perspective", "layout", "brand_fit"} <= asked
    assert [d.key for d in rubric.dimensions if d.scale == "signed"] == ["saturation"]
    blocking = {d.code for d in rubric.defects if d.blocks}
    assert {"TXT_GARBLED", "SUB_PRODUCT_ALTERED", "COL_UPDOWN", "TEC_SPEC"} <= blocking
    assert "TXT_OVERLAP" not in blocking


def test_every_word_is_there_in_both_languages() -> None:
    rubric = studio_rubric()
    words = [w for d in rubric.dimensions for w in (d.name, d.low, d.high)] + [d.name for d in rubric.defects]
    assert all(w.en.strip() and w.zh.strip() and w.en != w.zh for w in words)


def test_a_brand_adds_its_own() -> None:
    own = Dimension(key="stillness", name=BEST, low=BEST, high=BEST)
    wider = studio_rubric().extended((own,), (), 1)
    assert wider.name == f"{studio_rubric().version}.1" and wider.dimension("stillness") == own
    assert wider.digest() != studio_rubric().digest()


def test_a_brand_cannot_take_a_key_that_is_taken() -> None:
    taken = Defect(code="TXT_GARBLED", group="text", name=BEST, severity="minor")
    with pytest.raises(ValueError, match="TXT_GARBLED"):
        studio_rubric().extended((), (taken,), 1)
