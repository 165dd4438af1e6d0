"""Objects of a graph as placed things: parts with paints, a pose, and the box they take on the canvas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from generation.errors import PermanentError
from generation.layout.geometry import Rect
from generation.scenes.camera import Camera
from generation.scenes.graph import MaterialSlug, SceneObject
from generation.scenes.materials import FINISHES, Paint, dark_color, paint, paper_color, role_color
from generation.scenes.primitives import Kind, Part, Slot, corners, turn
from generation.scenes.table import Array, Pose
from generation.types import ScenePalette


@dataclass(frozen=True)
class Thing:
    """One placed object. `casts`: whether others are shaded by it."""

    id: int
    parts: tuple[Part, ...]
    paints: tuple[Paint, ...]
    pose: Pose = field(default_factory=Pose)
    casts: bool = True
    box_corners: Array | None = field(
        default=None, repr=False, compare=False
    )  # in its own frame; kept while it is moved

    def points(self) -> Array:
        """Corners of its parts' boxes in the world, (8 n, 3): they hold the object."""
        local = self._local()
        return np.asarray(np.asarray(self.pose.position) + self.pose.scale * (local @ self.pose.matrix.T))

    def _local(self) -> Array:
        if self.box_corners is not None:
            return self.box_corners
        return np.concatenate([corners(part) for part in self.parts])

    def rect(self, camera: Camera) -> Rect:
        return camera.rect(self.points())

    def moved_to(self, pose: Pose) -> Thing:
        return replace(self, pose=pose, box_corners=self._local())


def catalogue() -> Mapping[str, Kind]:
    """All kinds of objects by slug."""
    from generation.scenes.objects import KINDS

    return KINDS


def kind_of(item: SceneObject) -> Kind:
    """The kind a graph's object asks for. PermanentError names a slug that no kind has."""
    kind = catalogue().get(item.kind)
    if kind is None:
        raise PermanentError(
            f"No object kind is called “{item.kind}”. Choose one from the catalogue.",
            f"没有名为“{item.kind}”的物件，请从物件目录中选择。",
            field="scene.objects",
        )
    return kind


def build(item: SceneObject, kind: Kind, palette: ScenePalette) -> Thing:
    """The object in its own colours, in its unit frame."""
    parts = tuple(kind.build(np.random.default_rng(item.seed)))
    return Thing(item.id, parts, tuple(_paint(part, item, palette) for part in parts))


def _paint(part: Part, item: SceneObject, palette: ScenePalette) -> Paint:
    material = part.material or _usual(part.slot, item.material)
    if part.slot == "main":
        return paint(item.color, material, palette)
    if part.slot == "second":
        return paint(item.second_color, material, palette)
    if part.slot == "metal":
        return paint("metal", part.material or "metal", palette)
    if part.slot == "paper":
        return Paint(paper_color(palette), FINISHES[material])
    if part.slot == "dark":
        return Paint(dark_color(palette), FINISHES[material])
    if part.slot == "glow":
        return Paint(_lamp(palette), FINISHES["glow"])
    return paint("accent", material, palette)


def _usual(slot: Slot, own: MaterialSlug) -> MaterialSlug:
    """What a slot is made of when its part does not say: only the body follows the object's own material."""
    if slot == "main":
        return own
    if slot == "paper":
        return "paper"
    return "satin" if own in ("matte", "clay", "paper") else "gloss"


def _lamp(palette: ScenePalette) -> tuple[float, float, float]:
    r, g, b = role_color("accent", palette)
    return 0.45 + 0.55 * r, 0.38 + 0.5 * g, 0.25 + 0.45 * b


def facing(kind: Kind, rng: np.random.Generator, towards: float = 0.0) -> Array:
    """A turn about y within the kind's limit, mostly towards `towards` (-1 left … 1 right)."""
    wide = kind.max_yaw * (0.25 + 0.5 * float(rng.random()))
    side = towards if abs(towards) > 0.2 else float(rng.choice([-1.0, 1.0]))
    return turn((0.0, -wide * np.sign(side), 0.0))


def adrift(kind: Kind, rng: np.random.Generator) -> Array:
    """A free pose of something that floats, within the kind's limits of yaw and tilt."""
    yaw, pitch, roll = rng.uniform(-1, 1, 3)
    return turn((0.8 * kind.max_tilt * pitch, 0.9 * kind.max_yaw * yaw, kind.max_tilt * roll))
