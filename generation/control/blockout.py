"""What the renderer returns for one canvas: the picture and every map that steers a diffusion model."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from generation.layout.geometry import Rect


@dataclass(frozen=True)
class Blockout:
    """One staged scene in pixels, H rows by W columns. Arrays are C-contiguous and never written after.

    rgb: uint8 (H, W, 3), sRGB, tone-mapped. depth: float32 (H, W), distance along the ray in scene units.
    normals: float32 (H, W, 3), camera space, x right, y up, z towards the camera, unit length.
    edges: uint8 (H, W), 255 on object and crease edges. ids: uint8 (H, W), object id of the scene graph, 0 = ground.
    albedo: uint8 (H, W, 3), sRGB base colour without light. material: uint8 (H, W, 2), metalness and roughness in 1/255.
    boxes: visible box in pixels of each object id that is seen. light: unit vector (dx, dy) in the picture plane from a lit object
    towards its shadow (y down). seconds: time of each step. frame: camera, ground and light of the stage (scenes.columns names its
    numbers); None where a blockout did not come from a stage.
    """

    rgb: NDArray[np.uint8]
    depth: NDArray[np.float32]
    normals: NDArray[np.float32]
    edges: NDArray[np.uint8]
    ids: NDArray[np.uint8]
    albedo: NDArray[np.uint8]
    material: NDArray[np.uint8]
    boxes: dict[int, Rect]
    subject_id: int | None
    light: tuple[float, float]
    seconds: dict[str, float] = field(default_factory=dict)
    frame: NDArray[np.float64] | None = None

    @property
    def width(self) -> int:
        return int(self.rgb.shape[1])

    @property
    def height(self) -> int:
        return int(self.rgb.shape[0])

    @property
    def subject_mask(self) -> NDArray[np.bool_]:
        """True where the subject is seen, exactly; all False without one."""
        if self.subject_id is None:
            return np.zeros(self.ids.shape, dtype=np.bool_)
        return np.equal(self.ids, self.subject_id)


def warm_up() -> None:
    """Load the renderer's machine code from the cache, or compile it (about a minute), by drawing one tiny scene.

    Call it once where a worker starts, so that no poster waits for it. Safe to call again and from several processes.
    """
    from generation.control.maps import blockout
    from generation.scenes.sampling import random_graph, random_layout

    blockout(random_graph(0), random_layout(0, 64, 96))
