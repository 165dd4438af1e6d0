"""From a checkpoint on disk to a warm stock pipeline: every part whole, of one family, and made of numbers."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch

from generation.engines.families import Family, resolve
from generation.engines.loading import DEFAULTS, Checkpoint, Options
from generation.engines.quiet import first_line, quiet
from generation.errors import PermanentError

UNUSED = ("safety_checker", "feature_extractor", "controlnet")  # safety.py checks pictures of every family


def load_pipeline(checkpoint: Checkpoint, dtype: Any, options: Options = DEFAULTS) -> Any:
    """The family's stock pipeline, with its ControlNet where it is steered, in evaluation mode on the CPU."""
    family = checkpoint.family
    kind = resolve(family.control) if checkpoint.steered else _plain_class(checkpoint)
    with _told(checkpoint), quiet():
        steering = {"controlnet": _load_controlnet(checkpoint, dtype)} if checkpoint.steered else {}
        if checkpoint.single_file:
            pipe = _from_single_file(kind, checkpoint, options, {**steering, "dtype": dtype})
        else:
            pipe = _from_folder(kind, checkpoint, dtype, steering)
    for name, part in pipe.components.items():
        _refuse_nan(name, part, checkpoint)
    if checkpoint.steered and family.denoiser == "unet":
        _check_match(pipe, checkpoint)
    pipe.set_progress_bar_config(disable=True)
    return pipe


def _plain_class(checkpoint: Checkpoint) -> Any:
    """The class that the folder names where the family has several, else the family's own."""
    names = checkpoint.family.pipelines
    told = "" if checkpoint.single_file else _index(checkpoint)["_class_name"]
    return resolve(told if told in names else names[0])


def _index(checkpoint: Checkpoint) -> dict[str, Any]:
    index: dict[str, Any] = json.loads((checkpoint.source / "model_index.json").read_text(encoding="utf-8"))
    return index


def _from_folder(kind: Any, checkpoint: Checkpoint, dtype: Any, steering: dict[str, Any]) -> Any:
    parts: dict[str, Any] = dict(steering)
    for name, told in _index(checkpoint).items():
        if name in UNUSED or not isinstance(told, list) or not all(told):
            continue
        library, kind_of_part = told
        loaded = _load_part(checkpoint, name, library, kind_of_part, dtype)
        if loaded is not None:
            parts[name] = loaded
    if checkpoint.family.slug == "sd15":
        parts["safety_checker"] = None
    return kind.from_pretrained(str(checkpoint.source), dtype=dtype, local_files_only=True, **parts)


def _load_part(checkpoint: Checkpoint, name: str, library: str, kind: str, dtype: Any) -> Any:
    """One model of the folder, no weight of it missing; None for a tokenizer, a scheduler and the like."""
    home = library if library in ("diffusers", "transformers") else f"diffusers.pipelines.{library}"
    found = getattr(importlib.import_module(home), kind, None)
    if not (isinstance(found, type) and issubclass(found, torch.nn.Module)):
        return None
    return _whole(found, checkpoint.source / name, dtype)


def _whole(kind: Any, folder: Path, dtype: Any) -> Any:
    files = [p.name for p in folder.glob("*.safetensors")]
    only_fp16 = bool(files) and all(".fp16." in name for name in files)
    variant = {"variant": "fp16"} if only_fp16 else {}
    model, told = kind.from_pretrained(
        folder, dtype=dtype, use_safetensors=True, local_files_only=True, output_loading_info=True, **variant
    )
    missing = sorted(told["missing_keys"])
    if missing:
        raise PermanentError(
            f"{folder.name}/ lacks {len(missing)} of its weights ({missing[0]} is the first): the checkpoint is not whole. "
            "Copy it again.",
            f"{folder.name}/ 缺少 {len(missing)} 个权重（首个为 {missing[0]}）：检查点不完整，请重新复制。",
        )
    return model.eval()


def _load_controlnet(checkpoint: Checkpoint, dtype: Any) -> Any:
    folder = checkpoint.controlnet or checkpoint.source / "controlnet"
    told = json.loads((folder / "config.json").read_text(encoding="utf-8")).get("_class_name", "")
    if told != checkpoint.family.controlnet:
        raise _foreign(folder, checkpoint.family, told)
    return _whole(resolve(told), folder, dtype)


def _check_match(pipe: Any, checkpoint: Checkpoint) -> None:
    """A ControlNet copies its UNet's first half: with other widths or other text it is made for another family."""
    for key in ("cross_attention_dim", "block_out_channels", "in_channels"):
        if pipe.controlnet.config[key] != pipe.unet.config[key]:
            folder = checkpoint.controlnet or checkpoint.source / "controlnet"
            raise _foreign(folder, checkpoint.family, f"{key} {pipe.controlnet.config[key]}")


def _foreign(folder: Path, family: Family, told: str) -> PermanentError:
    return PermanentError(
        f"The ControlNet {folder.name} is not one for {family.name} ({told}): name one of the model's own family.",
        f"ControlNet {folder.name} 不适用于 {family.name}（{told}）：请指定与模型同一系列的 ControlNet。",
    )


def _from_single_file(kind: Any, checkpoint: Checkpoint, options: Options, common: dict[str, Any]) -> Any:
    if not hasattr(kind, "from_single_file"):
        raise PermanentError(
            f"{checkpoint.family.name} can't be loaded from a single file: use a folder in the diffusers layout.",
            f"{checkpoint.family.name} 不支持单文件加载：请使用 diffusers 布局的文件夹。",
        )
    told = {"config": options.config} if options.config else {}
    if checkpoint.family.slug == "sd15":
        common["safety_checker"] = None
    offline = options.offline or bool(options.config)
    return kind.from_single_file(str(checkpoint.source), local_files_only=offline, **told, **common)


def _refuse_nan(name: str, part: Any, checkpoint: Checkpoint) -> None:
    if not isinstance(part, torch.nn.Module):
        return
    for weight, values in part.named_parameters():
        if values.is_floating_point() and not torch.isfinite(values).all():
            raise PermanentError(
                f"{name}/ of {checkpoint.name} holds numbers that are none (NaN or infinite, in {weight}): the weights are "
                "damaged. Copy the checkpoint again.",
                f"{checkpoint.name} 的 {name}/ 含有无效数值（NaN 或无穷大，位于 {weight}）：权重已损坏，请重新复制该检查点。",
            )


@contextmanager
def _told(checkpoint: Checkpoint) -> Iterator[None]:
    """What a library raises over a broken checkpoint as a sentence."""
    from safetensors import SafetensorError

    try:
        yield
    except PermanentError:
        raise
    except (OSError, ValueError, KeyError, RuntimeError, TypeError, AttributeError, SafetensorError) as fault:
        raise _broken(checkpoint, fault) from fault


def _broken(checkpoint: Checkpoint, fault: Exception) -> PermanentError:
    said = first_line(fault)
    return PermanentError(
        f"The checkpoint {checkpoint.source} could not be loaded: {said}. Copy it again or choose another.",
        f"无法加载检查点 {checkpoint.source}：{said}。请重新复制，或选择其他检查点。",
    )
