"""A brand's own fonts as files: taken in once, kept under their hash, and opened only while they are what was taken in."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from brand_styles.intake.guard import ask_child
from brand_styles.licences import HASH, BrandFont
from brand_styles.words import Words

MEMORY_BYTES, CPU_SECONDS, WALL_SECONDS = 2_000_000_000, 60, 120.0  # a Chinese font has 30,000 outlines


class LostFont(LookupError):
    """A font's file is gone from the storage, or is no longer the one that was taken in."""

    def __init__(self, digits: str) -> None:
        super().__init__(digits)
        self.words = Words(
            en=f"The brand's font file {digits}… is missing, or is not the one that was published. Put it back, or publish the style "
            "with another typeface.",
            zh=f"品牌字体文件 {digits}… 缺失，或与发布时不一致。请恢复该文件，或发布使用其他字体的新版风格。",
        )


def keep_font(file: bytes) -> BrandFont:
    """Keep a TTF, OTF or WOFF2 from a person, written anew from what we need of it. Refused with a sentence."""
    told, content = ask_child("font", file, memory=MEMORY_BYTES, seconds=CPU_SECONDS, wall=WALL_SECONDS)
    digest = hashlib.sha256(content).hexdigest()
    name = _name(digest[:HASH])
    if not default_storage.exists(name):
        name = default_storage.save(name, ContentFile(content))
    return BrandFont.model_validate(
        {key: told[key] for key in ("weight", "script", "latin", "han", "embedding", "subset")}
        | {"file": name, "sha256": digest, "family": _family(told), "terms": _terms(told)}
    )


def _family(told: dict[str, Any]) -> dict[str, str]:
    return {"en": str(told["family"]), "zh": str(told["family_zh"])}


def _terms(told: dict[str, Any]) -> str:
    """What the font itself says of its licence, to begin with."""
    return "\n".join(str(told[key]) for key in ("copyright", "licence", "licence_url") if told.get(key))


def font_bytes(font: BrandFont) -> bytes:
    """The file as it was kept. LostFont where it is gone or another."""
    content = _stored(font.digits)
    if hashlib.sha256(content).hexdigest() != font.sha256:
        raise LostFont(font.digits)
    return content


def font_file(digits: str) -> Path:
    """A local file with the font whose hash begins so (HASH digits). LostFont where the storage has none, or another under its name."""
    folder = Path(settings.VAR_DIR) / "fonts"
    file = folder / f"{digits}.ttf"
    if not file.is_file():
        content = _stored(digits)
        folder.mkdir(parents=True, exist_ok=True)
        beside = folder / f"{digits}.{hashlib.sha256(content).hexdigest()[HASH:40]}.part"
        beside.write_bytes(content)
        beside.replace(file)
    return file


def _stored(digits: str) -> bytes:
    try:
        with default_storage.open(_name(digits)) as file:
            content = bytes(file.read())
    except OSError:
        raise LostFont(digits) from None
    if not hashlib.sha256(content).hexdigest().startswith(digits):
        raise LostFont(digits)
    return content


def _name(digits: str) -> str:
    return f"fonts/{digits}.ttf"
