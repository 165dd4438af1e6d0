"""What the pipeline asks of a diffusion engine. Two kinds exist: diffusers_engine.py and, in tests, the same with tiny weights."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from brand_styles.words import Words
from generation.control.blockout import Blockout
from generation.layout.geometry import Rect
from generation.types import Reason

# step (1-based), steps in all, a small preview (uint8 H×W×3) or None. Raises Cancelled to stop.
OnStep = Callable[[int, int, NDArray[np.uint8] | None], None]


OWN_STEPS, OWN_GUIDANCE = 6, 1.0  # what checkpoints of ours are asked for where a request leaves it open


@dataclass(frozen=True)
class Lora:
    """A fine-tuned adapter worn for one request: a .safetensors file and how strongly (1 = as trained).

    base: hash of the only weights it goes with; empty where whoever names the file answers for that.
    """

    path: str
    scale: float = 1.0
    base: str = ""


@dataclass(frozen=True)
class PictureRequest:
    """One scene to be diffused. `text_zones` and `window` are in the blockout's pixels.

    window: the part to diffuse (beyond 2.2:1 only the subject's); None means the whole canvas. strength: 1 starts from noise,
    less starts from the blockout; None is what the checkpoint's own card found best (1 where it says nothing).
    num_inference_steps counts the steps that are really taken; it and guidance_scale are what the checkpoint is best at where
    they are None. loras: worn together. references: the brand's own pictures, uint8 (h, w, 3), whose style conditions the scene
    where the family can, by reference_scale (0 to 1); needs_references: whether a model that can't read them refuses, or makes the
    scene without and says so in its reasons. keep: bool (H, W), True where the blockout's pixels must stay as they are.
    control: a map from a reference photo, uint8 (H, W, 3), in place of the blockout's own (engines.annotators).
    """

    blockout: Blockout
    prompt: str
    negative_prompt: str
    seed: int
    strength: float | None = None
    num_inference_steps: int | None = None
    guidance_scale: float | None = None
    controlnet_conditioning_scale: float = 1.0
    text_zones: tuple[Rect, ...] = ()
    window: Rect | None = None
    loras: tuple[Lora, ...] = ()
    references: tuple[NDArray[np.uint8], ...] = ()
    reference_scale: float = 0.6
    needs_references: bool = True
    keep: NDArray[np.bool_] | None = None
    control: NDArray[np.uint8] | None = None


@dataclass(frozen=True)
class Picture:
    """A finished scene at canvas size. `made` is "diffused", or "rendered" where the model did not improve the blockout
    (`why_rendered` says why). seam: mean step across a window's border against the picture's own (1 = invisible).
    detail_kept: where the blockout's detail was kept at full strength, uint8 at the model's size, 255 = kept. reasons: what the engine
    decided that an auditor should know."""

    rgb: NDArray[np.uint8]  # (H, W, 3) sRGB
    made: str
    model: str  # name and short hash of the weights
    seconds: float
    why_rendered: Words | None = None
    seam: float | None = None
    notes: dict[str, float | str] = field(default_factory=dict)
    detail_kept: NDArray[np.uint8] | None = None
    reasons: tuple[Reason, ...] = ()


class Engine(Protocol):
    """Holds warm weights. `diffuse` batches requests of one shape; the same requests in the same order give the same pixels.

    An engine that gains by batches of one size has a `gathers` that is true: a production then asks for the variants of a format
    together, in place of the formats of a variant."""

    @property
    def name(self) -> str: ...

    @property
    def weights_hash(self) -> str: ...

    def diffuse(self, requests: Sequence[PictureRequest], on_step: OnStep | None = None) -> list[Picture]: ...
