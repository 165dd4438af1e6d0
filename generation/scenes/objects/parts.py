"""Short names for the parts that object kinds are made of, and the ways to group, place and repeat them.

Lengths are half extents and radii in the unit frame, as in primitives.Shape; angles are degrees. A smaller `z` is nearer the
viewer, so relief on a front face sits at negative z.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TypedDict, Unpack

import numpy as np
from numpy.typing import NDArray

from brand_styles.words import Words
from generation.scenes.graph import MaterialSlug
from generation.scenes.primitives import Build, Kind, Part, Point, Shape, Slot, Vector, corners, turn

Rng = np.random.Generator
Array = NDArray[np.float64]
Parts = tuple[Part, ...]
ORIGIN: Vector = (0.0, 0.0, 0.0)
UPRIGHT: Vector = (90.0, 0.0, 0.0)  # turns a disc or ring that lies flat to face the viewer


class Paint(TypedDict, total=False):
    """What any part may add: see primitives.Part."""

    radius: float
    slot: Slot
    material: MaterialSlug | None
    blend: float


class Turned(Paint, total=False):
    """The same for parts that may be turned."""

    rotation: Vector


class Look(Turned, total=False):
    """The same for parts whose `detail` is free."""

    detail: float


class KindLimits(TypedDict, total=False):
    """What any kind may add: see primitives.Kind."""

    stands: bool
    floats: bool
    default_material: MaterialSlug
    max_yaw: float
    max_tilt: float


def kind(
    slug: str,
    en: str,
    zh: str,
    box: Vector,
    *,
    moved: Vector = ORIGIN,
    rests: bool = False,
    **limits: Unpack[KindLimits],
) -> Callable[[Build], Kind]:
    """Decorator: the function below it becomes a Kind whose box is (width, height, depth).

    moved: how far the whole is moved so that it stands on y = 0 and its box is centred, where drawing it so was clumsy.
    rests: it is let down until its lowest point lies on y = 0, where that point depends on the generator.
    """
    width, height, depth = box
    name = Words(en=en, zh=zh)

    def made(build: Build) -> Kind:
        def centred(rng: Rng) -> Parts:
            parts = build(rng) if moved == ORIGIN else placed(build(rng), moved)
            return placed(parts, (0.0, -lowest(parts), 0.0)) if rests else parts

        return Kind(slug, name, centred, width, height, depth, **limits)

    return made


def box(a: float, b: float, c: float, at: Vector = ORIGIN, **look: Unpack[Look]) -> Part:
    look.setdefault("radius", min(0.03, 0.45 * min(a, b, c)))
    return Part(Shape.ROUND_BOX, (a, b, c), position=at, **look)


def disc(a: float, b: float, at: Vector = ORIGIN, **look: Unpack[Look]) -> Part:
    """A cylinder about y."""
    look.setdefault("radius", min(0.03, 0.45 * min(a, b)))
    return Part(Shape.ROUND_CYLINDER, (a, b, 0.0), position=at, **look)


def face_disc(a: float, c: float, at: Vector = ORIGIN, **look: Unpack[Paint]) -> Part:
    """A cylinder whose flat side faces the viewer."""
    return disc(a, c, at, rotation=UPRIGHT, **look)


def ball(a: float, at: Vector = ORIGIN, **look: Unpack[Look]) -> Part:
    return Part(Shape.SPHERE, (a, 0.0, 0.0), position=at, **look)


def egg(a: float, b: float, c: float, at: Vector = ORIGIN, **look: Unpack[Look]) -> Part:
    return Part(Shape.ELLIPSOID, (a, b, c), position=at, **look)


def ring(a: float, tube: float, at: Vector = ORIGIN, **look: Unpack[Look]) -> Part:
    """A torus lying flat."""
    return Part(Shape.TORUS, (a, tube, 0.0), position=at, **look)


def face_ring(a: float, tube: float, at: Vector = ORIGIN, **look: Unpack[Paint]) -> Part:
    """A torus that faces the viewer."""
    return ring(a, tube, at, rotation=UPRIGHT, **look)


def cone(bottom: float, b: float, top: float, at: Vector = ORIGIN, **look: Unpack[Look]) -> Part:
    look.setdefault("radius", min(0.03, 0.3 * b))
    return Part(Shape.CONE, (bottom, b, top), position=at, **look)


def pill(a: float, b: float, at: Vector = ORIGIN, **look: Unpack[Look]) -> Part:
    """A capsule along y; `b` is half the length of its axis."""
    return Part(Shape.CAPSULE, (a, b, 0.0), position=at, **look)


def bar(a: float, b: float, at: Vector = ORIGIN, **look: Unpack[Paint]) -> Part:
    """A capsule along x."""
    return pill(a, b, at, rotation=(0.0, 0.0, 90.0), **look)


def solid(shape: Shape, size: Vector, at: Vector = ORIGIN, **look: Unpack[Look]) -> Part:
    """Any other primitive."""
    return Part(shape, size, position=at, **look)


def plate(points: Iterable[Point], c: float, at: Vector = ORIGIN, **look: Unpack[Look]) -> Part:
    """A slab cut to a closed outline in the xy plane."""
    look.setdefault("radius", min(0.02, 0.6 * c))
    return Part(Shape.POLYGON, (1.0, 1.0, c), position=at, points=_tidy(points), **look)


def slab(a: float, b: float, c: float, corner: float, at: Vector = ORIGIN, **look: Unpack[Look]) -> Part:
    """A thin upright slab with round corners, as phones and cards are."""
    return plate(rounded(a, b, corner, 5), c, at, **look)


def line(points: Iterable[Point], a: float, c: float = 0.0, at: Vector = ORIGIN, **look: Unpack[Look]) -> Part:
    """An open line in the xy plane: a round cord, or (c > 0) a ribbon that wide along z."""
    return Part(Shape.STROKE, (a, 0.0, c), position=at, points=_tidy(points), **look)


def arc(a: float, tube: float, sweep: float, at: Vector = ORIGIN, **look: Unpack[Turned]) -> Part:
    """A bent tube in the xy plane, `sweep` degrees about +y."""
    return Part(Shape.ARC_TUBE, (a, tube, 0.0), position=at, detail=sweep, **look)


def _tidy(points: Iterable[Point]) -> tuple[Point, ...]:
    return tuple((round(float(x), 5), round(float(y), 5)) for x, y in points)


def rounded(a: float, b: float, corner: float, steps: int = 3) -> tuple[Point, ...]:
    """The outline of a rectangle with round corners, `steps` points each."""
    u, v = a - corner, b - corner
    centres = ((u, v, 0), (-u, v, 90), (-u, -v, 180), (u, -v, 270))
    return tuple(p for x, y, start in centres for p in curve(x, y, corner, start, start + 90, steps))


def curve(x: float, y: float, r: float, start: float, stop: float, steps: int) -> tuple[Point, ...]:
    """Points on a circle from `start` to `stop` degrees (0 is +x, 90 is +y)."""
    angles = [math.radians(start + (stop - start) * i / (steps - 1)) for i in range(steps)]
    return tuple((x + r * math.cos(t), y + r * math.sin(t)) for t in angles)


def smooth(points: Iterable[Point], steps: int = 3, closed: bool = False) -> tuple[Point, ...]:
    """The points joined by a Catmull-Rom curve, `steps` pieces between neighbours."""
    knots = [np.asarray(p, dtype=np.float64) for p in points]
    ends = (knots[-1], knots[0], knots[1]) if closed else (knots[0], knots[-1], knots[-1])
    padded = [ends[0], *knots, *ends[1:]]
    count = len(knots) if closed else len(knots) - 1
    found = [_between_knots(padded[i : i + 4], j / steps) for i in range(count) for j in range(steps)]
    return tuple(found if closed else [*found, (float(knots[-1][0]), float(knots[-1][1]))])


def _between_knots(four: list[Array], t: float) -> Point:
    p0, p1, p2, p3 = four
    x, y = 0.5 * (2 * p1 + (p2 - p0) * t + (2 * p0 - 5 * p1 + 4 * p2 - p3) * t**2 + (3 * (p1 - p2) + p3 - p0) * t**3)
    return (float(x), float(y))


def band(outer: float, inner: float, start: float, stop: float, steps: int = 8) -> tuple[Point, ...]:
    """The outline of a part of a ring between two angles; unlike RING_SEGMENT its box is exact."""
    return (*curve(0, 0, outer, start, stop, steps), *curve(0, 0, inner, stop, start, steps))


def around(count: int, r: float, start: float = 0.0) -> list[tuple[float, float, float]]:
    """`count` places on a circle: (x, y, angle in degrees), the angle counted from +x."""
    angles = [start + 360.0 * i / count for i in range(count)]
    return [(r * math.cos(math.radians(t)), r * math.sin(math.radians(t)), t) for t in angles]


# Shapes whose `detail` is a length and grows with the part; for the others it is an angle, a count or a phase.
_LENGTHS = frozenset({Shape.ARROW, Shape.TICKET, Shape.CRESCENT, Shape.ARCH, Shape.LEAF})


def placed(parts: Parts, at: Vector = ORIGIN, scale: float = 1.0, rotation: Vector = ORIGIN) -> Parts:
    """The group scaled, then turned, then moved."""
    matrix, shift = turn(rotation), np.asarray(at)
    return tuple(_placed(part, matrix, shift, scale) for part in parts)


def _placed(part: Part, matrix: Array, shift: Array, scale: float) -> Part:
    position = matrix @ (np.asarray(part.position) * scale) + shift
    a, b, c = part.size
    return replace(
        part,
        size=(a * scale, b * scale, c * scale),
        radius=part.radius * scale,
        position=_vector(position),
        rotation=_angles(matrix @ turn(part.rotation)),
        detail=part.detail * scale if part.shape in _LENGTHS else part.detail,
        blend=part.blend * scale,
        points=tuple((x * scale, y * scale) for x, y in part.points),
    )


def _vector(values: Array) -> Vector:
    x, y, z = (round(float(v), 6) for v in values)
    return (x, y, z)


def _angles(matrix: Array) -> Vector:
    """Angles about x, y, z whose turn() is this matrix (Tait-Bryan, z·y·x)."""
    flat = math.hypot(matrix[0, 0], matrix[1, 0])
    about_y = math.atan2(-matrix[2, 0], flat)
    if flat < 1e-7:
        return _vector(np.degrees([math.atan2(-matrix[1, 2], matrix[1, 1]), about_y, 0.0]))
    about_x, about_z = math.atan2(matrix[2, 1], matrix[2, 2]), math.atan2(matrix[1, 0], matrix[0, 0])
    return _vector(np.degrees([about_x, about_y, about_z]))


def lowest(parts: Parts) -> float:
    """The lowest y of the parts: exact for balls, capsules, and plates of a given outline, else that of their boxes."""
    return min(_lowest(part) for part in parts)


def _lowest(part: Part) -> float:
    matrix = turn(part.rotation)
    if part.shape in (Shape.SPHERE, Shape.CAPSULE):
        axis = part.size[1] if part.shape is Shape.CAPSULE else 0.0
        return part.position[1] - part.size[0] - axis * abs(float(matrix[1, 1]))
    if part.shape is Shape.POLYGON:
        away = max(abs(float(matrix[1, 2])) * part.size[2], 0.0)
        return part.position[1] + min(float(matrix[1, 0] * x + matrix[1, 1] * y) for x, y in part.points) - away
    return float(corners(part)[:, 1].min())


def painted(parts: Parts, slot: Slot, material: MaterialSlug | None = None) -> Parts:
    """The same parts in one colour."""
    return tuple(replace(part, slot=slot, material=material or part.material) for part in parts)


def mirrored(part: Part) -> Part:
    """The part on the other side of the yz plane; its outline is turned over too."""
    x, y, z = part.position
    rx, ry, rz = part.rotation
    points = tuple((-px, py) for px, py in reversed(part.points))
    return replace(part, position=(-x, y, z), rotation=(rx, -ry, -rz), points=points)


def pair(part: Part) -> Parts:
    """The part and its mirror image."""
    return part, mirrored(part)


def pick(rng: Rng, *choices: Slot) -> Slot:
    return choices[int(rng.integers(len(choices)))]


def between(rng: Rng, low: float, high: float) -> float:
    return float(rng.uniform(low, high))
