"""Finding a checkpoint, telling its family, refusing what is unsafe, and keeping the warm engine of this process."""

from __future__ import annotations

import hashlib
import json
import threading
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from brand_styles.words import Words
from generation.engines.families import BY_SLUG, FAMILIES, Family, Variant, known_families
from generation.engines.headers import read_header
from generation.errors import PermanentError

if TYPE_CHECKING:
    from generation.engines.diffusers_engine import DiffusersEngine

EMBEDDED = Path(__file__).resolve().parent.parent / "embedded" / "weights"
CARD = "vermilion.json"  # beside model_index.json in a checkpoint of ours
PICKLES = (".bin", ".ckpt", ".pt", ".pth", ".pkl")
WITHOUT = "none"  # said instead of a ControlNet: the blockout leads as the picture to start from
FETCHED = ["*.json", "*.txt", "*.safetensors", "*.model", "*.jinja"]

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
    on any number of cores. unused: why it isn't used where nothing is asked of it (no strength, LoRA or reference); None: it is.
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
    license: str = ""
    unused: Words | None = None

    @classmethod
    def of(cls, folder: Path) -> Card:
        path = folder / CARD
        if not path.is_file():
            return cls()
        known = json.loads(path.read_text(encoding="utf-8"))
        if known.get("unused"):
            known["unused"] = Words.model_validate(known["unused"])
        return cls(**{k: v for k, v in known.items() if k in cls.__dataclass_fields__})


@dataclass(frozen=True)
class Options:
    """How an engine works beside its weights. refine: strength of the pass over the full canvas (0: it is only enlarged).

    strength: how far from the blockout a request goes that leaves it open (None: as far as the checkpoint's card says).
    config: a folder in the diffusers layout that tells what a single file leaves out. style_adapter: an IP-Adapter's folder.
    safety_checker: a folder with a Stable Diffusion safety checker. compiled: compile the denoiser (CUDA). offline: never ask a hub.
    """

    strength: float | None = None
    config: str = ""
    style_adapter: str = ""
    safety_checker: str = ""
    refine: float = 0.3
    compiled: bool = False
    offline: bool = False


DEFAULTS = Options()


@dataclass(frozen=True)
class Checkpoint:
    """Where the weights of one model are: a diffusers folder or one file, and a ControlNet's folder where it is apart.

    steered: it has a ControlNet, here or there. Without one the layout is held by the blockout that the picture starts from.
    """

    source: Path
    controlnet: Path | None
    card: Card
    family: Family = BY_SLUG["sd15"]
    variant: Variant | None = None
    steered: bool = True

    @property
    def single_file(self) -> bool:
        return self.source.is_file()

    @property
    def name(self) -> str:
        return self.card.name or self.source.stem

    @property
    def steps(self) -> int:
        """Denoising steps where a request leaves them open."""
        return self.variant.steps if self.variant else self.family.steps

    @property
    def guidance(self) -> float:
        return self.variant.guidance if self.variant else self.family.guidance


def load_engine(
    source: str | Path = "embedded",
    controlnet: str | Path | None = None,
    device: str = "",
    options: Options = DEFAULTS,
) -> DiffusersEngine:
    """The warm engine of this process for a setting: "embedded", a folder, a hub id or a .safetensors file.

    PermanentError, in words, where there is no such checkpoint, where it is broken, of no known family, or only pickled.
    """
    with _loading:
        return _warm(str(source), None if controlnet is None else str(controlnet), device, options)


def asked_for(source: str | Path) -> Options:
    """Options of whoever measures a checkpoint: it is used at its card's strength, whatever the card says of its worth."""
    return Options(strength=find_checkpoint(source).card.strength)


def default_engine() -> DiffusersEngine:
    """The engine that the settings name: ENGINE and those that begin with ENGINE_."""
    from django.conf import settings

    options = Options(
        strength=settings.ENGINE_STRENGTH,
        config=settings.ENGINE_CONFIG,
        style_adapter=settings.ENGINE_STYLE_ADAPTER,
        safety_checker=settings.ENGINE_SAFETY_CHECKER,
        refine=settings.ENGINE_REFINE,
        compiled=settings.ENGINE_COMPILE,
        offline=settings.ENGINE_OFFLINE,
    )
    return load_engine(settings.ENGINE, settings.ENGINE_CONTROLNET or None, options=options)


@cache
def _warm(source: str, controlnet: str | None, device: str, options: Options) -> DiffusersEngine:
    from generation.engines.diffusers_engine import DiffusersEngine

    return DiffusersEngine(source, controlnet, device=device, options=options)


def forget_engines() -> None:
    """Let this process's warm engines go: for whoever needs a card's memory for another. The next picture loads them again."""
    with _loading:
        _warm.cache_clear()


def is_loaded() -> bool:
    """Whether this process holds a warm engine."""
    return _warm.cache_info().currsize > 0


def find_checkpoint(source: str | Path, controlnet: str | Path | None = None, *, offline: bool = False) -> Checkpoint:
    """The checkpoint's place on this disk; a hub id is fetched first. PermanentError where it can't be used."""
    where = EMBEDDED if str(source) == "embedded" else Path(source).expanduser()
    if str(source) == "embedded" and not (where / "model_index.json").is_file():
        raise PermanentError(
            f"The built-in model's weights are missing from {where}: restore that folder from the release, "
            "or make them with `python manage.py train_embedded`.",
            f"内置模型的权重不在 {where}：请从发布包恢复该文件夹，或运行 `python manage.py train_embedded` 生成。",
        )
    found = where if where.exists() else _from_hub(str(source), offline)
    if found.is_file():
        _refuse_pickle_file(found)
        family, variant, card = family_of_file(found), None, Card()
    else:
        index = _check_folder(found)
        family, card = family_of_index(index, found), Card.of(found)
        variant = _variant_of(family, index, found)
    steered, beside = _controlnet(controlnet, found, family, offline)
    return Checkpoint(found, beside, card, family, variant, steered)


