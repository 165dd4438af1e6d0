# SPDX-License-Identifier: GPL-3.0-or-later
# Blender's modules carry no types, and live in this folder's own environment.
# mypy: ignore-errors
"""What a solid is made of, where its material leaves that open."""

from __future__ import annotations

_DRY = ("satin", "gloss", "matte", "clay", "paper")
# Kinds whose body is of a stuff of its own, whatever dry material the graph names: words in the kind's slug.
_STUFF = (
    ("wrapping", "gift-box gift-rack blind-box"),
    ("silk", "ribbon knot confetti couplets papercut"),
    ("lantern", "lantern fanous"),
    (
        "paper",
        "parcel shopping-bag envelope fan kite letter receipt "
        "certificate passbook booklet calendar price-tag coupon ticket",
    ),
    ("leather", "wallet suitcase backpack folder"),
    ("cloth", "umbrella hat tote"),
    ("plush", "rabbit sheep goat bull snowman"),
    ("ceramic", "cup vase bowl teapot soup-jar jar piggy lucky-cat drum pebble"),
    (
        "wax",
        "candle peach persimmon pumpkin mooncake zongzi dumplings cake bun pastry meatballs candy cloud",
    ),
    ("foliage", "leaf petal sprout plant tree branch flower rose bouquet lotus willow"),
    ("glass", "perfume water-drop hourglass"),
    ("ice", "snowflake"),
    ("pearl", "pearl full-moon ring-light"),
    ("lacquer", "phone laptop chip camera car truck headphones chat cursor lock shield"),
)
_STAGES = {"luxury": "marble", "elegant": "marble", "tech": "lacquer", "lively": "ceramic", "playful": "terrazzo", "fresh": "terrazzo",
           "calm": "plaster", "warm": "plaster"}  # fmt: skip
_SETS = {"hills": "paper", "clouds": "wax", "curtain": "plaster"}


def stuff_of(meta: dict, owner: int, slug: str) -> str:
    """Which look a solid gets: from its slug, and where that leaves it open from the kind of thing it belongs to."""
    if slug not in _DRY:
        return slug
    if owner == 0:
        return _SETS.get(meta["set"], "plaster" if slug in ("satin", "matte") else slug)
    kind = meta["kinds"].get(str(owner), "")
    if kind.startswith("podium"):
        return _STAGES.get(meta["mood"], "plaster")
    return next((look for look, words in _STUFF if {kind, *kind.split("-")} & set(words.split())), slug)
