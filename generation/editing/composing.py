"""A warm place to compose one version after another: what did not change is not drawn again.

Kept between two pictures are the rasters of the last few versions, the picture up to the first element that a person may
touch (scene, gradients, cut-outs), and the picture without type, which preflight asks for. The pixels are those of a plain
`compose`, byte for byte.
"""

from __future__ import annotations

import io
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from brand_styles.rules.pixels import pixel_rules_for
from brand_styles.style import BrandStyle
from generation import keeping
from generation.compositing.compose import compose
from generation.compositing.design import AnyLayer, Design, LogoLayer, PanelLayer, PictureLayer, PriceLayer, TextLayer
from generation.editing.document import Document
from generation.layout.geometry import Rect
from generation.preflight.copy import check_copy
from generation.preflight.ground import Mask, without_type
from generation.preflight.proof import Proof
from generation.preflight.runner import CHECKS
from generation.preflight.shown import Known
from generation.types import Finding, Frozen, Report

Rgb = NDArray[np.uint8]
Kept = TypeVar("Kept")
BENCHES, PREFIXES, GROUNDS = 4, 6, 6  # pictures kept of each kind, least lately used first to go
PREFIX = "below"  # the source under which the part that stays is handed to the compositor


class Rules(Frozen):
    """By which rules the words are judged: those of the plan."""

    market: str
    industry: str = "general"
    product_type: str = ""


@dataclass(frozen=True)
class Sources:
    """The rasters of one version, and where its subject is seen."""

    rasters: Mapping[str, Rgb]
    subject_mask: Mask | None


class Lately(OrderedDict[str, Kept]):
    """The last few values by key."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self.most = most

    def remember(self, key: str, make: Callable[[], Kept]) -> Kept:
        if key in self:
            self.move_to_end(key)
            return self[key]
        self[key] = value = make()
        while len(self) > self.most:
            self.popitem(last=False)
        return value


class Bench:
    """Composes and judges versions. Not for several threads at once."""

    def __init__(self) -> None:
        self._sources: Lately[Sources] = Lately(BENCHES)
        self._below: Lately[Rgb] = Lately(PREFIXES)
        self._grounds: Lately[Rgb] = Lately(GROUNDS)

    def sources(self, files: Mapping[str, str]) -> Sources:
        """The rasters that `keeping.keep` stored. FileNotFoundError where one is gone."""
        return self._sources.remember(repr(sorted(files.items())), lambda: Sources(*keeping.load(files)))

    def picture(self, document: Document, files: Mapping[str, str]) -> Rgb:
        """The document's pixels, uint8 (H, W, 3)."""
        return self.drawn(document.design, files, document.brand)

    def ground(self, document: Document, files: Mapping[str, str]) -> Rgb:
        """The same without type and logo."""
        bare = without_type(document.design)
        key = f"{sorted(files.items())}{bare.model_dump_json()}"
        return self._grounds.remember(key, lambda: self.drawn(bare, files, document.brand))

    def drawn(self, design: Design, files: Mapping[str, str], brand: BrandStyle) -> Rgb:
        """A Design's pixels, uint8 (H, W, 3)."""
        rasters = self.sources(files).rasters
        below, above = _split(design.layers)
        if not below:
            return compose(design, rasters, brand)
        base = design.model_copy(update={"layers": below})
        key = f"{sorted(files.items())}{base.model_dump_json()}"
        start = self._below.remember(key, lambda: compose(base, rasters, brand))
        whole = Rect(0, 0, design.width, design.height)
        first = PictureLayer(id=PREFIX, role="ground", box=whole, source=PREFIX)
        rest = design.model_copy(update={"layers": (first, *above)})
        return compose(rest, {**rasters, PREFIX: start}, brand)

    def findings(self, document: Document, files: Mapping[str, str], rgb: Rgb, rules: Rules) -> tuple[Finding, ...]:
        """All of preflight but the reading back, which takes as long as all the rest together and is done when saving."""
        proof = Proof(
            document.design,
            rgb,
            self.ground(document, files),
            document.layout,
            document.brand,
            subject_mask=self.sources(files).subject_mask,
        )
        return (*said_of_copy(document, rules), *(finding for _, check in CHECKS for finding in check(proof)))

    def report(
        self,
        document: Document,
        files: Mapping[str, str],
        rgb: Rgb,
        rules: Rules,
        product: NDArray[np.uint8] | None = None,
    ) -> Report:
        """The whole preflight, reading included. product: the cut-out as it was uploaded, uint8 RGBA."""
        from generation.preflight.runner import check
        from generation.products.fidelity import with_product

        report = check(
            document.design,
            rgb,
            document.layout,
            document.brand,
            copy_findings=said_of_copy(document, rules),
            ground=self.ground(document, files),
            subject_mask=self.sources(files).subject_mask,
            known=known_of(document.brand, rules),
        )
        return report if product is None else with_product(report, document.design, rgb, product)


def known_of(brand: BrandStyle, rules: Rules) -> Known:
    """The rules on pixels in the plan's market and industry."""
    return Known(pixel_rules_for(brand, rules.market, rules.industry, product_type=rules.product_type))


def said_of_copy(document: Document, rules: Rules) -> tuple[Finding, ...]:
    """What the rules say of the words."""
    return check_copy(document.lines, document.brand, rules.market, rules.industry, product_type=rules.product_type)


def _split(layers: Sequence[AnyLayer]) -> tuple[tuple[AnyLayer, ...], tuple[AnyLayer, ...]]:
    """The layers before the first that a person may touch, and the rest."""
    at = next((i for i, layer in enumerate(layers) if _touchable(layer)), len(layers))
    return tuple(layers[:at]), tuple(layers[at:])


def _touchable(layer: AnyLayer) -> bool:
    return isinstance(layer, TextLayer | PriceLayer | LogoLayer | PanelLayer)


def as_jpeg(rgb: Rgb, quality: int = 90) -> bytes:
    """For the screen while a person works: no subsampling, so that thin coloured strokes look as they will."""
    from PIL import Image

    out = io.BytesIO()
    Image.fromarray(rgb).save(out, "JPEG", quality=quality, subsampling=0)
    return out.getvalue()
