"""What a scene graph says of itself, in numbers with names: what reviewers' taste is learnt over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, get_args

from brand_styles.colors import oklch
from brand_styles.manners import Mood
from generation.scenes.graph import ColorRole, MaterialSlug, ObjectRole
from generation.scenes.sets import SETS
from generation.scenes.staging import COMPOSITIONS

Facts = dict[str, float]
Json = Mapping[str, Any]
LIGHT = (("light.elevation", "elevation", 50.0), ("light.softness", "softness", 0.5), ("light.warmth", "warmth", 0.2))
SCHEMES = ("light", "dark", "vivid")
GREY = 0.03  # OKLCH chroma under which a hue says nothing


def scene_facts(scene: Json) -> Facts:
    """Stage, composition, mood, light, and how many things stand where, in which material and colour."""
    light, palette = scene.get("light", {}), scene.get("palette", {})
    found: Facts = {"light.right": light.get("side") == "right"}
    found |= {name: light.get(key, usual) for name, key, usual in LIGHT}
    found |= _one_of("set", scene.get("set"), SETS) | _one_of("composition", scene.get("composition"), COMPOSITIONS)
    found |= _one_of("mood", scene.get("mood"), get_args(Mood)) | _one_of("scheme", palette.get("scheme"), SCHEMES)
    things = scene.get("objects", ())
    for name, key, kinds in (
        ("role", "role", ObjectRole),
        ("of", "material", MaterialSlug),
        ("in", "color", ColorRole),
    ):
        found |= {f"{name}.{kind}": sum(thing[key] == kind for thing in things) for kind in get_args(kinds)}
    found |= {"things": len(things), "kinds": len({thing["kind"] for thing in things})}
    found["product"] = scene.get("product_aspect") is not None
    return {f"scene.{name}": float(value) for name, value in found.items()}


def staged_facts(scene: Json) -> Facts:
    """The same and what only a stage's own choice needs: each kind of thing, the hero's material, the palette's lightness, chroma and hue.

    Names of kinds that the scene doesn't show are left out, not 0.
    """
    found = scene_facts(scene)
    for thing in scene.get("objects", ()):
        if thing["role"] == "subject":
            found[f"scene.hero.of.{thing['material']}"] = 1.0
        else:
            found[f"scene.{'stage' if thing['role'] == 'stage' else 'prop'}.{thing['kind']}"] = 1.0
    return found | _colours(scene.get("palette", {}))


def _colours(palette: Json) -> Facts:
    """Lightness (0 to 1), chroma and hue (twelve bands of 30 degrees; none for what is almost grey) of the colours that carry a picture."""
    found: Facts = {}
    for role in ("ground", "subject", "second", "accent"):
        if role not in palette:
            continue
        lightness, chroma, hue = oklch(palette[role])
        found |= {f"scene.{role}.lightness": lightness, f"scene.{role}.chroma": chroma}
        if chroma > GREY:
            found[f"scene.{role}.hue.{int(hue % 360 // 30) * 30}"] = 1.0
    return found


def _one_of(name: str, value: object, known: Iterable[str]) -> Facts:
    return {f"{name}.{each}": float(each == value) for each in known}
