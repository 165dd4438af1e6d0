"""Text on ground: a brand that lists which colours of text may stand on one of its grounds is held to it on the finished picture."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from brand_styles.colors import cielab_of_rgb, delta_e_2000, rgb_of
from brand_styles.logos import SAME
from generation.compositing.legibility import pixels_under
from generation.preflight.findings import finding_on
from generation.preflight.names import named
from generation.preflight.outlines import TypeLayer
from generation.preflight.proof import Proof, text_of
from generation.types import Finding

MOSTLY = 0.5  # of the pixels under a line, from here on it stands on that ground
PLAIN = ("plain", "outline")  # treatments whose letters are filled with the layer's colour


def check_pairs(proof: Proof) -> Iterator[Finding]:
    """A line in another colour than the brand lists for the ground it mostly stands on. Warns: that it can be read is measured apart."""
    grounds = {pair.ground for pair in proof.brand.manners.pairs}
    for layer in proof.type_layers if grounds else ():
        ground = _ground_of(proof, layer, grounds) if layer.treatment.name in PLAIN else None
        if ground is None:
            continue
        allowed = sorted(proof.brand.manners.texts_on(ground))
        if not any(_near(rgb_of(layer.color)[None], colour) for colour in allowed):
            yield _unlisted(layer, ground, allowed)


def _ground_of(proof: Proof, layer: TypeLayer, grounds: set[str]) -> str | None:
    pixels = pixels_under(proof.ground, layer.box) / 255
    shares = {ground: _near(pixels, ground) for ground in sorted(grounds)}
    most = max(shares, key=lambda ground: shares[ground])
    return most if shares[most] >= MOSTLY else None


def _near(rgb: NDArray[np.float64], colour: str) -> float:
    """The share of colours (n, 3), sRGB in 0..1, that look like that one."""
    return float((delta_e_2000(cielab_of_rgb(rgb), cielab_of_rgb(rgb_of(colour))) < SAME).mean())


def _unlisted(layer: TypeLayer, ground: str, allowed: list[str]) -> Finding:
    words = named(layer.role, text_of(layer))
    return finding_on(
        layer,
        "colour.pair",
        f"{words.en} is set in {layer.color} on {ground}; the brand sets text there in {', '.join(allowed)}. Choose one of these.",
        f"{words.zh}在 {ground} 上使用了 {layer.color}；品牌规定此底色上的文字用 {'、'.join(allowed)}。请改用其一。",
        measured=layer.color,
        limit=", ".join(allowed),
        severity="warn",
    )
