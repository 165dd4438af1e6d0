"""The closest shot of a group: the hero over the subject's box, the stage below it reaching beyond where there is room."""

from __future__ import annotations

import math
from dataclasses import replace

import numpy as np

from generation.layout.geometry import Rect
from generation.scenes.camera import Camera

_APART = 0.024  # of the short side, between the group and type
_EDGE = 0.012  # of the short side, between the group and the canvas's edge
_BEYOND = {"down": 0.45, "left": 0.3, "right": 0.3, "up": 0.3}  # how far the group may leave its box, of the box's side
_STEPS = 24
_LARGEST = 1.12  # of a hero beside its box, in area
_SHARE = 0.28  # of the canvas that a group should take, where there is room


def room_around(box: Rect, canvas: tuple[int, int], calm: tuple[Rect, ...]) -> Rect:
    """The box grown on each side until it would meet type or the canvas's edge; at least the box itself."""
    short = min(canvas)
    zones = [zone.grown(_APART * short) for zone in calm]
    limits = Rect(0, 0, *canvas).grown(-_EDGE * short).union(box)
    room = box
    for side, share in _BEYOND.items():
        step = share / _STEPS * (box.height if side in ("down", "up") else box.width)
        for _ in range(_STEPS):
            strip, wider = _pushed(room, side, step)
            if not limits.contains(strip) or any(strip.intersection(zone) for zone in zones):
                break
            room = wider
    return room


def _pushed(room: Rect, side: str, step: float) -> tuple[Rect, Rect]:
    """(what is added, the whole) when one side moves outwards."""
    if side == "down":
        return replace(room, y0=room.y1, y1=room.y1 + step), replace(room, y1=room.y1 + step)
    if side == "up":
        return replace(room, y0=room.y0 - step, y1=room.y0), replace(room, y0=room.y0 - step)
    if side == "left":
        return replace(room, x0=room.x0 - step, x1=room.x0), replace(room, x0=room.x0 - step)
    return replace(room, x0=room.x1, x1=room.x1 + step), replace(room, x1=room.x1 + step)


def closest(camera: Camera, group: Rect, hero: Rect, box: Rect, room: Rect, canvas: tuple[int, int]) -> Camera:
    """The camera that keeps the group in `room` and covers `box` with the hero as well as can be.

    group, hero: silhouettes in the camera's unit plane, y up (y0 is the lowest).
    """
    least = min(box.width / group.width, box.height / group.height)
    most = max(min(room.width / group.width, room.height / group.height), least)
    wanted = min(_SHARE * canvas[0] * canvas[1], 1.3 * box.area)
    largest = math.sqrt(max(_LARGEST * box.area / hero.area, wanted / group.area))
    most = max(min(most, largest), least)
    shots = [_centred(camera, float(f), group, hero, box, room) for f in np.linspace(most, least, _STEPS)]

    def worth(shot: Camera) -> float:
        lacks = max(1.0 - group.area * shot.focal**2 / wanted, 0.0)
        return on_canvas(hero, shot).iou(box) - 2.0 * lacks

    return max(shots, key=worth)


def _centred(camera: Camera, focal: float, group: Rect, hero: Rect, box: Rect, room: Rect) -> Camera:
    """The hero's middle on the box's middle, as nearly as the group's room allows."""
    x = box.center[0] - focal * hero.center[0]
    y = box.center[1] + focal * (hero.y0 + hero.y1) / 2
    x = min(max(x, room.x0 - focal * group.x0), room.x1 - focal * group.x1)
    y = min(max(y, room.y0 + focal * group.y1), room.y1 + focal * group.y0)
    return replace(camera, focal=focal, cx=float(x), cy=float(y))


def on_canvas(seen: Rect, camera: Camera) -> Rect:
    """A box of the unit plane (y up) in pixels (y down)."""
    f = camera.focal
    return Rect(camera.cx + f * seen.x0, camera.cy - f * seen.y1, camera.cx + f * seen.x1, camera.cy - f * seen.y0)
