"""Where a brief's product comes from: a file beside it, or the brand's element library."""

from __future__ import annotations

from pathlib import Path

from brand_styles.elements import UnknownElement, element, pixels_of
from brand_styles.models import BrandElement
from generation.errors import BriefProblem
from generation.planning.brief import Brief
from generation.planning.product import product_of
from generation.products.pixels import Rgba, cropped


def product_for(brief: Brief, folder: Path, *, cut: bool = False) -> Rgba | None:
    """The product of a brief as uint8 RGBA; None where it names none. BriefProblem where it cannot be had. `cut`: see product_of."""
    row = element_for(brief)
    return product_of(brief, folder, cut=cut) if row is None else cropped(pixels_of(row))


def element_for(brief: Brief) -> BrandElement | None:
    """The element that a brief names, from its own brand's library; None where it names none. BriefProblem where there is none."""
    if brief.subject is None or brief.subject.element is None:
        return None
    try:
        return element(brief.brand_slug, brief.subject.element)
    except UnknownElement as unknown:
        near = ", ".join(unknown.nearest)
        hint = (
            (f" The nearest are: {near}.", f"最接近的有：{near}。")
            if near
            else (" The library is empty.", "元素库为空。")
        )
        raise BriefProblem(
            f"subject.element “{unknown.slug[:60]}” is not in the library of {brief.brand_slug}.{hint[0]}",
            f"subject.element：{brief.brand_slug} 的元素库中没有“{unknown.slug[:60]}”。{hint[1]}",
            field="subject.element",
            expected=near or "a slug of the brand's element library",
        ) from None
