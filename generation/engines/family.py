"""What is known of a family of checkpoints: the shape of a row of families.py."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

# How the pipeline's latents relate to a grid of cells (B, C, h, w). See latents.py.
Latents = Literal["plain", "deep", "packed", "packed_video", "patched"]
# "cfg": guidance_scale, two passes a step above 1. "true_cfg": true_cfg_scale, likewise. "embedded": a number the model is
# told, one pass a step, and a negative prompt goes unread.
Guidance = Literal["cfg", "true_cfg", "embedded"]
# May pictures be sold? "yes": also by the licence of the weights. "revenue": up to a yearly revenue. "no": not these weights.
# "ask": after a registration with the maker.
Commercial = Literal["yes", "revenue", "no", "ask"]
BYTES = {"fp32": 4, "fp16": 2, "bf16": 2, "fp8": 1}


@dataclass(frozen=True)
class Licence:
    """What the makers' licence lets a business do, as its card said when this table was written (November 2026)."""

    name: str
    commercial: Commercial
    note: str = ""


@dataclass(frozen=True)
class Variant:
    """A member of a family that wants other settings. It is recognised by `where`: component, key, value of its config."""

    name: str
    where: tuple[str, str, Any]
    steps: int
    guidance: float
    licence: Licence
    parameters: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Family:
    """One row.

    parameters: billions of weights in each part. multiple: what the pipelines want a picture's sides to be multiples of (the
    engine's own MULTIPLE is one of each). guidance: 1 and less means one pass a step without it. area: pixels it is at its best
    with (None: the denoiser's own sample size says). maps: control maps that public ControlNets of the family take, the usual
    one first. keys: one of these names stands in a single file of the family.
    """

    slug: str
    name: str
    pipelines: tuple[str, ...]
    control: str
    controlnet: str
    image_to_image: str
    control_image_to_image: str
    inpaint: str
    control_inpaint: str
    denoisers: tuple[str, ...]
    latents: Latents
    maps: tuple[str, ...]
    style: Literal["ip_adapter", "native", ""]
    lora_targets: tuple[str, ...]
    native_sizes: tuple[tuple[int, int], ...]
    multiple: int
    steps: int
    guidance: float
    guidance_kind: Guidance
    prompt_tokens: int
    dtype: Literal["fp16", "bf16"]
    parameters: Mapping[str, float]
    licence: Licence
    keys: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()
    area: int | None = 1024 * 1024
    linear_sigmas: bool = False  # its pipelines hand the scheduler sigmas from 1 to 1 / steps

    @property
    def classes(self) -> frozenset[str]:
        """All pipeline classes of the family, by name."""
        named = (self.control, self.image_to_image, self.control_image_to_image, self.inpaint, self.control_inpaint)
        return frozenset({*self.pipelines, *named} - {""})

    @property
    def denoiser(self) -> str:
        return "unet" if "UNet2DConditionModel" in self.denoisers else "transformer"

    def memory_gib(self, dtype: str, control: bool = True) -> float:
        """An estimate of what the weights take, in GiB: bytes per weight × weights. Work space comes on top."""
        parts = sum(n for part, n in self.parameters.items() if control or part != "controlnet")
        return parts * 1e9 * BYTES[dtype] / 2**30
