"""Colour schemes by mood: what a designer would wish for, as target colours that the brand's own colours then answer.

Each line is ground, subject, second, accent. A brand keeps its hues; the targets lend lightness and colourfulness.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from brand_styles.colors import hue_distance, oklch, warmth_of
from brand_styles.style import Hex
from generation.planning.plan import Mood

SchemeName = Literal["light", "dark", "vivid"]


@dataclass(frozen=True)
class Scheme:
    """Target colours of a mood. `name` says how the ground looks."""

    name: SchemeName
    ground: Hex
    subject: Hex
    second: Hex
    accent: Hex

    @property
    def is_warm(self) -> bool:
        return warmth_of(self.ground) == "warm"

    @property
    def is_cool(self) -> bool:
        return warmth_of(self.ground) == "cool"


def _schemes(*rows: tuple[SchemeName, str]) -> tuple[Scheme, ...]:
    return tuple(Scheme(name, *(f"#{digits}" for digits in colors.split())) for name, colors in rows)


SCHEMES: dict[Mood, tuple[Scheme, ...]] = {
    "lively": _schemes(
        ("vivid", "D7301F FFE2A6 F26A3D FFC233"),
        ("light", "FFEBD0 E2331F FFB98A FFAF1C"),
        ("vivid", "FFCB45 E2331F FF8F3F 4B3BC4"),
        ("dark", "7E1420 FFE7C2 B3262A FFC233"),
    ),
    "elegant": _schemes(
        ("dark", "16294C F6E6C4 3C5A8F F2B441"),
        ("light", "DDEBE3 1F5A4C B6D2C4 C8452F"),
        ("dark", "17453B F2DDB8 3E7A66 E7B24A"),
        ("light", "F6EBE0 8C2F3B E3C4B4 C08A3A"),
    ),
    "fresh": _schemes(
        ("light", "CDEBD6 1E8A5A 8CCFA8 FF8A3C"),
        ("light", "D6EAFB 2F7DE0 A9D0F5 FFC233"),
        ("vivid", "1F7A5A F7F0C8 59B98A FFD24A"),
        ("light", "F8F0C0 2E9C6A CFE39A FF7F50"),
    ),
    "luxury": _schemes(
        ("dark", "211A1C D9A441 4A3B34 F6E3BC"),
        ("dark", "0F3A31 DDB25E 2A5E50 F7EBCB"),
        ("dark", "3F1420 E0A078 6E2A3A F7DDB5"),
        ("dark", "101B33 D9A950 2E4270 F5E6C2"),
    ),
    "calm": _schemes(
        ("light", "DCE8F3 2F5F9E B4CCE4 F0A24A"),
        ("light", "F6EBDB 2F7A6B E2CDB0 D9653B"),
        ("dark", "1F4A4A F0E2C6 4C827C F2B25E"),
    ),
    "playful": _schemes(
        ("light", "FFD0C9 E23B4E FFA39A 5A43D6"),
        ("vivid", "FFD34F 5B3FD6 FF9F43 F0452F"),
        ("light", "CDE4FF F0562F 8FBCF7 FFC233"),
        ("vivid", "5A46D6 FFD76B 8C7BF0 FF7A57"),
        ("light", "C9F0DD F0562F 7FD3AE 4B3BC4"),
    ),
    "tech": _schemes(
        ("vivid", "4334C0 E4DEFF 7566F0 7FF0CF"),
        ("dark", "0F2046 6FB0FF 2B4C9B FFC233"),
        ("light", "E3EEFC 3A4FD8 B4CDF6 FF7A45"),
    ),
    "warm": _schemes(
        ("light", "FFF0DC D7402A F6BE8C F2A93B"),
        ("vivid", "C8402C FFE3B8 E8734A FFC24A"),
        ("light", "FFD9C7 B3362A F7A98A F0A53A"),
        ("dark", "8E1B1B F3C667 B9372B FFEBC4"),
    ),
}  # fmt: skip


def schemes_for(
    mood: Mood,
    *,
    warm: bool = False,
    cool: bool = False,
    ground: SchemeName | None = None,
    hue: float | None = None,
    refused_hue: float | None = None,
    black: bool = False,
) -> tuple[Scheme, ...]:
    """Those of the mood's schemes that meet the wishes; at least one.

    warm, cool: passes over those that are not. ground: how it should look. hue, refused_hue: what the ground should be, or not (degrees).
    A wish that no scheme of the mood meets is passed over.
    """
    schemes = SCHEMES[mood]
    filters: tuple[tuple[bool, Callable[[Scheme], bool]], ...] = (
        (hue is not None, lambda s: _near(s, hue, 40)),
        (refused_hue is not None, lambda s: not _near(s, refused_hue, 28)),
        (ground is not None, lambda s: s.name == ground),
        (black, lambda s: s.name == "dark" and oklch(s.ground)[1] < 0.025),
        (warm and hue is None, lambda s: s.is_warm),
        (cool and hue is None, lambda s: s.is_cool),
    )
    for applies, keeps in filters:
        if applies:
            schemes = tuple(s for s in schemes if keeps(s)) or schemes
    return schemes


def _near(scheme: Scheme, hue: float | None, reach: float) -> bool:
    """Whether a scheme's ground is of this hue and colourful enough to be called so."""
    _, chroma, own = oklch(scheme.ground)
    return hue is not None and chroma > 0.02 and hue_distance(own, hue) <= reach
