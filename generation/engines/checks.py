"""Requests that make no sense, said in a sentence before any weights are touched."""

from __future__ import annotations

import math

import numpy as np

from generation.engines.base import PictureRequest
from generation.engines.families import Family
from generation.errors import PermanentError

MOST_STEPS = 200
MOST_GUIDANCE = 30.0
MOST_CONTROL = 2.0
MOST_LORA = 4.0
LORAS = 4
SMALLEST_REFERENCE, LONGEST_REFERENCE = 64, 8  # px of the short side; long side over short side. FLUX.2 takes no others


def check(request: PictureRequest, family: Family) -> None:
    """PermanentError on the first thing that can't be."""
    _check_numbers(request)
    _check_blockout(request)
    _check_loras(request)
    _check_references(request, family)


def _check_numbers(r: PictureRequest) -> None:
    steps, guidance = r.num_inference_steps, r.guidance_scale
    if steps is not None and not 1 <= steps <= MOST_STEPS:
        raise PermanentError(
            f"{steps} denoising steps make no picture: ask for 1 to {MOST_STEPS}.",
            f"去噪步数 {steps} 无法生成画面：请设为 1 到 {MOST_STEPS}。",
        )
    if guidance is not None and not 0 <= guidance <= MOST_GUIDANCE:
        raise PermanentError(
            f"A guidance of {guidance:g} would burn the picture out: ask for 0 to {MOST_GUIDANCE:g}.",
            f"引导强度 {guidance:g} 会使画面失真：请设为 0 到 {MOST_GUIDANCE:g}。",
        )
    if not 0 <= r.controlnet_conditioning_scale <= MOST_CONTROL:
        raise PermanentError(
            f"A control strength of {r.controlnet_conditioning_scale:g} is out of measure: ask for 0 to {MOST_CONTROL:g}.",
            f"控制强度 {r.controlnet_conditioning_scale:g} 超出范围：请设为 0 到 {MOST_CONTROL:g}。",
        )
    if r.strength is not None and not 0 <= r.strength <= 1:
        raise PermanentError(
            f"A strength of {r.strength:g} is no share of the noise: ask for 0 (the blockout as it is) to 1 (from noise).",
            f"强度 {r.strength:g} 无效：请设为 0（保持草图）到 1（从噪声开始）。",
        )


def _check_blockout(r: PictureRequest) -> None:
    b = r.blockout
    whole = (b.height, b.width)
    maps = {n: getattr(b, n) for n in ("depth", "normals", "edges", "ids", "albedo", "material")}
    maps |= {} if r.keep is None else {"keep": r.keep}
    maps |= {} if r.control is None else {"control": r.control}
    for name, values in maps.items():
        if values.shape[:2] != whole:
            raise PermanentError(
                f"The control map '{name}' is {values.shape[1]}×{values.shape[0]} and its canvas {b.width}×{b.height}: "
                "draw the maps again at the canvas's size.",
                f"控制图“{name}”为 {values.shape[1]}×{values.shape[0]}，而画布为 {b.width}×{b.height}：请按画布尺寸重新绘制。",
            )
    for name in ("depth", "normals"):
        if not np.isfinite(maps[name]).all():
            raise PermanentError(
                f"The control map '{name}' holds numbers that are none (NaN): draw the scene again.",
                f"控制图“{name}”含有无效数值（NaN）：请重新绘制场景。",
            )


def _check_loras(r: PictureRequest) -> None:
    if len(r.loras) > LORAS:
        raise PermanentError(
            f"{len(r.loras)} LoRAs at once drown one another: choose at most {LORAS}.",
            f"同时使用 {len(r.loras)} 个 LoRA 会相互干扰：最多选择 {LORAS} 个。",
        )
    for lora in r.loras:
        if not math.isfinite(lora.scale) or abs(lora.scale) > MOST_LORA:
            raise PermanentError(
                f"A LoRA strength of {lora.scale:g} is out of measure: ask for {-MOST_LORA:g} to {MOST_LORA:g}.",
                f"LoRA 强度 {lora.scale:g} 超出范围：请设为 {-MOST_LORA:g} 到 {MOST_LORA:g}。",
            )


def _check_references(r: PictureRequest, family: Family) -> None:
    if not r.references:
        return
    if not family.style:
        raise PermanentError(
            f"{family.name} can't read reference pictures: make the brief without them, or choose a model that can.",
            f"{family.name} 无法读取参考图：请不使用参考图，或选择支持的模型。",
        )
    if not 0 <= r.reference_scale <= 1:
        raise PermanentError(
            f"A reference strength of {r.reference_scale:g} is out of measure: ask for 0 to 1.",
            f"参考强度 {r.reference_scale:g} 超出范围：请设为 0 到 1。",
        )
    for picture in r.references:
        fits = picture.ndim == 3 and picture.shape[2] == 3 and picture.dtype == np.uint8
        short, long = min(picture.shape[:2]), max(picture.shape[:2])
        if not fits or short < SMALLEST_REFERENCE or long > LONGEST_REFERENCE * short:
            is_now = f"{' × '.join(map(str, picture.shape))} {picture.dtype}"
            raise PermanentError(
                f"A reference picture must be in colour, at least {SMALLEST_REFERENCE} px on its short side and no longer than "
                f"{LONGEST_REFERENCE} : 1; this one is {is_now}.",
                f"参考图须为彩色，短边不少于 {SMALLEST_REFERENCE} 像素，长短边之比不超过 {LONGEST_REFERENCE} : 1；当前为 {is_now}。",
            )
