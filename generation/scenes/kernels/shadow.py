"""Soft shadow: how much of a round lamp each object hides, from the nearest that a ray to the lamp's middle comes to it."""

# An element of a table has no static type; numba gives it one.
# mypy: disable-error-code="no-any-return"

from __future__ import annotations

import math

from generation.scenes import columns as f
from generation.scenes.kernels import sdf
from generation.scenes.kernels.jit import Array, kernel
from generation.scenes.kernels.scene import Scene, Vector, Work

_START = 0.02
_CARRY = 5.0  # half widths of an object after which light from all around has filled much of its shadow
_MELT = 1.0  # of the lamp's half width: gaps between parts that close
_SLACK = 0.1  # of the lamp's half width: what a search may miss before it is refined


@kernel
def lamp_light(s: Scene, w: Work, count: int, at: Vector, way: Vector) -> float:
    """Share of the lamp seen past the `count` parts in w.own, 0 to 1. The parts of one object hide it as one, melted together."""
    width = s.F[f.SOFT]
    lit, last, i = 1.0, -1.0, 0
    k, t = width, 0.0
    for j in range(count):
        number = s.P[w.own[j], sdf.ID]
        if number != last:
            lit *= 1.0 - hidden(s, i, k, t)
            k, last = width, number
        if k <= -width:
            continue
        other, there = passed(s, w.own[j], w.own_spans[j, 0], w.own_spans[j, 1], at, way)
        if other >= width:
            continue
        if other < k:
            i = w.own[j]
        k, t = melted(k, t, other, there, width)
    return lit * (1.0 - hidden(s, i, k, t))


@kernel
def melted(k: float, t: float, other: float, there: float, width: float) -> tuple[float, float]:
    """What two parts passed at k and `other`, t and `there` away, are together; a part at the lamp's rim changes nothing yet."""
    if k >= width:
        return other, there
    reach = _MELT * width
    share = min(max(0.5 + 0.5 * (k - other) / reach, 0.0), 1.0)
    rim = 1.0 - max(k, other) / width
    both = min(k, other)
    return both + min(rim, 1.0) * (sdf.melt(other, k, reach) - both), t + share * (there - t)


@kernel
def passed(s: Scene, i: int, near: float, far: float, at: Vector, way: Vector) -> tuple[float, float]:
    """As `closest`, but deeper where the ray goes through a plate."""
    k, t = closest(s.P, s.V, i, near, far, at, way, s.F[f.SOFT])
    if s.casts[i, sdf.AXIS] >= 0.0 and -s.F[f.SOFT] < k < s.F[f.SOFT]:
        k = min(k, inside_outline(s, i, at, way))
    return k, t


@kernel
def hidden(s: Scene, i: int, k: float, t: float) -> float:
    """Share of the lamp hidden by the object of part i, which the ray passes at a distance of k per unit gone, about t away."""
    width = s.F[f.SOFT]
    if k >= width:
        return 0.0
    breadth = s.casts[i, sdf.NARROW] / (width * t)
    u = max(k / width, -breadth)
    share = beyond(u) - beyond(u + 2.0 * breadth)
    length = s.casts[i, sdf.WIDE] / (width * t)
    if length < 1.0:
        share *= length * (1.5 - 0.5 * length * length)
    if s.P[i, sdf.ID] > 0.0:
        share /= math.sqrt(1.0 + (t / (_CARRY * s.casts[i, sdf.NARROW])) ** 2)
    return share


@kernel
def beyond(u: float) -> float:
    """Share of a round lamp on the far side of a straight edge that lies u half widths from its middle."""
    v = 0.5 - 0.5 * min(max(u, -1.0), 1.0)
    return v * v * (3.0 - 2.0 * v)


@kernel
def closest(
    P: Array, V: Array, i: int, near: float, far: float, at: Vector, way: Vector, width: float
) -> tuple[float, float]:
    """The least distance from part i over the distance gone, at most `width`, and where along the ray that is.

    A distance changes by no more than one goes, so each step is the longest that cannot pass by a ratio less than the least
    so far by more than `_SLACK`; a parabola through the least and both sides of it then takes off most of that.
    """
    slack = _SLACK * width
    least, where = width, far
    t = max(near, _START)
    for _ in range(48):
        if t > far:
            break
        d = sdf.part(P, V, i, at[0] + way[0] * t, at[1] + way[1] * t, at[2] + way[2] * t)
        if d < least * t:
            least, where = d / t, t
            if least <= -width:
                return least, where
        aim = least - slack
        t += max((d - aim * t) / (1.0 + aim), 0.5 * slack * t)
    if least >= width:
        return least, where
    return refined(P, V, i, at, way, least, where, slack * where)


@kernel
def refined(
    P: Array, V: Array, i: int, at: Vector, way: Vector, least: float, where: float, step: float
) -> tuple[float, float]:
    """The low point near `where` of the ratio, by two halvings and a parabola."""
    before = after = least
    for _ in range(2):
        a, b = where - step, where + step
        before = sdf.part(P, V, i, at[0] + way[0] * a, at[1] + way[1] * a, at[2] + way[2] * a) / a
        after = sdf.part(P, V, i, at[0] + way[0] * b, at[1] + way[1] * b, at[2] + way[2] * b) / b
        if before < least and before <= after:
            least, where, after = before, a, least
        elif after < least:
            least, where, before = after, b, least
        step *= 0.5
    bend = before - 2.0 * least + after
    if bend > 1e-9 and min(before, after) > least:
        least -= 0.125 * (before - after) ** 2 / bend
        where += step * (before - after) / bend
    return least, where


@kernel
def inside_outline(s: Scene, i: int, at: Vector, way: Vector) -> float:
    """How far a ray passes inside a plate's outline (negative) over the distance gone: through thin plates too it is inside."""
    q = int(s.casts[i, sdf.AXIS])
    row = sdf.ROT + 3 * q
    a, b, c = s.P[i, row], s.P[i, row + 1], s.P[i, row + 2]
    slope = a * way[0] + b * way[1] + c * way[2]
    gap = a * (s.P[i, sdf.POS] - at[0]) + b * (s.P[i, sdf.POS + 1] - at[1]) + c * (s.P[i, sdf.POS + 2] - at[2])
    t = gap / slope if abs(slope) > 0.05 else 0.0
    if t <= _START:
        return 1.0
    d = sdf.part(s.casts, s.V, i, at[0] + way[0] * t, at[1] + way[1] * t, at[2] + way[2] * t)
    return d * abs(slope) / t if d < 0.0 else 1.0
