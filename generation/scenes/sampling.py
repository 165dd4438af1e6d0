"""Random scenes and layouts: what the embedded model is trained on, and what tests and contact sheets look at."""

from __future__ import annotations

import colorsys
from dataclasses import replace

import numpy as np

from generation.layout.geometry import Rect
from generation.scenes.graph import ColorRole, MaterialSlug, SceneGraph, SceneLight, SceneObject
from generation.scenes.objects.stuffs import suited
from generation.scenes.podium import PODIUMS
from generation.scenes.props import catalogue
from generation.scenes.sets import SETS
from generation.types import Format, Layout, Placed, ScenePalette

# ground, ground_deep, subject, second, accent, metal, text, scheme: hand-picked, each a poster one could sell.
_PALETTES: tuple[tuple[str, ...], ...] = (
    ("#D7263D", "#8E0B22", "#FFF1DC", "#F3B95F", "#FFD24A", "#E8B04A", "#FFF6E6", "vivid"),
    ("#E8452C", "#A31B12", "#FFE9C9", "#FFC06A", "#FFE14D", "#EDB552", "#FFF7EA", "vivid"),
    ("#1F4FD8", "#0B2170", "#F4F8FF", "#7FB2FF", "#FFC93C", "#F0C674", "#FFFFFF", "vivid"),
    ("#BFE3FF", "#74B4EE", "#1C5FD0", "#FFFFFF", "#FF7A45", "#D9DEE6", "#0E2A5C", "light"),
    ("#FFE3D3", "#F5B79C", "#E2533A", "#FFF7F0", "#F2A541", "#E0A878", "#5B1F14", "light"),
    ("#FBD3DF", "#EE94B3", "#C9245F", "#FFF3F6", "#FFB03A", "#E9B48C", "#5E0F2E", "light"),
    ("#0F7A5A", "#053B2D", "#FFF3D6", "#7FD1A8", "#FFC857", "#E2B65A", "#F4FFF8", "vivid"),
    ("#CDEFE0", "#86CDB1", "#0E7C66", "#FFFFFF", "#FF8F5A", "#D8C08A", "#0B3D33", "light"),
    ("#6B35D9", "#2B0F7A", "#FFE9FB", "#B78CFF", "#FFD23F", "#F0C27A", "#FFFFFF", "vivid"),
    ("#E5DBFF", "#B49BF0", "#5A2FC2", "#FFFFFF", "#FF6FA3", "#D9C8E8", "#2B1460", "light"),
    ("#14213F", "#060B1C", "#E9B95A", "#3E5CA8", "#FF8A3D", "#E9C46A", "#F3F6FF", "dark"),
    ("#2A1020", "#10040C", "#F2B8A0", "#8E2F57", "#FFC36B", "#E8B77A", "#FFF1EC", "dark"),
    ("#0E2B2A", "#041213", "#E6C279", "#1F7A72", "#7CF0C8", "#E4C078", "#EFFFFB", "dark"),
    ("#241A55", "#0C0726", "#FFB7E1", "#6A4BE0", "#4DE1FF", "#E7B8FF", "#F6F0FF", "dark"),
    ("#FFC53A", "#F08A14", "#C3202F", "#FFF3CF", "#D9304F", "#FFE2A0", "#5A1A0A", "vivid"),
    ("#FF8A3D", "#D2500F", "#FFF4E2", "#FFD08A", "#1F4FD8", "#FFD79A", "#3D1403", "vivid"),
    ("#F3EADC", "#D3BD9C", "#7A4A25", "#FFFFFF", "#C0472E", "#C9A15C", "#3B2614", "light"),
    ("#FFF0C2", "#F4CE6C", "#D2691E", "#FFFFFF", "#E0403A", "#E3AE4A", "#5A2E08", "light"),
    ("#0A84C6", "#064273", "#FFFFFF", "#7FD8F2", "#FFB627", "#D6E3EC", "#FFFFFF", "vivid"),
    ("#F7C9B8", "#E58F77", "#2E5E8C", "#FFF6EE", "#D94F3D", "#D9B08A", "#3A1E16", "light"),
    ("#DDE5C8", "#A9BC84", "#3F6B3A", "#FFFDF2", "#E2703A", "#CDB37A", "#22361F", "light"),
    ("#8E1B1B", "#4A0909", "#F3C667", "#C4453A", "#FFE2A8", "#E6BC5E", "#FFF3DC", "dark"),
    ("#3C2A21", "#1A110C", "#E8B98A", "#8A5A3C", "#F6E3C8", "#DDB27A", "#FFF4E8", "dark"),
    ("#2AA8A0", "#0C5E63", "#FFF4DC", "#9BE3D2", "#FF7A59", "#E8C98A", "#F6FFFC", "vivid"),
    ("#D8E8FF", "#97BDF0", "#E2503C", "#FFFFFF", "#2F56C8", "#D6DEE8", "#122A55", "light"),
    ("#C2185B", "#6A0B37", "#FFE6C7", "#FF8FB3", "#FFD54A", "#F2BE78", "#FFF1F5", "vivid"),
)
_MATERIALS: tuple[MaterialSlug, ...] = ("gloss", "satin", "satin", "matte", "clay", "gloss", "ceramic")
_THIN = frozenset(
    {*PODIUMS, "fine-rings", "strip-board", "capsule-strip", "section-ribbon", "slider"}
)  # carry no picture
_COMPOSITIONS = ("center", "third-left", "third-right", "low", "pedestal-row", "floating", "still-life")


