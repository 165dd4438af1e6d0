"""What a reviewer says, checked against the rubric before anything of it is written."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from reviews.errors import ReviewRefused
from reviews.regions import read_region
from reviews.rubric import LEAST, MOST, Rubric

MOST_DEFECTS = 40
MOST_COMMENT = 2000
LONGEST = 3600.0  # seconds at one picture: who was away for an hour was away


@dataclass(frozen=True)
class Answer:
    """What a reviewer says, as it came from the page: nothing of it is trusted yet."""

    verdict: str
    scores: Mapping[str, Any] = field(default_factory=dict)
    defects: Sequence[Any] = ()
    comment: str = ""
    seconds: float = 0.0


def read_scores(given: Mapping[str, Any], rubric: Rubric) -> dict[str, int]:
    scores: dict[str, int] = {}
    for key, value in given.items():
        dimension = rubric.dimension(key)
        if dimension is None:
            raise ReviewRefused(
                f"The rubric has no dimension {key}.", f"评审标准中没有维度 {key}。", field=f"scores.{key}"
            )
        if isinstance(value, bool) or not isinstance(value, int) or not LEAST <= value <= MOST:
            raise ReviewRefused(
                f"{dimension.name.en}: a score is a whole number from {LEAST} to {MOST}.",
                f"{dimension.name.zh}：评分须为 {LEAST} 到 {MOST} 的整数。",
                field=f"scores.{key}",
            )
        scores[key] = value
    return scores


def read_defects(given: Sequence[Any], rubric: Rubric) -> list[dict[str, Any]]:
    if len(given) > MOST_DEFECTS:
        raise ReviewRefused(
            f"More than {MOST_DEFECTS} defects. Mark the worst ones.",
            f"缺陷超过 {MOST_DEFECTS} 处，请标出最严重的。",
            field="defects",
        )
    return [_defect(index, entry, rubric) for index, entry in enumerate(given)]


def _defect(index: int, entry: Any, rubric: Rubric) -> dict[str, Any]:
    where = f"defects.{index}"
    defect = rubric.defect(str(entry.get("code"))) if isinstance(entry, Mapping) else None
    if defect is None:
        raise ReviewRefused("Choose a defect from the list.", "请从列表中选择缺陷。", field=where)
    region = entry.get("region")
    if region is None:
        return {"code": defect.code, "severity": defect.severity, "region": None}
    try:
        read = read_region(region)
    except ValueError as error:
        raise ReviewRefused(
            f"{defect.name.en}: the region {_reason(error)}. Draw it again within the picture.",
            f"{defect.name.zh}：标注区域无效，请在图片范围内重新绘制。",
            field=f"{where}.region",
        ) from error
    return {"code": defect.code, "severity": defect.severity, "region": read.model_dump(mode="json")}


def _reason(error: ValueError) -> str:
    message = str(error).removeprefix("Value error, ")
    return message if message[:4] in ("reac", "has ", "ends") else "is not inside the picture"


def read_comment(text: str) -> str:
    if len(text) > MOST_COMMENT:
        raise ReviewRefused(
            f"The comment is longer than {MOST_COMMENT} characters. Shorten it.",
            f"评论超过 {MOST_COMMENT} 个字，请缩短。",
            field="comment",
        )
    return text.strip()


def read_seconds(value: float) -> float:
    return round(min(max(value, 0.0), LONGEST), 3) if math.isfinite(value) else 0.0
