"""What a model wears for one request: LoRAs, and an IP-Adapter that reads the brand's pictures. Put on, always taken off."""

from __future__ import annotations

import hashlib
import inspect
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from brand_styles.words import Words
from generation.engines.base import Lora
from generation.engines.families import Family
from generation.engines.headers import Header, read_header
from generation.engines.loading import refuse_pickles
from generation.engines.quiet import first_line
from generation.errors import PermanentError
from generation.types import Reason

STYLE_FILE = "ip_adapter.safetensors"
ENCODER = "image_encoder"


@dataclass(frozen=True)
class Dress:
    """What a batch wears: the same for all its requests. `key` tells two dresses apart."""

    loras: tuple[Lora, ...] = ()
    references: tuple[NDArray[np.uint8], ...] = ()
    reference_scale: float = 0.0

    @property
    def key(self) -> tuple[object, ...]:
        pictures = tuple(hashlib.sha256(r.tobytes()).hexdigest()[:16] for r in self.references)
        return (self.loras, pictures, self.reference_scale if pictures else None)


@contextmanager
def worn(pipe: Any, family: Family, dress: Dress, style: Path | None) -> Iterator[dict[str, float | str]]:
    """The pipeline with the dress on; yields what the recipe notes. Off again whatever happens inside."""
    notes: dict[str, float | str] = {}
    # Loading a LoRA turns every weight's requires_grad off, and torch then picks other kernels: the last bit of a pixel moves.
    trainable = [w for part in _models(pipe) for w in part.parameters() if w.requires_grad] if dress.loras else []
    try:
        if dress.loras:
            notes |= _put_on(pipe, family, dress.loras)
        if dress.references and family.style == "ip_adapter":
            notes |= _read_style(pipe, family, dress, style)
        elif dress.references:
            notes["references"] = float(len(dress.references))
        yield notes
    finally:
        _take_off(pipe, dress)
        for weight in trainable:
            weight.requires_grad_(True)


def _models(pipe: Any) -> list[torch.nn.Module]:
    return [part for part in pipe.components.values() if isinstance(part, torch.nn.Module)]


def _take_off(pipe: Any, dress: Dress) -> None:
    if dress.loras:
        pipe.unload_lora_weights()
    if dress.references and getattr(pipe, "unload_ip_adapter", None) is not None:
        pipe.unload_ip_adapter()


def _put_on(pipe: Any, family: Family, loras: Sequence[Lora]) -> dict[str, float | str]:
    notes: dict[str, float | str] = {}
    names = []
    for i, lora in enumerate(loras):
        path = lora_file(lora)
        names.append(f"lora_{i}")
        _load(pipe, family, path, names[-1])
        notes[f"lora {path.stem}"] = f"{lora.scale:g} × {file_hash(path)[:10]}"
    pipe.set_adapters(names, [lora.scale for lora in loras])
    return notes


def _load(pipe: Any, family: Family, path: Path, name: str) -> None:
    header = read_header(path)
    try:
        pipe.load_lora_weights(str(path.parent), weight_name=path.name, adapter_name=name, local_files_only=True)
    except (RuntimeError, ValueError, KeyError, IndexError, AttributeError, TypeError) as fault:
        raise _misfit(path, family, header) from fault
    if name not in {n for names in pipe.get_list_adapters().values() for n in names}:
        raise _misfit(path, family, header)
    for part in _models(pipe):
        if _has_nan(part, name):
            raise PermanentError(
                f"The LoRA {path.name} holds numbers that are none (NaN): its training failed. Use another version of it.",
                f"LoRA {path.name} 含有无效数值（NaN）：其训练已失败，请使用其他版本。",
            )


def _has_nan(part: torch.nn.Module, name: str) -> bool:
    return any(not torch.isfinite(w).all() for n, w in part.named_parameters() if f".{name}." in n)


def lora_file(lora: Lora) -> Path:
    """PermanentError where there is no such file, or where it is a pickle."""
    path = Path(lora.path).expanduser()
    if not path.is_file():
        raise PermanentError(
            f"The LoRA {path} is not on this disk: check the adapter's place, or choose another.",
            f"本机没有 LoRA {path}：请检查其位置，或选择其他适配器。",
        )
    if path.suffix.lower() != ".safetensors":
        raise PermanentError(
            f"The LoRA {path.name} is not a safetensors file. Pickled weights can run code when they are opened, so they are "
            "refused: convert it first.",
            f"LoRA {path.name} 不是 safetensors 文件。pickle 权重在打开时可能执行代码，因此不予加载：请先转换。",
        )
    return path


def _misfit(path: Path, family: Family, header: Header) -> PermanentError:
    made_for = header.notes.get("modelspec.architecture") or header.notes.get("ss_base_model_version") or _guess(header)
    return PermanentError(
        f"The LoRA {path.name} does not fit {family.name}: it was made for {made_for or 'another model'}. "
        "Choose one of this model's family, or the model it was made for.",
        f"LoRA {path.name} 与 {family.name} 不匹配：它是为{f' {made_for} ' if made_for else '其他模型'}训练的。"
        "请选择同一系列的 LoRA，或改用对应的模型。",
    )


