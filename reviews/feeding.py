"""Which dimension and which defect teaches which learner: the one table, from which docs/finetuning.md is rendered.

A learner learns only from what it can change. The adapter draws the scene, so type and layout never reach it; the scene prior chooses
what is staged; the layout's taste weighs places and type styles. What none of them can change (a wrong number, a file of the wrong
size) teaches nobody: it is preflight's, or a person's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import Any

from reviews.rubric import LEAST, MOST, RIGHT, Rubric, studio_rubric


class Fed(StrEnum):
    """Who may learn."""

    ADAPTER = "adapter"
    SCENE_PRIOR = "scene_prior"
    LAYOUT_TASTE = "layout_taste"


A, S, L = Fed.ADAPTER, Fed.SCENE_PRIOR, Fed.LAYOUT_TASTE
Learners = frozenset[Fed]


def _to(*learners: Fed) -> Learners:
    return frozenset(learners)


DIMENSIONS: Mapping[str, Learners] = {
    "colour_harmony": _to(A, S),
    "saturation": _to(A, S),
    "hue": _to(A, S),
    "shape": _to(A),
    "perspective": _to(A, S),
    "layout": _to(L),
    "legibility": _to(L),
    "concept_fit": _to(A, S),
    "brand_fit": _to(A, S, L),
    "appeal": _to(A, S, L),
}
# By group of the rubric, also for what a brand adds to one.
GROUPS: Mapping[str, Learners] = {
    "text": _to(),
    "subject": _to(A, S),
    "anatomy": _to(A),
    "physics": _to(A, S),
    "colour": _to(A, S),
    "technical": _to(),
    "video": _to(),
}
# Single codes that differ from their group.
CODES: Mapping[str, Learners] = {
    "TXT_OVERLAP": _to(L),
    "TXT_SAFE_AREA": _to(L),
    "TXT_PIXEL_BAKED": _to(A),  # no type of ours: the model drew it
    "SUB_INDISTINCT": _to(A, S, L),
    "SUB_SHAPE_HALLUC": _to(A),
    "SUB_PRODUCT_ALTERED": _to(A),
    "SUB_WRONG_SENSE": _to(S),
    "SUB_MISSING": _to(S),
    "PHY_REPEAT": _to(A),
    "PHY_MERGE": _to(A),
    "COL_UPDOWN": _to(S),
    "COL_MOURNING": _to(S),
}


def of_dimension(key: str) -> Learners:
    """Who learns from this dimension; a brand's own ones teach nobody until they have a row here."""
    return DIMENSIONS.get(key, _to())


def of_defect(code: str, rubric: Rubric | None = None) -> Learners:
    """Who learns from this defect, by its code or else by its group in `rubric` (the studio's where none is given)."""
    if code in CODES:
        return CODES[code]
    defect = (rubric or studio_rubric()).defect(code)
    return GROUPS.get(defect.group, _to()) if defect else _to()


def blamed(scores: Mapping[str, int], defects: Sequence[Mapping[str, Any]], rubric: Rubric) -> list[Learners]:
    """Whom each complaint of a review is about: its defects, and each dimension that was scored badly.

    Bad is under 3 on a scale of quality, 1 or 5 on a signed one. Empty where the review says no reason.
    """
    found = [of_defect(d["code"], rubric) for d in defects]
    return found + [of_dimension(key) for key, score in scores.items() if _is_bad(key, score, rubric)]


def _is_bad(key: str, score: int, rubric: Rubric) -> bool:
    dimension = rubric.dimension(key)
    if dimension is not None and dimension.scale == "signed":
        return score in (LEAST, MOST)
    return score < RIGHT


def concerns(learner: Fed, complaints: Sequence[Learners]) -> bool:
    """Whether a review with these complaints may teach the learner: one of them is its to mend, or none was named."""
    return not complaints or any(learner in whom for whom in complaints)


def as_table() -> str:
    """The table of docs/finetuning.md."""
    rubric = studio_rubric()
    head = ["| | adapter | scene prior | layout and type |", "| --- | --- | --- | --- |"]
    rows = [_row(f"{d.name.en} (`{d.key}`)", of_dimension(d.key)) for d in rubric.dimensions]
    rows += [_row(f"{d.name.en} (`{d.code}`)", of_defect(d.code)) for d in rubric.defects]
    return "\n".join(head + rows)


def _row(name: str, whom: Learners) -> str:
    return f"| {name} | " + " | ".join("yes" if learner in whom else "" for learner in Fed) + " |"
