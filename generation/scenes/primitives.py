"""The vocabulary of object kinds: solid primitives, parts made of them, and kinds made of parts.

A kind is a function from a random generator to parts in a unit frame: y up, standing on y = 0, centred on x = z = 0,
its front facing -z (the camera), about one unit tall or wide. Staging turns, scales and places it; the renderer sees only
a table of parts. Nothing here knows of canvases, colours or numba.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from brand_styles.words import Words
from generation.scenes.graph import MaterialSlug

Vector = tuple[float, float, float]
Point = tuple[float, float]
# main: the object's own colour; second: bands and ribbons; metal: gold, silver or rose of the palette; paper: light
# neutral; dark: deep neutral of the palette's hue; glow: shines by itself; accent: small pops.
Slot = Literal["main", "second", "metal", "paper", "dark", "glow", "accent"]


class Shape(IntEnum):
    """Signed-distance primitives. `size` is (a, b, c) below, `radius` the rounding of edges (inside the given size).

    Turned and boxed bodies (axis y):
    ROUND_CYLINDER a radius, b half height. ROUND_BOX a, b, c half extents. SPHERE a radius. TORUS a ring radius, b tube
    radius, lies flat. CONE a bottom radius, b half height, c top radius. ELLIPSOID a, b, c semi-axes; `detail` ribs around y
    (lantern, pumpkin), 0 smooth. CAPSULE a radius, b half length of its axis. DOME a hollow canopy opening down: a radius,
    b height, c wall; origin at the rim's centre; `detail` ribs (umbrella). BOWL the same opening up: origin at the
    bottom. CUP a straight-walled hollow jar, open above: a radius, b half height, c wall. HELIX a radius, b half height,
    c tube radius, `detail` turns.

    Plates in the xy plane, facing z; c is always the half thickness:
    HOLED_COIN a radius, b half side of the square hole, raised rim. STAR a outer, b inner radius, `detail` points (5).
    HEART a half width. DROP a radius, b half height, point up; c = 0 turns it about y to a solid drop. CRESCENT a outer,
    b inner radius, `detail` how far the inner circle is moved to +x. SHIELD, WEDGE (isosceles triangle, point up), BOLT,
    LEAF (pointed oval; `detail` bends it towards z): a half width, b half height. ARROW the same, points up, `detail`
    half width of its shaft. TICKET a, b half extents, `detail` radius of the notches in its two short sides.
    RING_SEGMENT a outer, b inner radius (0: a pie slice), `detail` sweep in degrees about +y. POLYGON a closed
    outline from `points`. ARCH stands on y = 0: a half width to the middle of the band, b leg length, c half depth,
    `detail` half width of the band.

    Tubes in the xy plane: ARC_TUBE a ring radius, b tube radius, c > 0 a flat band that wide (half) along z instead,
    `detail` sweep in degrees about +y. STROKE an open line through `points`: a half width, c half thickness (0: round tube).

    For sets only (endless along x and downwards): HILLS a amplitude, b wavelength, c half thickness, `detail` phase; the ridge
    swings about y = 0 of its frame.
    """

    ROUND_CYLINDER = 0
    ROUND_BOX = 1
    SPHERE = 2
    TORUS = 3
    CONE = 4
    ELLIPSOID = 5
    CAPSULE = 6
    DOME = 7
    BOWL = 8
    CUP = 9
    HELIX = 10
    HOLED_COIN = 11
    STAR = 12
    HEART = 13
    DROP = 14
    CRESCENT = 15
    SHIELD = 16
    WEDGE = 17
    BOLT = 18
    LEAF = 19
    ARROW = 20
    TICKET = 21
    RING_SEGMENT = 22
    POLYGON = 23
    ARCH = 24
    ARC_TUBE = 25
    STROKE = 26
    HILLS = 27


@dataclass(frozen=True)
class Part:
    """One primitive of an object, in the object's unit frame.

    rotation: degrees about x, then y, then z. detail: see Shape. blend > 0 melts the part into the one before it
    (smooth union that far), as clouds and bows want; both must have the same slot. material: overrides the object's own.
    """

    shape: Shape
    size: Vector
    radius: float = 0.0
    position: Vector = (0.0, 0.0, 0.0)
    rotation: Vector = (0.0, 0.0, 0.0)
    slot: Slot = "main"
    material: MaterialSlug | None = None
    detail: float = 0.0
    blend: float = 0.0
    points: tuple[Point, ...] = ()


Build = Callable[[np.random.Generator], tuple[Part, ...]]


@dataclass(frozen=True)
class Kind:
    """A kind of object. `slug` is its name in scene graphs; width, height, depth its box in the unit frame.

    stands: may stand on floor, podium or blocks; floats: may hang in the air. max_yaw, max_tilt: how far (degrees) staging may turn it
    about y, and lean it when it floats: flat things stay within 35, so that no coin is ever seen edge-on.
    """

    slug: str
    name: Words
    build: Build
    width: float
    height: float
    depth: float
    stands: bool = True
    floats: bool = False
    default_material: MaterialSlug = "satin"
    max_yaw: float = 30.0
    max_tilt: float = 20.0


def turn(rotation: Vector) -> NDArray[np.float64]:
    """The 3×3 matrix that turns by degrees about x, then y, then z (object frame to parent frame)."""
    (sx, sy, sz), (cx, cy, cz) = np.sin(np.radians(rotation)), np.cos(np.radians(rotation))
    about_x = np.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]])
    about_y = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    about_z = np.array([[cz, -sz, 0], [sz, cz, 0], [0, 0, 1]])
    return np.asarray(about_z @ about_y @ about_x, dtype=np.float64)


def outline(part: Part) -> tuple[Point, ...]:
    """The polygon of a part drawn from one (POLYGON, STROKE, SHIELD, WEDGE, BOLT, ARROW); empty for all others."""
    a, b, _ = part.size
    if part.shape in (Shape.POLYGON, Shape.STROKE):
        return part.points
    if part.shape is Shape.WEDGE:
        return ((-a, -b), (a, -b), (0.0, b))
    if part.shape is Shape.BOLT:
        return tuple((x * a, y * b) for x, y in _BOLT)
    if part.shape is Shape.SHIELD:
        return tuple((x * a, y * b) for x, y in _SHIELD)
    if part.shape is Shape.ARROW:
        shaft, neck = part.detail or a * 0.45, b - min(a * 1.1, b)
        return ((-shaft, -b), (shaft, -b), (shaft, neck), (a, neck), (0.0, b), (-a, neck), (-shaft, neck))
    return ()


_BOLT = ((0.25, 1.0), (-0.85, -0.12), (-0.1, -0.12), (-0.3, -1.0), (0.85, 0.22), (0.12, 0.22), (0.55, 1.0))
_SHIELD = (
    *((-1.0, 0.8), (-0.5, 0.86), (0.0, 1.0), (0.5, 0.86), (1.0, 0.8), (0.97, 0.1), (0.8, -0.35)),
    *((0.45, -0.75), (0.0, -1.0), (-0.45, -0.75), (-0.8, -0.35), (-0.97, 0.1)),
)


def extent(part: Part) -> tuple[Vector, Vector]:
    """The part's box in its own frame before turning: (lowest corner, highest corner). Sets' endless shapes reach 50."""
    a, b, c = part.size
    shape = part.shape
    points = outline(part)
    if points:
        grow = a if shape is Shape.STROKE else 0.0
        thick = (c or a) if shape is Shape.STROKE else c
        xs, ys = [p[0] for p in points], [p[1] for p in points]
        return (min(xs) - grow, min(ys) - grow, -thick), (max(xs) + grow, max(ys) + grow, thick)
    if shape is Shape.DOME:
        return (-a, 0.0, -a), (a, b, a)
    if shape is Shape.BOWL:
        return (-a, 0.0, -a), (a, b, a)
    if shape is Shape.ARCH:
        outer = a + part.detail
        return (-outer, 0.0, -c), (outer, b + outer, c)
    half = _half_extent(part)
    return (-half[0], -half[1], -half[2]), half


def _half_extent(part: Part) -> Vector:
    a, b, c = part.size
    shape = part.shape
    if shape in (Shape.ROUND_CYLINDER, Shape.CUP):
        return a, b, a
    if shape is Shape.CONE:
        return max(a, c), b, max(a, c)
    if shape is Shape.SPHERE:
        return a, a, a
    if shape is Shape.TORUS:
        return a + b, b, a + b
    if shape is Shape.CAPSULE:
        return a, a + b, a
    if shape is Shape.HELIX:
        return a + c, b + c, a + c
    if shape is Shape.HEART:
        return a, a, c or a
    if shape is Shape.DROP:
        return a, b, c or a
    if shape in (Shape.HOLED_COIN, Shape.STAR, Shape.CRESCENT, Shape.RING_SEGMENT):
        return a, a, c
    if shape is Shape.LEAF:
        return a, b, c + abs(part.detail)
    if shape is Shape.ARC_TUBE:
        return a + b, a + b, max(b, c)
    if shape is Shape.HILLS:
        return 50.0, 50.0, c
    return a, b, c  # ROUND_BOX, ELLIPSOID, TICKET


def corners(part: Part) -> NDArray[np.float64]:
    """The eight corners of the part's box in the object's frame, (8, 3)."""
    low, high = extent(part)
    box = np.array(
        [[(low, high)[i][0], (low, high)[j][1], (low, high)[k][2]] for i in (0, 1) for j in (0, 1) for k in (0, 1)]
    )
    return np.asarray(box @ turn(part.rotation).T + np.asarray(part.position), dtype=np.float64)


def bounds(parts: tuple[Part, ...]) -> tuple[Vector, Vector]:
    """The box that holds all parts (a little too large where parts are turned): (lowest corner, highest corner)."""
    if not parts:
        return (0.0, 0.0, 0.0), (0.0, 0.0, 0.0)
    points = np.concatenate([corners(part) for part in parts])
    low, high = points.min(axis=0), points.max(axis=0)
    return (float(low[0]), float(low[1]), float(low[2])), (float(high[0]), float(high[1]), float(high[2]))


def reach(part: Part) -> float:
    """Radius of the sphere about the part's origin that holds it."""
    low, high = extent(part)
    return math.sqrt(sum(max(abs(lo), abs(hi)) ** 2 for lo, hi in zip(low, high, strict=True))) + part.blend
