"""The frame row and the studio's lamps: everything about light and ground that is a number."""

from __future__ import annotations

import math

import numpy as np

from generation.layout.geometry import Rect
from generation.scenes import columns as c
from generation.scenes.camera import Camera
from generation.scenes.graph import SceneGraph, SceneLight
from generation.scenes.materials import Rgb, hue_shade, linear, luminance, mix, scaled, vivid
from generation.scenes.room import WALL, SetPlan
from generation.scenes.table import Array
from generation.types import ScenePalette

_MEDIAN_TONE = 0.66  # share of the bright tone in the ground's median pixel


def sun(light: SceneLight) -> tuple[float, float, float]:
    """Unit vector from the scene towards the key light: to its side, above, before the hero."""
    up = math.radians(light.elevation)
    side = -1.0 if light.side == "left" else 1.0
    flat = math.cos(up)
    return side * 0.72 * flat, math.sin(up), -0.69 * flat


def in_picture(light: SceneLight, camera: Camera) -> tuple[float, float]:
    """From a lit object towards its shadow in the picture plane, y down, unit length."""
    x, y, z = sun(light)
    s, co = math.sin(camera.pitch), math.cos(camera.pitch)
    dx, dy = -x, y * co + z * s
    q = math.hypot(dx, dy)
    return dx / q, dy / q


def frame_row(
    graph: SceneGraph, camera: Camera, plan: SetPlan, hero: Rect, box: Rect, canvas: tuple[int, int]
) -> Array:
    """All columns of F for this canvas (see columns.py)."""
    row = np.zeros(c.FRAME_SIZE)
    row[[c.EYE_Y, c.EYE_Z, c.COS, c.SIN]] = camera.eye_y, camera.eye_z, math.cos(camera.pitch), math.sin(camera.pitch)
    row[[c.FOCAL, c.CX, c.CY, c.WIDTH, c.HEIGHT]] = camera.focal, camera.cx, camera.cy, *canvas
    row[[c.WALL, c.FILLET, c.FLOOR_MIRROR, c.FLOOR_ROUGH]] = WALL, plan.fillet, plan.mirror, 0.2
    _paint_ground(row, graph.palette, plan, hero, box, canvas)
    _light(row, graph.light, graph.palette)
    row[c.HERO] = graph.subject_id if graph.subject_id is not None else -2
    for column, value in plan.pattern.items():
        row[column] = value
    return row


def _paint_ground(
    row: Array, palette: ScenePalette, plan: SetPlan, hero: Rect, box: Rect, canvas: tuple[int, int]
) -> None:
    ground, deep = linear(palette.ground), linear(palette.ground_deep)
    dark = luminance(ground) < 0.18
    row[c.GROUND : c.GROUND + 3] = ground
    row[c.DEEP : c.DEEP + 3] = mix(deep, ground, 0.12)
    row[c.GLOW : c.GLOW + 3] = halo(palette)
    x, y = hero.center
    row[[c.GLOW_X, c.GLOW_Y]] = x, y - 0.06 * box.height
    row[c.GLOW_R] = 0.72 * max(min(box.width, 1.4 * box.height), 0.7 * box.height)
    row[c.GLOW_GAIN] = (0.5 if dark else 0.34) * plan.glow
    row[[c.FADE_X, c.FADE_Y]] = x, y
    row[[c.FADE_W, c.FADE_H]] = _fade(hero, canvas)
    row[c.FADE_POWER] = 2.0
    row[[c.POOL_GAIN, c.POOL_X, c.POOL_Y]] = 1.0, x, y
    row[[c.POOL_W, c.POOL_H]] = 0.85 * hero.width + 0.1 * box.width, 0.85 * hero.height + 0.1 * box.height


