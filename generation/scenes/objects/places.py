"""Places, buildings and what stands by the sea. Globes show no borders; buildings are nobody's."""

from __future__ import annotations

from generation.scenes.objects.parts import (
    Parts,
    Rng,
    arc,
    around,
    ball,
    bar,
    between,
    box,
    cone,
    disc,
    egg,
    face_disc,
    face_ring,
    kind,
    line,
    pair,
    pill,
    placed,
    ring,
    slab,
    smooth,
    solid,
)
from generation.scenes.primitives import Part, Shape, Slot


@kind(
    "globe",
    "globe without borders",
    "无国界地球仪",
    (1.05, 1.3, 0.85),
    floats=True,
    default_material="gloss",
    max_yaw=60.0,
)
def globe(rng: Rng) -> Parts:
    lean = between(rng, -22, -16)
    sphere = (
        ball(0.4),
        *(
            ring(0.402, 0.011, slot="second", rotation=(90, 0, 0))
            if i == 0
            else ring(0.402, 0.011, slot="second", rotation=(90, 60.0 * i, 0))
            for i in range(3)
        ),
        ring(0.402, 0.011, slot="second"),
        *(ring(0.34, 0.011, (0, y, 0), slot="second") for y in (-0.215, 0.215)),
        pill(0.022, 0.46, slot="metal"),
        ball(0.04, (0, 0.47, 0), slot="metal"),
    )
    return (
        *placed(sphere, (0, 0.74, 0), 1.0, (0, 0, lean)),
        arc(0.47, 0.028, 190, (0, 0.74, 0), slot="metal", rotation=(0, 0, -104 + lean * 0.4)),
        cone(0.09, 0.06, 0.04, (0, 0.2, 0), slot="metal"),
        disc(0.26, 0.055, (0, 0.06, 0), slot="metal"),
    )


@kind(
    "orbit-globe",
    "globe with light trails",
    "环球光轨",
    (1.2, 0.9, 1.1),
    moved=(0, -0.12, 0),
    floats=True,
    default_material="gloss",
    max_yaw=180.0,
)
def orbit_globe(rng: Rng) -> Parts:
    trails = tuple(
        part
        for i, (tilt, yaw) in enumerate(((68, 10), (112, 50)))
        for part in placed(
            (ring(0.54, 0.014, slot="glow" if i else "metal"), ball(0.05, (0.54, 0, 0), slot="accent")),
            (0, 0.54, 0),
            1.0,
            (tilt - 90 + between(rng, -4, 4), yaw, 18 - 36 * i),
        )
    )
    lines = (
        *(ring(0.402, 0.009, (0, 0.54, 0), slot="second", rotation=(90, 60.0 * i, 0)) for i in range(3)),
        ring(0.402, 0.009, (0, 0.54, 0), slot="second"),
    )
    return (ball(0.4, (0, 0.54, 0)), *lines, *trails)


@kind("skyline", "city block", "城市楼群", (1.25, 1.3, 0.9), default_material="satin", max_yaw=45.0)
def skyline(rng: Rng) -> Parts:
    plots = (
        (-0.42, 0.1, 0.13, 0.34),
        (-0.14, 0.16, 0.14, 0.52),
        (0.16, 0.14, 0.13, 0.42),
        (0.44, 0.1, 0.12, 0.3),
        (-0.32, -0.2, 0.12, 0.22),
        (0.02, -0.2, 0.13, 0.3),
        (0.34, -0.2, 0.13, 0.2),
    )
    slots: tuple[Slot, ...] = ("main", "second", "main", "paper", "second", "main", "accent")
    parts: list[Part] = [box(0.62, 0.03, 0.42, (0, 0.03, 0), slot="paper")]
    for (x, z, half, tall), slot in zip(plots, slots, strict=True):
        h = tall * between(rng, 0.88, 1.08)
        parts.append(box(half, h, half, (x, 0.05 + h, z), slot=slot, radius=0.02))
        glass: Slot = "glow" if slot == "main" else "dark"
        parts += [
            box(0.016, h * 0.78, 0.006, (x + dx, 0.05 + h, z - half), slot=glass, radius=0.003)
            for dx in (-half * 0.45, half * 0.45)
        ]
    return (*parts, pill(0.012, 0.06, (-0.14, 1.2, 0.16), slot="metal"))


