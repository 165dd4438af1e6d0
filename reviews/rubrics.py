"""Which rubric a brand is judged by now, and what it adds to the studio's."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import IntegrityError, transaction

from reviews.errors import ReviewRefused
from reviews.models import RubricVersion
from reviews.rubric import Defect, Dimension, Rubric, studio_rubric

MOST_OWN = 20  # dimensions, and defects, of a brand's own


def current(brand_id: int) -> tuple[RubricVersion, Rubric]:
    """The brand's rubric as it is asked now: its row and its content. The studio's newest version with the brand's last additions."""
    last = RubricVersion.objects.filter(brand_id=brand_id).order_by("-version", "-extension").first()
    now = _now(last)
    return (last, now) if last is not None and last.version == now.version else _kept(brand_id, now)


def asked(brand_id: int) -> Rubric:
    """The rubric that the brand's pictures are judged by now. Writes nothing."""
    last = RubricVersion.objects.filter(brand_id=brand_id).order_by("-version", "-extension").first()
    return _now(last)


def _now(last: RubricVersion | None) -> Rubric:
    """The last rubric that was kept, or the studio's newer one with what the brand had added to the older."""
    if last is None:
        return studio_rubric()
    kept = Rubric.model_validate(last.content)
    studio = studio_rubric()
    return kept if kept.version == studio.version else studio.extended(*own_of(kept), kept.extension)


def own_of(rubric: Rubric) -> tuple[tuple[Dimension, ...], tuple[Defect, ...]]:
    """What a brand added to the studio's rubric."""
    studio = studio_rubric()
    return (
        tuple(d for d in rubric.dimensions if studio.dimension(d.key) is None),
        tuple(d for d in rubric.defects if studio.defect(d.code) is None),
    )


def extend(
    *, brand_id: int, dimensions: Sequence[Dimension], defects: Sequence[Defect], made_by_id: int | None
) -> RubricVersion:
    """The brand's own dimensions and defects from now on. ReviewRefused where a key is taken or there are too many."""
    if max(len(dimensions), len(defects)) > MOST_OWN:
        raise ReviewRefused(
            f"A brand may add {MOST_OWN} dimensions and {MOST_OWN} defects. Remove some: reviewers read them all.",
            f"每个品牌最多增加 {MOST_OWN} 个维度和 {MOST_OWN} 个缺陷，请精简。",
        )
    row, now = current(brand_id)
    if own_of(now) == (tuple(dimensions), tuple(defects)):
        return row
    try:
        wider = studio_rubric().extended(tuple(dimensions), tuple(defects), now.extension + 1)
    except ValueError as error:
        raise ReviewRefused(f"A key is {_fault(error)}. Choose another.", "标识重复，请更换。") from error
    return _kept(brand_id, wider, made_by_id)[0]


def _kept(brand_id: int, rubric: Rubric, made_by_id: int | None = None) -> tuple[RubricVersion, Rubric]:
    row = RubricVersion(
        brand_id=brand_id,
        version=rubric.version,
        extension=rubric.extension,
        digest=rubric.digest(),
        content=rubric.model_dump(mode="json"),
        made_by_id=made_by_id,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:  # another request wrote the same one just now
        row = RubricVersion.objects.get(brand_id=brand_id, version=rubric.version, extension=rubric.extension)
    return row, Rubric.model_validate(row.content)


def _fault(error: ValueError) -> str:
    errors = getattr(error, "errors", None)
    message = errors()[0]["msg"] if errors else str(error)
    return message.removeprefix("Value error, ")
