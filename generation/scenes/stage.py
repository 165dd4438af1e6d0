"""The Stage: one scene put on one canvas, ready to be traced by either tier."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np

from generation.layout.geometry import Rect
from generation.scenes.table import Array, Tables

# Pixel quantities among the columns of `frame` (see kernels/frame.py): they grow with the canvas.
_PIXELS = (4, 5, 6, 7, 8, 23, 24, 25, 27, 28, 29, 30, 38, 39, 40, 41)


@dataclass(frozen=True)
class Stage:
    """main: the scene; near: out-of-focus things before it, drawn over. frame (70,), boxes_of_light (n, 15) and bokeh (n, 7)
    are the kernels' arrays (kernels/frame.py). width, height: the canvas that `frame` and all rectangles are in.

    calm: what must stay quiet behind text. empty_box: where an uploaded product will stand. light: towards the shadow in the
    picture plane, y down. haze: 0 to 1, how far calm zones are drawn to the ground's mean.
    """

    width: int
    height: int
    main: Tables
    near: Tables
    frame: Array
    boxes_of_light: Array
    bokeh: Array
    calm: tuple[Rect, ...]
    subject_id: int | None
    empty_box: Rect | None
    light: tuple[float, float]
    bloom: float = 0.5
    vignette: float = 0.12
    haze: float = 0.93
    grain_seed: int = 0
    notes: dict[str, float] = field(default_factory=dict)

    def at(self, width: int, height: int) -> Stage:
        """The same stage on a canvas of another size; the aspect should be the same within a pixel."""
        if (width, height) == (self.width, self.height):
            return self
        sx, sy = width / self.width, height / self.height
        frame = self.frame.copy()
        frame[list(_PIXELS)] *= sx
        frame[[6, 8, 24, 28, 39]] *= sy / sx
        bokeh = self.bokeh.copy()
        bokeh[:, :3] *= sx
        calm = tuple(Rect(r.x0 * sx, r.y0 * sy, r.x1 * sx, r.y1 * sy) for r in self.calm)
        box = self.empty_box
        box = Rect(box.x0 * sx, box.y0 * sy, box.x1 * sx, box.y1 * sy) if box else None
        return replace(self, width=width, height=height, frame=frame, bokeh=bokeh, calm=calm, empty_box=box)

    def with_frame(self, **columns: float) -> Stage:
        """A stage with some columns of `frame` changed, by their names in kernels/frame.py in lower case."""
        from generation.scenes import columns as names

        frame = self.frame.copy()
        for name, value in columns.items():
            frame[getattr(names, name.upper())] = value
        return replace(self, frame=frame)


EMPTY = Tables(np.zeros((0, 37)), np.zeros((1, 2)), np.zeros((1, 9)))
