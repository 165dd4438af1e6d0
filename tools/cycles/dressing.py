# SPDX-License-Identifier: GPL-3.0-or-later
# Blender's modules carry no types, and live in this folder's own environment.
# mypy: ignore-errors
"""Set dressing: small things strewn where neither text nor an object is seen, so that the picture holds more than its blockout."""

from __future__ import annotations

import math
from dataclasses import dataclass

import bpy
import numpy as np
from looks import DRESSING, material
from mathutils import Euler
from scenefile import SceneFile, quad_mesh

from studio import key_place


@dataclass(frozen=True)
class Stuff:
    """One sort of piece. look, roles: what it is made of and in which colours; size: radius range in hundredths of the view's width;
    air: share that hangs in the air, the rest lies on the floor."""

    shape: str
    look: str
    roles: tuple[str, ...]
    size: tuple[float, float]
    air: float
    share: float = 1.0


DRESSINGS: dict[str, tuple[Stuff, ...]] = {
    "confetti": (
        Stuff("strip", "metal", ("metal", "accent"), (0.9, 1.7), 0.75, 1.6),
        Stuff("strip", "satin", ("accent", "second", "subject"), (0.9, 1.8), 0.7, 1.6),
        Stuff("curl", "silk", ("second", "metal"), (1.8, 3.0), 0.6, 0.5),
    ),
    "petals": (
        Stuff("petal", "foliage", ("accent", "second", "subject"), (1.9, 3.6), 0.45, 1.0),
        Stuff("bead", "pearl", ("white",), (0.4, 0.9), 0.0, 0.5),
    ),
    "leaves": (
        Stuff("leaf", "foliage", ("leaf", "second", "leaf"), (2.2, 4.0), 0.45, 1.0),
        Stuff("dew", "glass", ("white",), (0.5, 1.2), 0.0, 0.8),
    ),
    "gold flakes": (
        Stuff("flake", "metal", ("metal",), (0.5, 1.4), 0.65, 2.2),
        Stuff("bead", "pearl", ("white", "metal"), (0.6, 1.3), 0.0, 0.5),
    ),
    "pearls": (
        Stuff("bead", "pearl", ("white", "second"), (0.6, 1.7), 0.1, 1.0),
        Stuff("bead", "metal", ("metal",), (0.4, 0.9), 0.1, 0.5),
    ),
    "pebbles": (
        Stuff("pebble", "plaster", ("stone", "second", "white"), (1.0, 2.4), 0.0, 1.0),
        Stuff("leaf", "foliage", ("leaf",), (1.2, 2.0), 0.1, 0.25),
    ),
    "beads": (
        Stuff("bead", "gloss", ("accent", "second", "subject"), (0.7, 2.1), 0.25, 1.0),
        Stuff("star", "satin", ("accent", "metal"), (0.9, 1.6), 0.5, 0.5),
        Stuff("bead", "glass", ("second", "accent"), (0.8, 1.8), 0.2, 0.4),
    ),
    "glass beads": (
        Stuff("bead", "glass", ("second", "accent", "white"), (0.7, 2.0), 0.45, 1.0),
        Stuff("bead", "glow", ("accent",), (0.25, 0.5), 0.6, 0.7),
    ),
    "snow": (Stuff("bead", "wax", ("white",), (0.25, 0.7), 0.7, 2.4),),
    "none": (),
}
_FIXED = {"white": (0.86, 0.85, 0.83), "leaf": (0.07, 0.22, 0.05), "stone": (0.45, 0.42, 0.39)}
_SHADED = ("fresh", "elegant", "warm", "calm", "playful", "lively")
_MARGIN = 1.35  # of a piece's radius that must be free around it


def scatter(file: SceneFile, things) -> int:
    """Strew the file's dressing; returns how many pieces found a place."""
    sorts = DRESSINGS.get(file.meta["dressing"], ())
    rng = file.rng(101)
    if file.meta["mood"] in _SHADED and rng.random() < 0.75:
        places = _Places(file, rng)
        for _ in range(int(rng.integers(1, 4))):
            _shade(file, places, things)
    if not sorts:
        return 0
    chosen = _Places(file, rng)
    looks: dict[tuple[str, str], object] = {}
    shares = np.array([s.share for s in sorts])
    placed = 0
    wanted = int(rng.integers(22, 48))
    clusters = chosen.anchors(2)
    for n in range(3 * wanted):
        if placed >= wanted:
            break
        sort = sorts[int(rng.choice(len(sorts), p=shares / shares.sum()))]
        near = n % 10 == 9  # now and then one out of focus before the lens
        spot = chosen.find(sort, near, clusters[n % 4] if n % 4 < len(clusters) else None)
        if spot is None:
            continue
        place, radius = spot
        role = sort.roles[int(rng.integers(len(sort.roles)))]
        if (sort.look, role) not in looks:
            looks[sort.look, role] = _look(file, sort.look, role)
        _piece(sort, place, radius, looks[sort.look, role], rng, things, lies=place[2] < 1e-6)
        placed += 1
    return placed


