"""The kernels compile for a graphics card as they are: to PTX, with no card or driver present."""

from __future__ import annotations

import importlib
import importlib.util
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from generation.scenes.kernels import edges, light, maps, visible
from generation.scenes.kernels.scene import Light, Scene, Seen, work

CARD = (8, 0)  # compute capability


@pytest.fixture(scope="module")
def cuda() -> Any:
    """numba's CUDA target with NVIDIA's compiler library."""
    if importlib.util.find_spec("numba_cuda") is None:
        pytest.skip("numba-cuda is not installed: pip install numba-cuda nvidia-nvvm")
    pathfinder = importlib.import_module("cuda.pathfinder")
    try:
        pathfinder.load_nvidia_dynamic_lib("nvvm")
    except pathfinder.DynamicLibNotFoundError:
        pytest.skip("libnvvm is not installed: pip install nvidia-nvvm")
    from numba import cuda

    return cuda


def _types() -> dict[str, Any]:
    from numba import boolean, float64, int64, typeof, uint8

    image = np.zeros((1, 1, 3), np.float32)
    parts, corners, materials, boxes, discs = (np.zeros((1, n)) for n in (37, 2, 9, 15, 7))
    scene = Scene(parts, corners, materials, np.zeros(72), boxes, discs, np.zeros(1, np.int32), np.zeros((1, 40)))
    return {
        "scene": typeof(scene),
        "seen": typeof(Seen(np.zeros((1, 1), np.int32), np.zeros((1, 1), np.float32), image)),
        "light": typeof(Light(np.zeros((1, 1, 2), np.float32), np.zeros((1, 1, 4), np.float32))),
        "work": typeof(work(3)),
        "rows": typeof(np.zeros(1, np.int32)),
        "bytes": uint8[:, :, ::1],
        "int": int64,
        "float": float64,
        "bool": boolean,
    }


@pytest.mark.parametrize(
    ("function", "takes"),
    [
        pytest.param(visible.see_tile, "scene rows seen work int int int bool", marks=pytest.mark.slow),
        pytest.param(light.light_tile, "scene seen light work int int int bool", marks=pytest.mark.slow),
        pytest.param(light.mirror_tile, "scene seen light work int int", marks=pytest.mark.slow),
        pytest.param(edges.several, "scene seen light work int int int float", marks=pytest.mark.slow),
        (maps.paint, "scene seen bytes int int"),
    ],
    ids=lambda value: getattr(value, "__name__", ""),
)
def test_a_tiles_work_compiles_to_ptx(cuda: Any, monkeypatch: pytest.MonkeyPatch, function: Any, takes: str) -> None:
    import numba.cuda.dispatcher as dispatcher

    # A function that calls another asks the driver which card there is.
    monkeypatch.setattr(dispatcher, "get_current_device", lambda: SimpleNamespace(compute_capability=CARD))
    known = _types()
    signature = tuple(known[name] for name in takes.split())
    ptx, _ = cuda.compile_ptx(function.py_func, signature, cc=CARD, device=True, abi="numba", opt=False)
    assert ".target sm_80" in ptx
    assert "NRT" not in ptx  # nothing is allocated
