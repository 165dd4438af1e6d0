"""The values that pass from stage to stage. Frozen; JSON both ways; no stage keeps anything else.

    Brief ─▶ CreativePlan ─▶ Layout ─▶ Blockout ─▶ Picture ─▶ Design ─▶ Report

`Brief` lives in planning.brief, `SceneGraph` in scenes.graph, `Blockout` in control.blockout, `Design` in
compositing.design; what more than one of them needs is here.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from brand_styles.words import Words
from generation.layout.geometry import Rect

Hex = str  # "#RRGGBB", upper case

TextRole = Literal["headline", "subline", "cta", "price", "legal", "ai_label", "badge"]
Role = Literal["headline", "subline", "cta", "price", "legal", "ai_label", "badge", "logo", "subject", "underlay"]
Align = Literal["left", "center", "right"]
Severity = Literal["block", "warn", "info"]
Remedy = Literal["move", "recolour", "underlay", "resize", "swap_logo", "rewrite", "redraw"]


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Format(Frozen):
    """A canvas in pixels."""

    width: int = Field(ge=1)
    height: int = Field(ge=1)

    @property
    def name(self) -> str:
        return f"{self.width}x{self.height}"

    @property
    def short(self) -> int:
        return min(self.width, self.height)

    @property
    def aspect(self) -> float:
        return self.width / self.height


class Reason(Frozen):
    """Why a stage decided what it decided; the recipe keeps these for the auditor."""

    field: str
    value: str
    why: Words


class ScenePalette(Frozen):
    """The colours of one variant, all formats. Roles, not places.

    ground: wall and floor at their brightest; ground_deep: where they fall off; subject: the hero's own colour
    (relative luminance at least 2:1 against ground); second: stage and companions; accent: small pops and the call to
    action; metal: tint of gold, silver or rose parts; text, text_soft: type on the ground; on_accent: type on accent.
    """

    ground: Hex
    ground_deep: Hex
    subject: Hex
    second: Hex
    accent: Hex
    metal: Hex
    text: Hex
    text_soft: Hex
    on_accent: Hex
    scheme: Literal["light", "dark", "vivid"]


class CopyLine(Frozen):
    """One line of copy as it will be set. `id` is unique in the plan ("headline", "legal-1" …)."""

    id: str
    role: TextRole
    text: str
    language: Literal["zh", "en"]
    short_forms: tuple[str, ...] = ()  # approved shorter wordings, longest first


class TypeStyle(Frozen):
    """How a line is set. `size` in pixels; `leading` in em; `tracking` in em."""

    face: str
    weight: int = 400
    size: float
    leading: float = 1.2
    tracking: float = 0.0


class TextFit(Frozen):
    """A line of copy broken and sized: the layout decided it, the compositor sets it, the OCR check reads it."""

    lines: tuple[str, ...]
    style: TypeStyle
    align: Align = "left"


class Element(Frozen):
    """What the layout must place. Text elements carry their copy; logo and subject an aspect (width / height).

    `minimum_px`: least type size (text) or least height (logo). `required`: may not be dropped when space is short.
    """

    id: str
    role: Role
    text: str = ""
    language: Literal["zh", "en"] = "zh"
    face: str = ""
    weight: int = 400
    aspect: float | None = None
    clear_space: float = 0.0
    minimum_px: float = 0.0
    required: bool = True
    short_forms: tuple[str, ...] = ()


class Placed(Frozen):
    """One element in its place. `box` is the ink box of text lines, the pill of a call to action, the drawn logo."""

    id: str
    role: Role
    box: Rect
    fit: TextFit | None = None
    anchor: str = ""  # for an underlay: the ids it backs, space-separated


class Layout(Frozen):
    """Where everything goes on one canvas, in reading order. `energy` is the sum of `terms` (lower is better)."""

    format: Format
    items: tuple[Placed, ...]
    energy: float = 0.0
    terms: dict[str, float] = {}
    dropped: tuple[str, ...] = ()  # ids left out because the canvas is too small, each told in the plan's log
    shortened: tuple[str, ...] = ()  # ids set in an approved short form

    def first(self, role: Role) -> Placed | None:
        return next((i for i in self.items if i.role == role), None)

    def all(self, *roles: Role) -> tuple[Placed, ...]:
        return tuple(i for i in self.items if i.role in roles)

    @property
    def boxes(self) -> dict[str, tuple[int, int, int, int]]:
        """Where each element stands, in whole pixels: for telling two layouts apart."""
        return {item.id: item.box.rounded() for item in self.items}

    @property
    def text_zones(self) -> tuple[Rect, ...]:
        """The boxes that the scene must leave calm: all type, the logo, underlays."""
        return tuple(i.box for i in self.items if i.role != "subject")


class Finding(Frozen):
    """One thing preflight saw. `repairs` names the remedies worth trying, best first."""

    code: str
    severity: Severity
    words: Words
    layer: str | None = None  # id of the Design's layer
    box: Rect | None = None
    measured: float | str | None = None
    limit: float | str | None = None
    repairs: tuple[Remedy, ...] = ()


class NotChecked(Frozen):
    """A rule on pixels that nothing installed could look for; `code` is its id, `words` say what it would take."""

    code: str
    words: Words


class Report(Frozen):
    """What preflight found on one picture. `checks` lists every check that ran, also those with nothing to say; `unchecked` the rules
    that nothing could look for."""

    verdict: Literal["pass", "blocked"]
    findings: tuple[Finding, ...] = ()
    checks: tuple[str, ...] = ()
    read_back: tuple[ReadBack, ...] = ()
    first_pass: bool = True  # passed before any repair
    repairs: tuple[RepairStep, ...] = ()
    unchecked: tuple[NotChecked, ...] = ()


class ReadBack(Frozen):
    """What OCR read at a line's known box, beside what was set there."""

    layer: str
    expected: str
    read: str
    confidence: float
    agrees: bool


class RepairStep(Frozen):
    """One attempt to mend a finding."""

    attempt: int
    finding: str
    layer: str
    action: Remedy
    detail: str
    mended: bool


Report.model_rebuild()

Json = dict[str, Any]
