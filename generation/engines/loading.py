"""Finding a checkpoint, refusing what is unsafe, and keeping the warm engine of this process."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generation.errors import PermanentError

if TYPE_CHECKING:
    from generation.engines.diffusers_engine import DiffusersEngine

EMBEDDED = Path(__file__).resolve().parent.parent / "embedded" / "weights"
CARD = "vermilion.json"  # beside model_index.json in a checkpoint of ours
PICKLES = (".bin", ".ckpt", ".pt", ".pth", ".pkl")

_loading = threading.Lock()


@dataclass(frozen=True)
class Card:
    """What a checkpoint of ours says of itself; other families have none and keep the defaults.

    finish: "blockout" where low frequencies are laid over the full-size blockout, "" where the picture is only resized.
    control: "dense" for the stack of all the blockout's maps. area, least_area: pixels of the pictures it was trained for, usual
    and fewest (None: the UNet's own size, always).
    gain_db: how much nearer to the slow tier than the blockout its finished held-out pictures are (PSNR); None: not measured.
    strength, noise: what it is best at: how far from the blockout, and how much of the usual noise over it (0: none, any seed the same).
    threads: how many CPU threads it runs on (None: as many as torch has). A small model gains little from a second one and loses
    much on a busy machine, where each of a thousand small steps waits for the later thread; and one thread's pixels are the same
    on any number of cores.
    """

    name: str = ""
    finish: str = ""
    control: str = ""
    area: int | None = None
    least_area: int | None = None
    gain_db: float | None = None
    strength: float = 1.0
    noise: float = 1.0
    threads: int | None = None

    @classmethod
    def of(cls, folder: Path) -> Card:
        path = folder / CARD
        if not path.is_file():
            return cls()
        known = json.loads(path.read_text(encoding="utf-8"))
        return cls(**{k: v for k, v in known.items() if k in cls.__dataclass_fields__})


@dataclass(frozen=True)
class Checkpoint:
    """Where the weights of one model are: a diffusers folder or one file, and a ControlNet's folder where it is apart."""

    source: Path
    controlnet: Path | None
    card: Card

    @property
    def single_file(self) -> bool:
        return self.source.is_file()

    @property
    def name(self) -> str:
        return self.card.name or self.source.stem


def load_engine(
    source: str | Path = "embedded", controlnet: str | Path | None = None, device: str = ""
) -> DiffusersEngine:
    """The warm engine of this process for a setting: "embedded", a folder, a hub id or a .safetensors file.

    PermanentError, in words, where there is no such checkpoint, where it is broken, or where only pickles are offered.
    """
    with _loading:
        return _warm(str(source), None if controlnet is None else str(controlnet), device)


def default_engine() -> DiffusersEngine:
    """The engine that the settings ENGINE and ENGINE_CONTROLNET name."""
    from django.conf import settings

    return load_engine(settings.ENGINE, settings.ENGINE_CONTROLNET or None)


@cache
def _warm(source: str, controlnet: str | None, device: str) -> DiffusersEngine:
    from generation.engines.diffusers_engine import DiffusersEngine

    return DiffusersEngine(source, controlnet, device=device)


def find_checkpoint(source: str | Path, controlnet: str | Path | None = None) -> Checkpoint:
    """The checkpoint's place on this disk; a hub id is fetched first. PermanentError where it can't be used."""
    where = EMBEDDED if str(source) == "embedded" else Path(source).expanduser()
    if str(source) == "embedded" and not (where / "model_index.json").is_file():
        raise PermanentError(
            f"The built-in model's weights are missing from {where}: restore that folder from the release, "
            "or make them with `python manage.py train_embedded`.",
            f"内置模型的权重不在 {where}：请从发布包恢复该文件夹，或运行 `python manage.py train_embedded` 生成。",
        )
    found = where if where.exists() else _from_hub(str(source))
    if found.is_file():
        _refuse_pickle_file(found)
        return Checkpoint(found, _controlnet_folder(controlnet, None), Card())
    _check_folder(found)
    return Checkpoint(found, _controlnet_folder(controlnet, found), Card.of(found))


def _check_folder(folder: Path) -> None:
    if not (folder / "model_index.json").is_file():
        raise PermanentError(
            f"{folder} is not a model folder: model_index.json is missing. Point the setting at a folder in the diffusers layout.",
            f"{folder} 不是模型文件夹：缺少 model_index.json。请指向 diffusers 布局的文件夹。",
        )
    try:
        json.loads((folder / "model_index.json").read_text(encoding="utf-8"))
    except ValueError as fault:
        raise PermanentError(
            f"{folder / 'model_index.json'} is not valid JSON ({fault}): copy the folder again.",
            f"{folder / 'model_index.json'} 不是有效的 JSON（{fault}）：请重新复制该文件夹。",
        ) from fault
    for part in ("unet", "vae", "text_encoder"):
        _refuse_pickles(folder / part)


def _controlnet_folder(controlnet: str | Path | None, folder: Path | None) -> Path | None:
    """The ControlNet's own folder; None where the checkpoint's folder holds it. A model without any can't follow a layout."""
    if controlnet is None:
        if folder is not None and (folder / "controlnet").is_dir():
            _refuse_pickles(folder / "controlnet")
            return None
        raise PermanentError(
            f"{folder or 'The model'} has no ControlNet, so no layout can steer it: name one in the setting beside the model.",
            f"{folder or '该模型'} 没有 ControlNet，无法按版式控制画面：请在设置中为该模型指定一个。",
        )
    path = Path(controlnet).expanduser()
    path = path if path.exists() else _from_hub(str(controlnet))
    _refuse_pickles(path)
    return path


def _refuse_pickle_file(path: Path) -> None:
    if path.suffix.lower() != ".safetensors":
        raise PermanentError(
            f"{path.name} is not a safetensors file. Pickled weights can run code when they are opened, so they are refused: "
            "convert the file to safetensors first.",
            f"{path.name} 不是 safetensors 文件。pickle 权重在打开时可能执行代码，因此不予加载：请先转换为 safetensors。",
        )


def _refuse_pickles(folder: Path) -> None:
    """Safetensors or nothing: with both kinds beside each other only the safetensors are ever read."""
    if not folder.is_dir() or any(folder.glob("*.safetensors")):
        return
    pickled = sorted(p.name for p in folder.iterdir() if p.suffix.lower() in PICKLES)
    if pickled:
        raise PermanentError(
            f"{folder.name}/ holds only pickled weights ({pickled[0]}), which can run code when opened and are refused: "
            "convert them to safetensors.",
            f"{folder.name}/ 只有 pickle 权重（{pickled[0]}），打开时可能执行代码，不予加载：请转换为 safetensors。",
        )
    raise PermanentError(
        f"{folder} holds no weights (*.safetensors): copy the checkpoint again.",
        f"{folder} 中没有权重（*.safetensors）：请重新复制该检查点。",
    )


def _from_hub(source: str) -> Path:
    """A hub id's snapshot on this disk, safetensors only."""
    looks_like_id = source.count("/") == 1 and not source.startswith((".", "/", "~"))
    if looks_like_id:
        from huggingface_hub import snapshot_download

        try:
            return Path(snapshot_download(source, allow_patterns=["*.json", "*.txt", "*.safetensors"]))
        except Exception as fault:
            raise PermanentError(
                f"The checkpoint {source} is not on this disk and could not be fetched from the hub ({type(fault).__name__}): "
                "check the name and the network, or point the setting at a local folder.",
                f"检查点 {source} 不在本机，也无法从模型库下载（{type(fault).__name__}）：请检查名称和网络，或指向本地文件夹。",
            ) from fault
    raise PermanentError(
        f"There is no checkpoint at {source}: point the setting at a diffusers folder, a .safetensors file or a hub id.",
        f"{source} 处没有检查点：请指向 diffusers 文件夹、.safetensors 文件或模型库 ID。",
    )


def weights_hash(checkpoint: Checkpoint) -> str:
    """SHA-256 over all weight files and their names, in order: what the recipe records."""
    digest = hashlib.sha256()
    for base in filter(None, (checkpoint.source, checkpoint.controlnet)):
        files = [base] if base.is_file() else sorted(base.rglob("*.safetensors"))
        for path in files:
            digest.update(path.relative_to(base).as_posix().encode())
            with path.open("rb") as f:
                digest.update(hashlib.file_digest(f, "sha256").digest())
    return digest.hexdigest()


def load_pipeline(checkpoint: Checkpoint, device: str, dtype: Any) -> Any:
    """The stock StableDiffusionControlNetPipeline of a checkpoint, in evaluation mode on `device`."""
    from diffusers import ControlNetModel, StableDiffusionControlNetPipeline
    from safetensors import SafetensorError

    common: dict[str, Any] = {"torch_dtype": dtype, "use_safetensors": True}
    kind = StableDiffusionControlNetPipeline
    load = kind.from_single_file if checkpoint.single_file else kind.from_pretrained
    try:
        with _quiet():
            beside = checkpoint.controlnet or checkpoint.source / "controlnet"
            controlnet = ControlNetModel.from_pretrained(beside, **common)
            pipe = load(str(checkpoint.source), controlnet=controlnet, safety_checker=None, **common)
    except (OSError, ValueError, KeyError, RuntimeError, TypeError, SafetensorError) as fault:
        raise _broken(checkpoint, fault) from fault
    pipe.set_progress_bar_config(disable=True)
    return pipe.to(device)


@contextmanager
def _quiet() -> Iterator[None]:
    """No bars and no warnings from the libraries while weights load: the autoencoder's kind and its extra key are known."""
    from diffusers.utils import logging as diffusers_log
    from transformers.utils import logging as transformers_log

    before = diffusers_log.get_verbosity(), transformers_log.get_verbosity()
    for log in (diffusers_log, transformers_log):
        log.set_verbosity_error()
        log.disable_progress_bar()
    try:
        yield
    finally:
        for log, level in zip((diffusers_log, transformers_log), before, strict=True):
            log.set_verbosity(level)
            log.enable_progress_bar()


def _broken(checkpoint: Checkpoint, fault: Exception) -> PermanentError:
    first_line = str(fault).strip().splitlines()[0][:200] if str(fault).strip() else type(fault).__name__
    return PermanentError(
        f"The checkpoint {checkpoint.source} could not be loaded: {first_line}. Copy it again or choose another.",
        f"无法加载检查点 {checkpoint.source}：{first_line}。请重新复制，或选择其他检查点。",
    )
