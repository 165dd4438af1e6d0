"""Every primitive draws, inside the box it declares, at the size it declares."""

import numpy as np
import pytest

from generation.scenes.camera import Camera
from generation.scenes.materials import FINISHES, Paint
from generation.scenes.primitives import Part, Shape, extent
from generation.scenes.silhouette import silhouettes
from generation.scenes.table import Bench, Pose

SIZES: dict[Shape, tuple[tuple[float, float, float], float]] = {
    Shape.TORUS: ((0.4, 0.1, 0.0), 0.0),
    Shape.CONE: ((0.5, 0.5, 0.2), 0.0),
    Shape.DOME: ((0.5, 0.4, 0.03), 8.0),
    Shape.BOWL: ((0.5, 0.4, 0.03), 0.0),
    Shape.CUP: ((0.4, 0.5, 0.04), 0.0),
    Shape.HELIX: ((0.3, 0.4, 0.06), 3.0),
    Shape.HOLED_COIN: ((0.5, 0.12, 0.06), 0.0),
    Shape.STAR: ((0.5, 0.25, 0.1), 5.0),
    Shape.CRESCENT: ((0.5, 0.42, 0.1), 0.2),
    Shape.DROP: ((0.3, 0.5, 0.1), 0.0),
    Shape.TICKET: ((0.5, 0.25, 0.05), 0.1),
    Shape.RING_SEGMENT: ((0.5, 0.3, 0.1), 270.0),
    Shape.ARCH: ((0.4, 0.5, 0.1), 0.1),
    Shape.ARC_TUBE: ((0.4, 0.08, 0.0), 200.0),
    Shape.LEAF: ((0.25, 0.5, 0.03), 0.0),
    Shape.CAPSULE: ((0.2, 0.3, 0.0), 0.0),
}


def part_of(shape: Shape) -> Part:
    size, detail = SIZES.get(shape, ((0.4, 0.5, 0.1), 0.0))
    points = ((-0.4, -0.4), (0.4, -0.4), (0.3, 0.5)) if shape in (Shape.POLYGON, Shape.STROKE) else ()
    size = (0.05, 0.0, 0.0) if shape is Shape.STROKE else size
    return Part(shape, size, radius=0.02, detail=detail, points=points)


@pytest.mark.parametrize("shape", [s for s in Shape if s is not Shape.HILLS])
def test_a_part_fills_the_box_it_declares(shape: Shape) -> None:
    part = part_of(shape)
    bench = Bench()
    bench.add((part,), [Paint((0.5, 0.5, 0.5), FINISHES["satin"])], 9, Pose((0.0, 2.0, 0.0)))  # above the floor
    low, high = (np.array(c) for c in extent(part))
    far = Camera.facing(2.0, 100.0, 0.0)  # from afar there is no perspective
    seen = silhouettes(bench.tables(), far)[9].scaled(100.0)
    assert seen.x0 >= low[0] - 0.03
    assert seen.x1 <= high[0] + 0.03
    assert seen.y0 >= low[1] - 0.03
    assert seen.y1 <= high[1] + 0.03
    assert seen.height >= 0.6 * (high[1] - low[1])


def test_melted_parts_bulge_where_they_meet() -> None:
    paint = [Paint((0.5, 0.5, 0.5), FINISHES["clay"])] * 2
    ball = Part(Shape.SPHERE, (0.3, 0, 0), position=(-0.32, 0, 0))
    far = Camera.facing(2.0, 100.0, 0.0)
    widths = []
    for blend in (0.0, 0.25):
        bench = Bench()
        bench.add(
            (ball, Part(Shape.SPHERE, (0.3, 0, 0), position=(0.32, 0, 0), blend=blend)), paint, 4, Pose((0.0, 2.0, 0.0))
        )
        widths.append(silhouettes(bench.tables(), far)[4].scaled(100.0).width)
    assert widths[0] == pytest.approx(1.24, abs=0.03)
    assert widths[1] >= widths[0] - 0.02
