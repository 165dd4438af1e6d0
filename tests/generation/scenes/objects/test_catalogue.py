"""What every kind promises: its box, its footing, its parts, the same parts again for the same seed."""

import re
from dataclasses import replace
from itertools import pairwise
from typing import get_args

import numpy as np

from generation.scenes.graph import MaterialSlug
from generation.scenes.kernels.sdf import group
from generation.scenes.materials import BODIES, FINISHES, Paint
from generation.scenes.objects import KINDS
from generation.scenes.objects.aliases import ALIASES
from generation.scenes.objects.stuffs import suited, unknown
from generation.scenes.primitives import Kind, Part
from generation.scenes.table import Bench, Pose

GREY = Paint((0.5, 0.5, 0.5), FINISHES["satin"])


def parts_of(kind: Kind, seed: int = 0) -> tuple[Part, ...]:
    return kind.build(np.random.default_rng(seed))


def solid_points(parts: tuple[Part, ...], axes: tuple[np.ndarray, np.ndarray, np.ndarray]) -> np.ndarray:
    """The points of a grid that lie inside the object, (n, 3)."""
    bench = Bench()
    bench.add(parts, [GREY] * len(parts), 1, Pose())
    tables = bench.tables()
    heads = [i for i, part in enumerate(parts) if part.blend <= 0.0]
    found = [
        (x, y, z)
        for x in axes[0]
        for y in axes[1]
        for z in axes[2]
        if min(group(tables.parts, tables.corners, i, x, y, z) for i in heads) < 0.0
    ]
    return np.array(found).reshape(-1, 3)


def sides_of(kind: Kind) -> list[tuple[np.ndarray, np.ndarray, np.ndarray]]:
    """Six plates of points just outside the declared box."""
    out, n = 0.02, 13
    x = np.linspace(-kind.width / 2 - out, kind.width / 2 + out, n)
    y = np.linspace(-out, kind.height + out, n)
    z = np.linspace(-kind.depth / 2 - out, kind.depth / 2 + out, n)
    ends = [(axis[:1], axis[-1:]) for axis in (x, y, z)]
    return [
        *((end, y, z) for end in ends[0]),
        *((x, end, z) for end in ends[1]),
        *((x, y, end) for end in ends[2]),
    ]


def reaches_out(kind: Kind) -> bool:
    parts = parts_of(kind, 3)
    astray = [
        part for part in parts if abs(part.position[0]) >= kind.width or not -0.1 < part.position[1] < kind.height + 0.1
    ]
    return bool(astray) or any(len(solid_points(parts, side)) for side in sides_of(kind))


def test_nothing_reaches_out_of_the_declared_box() -> None:
    assert [slug for slug, kind in KINDS.items() if reaches_out(kind)] == []


def test_same_seed_same_parts_and_few_of_them() -> None:
    assert [slug for slug, kind in KINDS.items() if parts_of(kind, 5) != parts_of(kind, 5)] == []
    assert [(slug, n) for slug, kind in KINDS.items() for n in range(4) if not 1 <= len(parts_of(kind, n)) <= 48] == []


def test_most_kinds_differ_from_seed_to_seed() -> None:
    alike = [slug for slug, kind in KINDS.items() if parts_of(kind, 1) == parts_of(kind, 2) == parts_of(kind, 4)]
    assert alike == []


def test_a_box_that_is_too_small_is_noticed() -> None:
    assert reaches_out(replace(KINDS["gift-box"], width=0.7))


def test_slugs_are_kebab_case_and_names_are_bilingual() -> None:
    for slug, kind in KINDS.items():
        assert kind.slug == slug
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug)
        assert kind.name.en.isascii()
        assert re.search(r"[\u4e00-\u9fff]", kind.name.zh)
    assert len({kind.name.zh for kind in KINDS.values()}) == len(KINDS)


def test_each_kind_has_somewhere_to_be_and_flat_ones_never_turn_edge_on() -> None:
    for kind in KINDS.values():
        assert kind.stands or kind.floats
        if kind.depth < 0.42 * kind.width:
            assert kind.max_yaw <= 40


def test_melted_parts_share_the_slot_of_the_part_before() -> None:
    for kind in KINDS.values():
        parts = parts_of(kind)
        for before, part in pairwise(parts):
            assert part.blend <= 0 or part.slot == before.slot


def test_aliases_name_kinds_that_exist() -> None:
    assert set(ALIASES) <= set(KINDS)


def test_every_material_has_a_finish_and_a_body_of_its_own() -> None:
    slugs = set(get_args(MaterialSlug))
    assert set(FINISHES) == set(BODIES) == slugs
    assert len(set(FINISHES.values())) == len(slugs)  # an exported row of numbers names its material
    for body in BODIES.values():
        assert all(0 <= v <= 1 for v in (body.transmission, body.subsurface, body.sheen, body.coat, body.anisotropic))
        assert 1.3 <= body.ior <= 1.7
        assert body.bump < body.bump_size


def test_things_are_made_of_what_suits_them() -> None:
    assert unknown(KINDS) == set()
    assert suited("umbrella", "gloss", 0) == "cloth"
    assert suited("umbrella", "satin", 0) == "satin"
    assert suited("trophy", "clay", 3) == "clay"
    assert {suited("gift-box", "glass", turn) for turn in range(8)} == {"satin", "foil", "paper", "cloth"}
