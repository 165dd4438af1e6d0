"""What a person may change on a finished picture, as values: the bench sends them, the late change makes them.

A list of changes is applied in order to the version it began with, so that undoing is leaving out the last one and nothing
has to be kept between two requests.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, TypeAdapter, ValidationError

from brand_styles.words import Words
from generation.errors import PermanentError
from generation.types import Frozen, Hex

MOST = 200  # changes of one sitting
LONGEST = 600  # characters of a line

Id = Annotated[str, Field(min_length=1, max_length=80)]


class Move(Frozen):
    """Shift an element and what belongs to it (its plate, the panel made for it). Pixels; the canvas holds it."""

    kind: Literal["move"] = "move"
    id: Id
    dx: float = Field(ge=-20_000, le=20_000, allow_inf_nan=False)
    dy: float = Field(ge=-20_000, le=20_000, allow_inf_nan=False)


class Resize(Frozen):
    """Scale an element about the point that its alignment holds still."""

    kind: Literal["resize"] = "resize"
    id: Id
    factor: float = Field(ge=0.1, le=8, allow_inf_nan=False)


class Retype(Frozen):
    """Other words for a line. Typed line breaks stay; else it is broken anew, and set smaller only where it must be."""

    kind: Literal["retype"] = "retype"
    id: Id
    text: str = Field(min_length=1, max_length=LONGEST)


class Recolour(Frozen):
    """A colour of the brand's for a line or a panel."""

    kind: Literal["recolour"] = "recolour"
    id: Id
    color: Hex = Field(pattern=r"^#[0-9A-F]{6}$")


class Swap(Frozen):
    """Two elements in each other's place, the space between them kept."""

    kind: Literal["swap"] = "swap"
    id: Id
    other: Id


class Hide(Frozen):
    """Leave an optional element out."""

    kind: Literal["hide"] = "hide"
    id: Id


Change = Annotated[Move | Resize | Retype | Recolour | Swap | Hide, Field(discriminator="kind")]
_CHANGES: TypeAdapter[tuple[Change, ...]] = TypeAdapter(Annotated[tuple[Change, ...], Field(max_length=MOST)])


class EditProblem(PermanentError):
    """A change that can't be made, in words. `field` is the element's id."""


def read_changes(data: object) -> tuple[Change, ...]:
    """Changes from JSON. EditProblem where they are no changes of ours."""
    try:
        return _CHANGES.validate_python(data)
    except ValidationError:
        raise EditProblem(
            "These changes could not be read. Reload the page; what you typed is kept.",
            "无法识别这些修改。请刷新页面，已输入的内容会保留。",
        ) from None


_NAMES = {
    "headline": ("headline", "主标题"),
    "subline": ("subline", "副标题"),
    "cta": ("call to action", "行动按钮"),
    "price": ("price", "价格"),
    "legal": ("legal line", "法律声明"),
    "ai_label": ("AI label", "AI 标识"),
    "badge": ("badge", "角标"),
    "logo": ("logo", "标识"),
    "underlay": ("panel", "衬底"),
}


def name_of(role: str) -> Words:
    """What people call an element of that role."""
    en, zh = _NAMES.get(role, ("element", "元素"))
    return Words(en=en, zh=zh)


def told(changes: tuple[Change, ...], roles: Mapping[str, str]) -> Words:
    """What changed, in one line for the list of versions. `roles`: the role of each element's id."""
    said: dict[tuple[str, str], Words] = {}
    for change in changes:
        said[(change.kind, change.id)] = _one(change, name_of(roles.get(change.id, "")))
    return Words(en="; ".join(w.en for w in said.values()), zh="；".join(w.zh for w in said.values()))


def _one(change: Change, name: Words) -> Words:
    if isinstance(change, Retype):
        text = " ".join(change.text.split())
        short = text if len(text) <= 40 else f"{text[:39]}…"
        return Words(en=f"{name.en}: “{short}”", zh=f"{name.zh}改为“{short}”")
    if isinstance(change, Recolour):
        return Words(en=f"{name.en} in {change.color}", zh=f"{name.zh}颜色 {change.color}")
    en, zh = {
        "move": ("moved", "移动"),
        "resize": ("resized", "缩放"),
        "swap": ("swapped", "换位"),
        "hide": ("left out", "隐藏"),
    }[change.kind]
    return Words(en=f"{name.en} {en}", zh=f"{name.zh}{zh}")