def _shade(file: SceneFile, places: _Places, things) -> None:
    """The shadow of a branch that nobody sees, on wall or floor where nothing else is."""
    rng = places.rng
    spot = places.open(0.1 * min(file.size))
    if spot is None:
        return
    ground = np.array(places.ground(*spot))
    sun = np.array(key_place(file)) - ground
    sun /= np.linalg.norm(sun)
    target = ground + sun * float(rng.uniform(1.3, 2.6))
    side = np.cross(sun, (0.0, 0.0, 1.0))
    side /= np.linalg.norm(side)
    rise = np.cross(side, sun)
    along = float(rng.uniform(0.4, 2.4))
    stem = math.cos(along) * side + math.sin(along) * rise
    across = math.cos(along + 1.571) * side + math.sin(along + 1.571) * rise
    pixel = float(np.linalg.norm(target - (0, file.meta["camera"]["eye_z"], 1.0))) / file.meta["camera"]["focal"]
    length = float(rng.uniform(0.4, 0.62)) * min(file.size) * pixel
    look = material({"slug": "matte", "color": [0.1, 0.1, 0.1]}, name="unseen leaf")
    for n in range(11):
        step = n / 10 - 0.5
        way = 1.0 if n % 2 else -1.0
        points, quads = _leaf(rng)
        radius = length * float(rng.uniform(0.11, 0.17))
        turned = across * way * 0.8 + stem * 0.6
        turned /= np.linalg.norm(turned)
        frame_ = np.stack([np.cross(turned, sun), turned, sun])
        mesh = quad_mesh("shade", (points * radius) @ frame_ + target + stem * step * length + turned * radius, quads)
        mesh.materials.append(look)
        thing = bpy.data.objects.new("shade", mesh)
        thing.visible_camera = thing.visible_glossy = thing.visible_diffuse = thing.visible_transmission = False
        things.objects.link(thing)


class _Places:
    """Free spots of the canvas and what they are in the world."""

    def __init__(self, file: SceneFile, rng: np.random.Generator) -> None:
        self.file, self.rng = file, rng
        self.width, self.height = file.size
        free = file.arrays["free"] == 2
        self.clear = _distance(free)  # pixels to the nearest forbidden one, about
        self.camera = file.meta["camera"]
        self.weight = self._weight()

    def _weight(self) -> np.ndarray:
        """More of them near the hero than far away."""
        c = self.camera
        y, x = np.mgrid[0 : self.height, 0 : self.width]
        foot = c["cy"] + c["focal"] * math.tan(math.atan2(c["eye_y"] - 0.3, -c["eye_z"]) - c["pitch"])
        reach = 2.4 * c["focal"] / -c["eye_z"]
        away = ((x - c["cx"]) ** 2 + (1.6 * (y - foot)) ** 2) / reach**2
        return np.exp(-away) + 0.12

    def open(self, margin: float) -> tuple[float, float] | None:
        """A pixel with room around it, anywhere."""
        spots = np.flatnonzero(self.clear > margin)
        if not len(spots):
            return None
        y, x = divmod(int(spots[int(self.rng.integers(len(spots)))]), self.width)
        return x + 0.5, y + 0.5

    def anchors(self, count: int) -> list[tuple[float, float]]:
        """Pixels of the floor beside the stage, where pieces gather."""
        c = self.camera
        y, x = np.mgrid[0 : self.height, 0 : self.width]
        reach = 1.5 * c["focal"] / -c["eye_z"]
        level = c["cy"] + c["focal"] * math.tan(math.atan2(c["eye_y"], -c["eye_z"] - 0.6) - c["pitch"])
        beside = np.exp(-(((np.abs(x - c["cx"]) - reach) / (0.5 * reach)) ** 2) - ((y - level) / (0.25 * reach)) ** 2)
        chance = np.where(self.clear > 0.02 * min(self.width, self.height), beside, 0.0)
        found = []
        for _ in range(count):
            if chance.sum() < 1e-6:
                break
            at = int(np.searchsorted(np.cumsum(chance.ravel()), self.rng.random() * chance.sum()))
            row, column = divmod(min(at, chance.size - 1), self.width)
            found.append((float(column), float(row)))
            chance = chance * (np.hypot(x - column, y - row) > 0.8 * reach)
        return found

    def ground(self, px: float, py: float) -> tuple[float, float, float]:
        """Where floor or wall is seen there, in Blender's world."""
        c = self.camera
        u, v = (px - c["cx"]) / c["focal"], (c["cy"] - py) / c["focal"]
        s, k = math.sin(c["pitch"]), math.cos(c["pitch"])
        dx, dy, dz = u, v * k - s, v * s + k
        t = min(-c["eye_y"] / dy if dy < -1e-4 else 1e9, (self.file.light["wall"] - c["eye_z"]) / dz)
        return dx * t, c["eye_z"] + dz * t, c["eye_y"] + dy * t

    def find(self, sort: Stuff, near: bool, anchor: tuple[float, float] | None):
        """(place in Blender's world, radius there) of a piece, or None."""
        pixels = float(self.rng.uniform(*sort.size)) / 100 * min(self.width, self.height) * 1.25
        pixels *= 2.8 if near else 1.35 if anchor else 1.0
        hangs = near or (anchor is None and self.rng.random() < sort.air)
        chance = np.where(self.clear > pixels * _MARGIN + 1.5, self.weight, 0.0)
        if anchor and not near:
            y, x = np.mgrid[0 : self.height, 0 : self.width]
            away = np.hypot(x - anchor[0], 2.0 * (y - anchor[1])) / (0.13 * min(self.width, self.height))
            chance = chance * np.exp(-(away**2))
        total = chance.sum()
        if total <= 1e-6:
            return None
        at = int(np.searchsorted(np.cumsum(chance.ravel()), self.rng.random() * total))
        y, x = divmod(min(at, chance.size - 1), self.width)
        self.clear = np.minimum(
            self.clear, np.hypot(np.arange(self.width)[None] - x, np.arange(self.height)[:, None] - y) - pixels
        )
        return self._world(x + 0.5, y + 0.5, pixels, hangs, near)

    def _world(self, px: float, py: float, pixels: float, hangs: bool, near: bool):
        c = self.camera
        u, v = (px - c["cx"]) / c["focal"], (c["cy"] - py) / c["focal"]
        s, k = math.sin(c["pitch"]), math.cos(c["pitch"])
        dx, dy, dz = u, v * k - s, v * s + k
        floor = -c["eye_y"] / dy if dy < -1e-4 else 1e9
        if not hangs:
            z = c["eye_z"] + dz * floor
            if floor > 1e8 or z > self.file.light["wall"] - 1.1 or z < -5.5:
                return None
            return (dx * floor, z, 0.0), pixels * floor / c["focal"]
        z = float(self.rng.uniform(0.35, 0.55)) * c["eye_z"] if near else float(self.rng.uniform(-2.4, 2.2))
        t = (z - c["eye_z"]) / dz
        t = min(t, 0.93 * floor)
        return (dx * t, c["eye_z"] + dz * t, c["eye_y"] + dy * t), pixels * t / c["focal"]