@kind("bridge", "bridge", "桥", (1.45, 0.85, 0.45), moved=(0, 0.02, 0), default_material="satin", max_yaw=35.0)
def bridge(rng: Rng) -> Parts:
    sag = between(rng, 0.3, 0.34)
    cable = [
        (-0.66, 0.3),
        (-0.5, 0.46),
        (-0.34, 0.76),
        (-0.2, 0.76 - sag * 0.72),
        (0, 0.76 - sag),
        (0.2, 0.76 - sag * 0.72),
        (0.34, 0.76),
        (0.5, 0.46),
        (0.66, 0.3),
    ]
    curve = smooth(cable, 3)
    hangers = tuple(
        line(((x, 0.26), (x, y)), 0.008, 0, (0, 0, -0.15), slot="metal")
        for x, y in (cable[1], cable[3], cable[4], cable[5], cable[7])
    )
    towers = tuple(box(0.035, 0.4, 0.035, (x, 0.4, z), slot="main") for x in (-0.34, 0.34) for z in (-0.15, 0.15))
    return (
        box(0.68, 0.03, 0.17, (0, 0.26, 0), slot="second"),
        *towers,
        *(box(0.03, 0.03, 0.15, (x, 0.66, 0), slot="main") for x in (-0.34, 0.34)),
        *(line(curve, 0.018, 0, (0, 0, z), slot="metal") for z in (-0.15, 0.15)),
        *hangers,
        *(egg(0.16, 0.05, 0.2, (x, 0.03, 0), slot="paper") for x in (-0.34, 0.34)),
    )


@kind("lighthouse", "lighthouse", "灯塔", (0.9, 1.45, 0.8), default_material="satin", max_yaw=35.0)
def lighthouse(rng: Rng) -> Parts:
    radii = (0.26, 0.235, 0.21, 0.185, 0.16)
    stripes = tuple(
        cone(radii[i], 0.1, radii[i + 1], (0, 0.26 + 0.2 * i, 0), slot="paper" if i % 2 else "main", radius=0.006)
        for i in range(4)
    )
    return (
        egg(0.42, 0.14, 0.38, (0, 0.14, 0), slot="second"),
        *(
            ball(r, (x, r, z), slot="second")
            for x, z, r in ((-0.26, -0.2, 0.12), (0.22, -0.24, 0.1), (0.32, 0.05, 0.1))
        ),
        *stripes,
        disc(0.23, 0.03, (0, 0.98, 0), slot="dark"),
        ring(0.22, 0.016, (0, 1.08, 0), slot="metal"),
        *(pill(0.01, 0.04, (x, 1.04, z), slot="metal") for x, z, _ in around(8, 0.22, between(rng, 0, 40))),
        disc(0.12, 0.1, (0, 1.1, 0), slot="glow"),
        cone(0.19, 0.08, 0.02, (0, 1.27, 0), slot="main"),
        ball(0.03, (0, 1.36, 0), slot="metal"),
        box(0.06, 0.09, 0.02, (0, 0.25, -0.25), slot="dark"),
    )


@kind("anchor", "anchor", "船锚", (1.15, 1.35, 0.2), floats=True, stands=False, default_material="metal", max_yaw=30.0)
def anchor(rng: Rng) -> Parts:
    fluke = solid(Shape.WEDGE, (0.1, 0.14, 0.05), (0.42, 0.4, 0), radius=0.03, rotation=(0, 0, -26), slot="metal")
    return placed(
        (
            pill(0.055, 0.42, (0, 0.6, 0), slot="metal"),
            arc(0.42, 0.055, 176, (0, 0.48, 0), slot="metal", rotation=(0, 0, 180)),
            *pair(fluke),
            bar(0.045, 0.24, (0, 0.88, 0), slot="metal"),
            *pair(ball(0.065, (0.28, 0.88, 0), slot="metal")),
            face_ring(0.1, 0.035, (0, 1.12, 0), slot="metal"),
        ),
        (0, 0.02, 0),
        1.0,
        (0, 0, between(rng, -10, 10)),
    )


