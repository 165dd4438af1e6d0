"""What the settings name that this process cannot find, each with a sentence that tells what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from django.conf import settings

from brand_styles.words import Words
from generation.errors import PermanentError

Told = dict[str, str]
ANNOTATORS = ("depth", "soft_edge", "line_art", "pose")


def missing_parts() -> list[Told]:
    """One entry {setting, en, zh} for each thing that is configured and not here. Opens no weights."""
    found = [(name, words) for name, ask in _ASKED.items() for words in ask()]
    return [{"setting": name, "en": words.en, "zh": words.zh} for name, words in found]


def _gone(what: Words, path: str, then: Words) -> Words:
    return Words(en=f"{what.en} is not at {path}. {then.en}", zh=f"{what.zh}不在 {path}。{then.zh}")


def _style_adapter() -> list[Words]:
    folder = Path(settings.ENGINE_STYLE_ADAPTER).expanduser()
    if not settings.ENGINE_STYLE_ADAPTER or (folder / "image_encoder").is_dir():
        return []
    return [
        _gone(
            Words(en="The style adapter", zh="风格适配器"),
            str(folder),
            Words(
                en="Point ENGINE_STYLE_ADAPTER at a folder with ip_adapter.safetensors and image_encoder/, or empty it: "
                "brands' reference pictures are not read meanwhile.",
                zh="请让 ENGINE_STYLE_ADAPTER 指向含 ip_adapter.safetensors 和 image_encoder/ 的文件夹，或将其清空；"
                "在此之前不会读取品牌参考图。",
            ),
        )
    ]


def _loras() -> list[Words]:
    from generation.brand_files import loras_for

    told: list[Words] = []
    for entry in filter(None, (part.strip() for part in settings.ENGINE_LORAS.split(","))):
        try:
            worn = loras_for(entry.partition("=")[0].strip(), entry)
        except PermanentError as error:
            told.append(error.words)
            continue
        told += [
            _gone(
                Words(en="A brand's LoRA", zh="品牌 LoRA "),
                lora.path,
                Words(
                    en="Put the file there, or take it out of ENGINE_LORAS: that brand's scenes fail until then.",
                    zh="请放回该文件，或从 ENGINE_LORAS 中移除；在此之前该品牌无法出图。",
                ),
            )
            for lora in worn
            if not Path(lora.path).expanduser().is_file()
        ]
    return told


def _annotators() -> list[Words]:
    if not settings.ENGINE_ANNOTATORS:
        return []
    folder = Path(settings.ENGINE_ANNOTATORS).expanduser()
    lacking = [kind for kind in ANNOTATORS if not (folder / kind).is_dir()]
    if not lacking:
        return []
    names = ", ".join(lacking)
    return [
        Words(
            en=f"ENGINE_ANNOTATORS is {folder}, where weights are missing for: {names}. Add those folders; a reference photo can "
            "still be read by its edges.",
            zh=f"ENGINE_ANNOTATORS 指向 {folder}，其中缺少权重：{names}。请补充这些文件夹；参考照片仍可按边缘读取。",
        )
    ]


def _matting() -> list[Words]:
    folder = Path(settings.MATTING_MODEL).expanduser()
    if not settings.MATTING_MODEL or (folder / "config.json").is_file():
        return []
    then = Words(
        en="Set MATTING_MODEL to a transformers folder, or leave it empty to cut photos out with GrabCut.",
        zh="请将 MATTING_MODEL 指向 transformers 文件夹，或留空以使用 GrabCut 抠图。",
    )
    return [_gone(Words(en="The matting model", zh="抠图模型"), str(folder), then)]


def _language_model() -> list[Words]:
    from generation import outbound

    setting = settings.LANGUAGE_MODEL.strip()
    if setting.startswith(("http://", "https://")):
        try:
            outbound.check(setting)
        except outbound.OutboundRefused as refused:
            return [refused.words]
        return []
    path = Path(setting).expanduser()
    if not setting or not setting.startswith(("/", ".", "~")) or (path / "config.json").is_file():
        return []
    then = Words(
        en="Set LANGUAGE_MODEL to a transformers folder or an address, or empty it: headlines then come from the phrase grammar.",
        zh="请将 LANGUAGE_MODEL 指向 transformers 文件夹或服务地址，或将其清空；标题将改由短语语法提供。",
    )
    return [_gone(Words(en="The language model", zh="语言模型"), str(path), then)]


_ASKED: dict[str, Callable[[], list[Words]]] = {
    "ENGINE_STYLE_ADAPTER": _style_adapter,
    "ENGINE_LORAS": _loras,
    "ENGINE_ANNOTATORS": _annotators,
    "MATTING_MODEL": _matting,
    "LANGUAGE_MODEL": _language_model,
}
