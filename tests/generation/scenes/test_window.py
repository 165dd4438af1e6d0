"""The sun through a paned window is seen on the wall behind the hero, from either side and at any height of the sun."""

import numpy as np
import pytest

from generation.control.maps import blockout
from generation.layout.geometry import Rect
from generation.scenes.graph import SceneLight
from generation.scenes.sampling import random_graph
from generation.types import Format, Layout, Placed

SIDE = 280


@pytest.mark.parametrize(("side", "elevation"), [("left", 32.0), ("right", 46.0), ("left", 64.0)])
def test_panes_of_light_stand_on_the_wall(side: str, elevation: float) -> None:
    light = SceneLight.model_validate({"side": side, "elevation": elevation})
    box = Rect(0.25 * SIDE, 0.4 * SIDE, 0.75 * SIDE, 0.95 * SIDE)
    layout = Layout(format=Format(width=SIDE, height=SIDE), items=(Placed(id="subject", role="subject", box=box),))
    bars = {}
    for name in ("window", "sweep"):
        graph = random_graph(21).model_copy(update={"set": name, "light": light})
        drawn = blockout(graph, layout)
        wall = drawn.ids[: int(0.45 * SIDE)] == 0
        steps = np.abs(np.diff(drawn.rgb[: len(wall)].astype(float).mean(axis=2), axis=0))
        bars[name] = float((steps[wall[1:] & wall[:-1]] > 2).mean())
    assert bars["window"] > 0.04 > 4 * bars["sweep"]
