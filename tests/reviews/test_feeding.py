"""Which complaint teaches whom: every row of the rubric has its place, and the docs show the same table."""

from pathlib import Path

from reviews.feeding import CODES, DIMENSIONS, GROUPS, Fed, as_table, blamed, concerns, of_defect
from reviews.rubric import studio_rubric

DOCS = Path(__file__).resolve().parents[2] / "docs" / "finetuning.md"
RUBRIC = studio_rubric()


def test_the_docs_show_the_table() -> None:
    assert as_table() in DOCS.read_text(encoding="utf-8")


def test_each_dimension_and_group_of_the_rubric_has_its_row_and_no_row_is_left_over() -> None:
    assert set(DIMENSIONS) == {d.key for d in RUBRIC.dimensions}
    assert set(GROUPS) == {d.group for d in RUBRIC.defects}
    assert set(CODES) <= {d.code for d in RUBRIC.defects}


def test_type_layout_and_files_never_reach_the_adapter() -> None:
    never = [d.code for d in RUBRIC.defects if d.group in ("text", "technical", "video")]
    assert [code for code in never if Fed.ADAPTER in of_defect(code)] == ["TXT_PIXEL_BAKED"]
    assert not any(Fed.ADAPTER in DIMENSIONS[key] for key in ("layout", "legibility"))


def _complaints(scores: dict[str, int], *codes: str) -> bool:
    found = blamed(scores, [{"code": code, "severity": "major"} for code in codes], RUBRIC)
    return concerns(Fed.ADAPTER, found)


def test_a_review_teaches_the_adapter_by_what_it_complains_of() -> None:
    assert _complaints({})
    assert _complaints({}, "TXT_OVERLAP", "ANA_HAND")
    assert not _complaints({}, "TXT_OVERLAP", "TEC_SPEC")
    assert not _complaints({"layout": 2, "hue": 4})
    assert _complaints({"layout": 2, "hue": 2})
    assert _complaints({"saturation": 5})
    assert not _complaints({"saturation": 4, "legibility": 1})


def test_a_brands_own_defect_follows_its_group_and_a_dimension_of_its_own_teaches_nobody() -> None:
    rubric = RUBRIC.extended(
        (RUBRIC.dimensions[0].model_copy(update={"key": "own"}),),
        (RUBRIC.defects[-1].model_copy(update={"code": "OWN_FACE", "group": "anatomy"}),),
        1,
    )
    assert Fed.ADAPTER in of_defect("OWN_FACE", rubric)
    assert not concerns(Fed.ADAPTER, blamed({"own": 1}, [], rubric))