def _fade(hero: Rect, canvas: tuple[int, int]) -> tuple[float, float]:
    """Half axes of the ground's gradient such that on every canvas half of the ground is lighter than the same tone."""
    width, height = canvas
    x, y = hero.center
    wide, tall = max(x, width - x, 0.35 * width), max(y, height - y, 0.35 * height)
    v, u = np.mgrid[0:48, 0:48].astype(np.float64)
    u, v = (u + 0.5) / 48 * width, (v + 0.5) / 48 * height
    free = (np.abs(u - x) > hero.width / 2) | (np.abs(v - y) > hero.height / 2)
    if not free.any():
        return wide, tall
    middle = float(np.median(np.hypot((u - x) / wide, (v - y) / tall)[free]))
    scale = middle / math.sqrt(-math.log(_MEDIAN_TONE))
    return wide * scale, tall * scale


def halo(palette: ScenePalette) -> Rgb:
    """Light behind the hero: the ground's own hue, lifted."""
    ground = linear(palette.ground)
    bright = scaled(ground, 0.75 / max(max(ground), 0.04))
    return mix(vivid(bright, 0.2), (0.9, 0.85, 0.75), 0.22)


def _light(row: Array, light: SceneLight, palette: ScenePalette) -> None:
    ground = linear(palette.ground)
    dark = luminance(ground) < 0.18
    warm = light.warmth
    key = (1.0 + 0.05 * warm, 1.0 - 0.02 * abs(warm), 1.0 - 0.13 * warm)
    row[c.SUN : c.SUN + 3] = sun(light)
    row[c.KEY] = 1.0
    row[c.SOFT] = 0.05 + 0.22 * light.softness
    row[c.KEY_COLOR : c.KEY_COLOR + 3] = key
    row[c.AMBIENT] = 0.62
    tint = scaled(ground, 0.7 / max(max(ground), 0.05))
    row[c.SKY : c.SKY + 3] = scaled(mix((1.0, 1.0, 1.0), tint, 0.25), 0.72 if dark else 0.9)
    row[c.MIDDLE : c.MIDDLE + 3] = scaled(mix((0.8, 0.8, 0.8), tint, 0.45), 0.42 if dark else 0.6)
    row[c.BELOW : c.BELOW + 3] = scaled(mix(tint, ground, 0.5), 0.42 if dark else 0.6)
    row[c.RIM] = 0.55 if dark else 0.3
    row[c.RIM_COLOR : c.RIM_COLOR + 3] = mix(halo(palette), (1.0, 0.95, 0.9), 0.4)
    row[c.SHADE : c.SHADE + 3] = hue_shade(ground)
    row[c.HERO_GAIN] = 1.0
    row[[c.APERTURE, c.FOCUS]] = 0.05, -row[c.EYE_Z]


def lamps(light: SceneLight, palette: ScenePalette) -> Array:
    """Soft-boxes around the scene, (n, 15): key, top, fill strip, two strips from behind, a low front card."""
    x, y, z = sun(light)
    side = 1.0 if x > 0 else -1.0
    warm = light.warmth
    white: Rgb = (1.0 + 0.05 * warm, 1.0, 1.0 - 0.1 * warm)
    tinted = mix(white, halo(palette), 0.35)
    return np.array(
        [
            _box((x, y * 0.8, z), 0.42, 0.6, 0.05, scaled(white, 3.6)),
            _box((0.0, 1.0, -0.15), 0.9, 0.3, 0.12, scaled(white, 1.7)),
            _box((-side * 0.86, 0.12, -0.5), 0.16, 1.3, 0.06, scaled(tinted, 1.8)),
            _box((side * 0.93, 0.2, 0.36), 0.14, 1.5, 0.06, scaled(white, 2.2)),
            _box((-side * 0.9, 0.35, 0.45), 0.12, 1.4, 0.06, scaled(tinted, 2.4)),
            _box((side * 0.1, 0.3, -1.0), 0.8, 0.2, 0.12, scaled(white, 1.0)),
        ]
    )


def _box(face: Rgb, half_width: float, half_height: float, soft: float, color: Rgb) -> list[float]:
    n = np.asarray(face) / np.linalg.norm(face)
    up = np.array([0.0, 0.0, 1.0]) if abs(n[1]) > 0.9 else np.array([0.0, 1.0, 0.0])
    right = np.cross(up, n)
    right /= np.linalg.norm(right)
    return [*n, *right, *np.cross(n, right), half_width, half_height, soft, *color]