def _check_folder(folder: Path) -> dict[str, Any]:
    """The folder's model_index.json. PermanentError where there is none, and where a part is only pickled."""
    if not (folder / "model_index.json").is_file():
        raise PermanentError(
            f"{folder} is not a model folder: model_index.json is missing. Point the setting at a folder in the diffusers layout.",
            f"{folder} 不是模型文件夹：缺少 model_index.json。请指向 diffusers 布局的文件夹。",
        )
    try:
        index: dict[str, Any] = json.loads((folder / "model_index.json").read_text(encoding="utf-8"))
        parts = {name for name, kind in index.items() if isinstance(kind, list) and any(kind)}
    except (ValueError, AttributeError) as fault:
        raise PermanentError(
            f"{folder / 'model_index.json'} is not valid JSON ({fault}): copy the folder again.",
            f"{folder / 'model_index.json'} 不是有效的 JSON（{fault}）：请重新复制该文件夹。",
        ) from fault
    for part in sorted(parts):
        if (folder / part).is_dir() and _holds_weights(folder / part):
            refuse_pickles(folder / part)
    return index


def _holds_weights(folder: Path) -> bool:
    """Is this part a model (it has a config.json of one), not a tokenizer or a scheduler?"""
    return (folder / "config.json").is_file() or any(p.suffix.lower() in PICKLES for p in folder.iterdir())


def family_of_index(index: dict[str, Any], folder: Path) -> Family:
    """The family whose pipelines a model_index.json names."""
    told = str(index.get("_class_name"))
    for family in FAMILIES:
        if told in family.classes:
            return family
    raise PermanentError(
        f"{folder.name} is a {told}, a family that is not known here. Known are: {known_families()}.",
        f"{folder.name} 是 {told}，不属于已支持的模型系列。已支持：{known_families()}。",
    )


def family_of_file(path: Path) -> Family:
    """The family that a single file's names speak of."""
    names = read_header(path).shapes.keys()
    for family in reversed(FAMILIES):  # those with more telling names come later
        if any(key in names for key in family.keys):
            return family
    raise PermanentError(
        f"{path.name} is a single file of no family known here. Known are: {known_families()}. A file that holds only a part of "
        "a model (a LoRA, a text encoder) can't be used alone.",
        f"无法识别 {path.name} 所属的模型系列。已支持：{known_families()}。仅含部分权重的文件（LoRA、文本编码器）不能单独使用。",
    )


def _variant_of(family: Family, index: dict[str, Any], folder: Path) -> Variant | None:
    for variant in family.variants:
        part, key, value = variant.where
        path = folder / part / "config.json"
        config = index if part == "model_index" else json.loads(path.read_text("utf-8")) if path.is_file() else {}
        if key in config and config[key] == value:
            return variant
    return None


def _controlnet(controlnet: str | Path | None, found: Path, family: Family, offline: bool) -> tuple[bool, Path | None]:
    """Whether a ControlNet steers, and its own folder (None where the checkpoint's folder holds it)."""
    if not family.control or str(controlnet) == WITHOUT:
        return False, None
    if controlnet is None:
        if (found / "controlnet").is_dir():
            refuse_pickles(found / "controlnet")
            return True, None
        raise PermanentError(
            f"{found} has no ControlNet, so no layout can steer it: name one in the setting beside the model, "
            f"or '{WITHOUT}' to let the blockout lead as the picture to start from.",
            f"{found} 没有 ControlNet，无法按版式控制画面：请在设置中为该模型指定一个，或填“{WITHOUT}”，仅以草图作为起始画面。",
        )
    path = Path(controlnet).expanduser()
    path = path if path.exists() else _from_hub(str(controlnet), offline)
    refuse_pickles(path)
    return True, path


def _refuse_pickle_file(path: Path) -> None:
    if path.suffix.lower() != ".safetensors":
        raise PermanentError(
            f"{path.name} is not a safetensors file. Pickled weights can run code when they are opened, so they are refused: "
            "convert the file to safetensors first.",
            f"{path.name} 不是 safetensors 文件。pickle 权重在打开时可能执行代码，因此不予加载：请先转换为 safetensors。",
        )


def refuse_pickles(folder: Path) -> None:
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


def _from_hub(source: str, offline: bool = False) -> Path:
    """A hub id's snapshot on this disk, safetensors only; what a mirror or an earlier run left here needs no network."""
    looks_like_id = source.count("/") == 1 and not source.startswith((".", "/", "~"))
    if looks_like_id:
        from huggingface_hub import snapshot_download

        try:
            return Path(snapshot_download(source, allow_patterns=FETCHED, local_files_only=True))
        except Exception as fault:
            if offline:
                raise _not_here(source, fault) from fault
        try:
            return Path(snapshot_download(source, allow_patterns=FETCHED))
        except Exception as fault:
            raise _not_here(source, fault) from fault
    raise PermanentError(
        f"There is no checkpoint at {source}: point the setting at a diffusers folder, a .safetensors file or a hub id.",
        f"{source} 处没有检查点：请指向 diffusers 文件夹、.safetensors 文件或模型库 ID。",
    )


def _not_here(source: str, fault: Exception) -> PermanentError:
    return PermanentError(
        f"The checkpoint {source} is not on this disk and could not be fetched from the hub ({type(fault).__name__}): "
        "check the name and the network, or point the setting at a local folder.",
        f"检查点 {source} 不在本机，也无法从模型库下载（{type(fault).__name__}）：请检查名称和网络，或指向本地文件夹。",
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