@kind("shop-front", "shop front", "小店门面", (1.25, 1.1, 1.15), default_material="satin", max_yaw=35.0)
def shop_front(rng: Rng) -> Parts:
    stripes = tuple(
        box(
            0.0715,
            0.03,
            0.16,
            (-0.5 + 0.143 * i, 0.77, -0.4),
            slot="main" if i % 2 == 0 else "paper",
            material="satin",
            rotation=(-24, 0, 0),
            radius=0.015,
        )
        for i in range(8)
    )
    frill = tuple(
        face_disc(
            0.07, 0.018, (-0.5 + 0.143 * i, 0.7, -0.545), slot="main" if i % 2 == 0 else "paper", material="satin"
        )
        for i in range(8)
    )
    return (
        box(0.6, 0.03, 0.4, (0, 0.03, -0.02), slot="dark"),
        box(0.54, 0.48, 0.3, (0, 0.5, 0.05), slot="second"),
        box(0.56, 0.06, 0.32, (0, 0.99, 0.05), slot="main"),
        slab(0.3, 0.09, 0.03, 0.05, (0, 0.97, -0.3), slot="paper"),
        bar(0.022, 0.16, (0, 0.97, -0.335), slot="main"),
        *stripes,
        *frill,
        box(0.15, 0.28, 0.015, (0.28, 0.34, -0.25), slot="dark", material="gloss"),
        ball(0.025, (0.18, 0.34, -0.275), slot="metal"),
        box(0.22, 0.17, 0.015, (-0.18, 0.42, -0.25), slot="glow"),
        box(0.25, 0.025, 0.06, (-0.18, 0.23, -0.28), slot="main"),
        box(0.012, 0.17, 0.02, (-0.18, 0.42, -0.255), slot="paper"),
        *(ball(between(rng, 0.06, 0.075), (x, 0.12, -0.34), slot="main") for x in (-0.44, -0.33)),
    )


@kind("house", "house", "小房子", (1.15, 1.15, 1), default_material="satin", max_yaw=40.0)
def house(rng: Rng) -> Parts:
    return (
        box(0.56, 0.03, 0.45, (0, 0.03, 0), slot="second"),
        box(0.42, 0.3, 0.34, (0, 0.34, 0), slot="paper", material="satin"),
        box(0.08, 0.16, 0.08, (0.26, 0.95, 0.08), slot="second"),
        solid(Shape.WEDGE, (0.55, 0.23, 0.42), (0, 0.84, 0), radius=0.04),
        box(0.1, 0.19, 0.02, (-0.14, 0.24, -0.34), slot="main"),
        ball(0.022, (-0.07, 0.24, -0.37), slot="metal"),
        box(0.12, 0.1, 0.015, (0.2, 0.36, -0.34), slot="glow"),
        box(0.012, 0.1, 0.02, (0.2, 0.36, -0.345), slot="second"),
        box(0.12, 0.012, 0.02, (0.2, 0.36, -0.345), slot="second"),
        face_disc(0.085, 0.02, (0, 0.82, -0.42), slot="glow"),
        *(ball(between(rng, 0.08, 0.1), (x, 0.12, -0.38), slot="accent") for x in (0.2, 0.36)),
    )


@kind("gift-rack", "shelf of gifts", "礼品架", (1.1, 1.25, 0.55), default_material="satin", max_yaw=30.0)
def gift_rack(rng: Rng) -> Parts:
    slots: tuple[Slot, ...] = ("second", "accent", "main", "metal")
    goods = tuple(
        part
        for i, (x, y) in enumerate(((-0.28, 0.09), (0.02, 0.09), (0.3, 0.09), (-0.22, 0.64), (0.14, 0.64)))
        for part in _small_present(x, y, slots[i % 4], slots[(i + 1) % 4], between(rng, 0.1, 0.15))
    )
    return (
        *(box(0.035, 0.58, 0.24, (x, 0.58, 0), slot="main") for x in (-0.5, 0.5)),
        *(box(0.53, 0.03, 0.25, (0, y, 0), slot="main") for y in (0.05, 0.6, 1.15)),
        box(0.5, 0.56, 0.015, (0, 0.6, 0.22), slot="paper", material="satin"),
        *goods,
    )


def _small_present(x: float, y: float, slot: Slot, band: Slot, half: float) -> Parts:
    return (
        box(0.11, half, 0.11, (x, y + half, -0.06), slot=slot, radius=0.015),
        box(0.025, half, 0.114, (x, y + half, -0.06), slot=band, radius=0.006),
        *pair_at(face_ring(0.035, 0.014, (0.035, 2 * half + 0.03, -0.06), slot=band), x, y),
    )


def pair_at(part: Part, x: float, y: float) -> Parts:
    return placed(pair(part), (x, y, 0))


KINDS = (globe, orbit_globe, skyline, bridge, lighthouse, anchor, shop_front, house, gift_rack)