def _distance(free: np.ndarray) -> np.ndarray:
    """Pixels to the nearest place that is not free, by repeated erosion in steps (city-block and diagonal in turn)."""
    found = np.zeros(free.shape, np.float32)
    left = free.copy()
    step = 0
    while left.any() and step < 90:
        found[left] += 1.0
        inner = left.copy()
        inner[1:] &= left[:-1]
        inner[:-1] &= left[1:]
        inner[:, 1:] &= left[:, :-1]
        inner[:, :-1] &= left[:, 1:]
        if step % 2:
            inner[1:, 1:] &= left[:-1, :-1]
            inner[:-1, :-1] &= left[1:, 1:]
            inner[1:, :-1] &= left[:-1, 1:]
            inner[:-1, 1:] &= left[1:, :-1]
        left, step = inner, step + 1
    return found


def _look(file: SceneFile, look: str, role: str):
    palette = file.meta["palette"]
    color = _FIXED.get(role) or palette[role]
    if look == "metal":
        color = tuple(c * 0.92 / max(*palette["metal"], 1e-3) for c in palette["metal"]) if role == "metal" else color
    recipe = {
        "slug": look,
        "color": list(color),
        "emit": 2.5,
        "deep": palette["ground_deep"],
        "accent": palette["accent"],
    }
    return material(recipe, shown_as=DRESSING, name=f"dressing {look}")


def _piece(sort: Stuff, place, radius: float, look, rng, things, *, lies: bool) -> None:
    points, quads = SHAPES[sort.shape](rng)
    mesh = quad_mesh(sort.shape, points * radius, quads, local=points * radius)
    mesh.materials.append(look)
    thing = bpy.data.objects.new(sort.shape, mesh)
    turn = Euler(
        (rng.uniform(-0.25, 0.25), rng.uniform(-0.25, 0.25), rng.uniform(0, 6.28))
        if lies
        else tuple(rng.uniform(-2.2, 2.2, 3))
    )
    thing.rotation_euler = turn
    low = 0.0
    if lies:
        low = float((points * radius @ np.array(turn.to_matrix())[2]).min()) - 0.002 * radius
    thing.location = (place[0], place[1], place[2] - low)
    things.objects.link(thing)


