"""What kinds are made of in a shop: the materials that suit each, best known first. Kinds not named here take any."""

from __future__ import annotations

from collections.abc import Iterable

from generation.scenes.graph import MaterialSlug

_CLOTH: tuple[MaterialSlug, ...] = ("cloth", "satin", "matte")
_CERAMIC: tuple[MaterialSlug, ...] = ("ceramic", "gloss", "satin")
_PAPER: tuple[MaterialSlug, ...] = ("paper", "satin", "matte")
_FOIL: tuple[MaterialSlug, ...] = ("foil", "gloss", "metal")
_GLASS: tuple[MaterialSlug, ...] = ("glass", "frosted", "gloss")
_WRAP: tuple[MaterialSlug, ...] = ("satin", "foil", "paper", "cloth")


def _kinds(stuffs: tuple[MaterialSlug, ...], names: str) -> dict[str, tuple[MaterialSlug, ...]]:
    return dict.fromkeys(names.split(), stuffs)


SUITED: dict[str, tuple[MaterialSlug, ...]] = {
    **_kinds(_CLOTH, "umbrella backpack official-hat kite couplets chinese-knot robe armchair sweater koi-streamer"),
    **_kinds(_CERAMIC, "wine-jar pixiu still-life noodle-bowl"),
    **_kinds(_CERAMIC, "vase teapot cup bowl porridge-bowl tangyuan-bowl soup-jar piggy-bank lucky-cat rabbit treasure-bowl cosmetic-jar"),
    **_kinds(_PAPER, "red-envelope coupon price-tag calendar love-letter papercut booklet firecrackers fu-diamond receipt confetti"),
    **_kinds(_PAPER, "mountain folding-screen"),
    **_kinds(("paper", "cloth", "satin", "frosted"), "lantern"),
    **_kinds(_FOIL, "balloon star candy ribbon ribbon-bow party-popper"),
    **_kinds(_GLASS, "perfume-bottle coin-jar water-drop glass-panels"),
    **_kinds(_WRAP, "gift-box blind-box shopping-bag parcel"),
    **_kinds(("gloss", "satin", "ceramic"), "ball pearl sheep goat koi"),
}  # fmt: skip


def suited(kind: str, preferred: MaterialSlug, turn: int) -> MaterialSlug:
    """`preferred` where the kind may be made of it, else one of the kind's own, by `turn`."""
    own = SUITED.get(kind)
    if own is None or preferred in own:
        return preferred
    return own[turn % len(own)]


def unknown(kinds: Iterable[str]) -> set[str]:
    """Names of this table that are no kind."""
    return set(SUITED) - set(kinds)
