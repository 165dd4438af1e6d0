"""Meshes against the signed distances they were made from."""

import numpy as np
import pytest

from generation.embedded.export_mesh import Mesh, meshes
from generation.scenes import columns
from generation.scenes.kernels import sdf
from generation.scenes.materials import FINISHES, Paint
from generation.scenes.primitives import Part, Shape, turn
from generation.scenes.table import Bench, Pose, Tables

SIZES: dict[Shape, tuple[tuple[float, float, float], float]] = {
    Shape.ROUND_CYLINDER: ((0.4, 0.3, 0), 0), Shape.ROUND_BOX: ((0.4, 0.3, 0.2), 0), Shape.SPHERE: ((0.4, 0, 0), 0),
    Shape.TORUS: ((0.5, 0.01, 0), 0), Shape.CONE: ((0.4, 0.3, 0.1), 0), Shape.ELLIPSOID: ((0.4, 0.3, 0.35), 8),
    Shape.CAPSULE: ((0.15, 0.3, 0), 0), Shape.DOME: ((0.5, 0.3, 0.02), 8), Shape.BOWL: ((0.5, 0.3, 0.03), 0),
    Shape.CUP: ((0.3, 0.3, 0.03), 0), Shape.HELIX: ((0.3, 0.3, 0.03), 3), Shape.HOLED_COIN: ((0.5, 0.15, 0.06), 0),
    Shape.STAR: ((0.5, 0.25, 0.06), 5), Shape.HEART: ((0.4, 0, 0.1), 0), Shape.DROP: ((0.25, 0.45, 0), 0),
    Shape.CRESCENT: ((0.5, 0.4, 0.08), 0.2), Shape.SHIELD: ((0.4, 0.5, 0.06), 0), Shape.WEDGE: ((0.4, 0.4, 0.1), 0),
    Shape.BOLT: ((0.3, 0.5, 0.08), 0), Shape.LEAF: ((0.2, 0.5, 0.03), 0.05), Shape.ARROW: ((0.3, 0.5, 0.08), 0.12),
    Shape.TICKET: ((0.5, 0.3, 0.03), 0.06), Shape.RING_SEGMENT: ((0.5, 0.3, 0.06), 200), Shape.ARCH: ((0.4, 0.5, 0.1), 0.08),
    Shape.ARC_TUBE: ((0.4, 0.03, 0), 240),
}  # fmt: skip
LINE = ((-0.4, -0.3), (0.0, 0.3), (0.4, 0.0))


def frame() -> np.ndarray:
    row = np.zeros(columns.FRAME_SIZE)
    row[[columns.EYE_Y, columns.EYE_Z, columns.COS, columns.FOCAL]] = 0.5, -10.0, 1.0, 1000.0
    row[[columns.CX, columns.CY, columns.WIDTH, columns.HEIGHT]] = 128, 200, 256, 400
    return row


def tables(*parts: Part) -> Tables:
    bench = Bench()
    paint = Paint((0.5, 0.5, 0.5), FINISHES["satin"])
    pose = Pose((0.3, 0.8, -0.2), 1.4, turn((12.0, 25.0, -8.0)))
    bench.add(parts, [paint] * len(parts), 3, pose)
    return bench.tables()


def errors(mesh: Mesh, made: Tables) -> np.ndarray:
    return np.array([abs(sdf.group(made.parts, made.corners, mesh.part, *map(float, p))) for p in mesh.points])


def is_closed(mesh: Mesh) -> bool:
    """Each edge is walked once each way as often as the other."""
    pairs = np.stack([mesh.quads, np.roll(mesh.quads, -1, axis=1)], axis=-1).reshape(-1, 2)
    there = {(int(a), int(b)): 0 for a, b in pairs}
    for a, b in pairs:
        there[int(a), int(b)] += 1
    return all(there.get((b, a), 0) == n for (a, b), n in there.items())


def turned_outwards(mesh: Mesh) -> float:
    """Share of the surface whose winding agrees with its normals in a right-handed (x, z, y) world."""
    p, n = mesh.points[:, [0, 2, 1]][mesh.quads], mesh.normals[:, [0, 2, 1]][mesh.quads].mean(axis=1)
    face = np.cross(p[:, 2] - p[:, 0], p[:, 3] - p[:, 1])
    area = np.linalg.norm(face, axis=1)
    return float(area[(face * n).sum(axis=1) > 0].sum() / area.sum())


@pytest.mark.parametrize("shape", [*SIZES, Shape.POLYGON, Shape.STROKE], ids=lambda s: s.name)
def test_every_shape_becomes_a_closed_mesh_on_its_own_surface(shape: Shape) -> None:
    size, detail = SIZES.get(shape, ((0.04, 0.0, 0.05), 0.0))
    size = (0.04, 0.0, 0.0) if shape is Shape.STROKE else size
    made = tables(
        Part(shape, size, radius=0.01, detail=detail, points=LINE if shape in (Shape.POLYGON, Shape.STROKE) else ())
    )
    (mesh,) = meshes(made, frame())
    wrong = errors(mesh, made)
    pixel = 10.0 / 1000.0
    # A helix's distance jumps where its ends are cut, and a rib's where it leaves its box: the cut itself is on no surface.
    cut = shape in (Shape.HELIX, Shape.DOME)
    assert np.percentile(wrong, 95 if cut else 99) < 0.1 * pixel
    assert cut or wrong.max() < pixel
    assert is_closed(mesh)
    assert turned_outwards(mesh) > (0.97 if cut else 0.995)
    assert np.allclose(np.linalg.norm(mesh.normals, axis=1), 1, atol=1e-3)


def test_melted_parts_become_one_mesh() -> None:
    puff = Part(Shape.SPHERE, (0.3, 0, 0))
    made = tables(
        puff,
        Part(Shape.SPHERE, (0.25, 0, 0), position=(0.35, 0.05, 0), blend=0.1),
        Part(Shape.SPHERE, (0.1, 0, 0), position=(2, 0, 0)),
    )
    found = meshes(made, frame())
    assert [m.part for m in found] == [0, 2]
    assert np.percentile(errors(found[0], made), 99) < 1e-3 and is_closed(found[0])


def test_a_thin_disc_before_a_body_is_whole() -> None:
    """Its flat side lies in a plane of the part's box, where a grid that began there would tear it."""
    made = tables(Part(Shape.ROUND_CYLINDER, (0.425, 0.015, 0), rotation=(90, 0, 0)))
    (mesh,) = meshes(made, frame())
    assert is_closed(mesh)


def test_no_parts_no_meshes() -> None:
    assert meshes(Bench().tables(), frame()) == []
