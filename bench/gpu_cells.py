"""What bench_gpu.py measures: the models as they are needed, and a function for each figure."""

from __future__ import annotations

import inspect
import resource
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bench.gpu_table import Cell

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from generation.control.blockout import Blockout
    from generation.engines.base import PictureRequest
    from generation.engines.diffusers_engine import DiffusersEngine

ROOT = Path(__file__).resolve().parent.parent
# ten formats of about a megapixel
SHAPES = ((1, 1), (9, 16), (16, 9), (4, 5), (5, 4), (2, 3), (3, 2), (3, 4), (4, 3), (2, 1))
VARIANTS = 4
PROMPT = "gift box, gold, lively, studio light, soft shadow, calm wall, {}"  # a byte a token, and CLIP reads 77
BRIEF_FORMATS = "1080x1920,1080x1080,1200x628,1080x1350,1920x1080,1242x1660,800x800,750x1334,1280x720,640x960"


@dataclass
class Bench:
    """What the cells share: the device, the models as they are needed, and the scenes."""

    slug: str
    tiny: bool
    steps: int
    engines: dict[tuple[bool, float], DiffusersEngine] = field(default_factory=dict)

    @property
    def device(self) -> str:
        return "cpu" if self.tiny else "cuda"

    @cached_property
    def pipe(self) -> Any:
        import torch

        from bench.random_models import FULL, tiny

        return tiny(self.slug) if self.tiny else FULL[self.slug]("cuda", torch.bfloat16)

    @cached_property
    def sizes(self) -> list[tuple[int, int]]:
        from generation.engines.batching import model_size

        shapes = SHAPES[:3] if self.tiny else SHAPES
        return [model_size(w * 64, h * 64, 128 * 128 if self.tiny else 1024 * 1024) for w, h in shapes]

    def engine(self, compiled: bool = False, refine: float = 0.0) -> DiffusersEngine:
        """Ours, around the same weights. Once a compiled one was made, the weights stay compiled: such cells come last."""
        if (compiled, refine) not in self.engines:
            from generation.engines.diffusers_engine import DiffusersEngine
            from generation.engines.families import BY_SLUG
            from generation.engines.loading import Card, Checkpoint, Options

            card = Card(name=f"random {self.slug}", area=128 * 128 if self.tiny else None)
            known = Checkpoint(ROOT, None, card, BY_SLUG[self.slug])
            options = Options(refine=refine, compiled=compiled)
            pipe = type(self.pipe)(**self.pipe.components)
            pipe.set_progress_bar_config(disable=True)
            self.engines[compiled, refine] = DiffusersEngine.around(
                pipe, known, "random", device=self.device, options=options
            )
        return self.engines[compiled, refine]

    def requests(self, size: tuple[int, int], count: int, steps: int = 0) -> list[PictureRequest]:
        """`count` variants of one scene. Those to warm up with (two steps) have other prompts: no embedding is left over."""
        from generation.engines.base import PictureRequest

        scene, word = staged(*size), "warm" if steps else "take"
        taken = steps or self.steps
        return [
            PictureRequest(scene, PROMPT.format(f"{word} {i}"), "blurred", i, strength=1.0, num_inference_steps=taken)
            for i in range(count)
        ]

    def lay_out_weights(self, ours: bool) -> None:
        """Convolutions as our engine keeps them, or as a plain script leaves them."""
        import torch

        unet = getattr(self.pipe, "unet", None)
        if unet is not None and not self.tiny:
            for part in (unet, self.pipe.controlnet):
                part.to(memory_format=torch.channels_last if ours else torch.contiguous_format)

    def plain(self, requests: list[PictureRequest]) -> list[NDArray[np.float32]]:
        """The loop that a script would write: one call of the stock pipeline for each picture."""
        import torch

        from generation.engines.batching import job_for
        from generation.engines.sampling import as_picture, control_for

        engine = self.engine()
        assert engine.control_map is not None
        accepted = inspect.signature(type(self.pipe).__call__).parameters
        pictures = []
        for request in requests:
            b = request.blockout
            job = job_for(0, request, b.width * b.height)
            control = as_picture(control_for(job, engine.control_map))
            noise = engine.sampler.noise_of(job).to(self.device, engine.dtype)
            wanted: dict[str, Any] = {
                "prompt": request.prompt,
                "negative_prompt": request.negative_prompt,
                "width": b.width,
                "height": b.height,
                "num_inference_steps": request.num_inference_steps,
                "guidance_scale": engine.checkpoint.guidance,
                "latents": engine.sampler.space.given(noise),
                "generator": torch.Generator("cpu").manual_seed(request.seed),
                "max_sequence_length": engine.family.prompt_tokens,
                "output_type": "np",
                "control_image" if "control_image" in accepted else "image": control,
            }
            if engine.family.guidance_kind == "embedded":
                del wanted["negative_prompt"]
            with torch.inference_mode():
                pictures.append(self.pipe(**{k: v for k, v in wanted.items() if k in accepted}).images[0])
        return pictures


