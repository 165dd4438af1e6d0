"""What a layout may count on: the hero in its box, quiet text, one scene in every format, nothing murky or edge-on."""

from functools import cache

import numpy as np
import pytest
from coloraide import Color

from generation.control.blockout import Blockout
from generation.control.maps import blockout
from generation.errors import PermanentError
from generation.layout.geometry import Rect
from generation.scenes import render_fast
from generation.scenes.camera import Camera
from generation.scenes.framing import closest, on_canvas, room_around
from generation.scenes.graph import SceneObject
from generation.scenes.group import box_aspect, compose
from generation.scenes.metering import brightness, contrast
from generation.scenes.placement import Floor, place
from generation.scenes.props import adrift, catalogue, facing
from generation.scenes.sampling import random_graph, random_layout
from generation.scenes.staging import unmetered
from generation.types import Format, Layout, Placed

SEEDS = range(30, 36)
FORMATS = ((144, 256), (160, 160), (240, 126), (300, 250))


@cache
def drawn(seed: int, width: int, height: int) -> tuple[Layout, Blockout]:
    graph = random_graph(seed)
    layout = random_layout(seed, width, height, aspect=box_aspect(graph))
    return layout, blockout(graph, layout)


@cache
def shapes(seed: int, width: int, height: int) -> tuple[Layout, Blockout]:
    """The same scene as `drawn`, whatever its light: a fifth of the time."""
    graph = random_graph(seed)
    layout = random_layout(seed, width, height, aspect=box_aspect(graph))
    return layout, render_fast.render(unmetered(graph, layout), width, height)


@pytest.mark.parametrize("size", [(144, 256), (240, 126)])
def test_metering_moves_nothing(size: tuple[int, int]) -> None:
    (_, metered), (_, plain) = drawn(30, *size), shapes(30, *size)
    assert np.array_equal(metered.ids, plain.ids) and np.array_equal(metered.depth, plain.depth)
    assert metered.boxes == plain.boxes and not np.array_equal(metered.rgb, plain.rgb)


def test_the_hero_fills_the_box_that_the_layout_kept_for_it() -> None:
    found = []
    for seed in (*SEEDS, *range(60, 70)):
        for size in ((144, 256), (160, 160)):
            layout, b = shapes(seed, *size)
            placed = layout.first("subject")
            assert placed is not None
            found.append(b.boxes[1].iou(placed.box))
            whole = b.boxes[1].union(b.boxes.get(2, b.boxes[1]))
            assert Rect(0, 0, *size).contains(whole)
            assert all(whole.intersection(zone) is None for zone in layout.text_zones)
    assert np.mean(np.array(found) >= 0.6) >= 0.8
    assert np.median(found) >= 0.7


@pytest.mark.parametrize("size", [(144, 256), (160, 160)])
def test_hero_and_stage_take_about_a_quarter_of_a_poster(size: tuple[int, int]) -> None:
    for seed in SEEDS:
        layout, b = shapes(seed, *size)
        placed = layout.first("subject")
        assert placed is not None
        least = 0.9 * min(0.25 * size[0] * size[1], placed.box.area)
        assert b.boxes[1].union(b.boxes.get(2, b.boxes[1])).area >= least


def test_the_group_keeps_clear_of_type_and_edges_where_it_leaves_its_box() -> None:
    box, canvas = Rect(30, 60, 130, 150), (160, 200)
    below = Rect(10, 160, 150, 170)
    room = room_around(box, canvas, (below,))
    assert room.contains(box)
    assert room.y1 < below.y0
    assert room.x0 > 0 and room.x1 < canvas[0]
    assert room_around(box, canvas, ()).y1 > below.y0
    group, hero = Rect(-0.6, 0.0, 0.6, 1.2), Rect(-0.4, 0.3, 0.4, 1.2)
    shot = closest(Camera.facing(1.0, 10.0, 9.0), group, hero, box, room, canvas)
    assert room.contains(on_canvas(group, shot), slack=1e-6)
    inside = Camera.facing(1.0, 10.0, 9.0).fitted(group, box)
    assert on_canvas(hero, shot).iou(box) > on_canvas(hero, inside).iou(box) + 0.04


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("size", FORMATS)
def test_no_object_stands_in_a_text_zone(seed: int, size: tuple[int, int]) -> None:
    layout, b = shapes(seed, *size)
    for zone in layout.text_zones:
        x0, y0, x1, y1 = zone.rounded()
        assert not b.ids[y0:y1, x0:x1].any()


@pytest.mark.parametrize("seed", SEEDS)
def test_text_zones_are_smooth(seed: int) -> None:
    layout, b = drawn(seed, 144, 256)
    x0, y0, x1, y1 = layout.items[0].box.rounded()
    lines = np.abs(np.diff(b.rgb[y0:y1, x0:x1].astype(int), axis=1)).max(axis=2)
    assert np.percentile(lines, 99) <= 6


@pytest.mark.parametrize("seed", SEEDS)
def test_other_formats_show_a_subset_of_the_scene(seed: int) -> None:
    named = {o.id for o in random_graph(seed).objects}
    for size in FORMATS:
        _, b = shapes(seed, *size)
        assert set(b.boxes) <= named


def test_a_strip_has_one_prop_at_most() -> None:
    for seed in SEEDS:
        _, b = shapes(seed, 728, 90)
        assert len(set(b.boxes) - {1, 2}) <= 1


