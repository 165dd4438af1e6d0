"""The same picture sooner: memory laid out for the processor, nothing computed twice, batches at once on several cores.

Compiling the denoiser was measured and left out for processors: torch.compile with frozen weights gained 6 % over the layout
below after a minute and more of compiling a size, wants a C++ compiler on the machine, and pictures come in many sizes.
"""

from __future__ import annotations

import copy
import os
import threading
import weakref
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

from generation.engines.prompts import remember_prompts

if TYPE_CHECKING:
    from generation.engines.base import OnStep
    from generation.engines.sampling import Sampler

MOST_AT_ONCE = 4  # batches; each holds a picture's activations, about 150 MB at 384×672
CONVOLVING = ("unet", "controlnet", "vae")  # parts of a pipeline that are made of 2D convolutions

Made = TypeVar("Made")
Group = TypeVar("Group")


class Once:
    """A module's `forward` of one tensor that is handed the same tensor step after step: computed the first time.

    The tensor is told by its identity and held weakly, so it must not be written to between steps; no pipeline does.
    Each thread remembers its own.
    """

    def __init__(self, forward: Callable[[torch.Tensor], torch.Tensor]) -> None:
        self.forward = forward
        self.latest = threading.local()

    def __call__(self, conditioning: torch.Tensor) -> torch.Tensor:
        seen = getattr(self.latest, "seen", None)
        known: torch.Tensor | None = getattr(self.latest, "result", None)
        if known is not None and seen is not None and seen() is conditioning:
            return known
        result = self.forward(conditioning)
        self.latest.result = result
        self.latest.seen = weakref.ref(conditioning, self._forgetting())
        return result

    def _forgetting(self) -> Callable[[object], None]:
        """What lets the result go with its tensor: it is as large as the widest layer at full size."""
        latest = self.latest.__dict__
        return lambda _: latest.pop("result", None)


class Begun:
    """The latents that the latest batch began with: it is asked for them once more when its picture is finished."""

    def __init__(self) -> None:
        self.jobs: tuple[weakref.ref[Any], ...] = ()
        self.encoded: torch.Tensor | None = None

    def latents(self, jobs: Sequence[Any], encode: Callable[[], torch.Tensor]) -> torch.Tensor:
        """Those of `jobs`, told by their identity (a job is never changed), encoded where they are not the latest."""
        known = len(jobs) == len(self.jobs) and all(seen() is job for seen, job in zip(self.jobs, jobs, strict=True))
        if not known or self.encoded is None:
            self.encoded = encode()
            self.jobs = tuple(weakref.ref(job) for job in jobs)
        return self.encoded


def accelerate(pipe: Any, device: str) -> None:
    """Lay the pipeline's weights out for `device` and let its ControlNet read the control image once a picture.

    Outputs differ from before by rounding only.
    """
    if not device.startswith("cuda"):
        for name in CONVOLVING:
            part = getattr(pipe, name, None)
            if isinstance(part, torch.nn.Module) and not _of_video(part):
                part.to(memory_format=torch.channels_last)
    embedding = getattr(getattr(pipe, "controlnet", None), "controlnet_cond_embedding", None)
    if embedding is not None and not isinstance(embedding.forward, Once):
        embedding.forward = Once(embedding.forward)


def _of_video(part: torch.nn.Module) -> bool:
    """Does it convolve over time too? Such weights have another layout, and torch refuses this one for them."""
    return any(weight.dim() == 5 for weight in part.parameters())


def twin(sampler: Sampler) -> Sampler:
    """A sampler with the same weights and its own schedule and notes, so that both can be at work at once."""
    other = copy.copy(sampler)
    other.pipe = _apart(sampler.pipe, copy.deepcopy(sampler.pipe.scheduler))
    if sampler.image_pipe is not None:
        other.image_pipe = _apart(sampler.image_pipe, other.pipe.scheduler)
    other.remembered = [remember_prompts(p) for p in (other.pipe, other.image_pipe) if p is not None]
    other.notes = {}
    other.begun = Begun()
    return other


def _apart(pipe: Any, scheduler: Any) -> Any:
    other = copy.copy(pipe)
    other.__dict__.pop("encode_prompt", None)  # the first one's memory of prompts
    other.scheduler = scheduler
    return other


def batches_at_once(threads: int | None, device: str) -> int:
    """How many batches to have under way, where each takes `threads` (None: every core)."""
    if threads is None or device != "cpu":
        return 1
    return max(1, min(MOST_AT_ONCE, len(os.sched_getaffinity(0)) // threads))


def make_all(
    make: Callable[[Group, Sampler, OnStep | None], Made],
    groups: Sequence[Group],
    samplers: Sequence[Sampler],
    on_step: OnStep | None,
    total: int,
) -> list[Made]:
    """`make` of every group, in their order, a thread for each sampler.

    Steps are told in the calling thread, as of one batch of `total` steps. What on_step raises (Cancelled) stops all
    of them at their next step, as does a fault in one; it is raised here when the others have stopped.
    """
    free: SimpleQueue[Sampler] = SimpleQueue()
    for sampler in samplers:
        free.put(sampler)
    news: SimpleQueue[_News] = SimpleQueue()
    stop = threading.Event()

    def step(taken: int, of: int, preview: NDArray[np.uint8] | None) -> None:
        if stop.is_set():
            raise _Stopped
        news.put(_News(preview))

    def work(group: Group) -> Made:
        sampler = free.get()
        try:
            if stop.is_set():
                raise _Stopped
            return make(group, sampler, step if on_step else None)
        except BaseException:
            stop.set()
            raise
        finally:
            free.put(sampler)
            news.put(_News(last=True))

    with ThreadPoolExecutor(len(samplers), thread_name_prefix="diffusion") as pool:
        running = [pool.submit(work, group) for group in groups]
        try:
            _tell(news, len(groups), on_step, total)
        except BaseException:
            stop.set()
            raise
    faults = [fault for r in running if (fault := r.exception()) is not None and not isinstance(fault, _Stopped)]
    if faults:
        raise faults[0]
    return [r.result() for r in running]


class _News:
    """One step taken in some thread, or that a group is done with."""

    def __init__(self, preview: NDArray[np.uint8] | None = None, last: bool = False) -> None:
        self.preview = preview
        self.last = last


class _Stopped(BaseException):
    """Ends a thread's work because another's failed or the caller cancelled."""


def _tell(news: SimpleQueue[_News], groups: int, on_step: OnStep | None, total: int) -> None:
    taken = 0
    while groups:
        told = news.get()
        if told.last:
            groups -= 1
        elif on_step is not None:
            taken += 1
            on_step(taken, total, told.preview)