def staged(width: int, height: int) -> Blockout:
    """A ball on a wall, drawn with arithmetic alone: the cost of diffusion does not depend on what it shows."""
    import numpy as np

    from generation.control.blockout import Blockout
    from generation.layout.geometry import Rect

    y, x = np.mgrid[:height, :width].astype(np.float32)
    radius = 0.3 * min(width, height)
    inside = np.hypot(x - width / 2, y - height / 2) < radius
    rim = (inside ^ np.roll(inside, 1, axis=1)) | (inside ^ np.roll(inside, 1, axis=0))
    rgb = np.where(inside[..., None], np.array([190, 40, 30]), np.array([230, 210, 180])).astype(np.uint8)
    up = np.zeros((height, width, 3), np.float32)
    up[..., 2] = 1
    box = Rect(width / 2 - radius, height / 2 - radius, width / 2 + radius, height / 2 + radius)
    return Blockout(
        rgb=rgb,
        depth=np.where(inside, 3.0, 6.0).astype(np.float32),
        normals=up,
        edges=rim.astype(np.uint8) * np.uint8(255),
        ids=inside.astype(np.uint8),
        albedo=rgb,
        material=np.full((height, width, 2), 90, np.uint8),
        boxes={1: box},
        subject_id=1,
        light=(0.8, 0.6),
    )


