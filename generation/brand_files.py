"""What a brand's scenes wear, read for a task: reference pictures from the storage, LoRAs that the setting names."""

from __future__ import annotations

from typing import TYPE_CHECKING

from brand_styles.style import BrandStyle
from generation.errors import PermanentError
from generation.pipeline import StyleFiles

if TYPE_CHECKING:
    from generation.engines.base import Lora

EVERY = "*"  # in place of a brand's slug


def files_of(brand: BrandStyle) -> StyleFiles:
    """What the engine is handed for this brand. PermanentError, in words, where a file is gone or not the one published."""
    from django.conf import settings

    from brand_styles.references import LostReference, pixels_of

    try:
        pictures = tuple(pixels_of(reference) for reference in brand.look_references)
    except LostReference as lost:
        raise PermanentError(lost.words.en, lost.words.zh, field="brand") from None
    return StyleFiles(pictures, loras_for(brand.slug, settings.ENGINE_LORAS))


def loras_for(slug: str, setting: str) -> tuple[Lora, ...]:
    """The LoRAs of one brand from "brand=file@scale, …" (scale 1 where none is given). PermanentError where it can't be read."""
    from generation.engines.base import Lora

    worn = []
    for entry in filter(None, (part.strip() for part in setting.split(","))):
        brand, named, rest = entry.partition("=")
        path, _, scale = rest.rpartition("@") if "@" in rest else (rest, "", "1")
        try:
            strength = float(scale)
        except ValueError:
            raise _unreadable(entry) from None
        if not named or not path.strip():
            raise _unreadable(entry)
        if brand.strip() in (slug, EVERY):
            worn.append(Lora(path.strip(), strength))
    return tuple(worn)


def _unreadable(entry: str) -> PermanentError:
    return PermanentError(
        f"ENGINE_LORAS can't be read at “{entry[:80]}”: write brand=file.safetensors@strength, with commas between.",
        f"ENGINE_LORAS 中的“{entry[:80]}”无法识别：请写成 品牌=文件.safetensors@强度，多个之间用逗号分隔。",
    )
