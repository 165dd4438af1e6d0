"""Two invented brands as data: `demo`, which a new installation starts with, and `larkmoor`, an English-speaking one."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Any

import yaml

from brand_styles.logos import aspect_of
from brand_styles.style import BrandStyle


def demo() -> BrandStyle:
    """The sample brand 拾穗 Sheaf: finance and members' shopping, China."""
    return _load("demo")


def larkmoor() -> BrandStyle:
    """A second sample brand: savings, United Kingdom."""
    return _load("larkmoor")


@cache
def _load(slug: str) -> BrandStyle:
    data: dict[str, Any] = yaml.safe_load(_read(f"{slug}.yaml"))
    data["logos"] = [_logo(**entry) for entry in data["logos"]]
    return BrandStyle.model_validate(data)


def _logo(ground: str, file: str) -> dict[str, Any]:
    svg = _read(file)
    return {"ground": ground, "svg": svg, "aspect": aspect_of(svg)}


def _read(name: str) -> str:
    return resources.files("brand_styles.sample").joinpath(name).read_text(encoding="utf-8")
