"""One way of making the same pictures, alone in its process: `ours`, or `plain`, the stock pipeline as its documentation calls it.

Started by bench_engine.py. Pictures start from the blockout with all of the usual noise, drawn from the same seeds.
"""

from __future__ import annotations

import json
import pickle
import resource
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from generation.engines.base import PictureRequest

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

Pictures = list[NDArray[np.uint8]]
Way = Callable[["list[PictureRequest]"], Pictures]


def main() -> None:
    folder, name, guidance, finished, runs = sys.argv[1:6]
    asked = pickle.loads((Path(folder) / "requests.pickle").read_bytes())  # noqa: S301 - our own file of a moment ago
    asked = [replace(request, guidance_scale=float(guidance)) for request in asked]
    way = (ours if name == "ours" else plain)(asked[0].blockout.rgb.shape[:2], finished == "finished")
    made = way(asked[:1])
    told = {"one": clocked(way, asked[:1], int(runs)), "each": clocked(way, asked, int(runs))}
    told["each"] = [seconds / len(asked) for seconds in told["each"]]
    made = way(asked)
    np.savez(Path(folder) / f"{name}.npz", *made)
    print(json.dumps(told | {"gib": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20}))


def clocked(way: Way, asked: list[PictureRequest], runs: int) -> list[float]:
    """The least wall and CPU seconds of `runs`: on a shared machine whatever is more was another program's."""
    walls, cpus = [], []
    for _ in range(runs):
        wall, cpu = time.perf_counter(), time.process_time()
        way(asked)
        walls.append(time.perf_counter() - wall)
        cpus.append(time.process_time() - cpu)
    return [min(walls), min(cpus)]


def ours(shape: tuple[int, int], finished: bool) -> Way:
    engine = _engine(shape, finished)
    return lambda asked: [picture.rgb for picture in engine.diffuse(asked)]


def plain(shape: tuple[int, int], finished: bool) -> Way:
    """StableDiffusionControlNetImg2ImgPipeline picture by picture; where it is finished, by the engine's functions, one by one."""
    import torch
    from diffusers import ControlNetModel, StableDiffusionControlNetImg2ImgPipeline

    from generation.engines.base import OWN_STEPS
    from generation.engines.batching import job_for
    from generation.engines.conditioning import control_image, shrunken
    from generation.engines.finishing import calm_map, finish_from_blockout, finish_refined
    from generation.engines.loading import EMBEDDED, Card
    from generation.engines.refiner import load_refiner, refined
    from generation.engines.steps import schedule_for

    controlnet = ControlNetModel.from_pretrained(EMBEDDED, subfolder="controlnet", torch_dtype=torch.float32)
    pipe = StableDiffusionControlNetImg2ImgPipeline.from_pretrained(
        EMBEDDED, controlnet=controlnet, safety_checker=None, torch_dtype=torch.float32
    )
    pipe.set_progress_bar_config(disable=True)
    refiner = load_refiner(EMBEDDED, "cpu", torch.float32)
    asked_steps, strength = schedule_for(OWN_STEPS, Card.of(EMBEDDED).strength)

    def picture(request: PictureRequest) -> NDArray[np.uint8]:
        job = job_for(0, request, shape[0] * shape[1])
        control = control_image(request.blockout, "dense", job.region, job.size)
        start = (shrunken(request.blockout, job.region, job.size).rgb / 255).astype(np.float32)
        decoded = pipe(
            prompt=request.prompt,
            image=torch.from_numpy(start).permute(2, 0, 1)[None],
            control_image=torch.from_numpy(control)[None],
            strength=strength,
            num_inference_steps=asked_steps,
            guidance_scale=request.guidance_scale,
            controlnet_conditioning_scale=1.0,
            generator=torch.Generator("cpu").manual_seed(request.seed),
            output_type="np",
        ).images[0]
        if finished:
            small, base = shrunken(request.blockout, job.region, job.size), _round_trip(pipe, start)
            if refiner is None:
                decoded = finish_from_blockout(request.blockout.rgb, small, decoded, base).rgb / 255
            else:
                calm = calm_map(request.text_zones, job.region, job.size)
                better = refined(refiner, small, decoded - base)
                decoded = finish_refined(request.blockout.rgb, small, better, calm).rgb / 255
        return np.asarray(np.clip(decoded * 255 + 0.5, 0, 255), dtype=np.uint8)

    return lambda asked: [picture(request) for request in asked]


def _round_trip(pipe: Any, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    import torch

    with torch.no_grad():
        given = torch.from_numpy(pixels).permute(2, 0, 1)[None] * 2 - 1
        decoded = pipe.vae.decode(pipe.vae.encode(given).latents).sample.clamp(-1, 1)
    return np.asarray(((decoded[0] + 1) / 2).permute(1, 2, 0).numpy(), dtype=np.float32)


def _engine(shape: tuple[int, int], finished: bool) -> Any:
    """The embedded checkpoint's engine, asked for pictures of this size."""
    import torch

    from generation.engines.diffusers_engine import DiffusersEngine
    from generation.engines.loading import find_checkpoint
    from generation.engines.weights import load_pipeline

    found = find_checkpoint("embedded")
    card = replace(
        found.card,
        area=shape[0] * shape[1],
        least_area=None,
        noise=1.0,
        finish="blockout" if finished else "",
        unused=None,
    )
    pipe = load_pipeline(found, torch.float32)
    return DiffusersEngine.around(pipe, replace(found, card=card), "bench", device="cpu")


if __name__ == "__main__":
    main()