def timed(bench: Bench, work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds, peak memory in GiB (of the device; of the process on a CPU), and the result."""
    import torch

    if not bench.tiny:
        torch.cuda.synchronize()
        torch.cuda.reset_peak_memory_stats()
    begun = time.perf_counter()
    made = work()
    if bench.tiny:
        return time.perf_counter() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20, made
    torch.cuda.synchronize()
    return time.perf_counter() - begun, torch.cuda.max_memory_allocated() / 2**30, made


def plain_cell(bench: Bench, size: tuple[int, int], count: int) -> Cell:
    bench.engine()
    bench.lay_out_weights(ours=False)
    bench.plain(bench.requests(size, 1, steps=2))  # warm
    seconds, memory, _ = timed(bench, lambda: bench.plain(bench.requests(size, count)))
    return {"pictures": count, "seconds": seconds, "memory": memory}


def our_cell(bench: Bench, size: tuple[int, int], count: int, compiled: bool = False) -> Cell:
    engine = bench.engine(compiled)
    bench.lay_out_weights(ours=True)
    first, _, _ = timed(bench, lambda: engine.diffuse(bench.requests(size, count, steps=2)))
    seconds, memory, _ = timed(bench, lambda: engine.diffuse(bench.requests(size, count)))
    return {"pictures": count, "seconds": seconds, "memory": memory, "warm_up": first}


def equal_cell(bench: Bench, size: tuple[int, int]) -> Cell:
    """How far ours is from the plain loop's pictures, of 255."""
    import numpy as np

    asked = bench.requests(size, 2)
    ours = [p.rgb.astype(float) for p in bench.engine().diffuse(asked)]
    loop = [p * 255 for p in bench.plain(asked)]
    apart = np.abs(np.stack(ours) - np.stack(loop))
    return {"mean": float(apart.mean()), "p999": float(np.percentile(apart, 99.9)), "max": float(apart.max())}


def attention_cell(bench: Bench, size: tuple[int, int]) -> Cell:
    """xformers in place of torch's own scaled dot product attention."""
    try:
        import xformers  # type: ignore[import-not-found]  # noqa: F401
    except ImportError:
        return {"note": "xformers is not installed (the project's cuda extra)"}
    engine = bench.engine()
    pipe = engine.sampler.pipe
    try:
        pipe.enable_xformers_memory_efficient_attention()
        return our_cell(bench, size, VARIANTS)
    except (ValueError, NotImplementedError, RuntimeError, ModuleNotFoundError) as fault:
        return {"note": f"xformers can't: {str(fault).splitlines()[0][:80]}"}
    finally:
        pipe.disable_xformers_memory_efficient_attention()


def cached_cell(bench: Bench, size: tuple[int, int]) -> Cell:
    """Steps that reuse an earlier step's blocks: faster, and another picture. Its error stands beside it, of 255."""
    import numpy as np
    from diffusers import FirstBlockCacheConfig

    engine = bench.engine()
    denoiser = getattr(engine.sampler.pipe, engine.family.denoiser)
    if not hasattr(denoiser, "enable_cache"):
        return {"note": "diffusers has no step cache for this denoiser"}
    asked = bench.requests(size, 1)
    exact = engine.diffuse(asked)[0].rgb.astype(float)
    denoiser.enable_cache(FirstBlockCacheConfig(threshold=0.08))
    forward = denoiser.forward

    def in_context(*args: Any, **kwargs: Any) -> Any:
        with denoiser.cache_context("cond"):
            return forward(*args, **kwargs)

    denoiser.forward = in_context
    try:
        seconds, memory, made = timed(bench, lambda: engine.diffuse(asked))
    except (ValueError, RuntimeError, TypeError, AttributeError, KeyError) as fault:
        # it does not know every ControlNet
        return {"note": f"the step cache fails with a ControlNet: {str(fault).splitlines()[0][:80]}"}
    finally:
        denoiser.forward = forward
        denoiser.disable_cache()
    error = float(np.abs(made[0].rgb.astype(float) - exact).mean())
    return {"pictures": 1, "seconds": seconds, "memory": memory, "error": error}


def brief_cell(bench: Bench, compiled: bool) -> Cell:
    """The sample brief in ten formats, checked, at the engine's usual settings: plan, layout, blockout, diffusion, type,
    preflight, files."""
    import tempfile

    from brand_styles.sample import demo
    from generation.planning.brief import load_brief
    from generation.producing import prepare, produce

    formats = "300x250,336x280" if bench.tiny else BRIEF_FORMATS
    brief = load_brief(ROOT / "docs/briefs/demo.yaml", overrides={"formats": formats})
    engine = bench.engine(compiled, refine=0.3)
    bench.lay_out_weights(ours=True)

    def run() -> Any:
        with tempfile.TemporaryDirectory() as folder:
            return produce(prepare(brief, demo()), engine, Path(folder), lambda *_: None)

    warm_up, _, _ = timed(bench, run)
    seconds, memory, manifest = timed(bench, run)
    stages: dict[str, float] = {}
    for asset in manifest["assets"]:
        for stage, spent in asset["timings"].items():
            stages[stage] = stages.get(stage, 0.0) + spent
    return {
        "pictures": len(manifest["assets"]),
        "seconds": seconds,
        "memory": memory,
        "warm_up": warm_up,
        "stages": stages,
    }


def cells_of(bench: Bench) -> dict[str, Callable[[], Cell]]:
    """Every figure of one model, by name, in the order of measuring."""
    cells: dict[str, Callable[[], Cell]] = {}
    square = bench.sizes[0]
    cells["equal"] = lambda: equal_cell(bench, square)
    for size in bench.sizes:
        name = f"{size[0]}x{size[1]}"
        for count, kind in ((VARIANTS, "variants"), (1, "mixed")):
            cells[f"{kind}/plain/{name}"] = lambda s=size, n=count: plain_cell(bench, s, n)  # type: ignore[misc]
            cells[f"{kind}/ours/{name}"] = lambda s=size, n=count: our_cell(bench, s, n)  # type: ignore[misc]
    cells["attention/xformers"] = lambda: attention_cell(bench, square)
    cells["cache/first block"] = lambda: cached_cell(bench, square)
    if bench.slug == "sdxl":
        cells["brief/ten formats"] = lambda: brief_cell(bench, False)
    for size in bench.sizes:
        for count, kind in ((VARIANTS, "variants"), (1, "mixed")):
            name = f"{kind}/compiled/{size[0]}x{size[1]}"
            cells[name] = lambda s=size, n=count: our_cell(bench, s, n, compiled=True)  # type: ignore[misc]
    if bench.slug == "sdxl":
        cells["brief/ten formats, compiled"] = lambda: brief_cell(bench, True)
    return {f"{bench.slug}/{name}": cell for name, cell in cells.items()}
