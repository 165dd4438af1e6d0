"""Shadow mode: what a draft's rules would say of the pictures a brand has already made, before anybody is held up by them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db.models import QuerySet

from brand_styles.pixel_rules import PixelRule
from brand_styles.style import BrandStyle
from generation.models import Asset
from generation.preflight.copy import check_copy
from generation.selectors import heads
from generation.types import CopyLine, Finding
from studio.shadow_pixels import Tryout

Json = dict[str, Any]
Copy = tuple[tuple[CopyLine, ...], str, str, str]  # the lines, the market, the industry, the kind of product
MOST = 500


@dataclass(frozen=True)
class Tried:
    """One picture that the draft judges otherwise. `new`: what it finds and today's style does not; `gone`: the other way round."""

    asset: Asset
    new: tuple[Finding, ...]
    gone: tuple[Finding, ...]

    @property
    def would_block(self) -> bool:
        return any(finding.severity == "block" for finding in self.new)


@dataclass(frozen=True)
class Trial:
    """`looked_at`: how many pictures were asked about; `rows`: those judged otherwise, the ones that would be blocked first; `untried`:
    the draft's rules on pictures that want a detector."""

    looked_at: int
    rows: tuple[Tried, ...]
    untried: tuple[PixelRule, ...] = ()

    @property
    def blocked(self) -> int:
        return sum(row.would_block for row in self.rows)


def try_rules(assets: QuerySet[Asset], now: BrandStyle, draft: BrandStyle) -> Trial:
    """The rules of both styles on the copy of each picture, and on the picture what needs no detector.

    The pictures themselves and their findings stay as they are."""
    judge = _judge(now, draft)
    pictures = Tryout(now, draft)
    looked_at = 0
    rows: list[Tried] = []
    for asset in assets:
        looked_at += 1
        copy = _copy_of(asset)
        new, gone = judge(copy)
        if pictures:
            then, today = pictures.findings(asset, copy[1:])
            new, gone = (*new, *_beyond(then, today)), (*gone, *_beyond(today, then))
        if new or gone:
            rows.append(Tried(asset, tuple(sorted(new, key=lambda finding: finding.severity)), gone))
    return Trial(looked_at, tuple(sorted(rows, key=lambda row: not row.would_block)), pictures.untried())


def latest_of_brand(brand_id: int, count: int) -> QuerySet[Asset]:
    """The brand's shown pictures, the newest first; `count` is 1 to 500."""
    rows = heads().filter(job__variant__brief__library__brand_id=brand_id).select_related("job__variant__brief")
    return rows.defer("design", "report").order_by("-id")[: min(max(count, 1), MOST)]


def _judge(now: BrandStyle, draft: BrandStyle) -> Callable[[Copy], tuple[tuple[Finding, ...], tuple[Finding, ...]]]:
    @lru_cache(maxsize=MOST)  # a campaign says the same in every size
    def judged(copy: Copy) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
        lines, market, industry, product_type = copy
        today, then = (check_copy(lines, style, market, industry, product_type=product_type) for style in (now, draft))
        return tuple(_beyond(then, today)), tuple(_beyond(today, then))

    return judged


def _beyond(found: tuple[Finding, ...], known: tuple[Finding, ...]) -> Iterator[Finding]:
    """What is found and not known; what is only told for information counts as not found."""
    seen = {_key(finding) for finding in known}
    return (finding for finding in found if finding.severity != "info" and _key(finding) not in seen)


def _key(finding: Finding) -> tuple[str, str | None, str, str]:
    return finding.code, finding.layer, str(finding.measured), finding.severity


def _copy_of(asset: Asset) -> Copy:
    """The words of a picture as its rules were asked about them."""
    plan: Json = asset.job.variant.plan or {}
    lines = asset.recipe.get("copy", plan.get("copy_lines", []))
    return (
        tuple(CopyLine.model_validate(line) for line in lines),
        str(plan.get("market", "")),
        str(plan.get("industry", "")),
        str(plan.get("product_type", "")),
    )