def _sheet(rows: int, columns: int, place) -> tuple[np.ndarray, np.ndarray]:
    """A grid over (u, v) in -1 … 1 put in space by `place`."""
    u, v = np.meshgrid(np.linspace(-1, 1, columns), np.linspace(-1, 1, rows))
    points = np.stack(place(u, v), axis=-1).reshape(-1, 3)
    j, i = np.mgrid[0 : rows - 1, 0 : columns - 1]
    a = (j * columns + i).ravel()
    return points, np.stack([a, a + 1, a + columns + 1, a + columns], axis=1)


def _strip(rng):
    bend = rng.uniform(0.3, 1.2)
    return _sheet(
        9, 3, lambda u, v: (0.42 * u, 0.9 * np.sin(v * bend) / bend, 0.5 * (1 - np.cos(v * bend)) / bend + 0.06 * u * v)
    )


def _curl(rng):
    turns, tight = rng.uniform(1.2, 2.4), rng.uniform(0.30, 0.45)
    return _sheet(
        60,
        3,
        lambda u, v: (
            0.95 * v + 0.02 * u,
            tight * np.cos(v * 3.14 * turns) * (1 - 0.2 * v),
            tight * np.sin(v * 3.14 * turns) * (1 - 0.2 * v) + 0.14 * u,
        ),
    )


def _petal(rng):
    cup, twist = rng.uniform(0.2, 0.55), rng.uniform(-0.3, 0.3)

    def place(u, v):
        wide = 0.62 * np.sqrt(np.maximum(1 - v**2, 0)) * (1.0 + 0.35 * v)
        return u * wide, v, cup * (u * wide) ** 2 * 2 + 0.25 * v**2 + twist * u * v * 0.4

    return _sheet(13, 9, place)


def _leaf(rng):
    fold, droop = rng.uniform(0.15, 0.4), rng.uniform(0.1, 0.4)

    def place(u, v):
        wide = 0.40 * np.cos(v * math.pi / 2) ** 0.8 * (1 - 0.25 * v)
        return u * wide, v, fold * np.abs(u * wide) - droop * v**2 + 0.02 * np.cos(9 * v)

    return _sheet(17, 9, place)


def _flake(rng):
    a = rng.uniform(0.1, 0.4, 6)
    return _sheet(
        6,
        6,
        lambda u, v: (
            u * (0.6 + a[0] * v),
            v * (0.8 + a[1] * u),
            a[2] * np.sin(3 * u + 6 * a[3]) + a[4] * np.cos(4 * v + 6 * a[5]),
        ),
    )


def _ball(rows: int, columns: int, shape) -> tuple[np.ndarray, np.ndarray]:
    """A closed ball; `shape` maps unit vectors to points."""
    v = np.linspace(-math.pi / 2 + 1e-3, math.pi / 2 - 1e-3, rows)
    u = np.arange(columns) * 2 * math.pi / columns
    v, u = np.meshgrid(v, u, indexing="ij")
    unit = np.stack([np.cos(v) * np.cos(u), np.cos(v) * np.sin(u), np.sin(v)], axis=-1).reshape(-1, 3)
    j, i = np.mgrid[0 : rows - 1, 0:columns]
    j, i = j.ravel(), i.ravel()
    k = (i + 1) % columns
    return shape(unit), np.stack(
        [j * columns + i, j * columns + k, (j + 1) * columns + k, (j + 1) * columns + i], axis=1
    )


def _bead(rng):
    return _ball(20, 32, lambda p: p)


def _pebble(rng):
    waves = rng.normal(0, 1, (5, 3))
    phase = rng.uniform(0, 6.28, 5)
    squash = np.array([1.0, rng.uniform(0.65, 0.9), rng.uniform(0.4, 0.6)])
    return _ball(
        22, 32, lambda p: p * squash * (1 + 0.09 * np.sin(p @ waves.T * 1.6 + phase).mean(axis=1))[:, None] * 1.0
    )


def _dew(rng):
    return _ball(16, 28, lambda p: p * [1.0, 1.0, 0.55])


def _star(rng):
    def shape(p):
        angle = np.arctan2(p[:, 1], p[:, 0])
        spike = np.abs((angle * 5 / (2 * math.pi)) % 1 - 0.5) * 2
        flat = np.hypot(p[:, 0], p[:, 1]) * (0.46 + 0.54 * spike**1.3)
        return np.stack([flat * np.cos(angle), flat * np.sin(angle), 0.28 * p[:, 2]], axis=1)

    return _ball(12, 60, shape)


SHAPES = {
    "strip": _strip,
    "curl": _curl,
    "petal": _petal,
    "leaf": _leaf,
    "flake": _flake,
    "bead": _bead,
    "pebble": _pebble,
    "dew": _dew,
    "star": _star,
}
