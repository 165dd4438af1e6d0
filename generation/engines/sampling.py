"""One batch through a family's stock pipeline: from noise or from a picture, with zones held."""

from __future__ import annotations

import inspect
import threading
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from generation.engines.accelerate import Begun
from generation.engines.adapters import Dress, pictures_for, worn
from generation.engines.batching import Job
from generation.engines.conditioning import ControlMap, control_image, crop, shrink
from generation.engines.families import BY_SLUG, Family, resolve
from generation.engines.latents import LatentSpace
from generation.engines.memory import Thrift
from generation.engines.prompts import remember_prompts
from generation.engines.schedules import begin, shortened
from generation.engines.steps import PREVIEW_SIDE, OnBatchStep, StepHook, Zones, schedule_for, zone_mask
from generation.errors import PermanentError

Decoded = NDArray[np.float32]  # (h, w, 3), 0 to 1

UNION_MODES = {"canny": 0, "depth": 2}  # of the public union ControlNets for FLUX.1


class Sampler:
    """Warm pipelines for one model. `start_noise`: share of the usual noise that is laid over a blockout to begin with;
    `threads`: CPU threads to run on, None for torch's own; `style`: where an IP-Adapter lies.

    Where `control_map` is "dense" the checkpoint is one of ours: it begins from a blockout by the family's stock image-to-image
    class, as it was trained and measured. All others begin by a shortened schedule, which every family can.
    """

    def __init__(
        self,
        pipe: Any,
        name: str,
        *,
        control_map: ControlMap | None,
        start_noise: float,
        threads: int | None,
        device: str,
        dtype: torch.dtype,
        family: Family = BY_SLUG["sd15"],
        style: Path | None = None,
    ) -> None:
        self.pipe = pipe
        self.image_pipe = None
        if control_map == "dense":
            self.image_pipe = resolve(family.control_image_to_image)(**pipe.components, requires_safety_checker=False)
            self.image_pipe.set_progress_bar_config(disable=True)
        self.family = family
        self.space = LatentSpace(family, pipe, device, dtype)
        self.thrift = Thrift(pipe, self.space, device)
        self.remembered = [remember_prompts(p) for p in (pipe, self.image_pipe) if p is not None]
        self.name = name
        self.control_map: ControlMap | None = control_map
        self.start_noise = start_noise
        self.threads = threads
        self.style = style
        self.device = device
        self.dtype = dtype
        self.notes: dict[str, float | str] = {}  # of the latest batch, for the recipe
        self.begun = Begun()

    def sample(self, group: Sequence[Job], on_step: OnBatchStep | None = None) -> list[Decoded]:
        """The model's own pictures of one batch, at its size: tried again with less memory where it runs short."""
        pixels = self.thrift.sparing(lambda: self._sample_sliced(group, on_step), len(group), group[0].size)
        if not np.isfinite(pixels).all():
            raise PermanentError(
                f"The model {self.name} gave numbers that are no picture (NaN): its weights are damaged, or it needs more "
                "precision than this device was set to. Restore the checkpoint.",
                f"模型 {self.name} 输出了无效数值（NaN）：权重已损坏，或当前设备精度不足。请恢复该检查点。",
            )
        return list(pixels)

    def round_trip(self, group: Sequence[Job]) -> list[Decoded]:
        """The blockouts of one batch through the autoencoder and back, at the model's size."""
        return list(self.thrift.sparing(lambda: self._round_trip(group), len(group), group[0].size))

    def _round_trip(self, group: Sequence[Job]) -> NDArray[np.float32]:
        with torch.inference_mode(), on_threads(self.threads):
            return self.space.pictures(self._start_latents(group))

    def _sample_sliced(self, group: Sequence[Job], on_step: OnBatchStep | None) -> NDArray[np.float32]:
        """The batch at once, or one by one where memory asked for it; steps are told as of one batch."""
        if not self.thrift.one_by_one or len(group) == 1:
            return self._sample(group, on_step)
        total = len(group)
        parts = []
        for i, job in enumerate(group):
            told = None if on_step is None else _slowed(on_step, i, total, job.steps)
            parts.append(self._sample([job], told))
        return np.concatenate(parts)

    def _sample(self, group: Sequence[Job], on_step: OnBatchStep | None) -> NDArray[np.float32]:
        dress = dress_of(group[0])
        hook = StepHook(self.space, group[0].size, group[0].steps, on_step, preview=self._preview)
        with (
            torch.inference_mode(),
            on_threads(self.threads),
            worn(self.pipe, self.family, dress, self.style) as notes,
        ):
            self.notes = dict(notes)
            for remembered in self.remembered:
                remembered.dress = dress.key
            noise = self._noise(group)
            zones = [self._zones(job) for job in group]
            keep = any(job.request.keep is not None for job in group)
            clean = self._start_latents(group) if any(zones) or keep or group[0].strength < 1 else noise
            if any(zones):
                hook.zones = Zones(zone_mask(zones, noise.shape[2], noise.shape[3]), clean, noise)
            if keep:
                hook.kept = Zones(self._kept(group), clean, noise)
            self._run(group, noise, clean, hook)
            assert hook.last is not None  # noqa: S101 - a pipeline calls back after every step
            return self.space.pictures(hook.last)

    def _run(self, group: Sequence[Job], noise: torch.Tensor, clean: torch.Tensor, hook: StepHook) -> None:
        strength = group[0].strength
        if strength >= 1:
            self._call(self.pipe, group, hook, {"latents": self.space.given(noise), "num_inference_steps": hook.steps})
            return
        asked, passed = schedule_for(hook.steps, strength)
        if self.image_pipe is not None:
            started = {"latents": self._over_blockout(clean, noise, asked, passed), "image": self._start_pixels(group)}
            self._call(self.image_pipe, group, hook, {**started, "strength": passed, "num_inference_steps": asked})
            return
        latents, first = begin(self.family, self.pipe, clean, noise, asked, hook.steps, self.device)
        with shortened(self.pipe.scheduler, hook.steps) as seen:
            given = self.space.given(latents.to(noise.dtype))
            self._call(self.pipe, group, hook, {"latents": given, "num_inference_steps": asked})
        if seen.first is None or abs(seen.first - first) > 1e-3 * abs(first) + 1e-3:
            raise RuntimeError(f"The schedule began at {seen.first}, the latents stood at {first}.")

    def _call(self, pipe: Any, group: Sequence[Job], hook: StepHook, how: dict[str, Any]) -> None:
        arguments = self.arguments(pipe, group, {"callback_on_step_end": hook, **how})
        with self.certainly():
            pipe(**arguments)

    def arguments(self, pipe: Any, group: Sequence[Job], how: dict[str, Any]) -> dict[str, Any]:
        """What `pipe` is called with for one batch: what the requests ask for and `how`, as far as its class takes it."""
        accepted = inspect.signature(type(pipe).__call__).parameters
        wanted = {**self._wishes(group), **how}
        wanted |= self._control(group, "control_image" if "control_image" in accepted else "image")
        wanted |= pictures_for(self.family, group[0].request.references)
        return {k: v for k, v in wanted.items() if k in accepted}

    def certainly(self) -> AbstractContextManager[None]:
        """While open, nothing that the pipeline encodes is drawn by chance."""
        return certain(self.pipe.vae) if self.family.slug == "sd3" else nullcontext()

    def _wishes(self, group: Sequence[Job]) -> dict[str, Any]:
        """What is asked of a pipeline, under the names of all families; each takes those it knows."""
        guidance = group[0].guidance
        width, height = group[0].size
        wishes: dict[str, Any] = {
            "prompt": [j.request.prompt for j in group],
            "negative_prompt": [j.request.negative_prompt for j in group],
            "true_cfg_scale" if self.family.guidance_kind == "true_cfg" else "guidance_scale": guidance,
            "controlnet_conditioning_scale": group[0].request.controlnet_conditioning_scale,
            "generator": [_generator(j) for j in group],
            "width": width,
            "height": height,
            "max_sequence_length": self.family.prompt_tokens,
            "use_resolution_binning": False,
            "output_type": "latent",
        }
        one_pass = self.family.guidance_kind == "embedded" or guidance <= 1
        if one_pass and self.control_map != "dense":
            del wishes["negative_prompt"]
        return wishes

    def _control(self, group: Sequence[Job], name: str) -> dict[str, Any]:
        if self.control_map is None:
            return {}
        maps = np.stack([control_for(j, self.control_map) for j in group])
        if self.control_map == "dense":
            return {name: torch.from_numpy(maps).to(self.device, self.dtype)}
        given: dict[str, Any] = {name: [as_picture(m) for m in maps]}
        if self.family.slug == "flux1" and getattr(self.pipe.controlnet, "union", False):
            given["control_mode"] = UNION_MODES[self.control_map]
        return given

    def _noise(self, group: Sequence[Job]) -> torch.Tensor:
        """One generator for each item, so that an item's noise does not depend on its batch; as loud as the card wants it."""
        drawn = torch.cat([self.noise_of(job) for job in group])
        loudness = 1.0 if group[0].strength >= 1 else self.start_noise
        # Z-Image and Sana keep their latents in full precision whatever the weights are in.
        exact = self.family.slug in ("z-image", "sana")
        return (drawn * loudness).to(self.device, torch.float32 if exact else self.dtype)

    def noise_of(self, job: Job) -> torch.Tensor:
        """(1, C, h, w); of a tile, the part of the whole canvas's noise that lies under it."""
        size = job.size if job.tile_of is None else job.tile_of
        drawn = torch.randn((1, *self.space.shape(size)), generator=_generator(job), dtype=torch.float32)
        if job.tile_of is None:
            return drawn
        x, y = (v // self.space.cell for v in job.region[:2])
        _, h, w = self.space.shape(job.size)
        return drawn[:, :, y : y + h, x : x + w]

    def _over_blockout(self, clean: torch.Tensor, noise: torch.Tensor, asked: int, strength: float) -> torch.Tensor:
        """The noised blockout that image-to-image begins with, as the stock pipeline makes it, from noise of our own."""
        assert self.image_pipe is not None  # noqa: S101 - the caller looked
        self.image_pipe.scheduler.set_timesteps(asked, device=self.device)
        times, _ = self.image_pipe.get_timesteps(asked, strength, self.device)
        noised: torch.Tensor = self.image_pipe.scheduler.add_noise(clean, noise, times[:1].repeat(len(clean)))
        return noised

    def _start_pixels(self, group: Sequence[Job]) -> torch.Tensor:
        """What the pictures begin from and what zones follow, (B, 3, h, w), 0 to 1: the blockouts, or pictures given."""
        small = [
            shrink(crop(j.request.blockout.rgb, j.region), j.size) / 255 if j.start is None else j.start for j in group
        ]
        stacked = torch.from_numpy(np.stack(small).astype(np.float32, copy=False)).permute(0, 3, 1, 2)
        return stacked.to(self.device, self.dtype)

    def _start_latents(self, group: Sequence[Job]) -> torch.Tensor:
        return self.begun.latents(group, lambda: self.space.encode(self._start_pixels(group) * 2 - 1))

    def _zones(self, job: Job) -> list[tuple[float, float, float, float]]:
        """The request's text zones in cells of the latents."""
        x0, y0, x1, y1 = job.region
        f = self.space.cell
        sx, sy = job.size[0] / f / (x1 - x0), job.size[1] / f / (y1 - y0)
        return [
            ((z.x0 - x0) * sx, (z.y0 - y0) * sy, (z.x1 - x0) * sx, (z.y1 - y0) * sy)
            for z in job.request.text_zones
            if z.x1 > x0 and z.x0 < x1 and z.y1 > y0 and z.y0 < y1
        ]

    def _kept(self, group: Sequence[Job]) -> torch.Tensor:
        """(B, 1, h, w): 1 for cells that hold nothing but pixels to keep."""
        masks = []
        for job in group:
            keep = job.request.keep
            _, h, w = self.space.shape(job.size)
            whole = np.zeros(job.request.blockout.ids.shape) if keep is None else keep.astype(np.float32)
            masks.append(shrink(crop(whole, job.region), (w, h)) > 0.999)
        return torch.from_numpy(np.stack(masks)).float()[:, None]

    def _preview(self, latents: torch.Tensor) -> NDArray[np.uint8]:
        """A small decoded picture of a (1, C, h, w) grid."""
        every = -(-max(latents.shape[2:]) * self.space.cell // PREVIEW_SIDE)
        small = torch.nn.functional.avg_pool2d(latents.to(self.dtype), every)
        decoded = self.space.decode(small)[0]
        return np.asarray(((decoded.clamp(-1, 1) + 1) * 127.5).byte().permute(1, 2, 0).cpu().numpy())


def dress_of(job: Job) -> Dress:
    return Dress(job.request.loras, job.request.references, job.request.reference_scale)


def _generator(job: Job) -> torch.Generator:
    return torch.Generator("cpu").manual_seed(job.request.seed % 2**63)


def control_for(job: Job, kind: ControlMap) -> NDArray[np.float32]:
    """(C, h, w), 0 to 1: the blockout's map, or the one that the request brought from a photo."""
    given = job.request.control
    if given is None:
        return control_image(job.request.blockout, kind, job.region, job.size)
    small = shrink(crop(given, job.region), job.size) / np.float32(255)
    return np.ascontiguousarray(np.moveaxis(small, 2, 0), dtype=np.float32)


def as_picture(control: NDArray[np.float32]) -> Any:
    """A control map (3, h, w), 0 to 1, as the picture that a pipeline normalises in its own way."""
    from PIL import Image

    return Image.fromarray((np.moveaxis(control, 0, 2) * 255 + 0.5).astype(np.uint8))


def _slowed(on_step: OnBatchStep, done: int, of: int, steps: int) -> OnBatchStep:
    """Steps of the `done`-th of `of` single pictures as steps of their batch."""

    def step(taken: int, preview: NDArray[np.uint8] | None) -> None:
        on_step(max(1, (done * steps + taken) // of), preview)

    return step


@contextmanager
def certain(vae: Any) -> Iterator[None]:
    """While open, the autoencoder's latents are its most likely ones. SD 3's ControlNet class draws the control map's latents
    from the process's own random numbers, which no seed of a request reaches."""
    encode = vae.encode

    def encode_certainly(*args: Any, **kwargs: Any) -> Any:
        encoded = encode(*args, **kwargs)
        encoded.latent_dist.sample = lambda *_, **__: encoded.latent_dist.mode()
        return encoded

    vae.encode = encode_certainly
    try:
        yield
    finally:
        del vae.encode


class _Counted:
    """How many batches compute on a count of threads of their own, and what it was before the first of them."""

    lock = threading.Lock()
    under_way = 0
    before = 0


@contextmanager
def on_threads(count: int | None) -> Iterator[None]:
    """While open, torch computes on `count` threads; on as many as before where it is None.

    A part of torch keeps one count for the process. So where several are open at once, the last to close puts it back: a
    neighbour's sums would else be cut up anew in the middle of its picture, and its pixels with them.
    """
    if count is None:
        yield
        return
    with _Counted.lock:
        if not _Counted.under_way:
            _Counted.before = torch.get_num_threads()
        _Counted.under_way += 1
        torch.set_num_threads(count)
    try:
        yield
    finally:
        with _Counted.lock:
            _Counted.under_way -= 1
            if not _Counted.under_way:
                torch.set_num_threads(_Counted.before)
