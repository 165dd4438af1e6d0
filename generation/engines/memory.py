"""What to do when memory runs short: the same picture with less memory, and a plain sentence when nothing is left to try.

Never a smaller picture. Each measure stays for the life of the process, is told in the pictures' notes and in the log.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import cv2
import torch

from generation.engines.latents import LatentSpace
from generation.errors import PermanentError

log = logging.getLogger(__name__)

OFFLOAD = "offload"  # from this measure on parts wait in main memory

Result = TypeVar("Result")


@dataclass
class Thrift:
    """The measures of one warm pipeline, mildest first: `slicing` (pictures one at a time), `tiling` (the autoencoder in
    overlapping tiles), `offload` (parts that rest wait in main memory), `offload by layer`."""

    pipe: Any
    space: LatentSpace
    device: str
    taken: list[str] = field(default_factory=list)

    @property
    def one_by_one(self) -> bool:
        return "slicing" in self.taken

    def place(self, compiled: bool) -> None:
        """Put the pipeline on its device; parts wait in main memory where they don't all fit."""
        try:
            self.pipe.to(self.device)
        except torch.OutOfMemoryError:
            self.pipe.to("cpu")
            while OFFLOAD not in self.taken:
                if not self.tighten():
                    raise
        if not self.device.startswith("cuda"):
            return
        unet = getattr(self.pipe, "unet", None)
        heavy = [p for p in (unet or self.pipe.transformer, getattr(self.pipe, "controlnet", None)) if p is not None]
        for part in heavy:
            if unet is not None:
                part.to(memory_format=torch.channels_last)  # convolutions on tensor cores want it
            if compiled:
                part.compile()

    @property
    def notes(self) -> dict[str, float | str]:
        """What of it belongs into a picture's notes."""
        return {"memory": ", ".join(self.taken)} if self.taken else {}

    def sparing(self, work: Callable[[], Result], count: int, size: tuple[int, int]) -> Result:
        """What `work` gives, tried again with less memory where it runs short; PermanentError, in words, where nothing is left.

        count, size: how many pictures it makes, and their width and height.
        """
        while True:
            try:
                return work()
            except Exception as fault:
                if not is_short_of_memory(fault):
                    raise
                if not self.tighten():
                    raise short_of_memory(count, *size, self.taken) from fault

    def tighten(self) -> bool:
        """Take the next measure; False where none is left."""
        for name, act in self._measures():
            if name not in self.taken:
                _forget_fragments(self.device)
                act()
                self.taken.append(name)
                log.warning("Short of memory: trying again with %s.", name)
                return True
        return False

    def _measures(self) -> list[tuple[str, Callable[[], None]]]:
        measures: list[tuple[str, Callable[[], None]]] = [("slicing", self._slice)]
        if hasattr(self.pipe.vae, "enable_tiling"):
            measures.append(("tiling", self.pipe.vae.enable_tiling))
        if self.device.startswith("cuda"):
            measures.append((OFFLOAD, lambda: self.pipe.enable_model_cpu_offload(device=self.device)))
            measures.append(("offload by layer", self._offload_layers))
        return measures

    def _slice(self) -> None:
        self.space.one_by_one = True

    def _offload_layers(self) -> None:
        self.pipe.remove_all_hooks()
        self.pipe.to("cpu")
        self.pipe.enable_sequential_cpu_offload(device=self.device)


def is_short_of_memory(fault: BaseException) -> bool:
    if isinstance(fault, MemoryError | torch.OutOfMemoryError):
        return True
    if isinstance(fault, cv2.error):
        return bool(fault.code == cv2.Error.StsNoMem)
    return isinstance(fault, RuntimeError) and "allocate memory" in str(fault)


def short_of_memory(count: int, width: int, height: int, tried: list[str]) -> PermanentError:
    pictures = "a picture" if count == 1 else f"{count} pictures"
    en = f" Already tried: {', '.join(tried)}." if tried else ""
    zh = f"已尝试：{'、'.join(tried)}。" if tried else ""
    return PermanentError(
        f"Not enough memory to make {pictures} of {width}×{height}: close other programs, use a smaller model, "
        f"or ask for fewer formats at a time.{en}",
        f"内存不足，无法生成 {count} 张 {width}×{height} 的画面：请关闭其他程序、换用更小的模型，或减少一次的尺寸数量。{zh}",
    )


def _forget_fragments(device: str) -> None:
    if device.startswith("cuda"):
        torch.cuda.empty_cache()
