"""Lucky animals, drawn as smooth toys: never realistic, never cruel."""

from __future__ import annotations

from generation.scenes.objects.money import struck
from generation.scenes.objects.parts import (
    Parts,
    Rng,
    arc,
    ball,
    bar,
    between,
    cone,
    egg,
    kind,
    line,
    pair,
    pill,
    placed,
    ring,
    smooth,
    solid,
)
from generation.scenes.primitives import Part, Shape


@kind("rabbit", "jade rabbit", "玉兔", (0.75, 1.35, 0.95), default_material="satin", max_yaw=35.0)
def rabbit(rng: Rng) -> Parts:
    ear = egg(
        0.085, 0.26, 0.055, (0.13, 1.02, 0.02), slot="paper", material="satin", rotation=(0, 0, -between(rng, 8, 14))
    )
    inner = egg(0.045, 0.18, 0.03, (0.132, 1.02, -0.03), slot="accent", rotation=(0, 0, -11))
    foot = egg(0.12, 0.075, 0.17, (0.19, 0.075, -0.24), slot="paper", material="satin")
    paw = egg(0.07, 0.12, 0.075, (0.14, 0.4, -0.28), slot="paper", material="satin", rotation=(-30, 0, 25))
    return (
        egg(0.34, 0.34, 0.3, (0, 0.34, 0), slot="paper", material="satin"),
        ball(0.11, (0.0, 0.24, 0.32), slot="paper", material="satin"),
        egg(0.28, 0.25, 0.25, (0, 0.72, -0.04), slot="paper", material="satin"),
        *pair(ear),
        *pair(inner),
        *pair(foot),
        *pair(paw),
        *pair(ball(0.036, (0.1, 0.75, -0.265), slot="dark", material="gloss")),
        *pair(ball(0.05, (0.17, 0.65, -0.225), slot="accent")),
        egg(0.03, 0.022, 0.02, (0, 0.685, -0.29), slot="accent"),
        ball(0.1, (0, 0.42, -0.34), slot="metal"),
    )


@kind("goat", "lucky goat", "吉羊", (1.25, 1.15, 0.95), moved=(-0.08, 0, 0), default_material="satin", max_yaw=30.0)
def goat(rng: Rng) -> Parts:
    fleece = (
        (-0.28, 0.54, 0.0, 0.24),
        (-0.3, 0.44, -0.14, 0.19),
        (-0.05, 0.4, -0.2, 0.19),
        (-0.08, 0.64, -0.04, 0.24),
        (0.12, 0.48, -0.06, 0.22),
        (-0.1, 0.5, 0.18, 0.22),
    )
    wool = tuple(
        ball(r * between(rng, 0.96, 1.04), (x, y, z), slot="paper", material="clay", blend=0.03)
        for x, y, z, r in fleece
    )
    horn = line(smooth(((0.06, 0.17), (0.2, 0.3), (0.34, 0.2), (0.32, 0.05), (0.22, 0.04)), 4), 0.05, slot="metal")
    ear = egg(0.1, 0.045, 0.045, (0.2, 0.02, 0.0), slot="main", rotation=(0, 0, -24))
    head = (
        egg(0.17, 0.2, 0.17, slot="main"),
        egg(0.11, 0.1, 0.1, (0, -0.12, -0.1), slot="main", blend=0.05),
        *(ball(0.034, (x, 0.04, -0.15), slot="dark", material="gloss") for x in (-0.085, 0.085)),
        egg(0.03, 0.018, 0.02, (0, -0.1, -0.2), slot="dark"),
        *(
            ball(r, (x, y, z), slot="paper", material="clay")
            for x, y, z, r in ((0, 0.2, -0.03, 0.1), (-0.08, 0.17, -0.04, 0.075), (0.08, 0.17, -0.04, 0.075))
        ),
        *pair(horn),
        *pair(ear),
        ball(0.055, (0, -0.26, -0.06), slot="metal"),
    )
    legs = tuple(pill(0.06, 0.11, (x, 0.17, z), slot="main") for x in (-0.28, 0.12) for z in (-0.13, 0.13))
    return (
        *placed((*legs, ball(0.28, (-0.1, 0.5, 0), slot="paper", material="clay"), *wool), rotation=(0, 16, 0)),
        *placed(head, (0.3, 0.76, -0.24), 1.0, (0, -16, 0)),
    )


@kind("sheep", "cute sheep", "小绵羊", (1.1, 1.1, 1.05), default_material="clay", max_yaw=30.0)
def sheep(rng: Rng) -> Parts:
    curls = tuple(
        ball(0.15 * between(rng, 0.92, 1.08), (x, 0.52 + y, z * 0.7), slot="paper", material="clay")
        for x, y, z in (
            (0.34, 0.1, 0.1),
            (-0.34, 0.1, 0.1),
            (0.25, 0.3, 0),
            (-0.25, 0.3, 0),
            (0, 0.37, 0.05),
            (0.36, -0.12, 0),
            (-0.36, -0.12, 0),
            (0.22, -0.2, -0.3),
            (-0.22, -0.2, -0.3),
            (0.0, -0.22, -0.36),
        )
    )
    ear = egg(0.12, 0.06, 0.05, (0.25, 0.56, -0.3), slot="main", rotation=(0, 0, -18))
    return (
        egg(0.39, 0.36, 0.34, (0, 0.52, 0), slot="paper", material="clay"),
        *curls,
        egg(0.2, 0.22, 0.16, (0, 0.54, -0.32), slot="main", material="satin"),
        *pair(ear),
        *(
            ball(r, (x, y, -0.38), slot="paper", material="clay")
            for x, y, r in ((0, 0.77, 0.12), (-0.11, 0.74, 0.09), (0.11, 0.74, 0.09))
        ),
        *pair(ball(0.04, (0.08, 0.58, -0.46), slot="dark", material="gloss")),
        *pair(ball(0.035, (0.12, 0.48, -0.455), slot="accent")),
        egg(0.035, 0.022, 0.02, (0, 0.49, -0.48), slot="dark"),
        *(pill(0.07, 0.08, (x, 0.14, z), slot="dark") for x in (-0.2, 0.2) for z in (-0.16, 0.16)),
    )