def _guess(header: Header) -> str:
    """The family that a LoRA's names and shapes speak of, for the sentence; empty where they don't say."""
    names = " ".join(header.shapes)
    if "single_transformer_blocks" in names or "single_blocks" in names:
        return "FLUX"
    if "joint_blocks" in names:
        return "Stable Diffusion 3.x"
    widths = {
        s[-1] for n, s in header.shapes.items() if "attn2" in n and ("to_k" in n) and ("down" in n or "lora_A" in n)
    }
    named = {768: "Stable Diffusion 1.5", 1024: "Stable Diffusion 2", 2048: "Stable Diffusion XL"}
    return next(
        (named[w] for w in sorted(widths) if w in named), "a model with a transformer" if "transformer" in names else ""
    )


def _read_style(pipe: Any, family: Family, dress: Dress, style: Path | None) -> dict[str, float | str]:
    path = style_file(style, family)
    refuse_pickles(path.parent / ENCODER)
    accepted = inspect.signature(pipe.load_ip_adapter).parameters
    encoder = {"image_encoder_folder": ENCODER} if "image_encoder_folder" in accepted else {}
    if "image_encoder_pretrained_model_name_or_path" in accepted:
        encoder = {"image_encoder_pretrained_model_name_or_path": str(path.parent / ENCODER)}
    try:
        pipe.load_ip_adapter(str(path.parent), subfolder="", weight_name=path.name, local_files_only=True, **encoder)
    except (RuntimeError, ValueError, KeyError, OSError, AttributeError, TypeError) as fault:
        raise PermanentError(
            f"The style adapter {path.name} does not fit {family.name} ({first_line(fault)}): choose one made for this family.",
            f"风格适配器 {path.name} 与 {family.name} 不匹配（{first_line(fault)}）：请选择该系列的适配器。",
        ) from fault
    pipe.set_ip_adapter_scale(dress.reference_scale)
    read = 1 if family.slug in ("sd3", "flux1") else len(dress.references)  # their adapters read one picture
    told = f"{read} of {len(dress.references)} at {dress.reference_scale:g} × {file_hash(path)[:10]}"
    return {"references": told}


def why_unread(family: Family, ours: bool, style: Path | None) -> Reason | None:
    """Why this model reads no reference pictures; None where it reads them."""
    if ours:
        why = Words(
            en="The built-in model reads no reference pictures: the scene was made without the brand's.",
            zh="内置模型无法读取参考图：画面未使用品牌参考图。",
        )
    elif not family.style:
        why = Words(
            en=f"{family.name} has no way to read reference pictures: the scene was made without the brand's.",
            zh=f"{family.name} 无法读取参考图：画面未使用品牌参考图。",
        )
    elif family.style == "ip_adapter" and style is None:
        why = Words(
            en=f"{family.name} reads reference pictures through an IP-Adapter, and ENGINE_STYLE_ADAPTER names none: the scene was "
            "made without the brand's.",
            zh=f"{family.name} 需通过 IP-Adapter 读取参考图，而 ENGINE_STYLE_ADAPTER 未设置：画面未使用品牌参考图。",
        )
    else:
        return None
    return Reason(field="references", value="not read", why=why)


def style_file(style: Path | None, family: Family) -> Path:
    """The IP-Adapter's file. PermanentError where the setting names none, or a pickle."""
    path = style / STYLE_FILE if style is not None and style.is_dir() else style
    if path is None or not path.is_file():
        raise PermanentError(
            f"Weights missing: {family.name} reads reference pictures through an IP-Adapter, and ENGINE_STYLE_ADAPTER names no "
            f"folder with {STYLE_FILE} and {ENCODER}/. Set it, or make the brief without reference pictures.",
            f"缺少权重：{family.name} 通过 IP-Adapter 读取参考图，而 ENGINE_STYLE_ADAPTER 未指向包含 {STYLE_FILE} 和 "
            f"{ENCODER}/ 的文件夹。请完成设置，或不使用参考图。",
        )
    if path.suffix.lower() != ".safetensors":
        raise PermanentError(
            f"The style adapter {path.name} is not a safetensors file. Pickled weights can run code when they are opened, so they "
            "are refused: convert it first.",
            f"风格适配器 {path.name} 不是 safetensors 文件。pickle 权重在打开时可能执行代码，因此不予加载：请先转换。",
        )
    return path


def pictures_for(family: Family, references: Sequence[NDArray[np.uint8]]) -> dict[str, Any]:
    """The keyword under which the family's pipelines take reference pictures."""
    from PIL import Image

    if not references:
        return {}
    pictures = [Image.fromarray(r) for r in references]
    if family.style == "native":
        return {"image": pictures}
    return {"ip_adapter_image": pictures[:1] if family.slug in ("sd3", "flux1") else [pictures]}


def file_hash(path: Path) -> str:
    """SHA-256 of a file, read once while it stays as it is."""
    stat = path.stat()
    return _hash(path, stat.st_mtime_ns, stat.st_size)


@cache
def _hash(path: Path, changed: int, size: int) -> str:
    with path.open("rb") as f:
        return hashlib.file_digest(f, "sha256").hexdigest()