@pytest.mark.parametrize("seed", range(40, 53))
def test_the_hero_stands_out_from_the_ground(seed: int) -> None:
    _, b = drawn(seed, 144, 256)
    assert contrast(*brightness(b, 1)) >= 2.0


@pytest.mark.parametrize("size", [(728, 90), (240, 126)])
def test_the_hero_stands_out_in_wide_pictures(size: tuple[int, int]) -> None:
    for seed in (41, 50, 51):
        _, b = drawn(seed, *size)
        assert contrast(*brightness(b, 1)) >= 2.0


def test_a_campaign_keeps_its_colours_in_every_format() -> None:
    sizes = ((270, 480), (270, 270), (480, 251), (728, 90))
    differences: list[float] = []
    for seed in (41, 45, 52, 53):
        first, *others = (main_colors(drawn(seed, *size)[1]) for size in sizes)
        differences += [
            np.median([a.delta_e(b, method="2000") for a, b in zip(first, other, strict=True)]) for other in others
        ]
    assert np.median(differences) <= 2.5
    assert np.mean(np.array(differences) <= 4.0) >= 0.9
    assert max(differences) <= 5.0


def main_colors(b: Blockout) -> list[Color]:
    """Medians of hero, ground and stage."""
    return [Color("srgb", np.median(b.rgb[b.ids == n], axis=0) / 255) for n in (1, 0, 2)]


@pytest.mark.parametrize("kind", ["megaphone", "party-popper", "gift-box", "rose"])
def test_standing_things_stand_on_y_0(kind: str) -> None:
    graph = random_graph(3)
    objects = (
        graph.objects[0].model_copy(update={"kind": kind}),
        graph.objects[1],
        SceneObject(id=3, kind=kind, role="companion"),
    )
    layout = random_layout(3, 600, 360)
    placed = layout.first("subject")
    assert placed is not None
    for composition in ("center", "low"):
        plain = graph.model_copy(update={"objects": objects, "composition": composition})
        group = compose(plain, placed.box, (600, 360))
        assert group.hero is not None
        assert group.hero.pose.position[1] == pytest.approx(group.podium_top)
        companions = [t for t in place(Floor(plain, group, (600, 360), ())).scene if t.id == 3]
        assert companions
        assert companions[0].pose.position[1] == 0.0


def test_floating_things_are_few_enough_to_draw_in_time() -> None:
    graph = random_graph(3)
    fans = tuple(SceneObject(id=10 + n, kind="folding-fan", role="floating", size=0.6, seed=n) for n in range(4))
    b = blockout(graph.model_copy(update={"objects": (*graph.objects[:2], *fans)}), random_layout(3, 216, 384))
    assert set(b.boxes) & {10, 11, 12, 13} == {10}


def test_flat_things_never_turn_edge_on() -> None:
    rng = np.random.default_rng(3)
    coin = catalogue()["coin"]
    for _ in range(200):
        front = adrift(coin, rng) @ np.array([0.0, 0.0, -1.0])
        assert np.degrees(np.arccos(-front[2])) < 50
        front = facing(coin, rng, 1.0) @ np.array([0.0, 0.0, -1.0])
        assert 0 < np.degrees(np.arccos(-front[2])) <= coin.max_yaw


def test_an_uploaded_product_finds_its_place_empty() -> None:
    graph = random_graph(3).model_copy(update={"subject_id": None, "product_aspect": 0.6})
    graph = graph.model_copy(update={"objects": tuple(o for o in graph.objects if o.role != "subject")})
    layout = random_layout(3, 216, 384)
    b = blockout(graph, layout)
    place, placed = b.boxes[250], layout.first("subject")
    assert placed is not None
    assert place.width / place.height == pytest.approx(0.6, rel=0.08)
    assert place.iou(placed.box) > 0.6
    assert all(place.intersection(zone) is None for zone in layout.text_zones)
    assert not (b.ids == 250).any()


def test_an_unknown_kind_is_named_in_both_languages() -> None:
    graph = random_graph(3)
    objects = tuple(o.model_copy(update={"kind": "hovercraft"}) if o.id == 1 else o for o in graph.objects)
    with pytest.raises(PermanentError) as caught:
        blockout(graph.model_copy(update={"objects": objects}), random_layout(3, 216, 384))
    assert "hovercraft" in caught.value.words.en
    assert "hovercraft" in caught.value.words.zh


@pytest.mark.parametrize(
    ("name", "wrong", "right"), [("set", "colonade", "colonnade"), ("composition", "centre", "center")]
)
def test_an_unknown_set_or_composition_is_named_with_the_nearest(name: str, wrong: str, right: str) -> None:
    graph = random_graph(3).model_copy(update={name: wrong})
    with pytest.raises(PermanentError) as caught:
        blockout(graph, random_layout(3, 216, 384))
    for words in (caught.value.words.en, caught.value.words.zh):
        assert wrong in words
        assert right in words


def test_where_the_words_leave_the_subject_no_box_the_ground_stays_without_it() -> None:
    graph = random_graph(3)
    text = Placed(id="headline", role="headline", box=Rect(40, 8, 280, 42))
    b = blockout(graph, Layout(format=Format(width=320, height=50), items=(text,)))
    assert b.subject_id is None
    assert graph.subject_id not in b.boxes
