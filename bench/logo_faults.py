"""Faults of the logo, each planted into a clean picture."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np

from bench.pixel_cases import Case, on_scene, with_layer
from brand_styles.colors import hex_of
from generation.compositing.design import LogoLayer, TextLayer
from generation.layout.geometry import Rect
from generation.preflight.ground import window


def logo_of(case: Case) -> LogoLayer | None:
    return next((layer for layer in case.sample.design.layers if isinstance(layer, LogoLayer)), None)


def logo_small(case: Case, rng: random.Random) -> Case | None:
    logo = logo_of(case)
    if logo is None:
        return None
    least = min(each.min_height for each in case.sample.brand.logos)
    height = least * rng.uniform(0.5, 0.85)
    box, factor = logo.box, height / logo.box.height
    return with_layer(case, logo.id, box=Rect(box.x0, box.y0, box.x0 + box.width * factor, box.y0 + height))


def logo_crowded(case: Case, rng: random.Random) -> Case | None:
    logo, types = logo_of(case), [l for l in case.sample.design.layers if isinstance(l, TextLayer)]  # noqa: E741
    if logo is None or not types:
        return None
    beside = min(types, key=lambda l: abs(l.box.y0 - logo.box.y1) + abs(l.box.x0 - logo.box.x0))  # noqa: E741
    gap = 0.4 * logo.clear_space * logo.box.height
    return with_layer(
        case, beside.id, box=beside.box.moved(logo.box.x0 - beside.box.x0, logo.box.y1 + gap - beside.box.y0)
    )


def logo_forbidden(case: Case, rng: random.Random) -> Case | None:
    logo = logo_of(case)
    if logo is None:
        return None
    rows, columns = window(logo.box, case.sample.scene.shape)
    under = hex_of(np.median(case.compose(ground=True)[rows, columns].reshape(-1, 3), axis=0) / 255)
    logos = tuple(each.model_copy(update={"forbidden": (under,)}) for each in case.sample.brand.logos)
    brand = case.sample.brand.model_copy(update={"logos": logos})
    return replace(case, sample=replace(case.sample, brand=brand))


def logo_busy(case: Case, rng: random.Random) -> Case | None:
    logo = logo_of(case)
    if logo is None or logo.box.height < 16:
        return None
    scene = case.sample.scene.copy()
    rows, columns = window(logo.box.grown(logo.box.height * 0.6), scene.shape)
    y, x = np.mgrid[rows, columns]
    cell = max(int(logo.box.height / rng.uniform(2, 5)), 3)
    patch = scene[rows, columns].astype(float)
    other = patch * 0.35 if patch.mean() > 110 else patch * 0.5 + 120
    scene[rows, columns] = np.where(((y // cell + x // cell) % 2 == 0)[..., None], other, patch).astype(np.uint8)
    return on_scene(case, scene)


def logo_covered(case: Case, rng: random.Random) -> Case | None:
    logo = logo_of(case)
    if logo is None:
        return None
    rgb = case.compose().copy()
    side = logo.box.height * rng.uniform(0.3, 0.6)
    x = rng.uniform(logo.box.x0, logo.box.x1 - side)
    y = rng.uniform(logo.box.y0, logo.box.y1 - side)
    rows, columns = window(Rect(x, y, x + side, y + side), rgb.shape)
    rgb[rows, columns] = rng.choice(((40, 90, 200), (250, 250, 250), (20, 20, 20)))
    return replace(case, rgb=rgb)


def logo_altered(case: Case, rng: random.Random) -> Case | None:
    """The logo's own pixels, in other colours or upside down."""
    logo = logo_of(case)
    if logo is None:
        return None
    rgb = case.compose().copy()
    rows, columns = window(logo.box, rgb.shape)
    patch = rgb[rows, columns]
    rgb[rows, columns] = patch[::-1] if rng.random() < 0.5 else patch[..., [2, 0, 1]]
    return replace(case, rgb=rgb)