def random_graph(seed: int) -> SceneGraph:
    """A scene with a hero, a stage, and two to seven props, in a random palette, set, composition and light."""
    rng = np.random.default_rng([seed, 11])
    composition = str(rng.choice(_COMPOSITIONS))
    objects = (*_main_objects(rng), *_props(rng))
    return SceneGraph(
        seed=seed,
        composition=composition,
        set=str(rng.choice(list(SETS))),
        palette=random_palette(rng),
        light=SceneLight(
            side="left" if rng.random() < 0.5 else "right",
            elevation=float(rng.uniform(30, 66)),
            softness=float(rng.uniform(0.1, 0.95)),
            warmth=float(rng.uniform(-0.4, 0.75)),
        ),
        objects=tuple(o.model_copy(update={"id": i + 1}) for i, o in enumerate(objects)),
        subject_id=1,
        mood=str(rng.choice(["lively", "elegant", "fresh", "luxury", "calm", "playful", "tech", "warm"])),
    )


def _main_objects(rng: np.random.Generator) -> tuple[SceneObject, SceneObject]:
    heroes = [k.slug for k in catalogue().values() if k.stands and k.slug not in _THIN]
    chosen = str(rng.choice(heroes))
    hero = SceneObject(
        id=1,
        kind=chosen,
        role="subject",
        material=_material(rng, chosen),
        color="subject",
        second_color=_role(rng, ("metal", "accent", "second")),
        seed=int(rng.integers(1 << 30)),
    )
    stand = SceneObject(
        id=2,
        kind=str(rng.choice(list(PODIUMS), p=[0.6, 0.25, 0.15])),
        role="stage",
        material="satin",
        color=_role(rng, ("second", "ground", "paper", "second")),
        seed=int(rng.integers(1 << 30)),
    )
    return hero, stand


def _props(rng: np.random.Generator) -> tuple[SceneObject, ...]:
    kinds = list(catalogue().values())
    wanted = (
        ["companion"] * int(rng.integers(0, 4))
        + ["floating"] * int(rng.integers(0, 5))
        + ["foreground"] * int(rng.integers(0, 3))
    )
    out = []
    for role in wanted:
        fit = [k.slug for k in kinds if (k.stands if role == "companion" else k.floats) and k.slug not in PODIUMS]
        chosen = str(rng.choice(fit))
        out.append(
            SceneObject(
                id=3,
                kind=chosen,
                role=role,
                material=_material(rng, chosen),
                color=_role(rng, ("second", "accent", "subject", "metal")),
                second_color=_role(rng, ("metal", "paper", "accent")),
                size=float(rng.uniform(0.8, 1.25)),
                seed=int(rng.integers(1 << 30)),
            )
        )
    return tuple(out)


def _material(rng: np.random.Generator, kind: str) -> MaterialSlug:
    return suited(kind, _MATERIALS[int(rng.integers(len(_MATERIALS)))], int(rng.integers(12)))


def _role(rng: np.random.Generator, roles: tuple[ColorRole, ...]) -> ColorRole:
    return roles[int(rng.integers(len(roles)))]


def random_palette(rng: np.random.Generator) -> ScenePalette:
    """One of the hand-picked palettes, its hues turned a little together."""
    chosen = _PALETTES[int(rng.integers(len(_PALETTES)))]
    shift = float(rng.normal(0, 0.012))
    ground, deep, subject, second, accent, metal, text = (_turned(h, shift) for h in chosen[:7])
    return ScenePalette(
        ground=ground,
        ground_deep=deep,
        subject=subject,
        second=second,
        accent=accent,
        metal=metal,
        text=text,
        text_soft=text,
        on_accent="#2A1206",
        scheme=chosen[7],
    )


