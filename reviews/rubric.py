"""What a reviewer is asked: verdicts, dimensions to score, defects to mark. The studio's own rubric, and what a brand adds to it."""

from __future__ import annotations

import hashlib
import json
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Literal

import yaml
from pydantic import Field, model_validator

from brand_styles.frozen import Frozen
from brand_styles.words import Words

SOURCE = Path(__file__).with_name("rubric.yaml")
Severity = Literal["block", "major", "minor"]
Region = Literal["none", "box", "polygon", "time"]
LEAST, RIGHT, MOST = 1, 3, 5  # of a score


class Verdict(StrEnum):
    """On one picture. Approve and minor fix make it usable; only approve is an example to learn from."""

    APPROVE = "approve"
    MINOR_FIX = "minor_fix"
    REJECT = "reject"


class Preference(StrEnum):
    """On a pair: the left one, the right one, as good as each other, neither is any good."""

    A = "a"
    B = "b"
    TIE = "tie"
    NEITHER = "neither"


class Dimension(Frozen):
    """One ordinal scale from 1 to 5. "quality": 5 is best. "signed": 3 is right, 1 far too little, 5 far too much."""

    key: str = Field(pattern=r"^[a-z][a-z0-9_]{1,39}$")
    name: Words
    scale: Literal["quality", "signed"] = "quality"
    low: Words
    high: Words


class Defect(Frozen):
    """Something wrong that can be pointed at. `group` is what the picker lists it under."""

    code: str = Field(pattern=r"^[A-Z][A-Z0-9_]{2,39}$")
    group: str = Field(pattern=r"^[a-z][a-z0-9_]{1,19}$")
    name: Words
    severity: Severity
    region: Region = "none"

    @property
    def blocks(self) -> bool:
        return self.severity == "block"


class Rubric(Frozen):
    """Everything a reviewer is asked. `version` is the studio's, `extension` counts what the brand added (0: nothing)."""

    version: int
    extension: int = 0
    dimensions: tuple[Dimension, ...]
    defects: tuple[Defect, ...]

    @model_validator(mode="after")
    def _every_key_once(self) -> Rubric:
        for keys in ([d.key for d in self.dimensions], [d.code for d in self.defects]):
            twice = {key for key in keys if keys.count(key) > 1}
            if twice:
                raise ValueError(f"used twice: {', '.join(sorted(twice))}")
        return self

    @property
    def name(self) -> str:
        return f"{self.version}.{self.extension}"

    def dimension(self, key: str) -> Dimension | None:
        return next((d for d in self.dimensions if d.key == key), None)

    def defect(self, code: str) -> Defect | None:
        return next((d for d in self.defects if d.code == code), None)

    def digest(self) -> str:
        """SHA-256 of its content, first 16 hex digits: what a review was given under."""
        text = json.dumps(self.model_dump(mode="json"), sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()[:16]

    def extended(self, dimensions: tuple[Dimension, ...], defects: tuple[Defect, ...], extension: int) -> Rubric:
        """With a brand's own dimensions and defects behind the studio's. ValueError where a key is taken."""
        return Rubric(
            version=self.version,
            extension=extension,
            dimensions=(*self.dimensions, *dimensions),
            defects=(*self.defects, *defects),
        )


@cache
def studio_rubric() -> Rubric:
    """The rubric that ships."""
    data = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    dimensions = [_dimension(key, row) for key, row in data["dimensions"].items()]
    defects = [_defect(code, group, row) for group, rows in data["defects"].items() for code, row in rows.items()]
    return Rubric(version=data["version"], dimensions=tuple(dimensions), defects=tuple(defects))


def _dimension(key: str, row: dict[str, object]) -> Dimension:
    name = {"en": row["en"], "zh": row["zh"]}
    return Dimension.model_validate({"key": key, "name": name} | {k: row[k] for k in ("scale", "low", "high")})


def _defect(code: str, group: str, row: dict[str, object]) -> Defect:
    name = {"en": row["en"], "zh": row["zh"]}
    rest = {k: row[k] for k in ("severity", "region")}
    return Defect.model_validate({"code": code, "group": group, "name": name} | rest)
