"""The scene graph: what stands in a variant's scene, in what material and light. The same for every format.

A graph holds no coordinates of any canvas: staging.py puts it on one. Object ids are stable across formats, so that
the id map of 728x90 holds a subset of the ids of 1080x1920. Id 0 is the ground (wall and floor).
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from generation.types import Frozen, ScenePalette

ObjectRole = Literal["subject", "stage", "companion", "floating", "foreground", "backdrop"]
ColorRole = Literal["subject", "second", "accent", "metal", "ground", "ground_deep", "paper"]
MaterialSlug = Literal[
    "gloss", "satin", "matte", "metal", "glass", "frosted", "paper", "clay", "glow", "cloth", "foil", "ceramic"
]


class SceneObject(Frozen):
    """One thing in the scene. `kind` is a slug of scenes.objects.KINDS; `size` is relative to its role's usual size."""

    id: int = Field(ge=1, le=250)
    kind: str
    role: ObjectRole
    material: MaterialSlug = "satin"
    color: ColorRole = "subject"
    second_color: ColorRole = "metal"  # bands, ribbons, rims
    size: float = Field(default=1.0, gt=0, le=3)
    seed: int = 0  # pose and place jitter


class SceneLight(Frozen):
    """One key light from one side, everywhere: product, props, type effects and shadows follow it."""

    side: Literal["left", "right"] = "left"
    elevation: float = Field(default=50.0, ge=15, le=80)  # degrees above the horizon
    softness: float = Field(default=0.5, ge=0, le=1)  # penumbra, 0 hard
    warmth: float = Field(default=0.2, ge=-1, le=1)


class SceneGraph(Frozen):
    """`composition` and `set` are slugs of scenes.staging; `subject_id` names the hero, None for a ground without one.

    `product_aspect`: width / height of an uploaded cut-out that will stand on the stage instead of a drawn subject.
    """

    version: Literal[1] = 1
    seed: int
    composition: str
    set: str
    palette: ScenePalette
    light: SceneLight = SceneLight()
    objects: tuple[SceneObject, ...] = ()
    subject_id: int | None = None
    product_aspect: float | None = None
    mood: str = "fresh"