def _turned(color: str, shift: float) -> str:
    r, g, b = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    h, lightness, s = colorsys.rgb_to_hls(r, g, b)
    r, g, b = colorsys.hls_to_rgb((h + shift) % 1, lightness, s)
    return "#" + "".join(f"{round(v * 255):02X}" for v in (r, g, b))


def random_layout(seed: int, width: int, height: int, aspect: float | None = None) -> Layout:
    """A plausible layout without copy: a subject's box, a headline zone, sometimes more, as the shape of the canvas asks.

    aspect: width / height that the subject's box should have (group.box_aspect), None for any.
    """
    rng = np.random.default_rng([seed, 13])
    u = rng.uniform(0, 1, 8)
    tall, wide = height > 1.25 * width, width > 1.25 * height
    if tall:
        subject = _box(
            width, height, 0.1 + 0.08 * u[0], 0.38 + 0.08 * u[1], 0.8 + 0.12 * u[2] - 0.06, 0.8 + 0.08 * u[3]
        )
        head = _box(width, height, 0.08, 0.09 + 0.05 * u[4], 0.92, 0.27 + 0.06 * u[5])
        cta = _box(width, height, 0.28, 0.9, 0.72, 0.95)
    elif wide:
        left = 0.54 + 0.06 * u[0]
        subject = _box(width, height, left, 0.08 + 0.06 * u[1], 0.95, 0.94)
        head = _box(width, height, 0.06, 0.2 + 0.1 * u[2], 0.46 + 0.04 * u[3], 0.56)
        cta = _box(width, height, 0.06, 0.68, 0.26, 0.84)
        if subject.width > 1.3 * subject.height:
            subject = Rect(subject.x1 - (1.0 + 0.3 * float(u[6])) * subject.height, subject.y0, subject.x1, subject.y1)
        if u[4] < 0.4:
            subject, head, cta = (_mirrored(r, width) for r in (subject, head, cta))
    else:
        subject = _box(width, height, 0.18 + 0.04 * u[0], 0.34 + 0.05 * u[1], 0.8 + 0.04 * u[2], 0.9)
        head = _box(width, height, 0.08, 0.07, 0.92, 0.24 + 0.05 * u[3])
        cta = _box(width, height, 0.32, 0.92, 0.68, 0.985)
    if aspect is not None:
        subject = _shaped(subject, aspect, _free(subject, (head, cta), (width, height)))
    items = (
        Placed(id="headline", role="headline", box=head),
        Placed(id="subject", role="subject", box=subject),
        Placed(id="cta", role="cta", box=cta),
    )
    return Layout(format=Format(width=width, height=height), items=items)


def _free(subject: Rect, texts: tuple[Rect, ...], canvas: tuple[int, int]) -> Rect:
    """Where the subject's box may be: the canvas less a margin, cut off at texts beside, above and below it."""
    free = Rect(0, 0, *canvas).grown(-0.04 * min(canvas))
    gap = 0.02 * min(canvas)
    for text in texts:
        if text.y1 <= subject.y0 + 1:
            free = replace(free, y0=max(free.y0, text.y1 + gap))
        elif text.y0 >= subject.y1 - 1:
            free = replace(free, y1=min(free.y1, text.y0 - gap))
        elif text.x1 <= subject.x0 + 1:
            free = replace(free, x0=max(free.x0, text.x1 + gap))
        else:
            free = replace(free, x1=min(free.x1, text.x0 - gap))
    return free


def _shaped(box: Rect, aspect: float, free: Rect) -> Rect:
    """A box of this aspect, as large as the one given where there is room, about the same middle."""
    tall = min((box.area / aspect) ** 0.5, free.height, free.width / aspect)
    wide = tall * aspect
    x = min(max(box.center[0], free.x0 + wide / 2), free.x1 - wide / 2)
    y = min(max(box.center[1], free.y0 + tall / 2), free.y1 - tall / 2)
    return Rect(round(x - wide / 2, 2), round(y - tall / 2, 2), round(x + wide / 2, 2), round(y + tall / 2, 2))


def _box(width: int, height: int, x0: float, y0: float, x1: float, y1: float) -> Rect:
    return Rect(round(x0 * width, 2), round(y0 * height, 2), round(x1 * width, 2), round(y1 * height, 2))


def _mirrored(rect: Rect, width: int) -> Rect:
    return Rect(width - rect.x1, rect.y0, width - rect.x0, rect.y1)