@kind("koi", "koi", "锦鲤", (1.65, 0.95, 0.75), floats=True, stands=False, default_material="gloss", max_yaw=30.0)
def koi(rng: Rng) -> Parts:
    spine = ((-0.36, 0.42, 0.07), (-0.2, 0.36, 0.13), (-0.02, 0.36, 0.185), (0.17, 0.42, 0.2), (0.34, 0.52, 0.16))
    head, *rest = (ball(r, (x, y, 0), slot="paper", material="gloss") for x, y, r in reversed(spine))
    body = (
        head,
        *(Part(p.shape, p.size, position=p.position, slot="paper", material="gloss", blend=0.16) for p in rest),
    )
    fluke = solid(Shape.LEAF, (0.11, 0.25, 0.02), (-0.52, 0.58, 0.0), rotation=(0, 0, 38), radius=0.012)
    fluke_low = solid(Shape.LEAF, (0.1, 0.22, 0.02), (-0.56, 0.38, 0.0), rotation=(0, 0, 100), radius=0.012)
    fin = solid(Shape.LEAF, (0.08, 0.17, 0.016), (0.16, 0.3, -0.22), rotation=(-50, 0, 60), radius=0.01)
    patches = (
        (0.17, 0.5, -0.12, 0.11),
        (-0.06, 0.45, -0.1, 0.1),
        (-0.24, 0.4, -0.06, 0.075),
        (0.33, 0.6, -0.06, 0.085),
    )
    return placed(
        (
            *body,
            *(egg(r * 1.15, r * 0.8, r, (x, y, z)) for x, y, z, r in patches),
            fluke,
            fluke_low,
            fin,
            solid(Shape.LEAF, (0.1, 0.22, 0.016), (0.0, 0.56, 0.0), rotation=(0, 0, 66), radius=0.01),
            solid(Shape.LEAF, (0.06, 0.13, 0.016), (-0.16, 0.22, -0.06), rotation=(-20, 0, 50), radius=0.01),
            ball(0.034, (0.4, 0.56, -0.125), slot="dark"),
            line(smooth(((0.47, 0.48), (0.53, 0.43), (0.57, 0.45)), 2), 0.012, 0, (0, 0, -0.06), slot="paper"),
            *(ball(r, at, slot="second") for at, r in (((0.56, 0.68, 0), 0.05), ((0.62, 0.82, 0), 0.035))),
        ),
        (0, 0, 0),
        1.0,
        (0, 0, between(rng, -4, 6)),
    )


@kind("lucky-cat", "lucky cat", "招财猫", (0.9, 1.2, 0.85), moved=(-0.06, 0, 0), default_material="gloss", max_yaw=30.0)
def lucky_cat(rng: Rng) -> Parts:
    ear = cone(0.12, 0.1, 0.01, (0.19, 1.05, 0.0), slot="paper", material="gloss", rotation=(0, 0, -18), radius=0.03)
    inner = cone(0.065, 0.06, 0.005, (0.19, 1.04, -0.06), slot="main", rotation=(0, 0, -18), radius=0.01)
    medal = placed(struck(rng, "metal", "metal")[:2], (-0.14, 0.36, -0.36), 0.3)
    lift = between(rng, 0.88, 0.96)
    return (
        egg(0.36, 0.36, 0.3, (0, 0.34, 0), slot="paper", material="gloss"),
        egg(0.32, 0.27, 0.28, (0, 0.82, -0.02), slot="paper", material="gloss"),
        *pair(ear),
        *pair(inner),
        line(((0.3, 0.48), (0.4, 0.66), (0.38, lift)), 0.085, 0, (0, 0, -0.12), slot="paper", material="gloss"),
        ball(0.1, (0.38, lift + 0.02, -0.14), slot="paper", material="gloss"),
        egg(0.11, 0.09, 0.12, (-0.14, 0.36, -0.26), slot="paper", material="gloss"),
        *pair(egg(0.13, 0.08, 0.16, (0.2, 0.08, -0.2), slot="paper", material="gloss")),
        ring(0.24, 0.045, (0, 0.61, -0.01)),
        ball(0.065, (0, 0.58, -0.27), slot="metal"),
        *medal,
        *pair(arc(0.05, 0.016, 170, (0.12, 0.84, -0.275), slot="dark")),
        egg(0.028, 0.02, 0.02, (0, 0.785, -0.3), slot="main"),
        *pair(ball(0.045, (0.2, 0.76, -0.225), slot="accent")),
        *pair(arc(0.035, 0.011, 170, (0.034, 0.75, -0.295), slot="dark", rotation=(0, 0, 180))),
        *pair(bar(0.009, 0.06, (0.27, 0.79, -0.2), slot="dark")),
    )


KINDS = (rabbit, goat, sheep, koi, lucky_cat)
