"""Whether a brand's reference pictures can be published: how many steer the look, and whose they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from brand_styles.problems import Problem
from brand_styles.words import Words

if TYPE_CHECKING:
    from brand_styles.style import BrandStyle


def problems_of_references(style: BrandStyle) -> Iterator[Problem]:
    looks = sum(reference.look for reference in style.references)
    if looks > len(style.look_references):
        most = len(style.look_references)
        yield Problem(
            "references",
            Words(
                en=f"{looks} pictures steer the look; {most} at most can. Untick some: they stay for training.",
                zh=f"有 {looks} 张图影响画风，最多 {most} 张。请取消勾选一些，它们仍可用于训练。",
            ),
        )
    seen: set[str] = set()
    for place, reference in enumerate(style.references):
        if reference.rights == "licensed" and not reference.note.strip():
            yield Problem(f"references.{place}", NO_NOTE)
        if reference.sha256 in seen:
            yield Problem(f"references.{place}", TWICE)
        seen.add(reference.sha256)


NO_NOTE = Words(
    en="The picture is licensed, and it isn't written from whom. Name the contract or the photographer.",
    zh="图片为授权使用，但未写明来源。请填写合同或摄影师。",
)
TWICE = Words(en="This picture is there twice. Take one out.", zh="这张图重复。请移除其一。")
