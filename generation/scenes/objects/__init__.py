"""The catalogue: every kind of object that can be drawn, by its slug, and the search over it."""

from __future__ import annotations

from generation.scenes.objects import (
    animals,
    boards,
    cards,
    carriers,
    eastern,
    festive,
    finance,
    food,
    gifts,
    goods,
    home,
    lights,
    live,
    lucky,
    money,
    nature,
    papers,
    places,
    shapes,
    tools,
    weather,
)
from generation.scenes.objects.search import nearest_of
from generation.scenes.primitives import Kind

_ROOMS = (
    *(gifts, goods, home, carriers, money, cards, finance, papers, tools, live, boards),
    *(festive, lucky, eastern, lights, food, animals, nature, weather, places, shapes),
)
KINDS: dict[str, Kind] = {kind.slug: kind for room in _ROOMS for kind in room.KINDS}


def nearest(words: str, n: int = 3) -> list[str]:
    """The `n` slugs closest to a slug or to words in English or Chinese, best first; never more than there are kinds."""
    return nearest_of(KINDS, words, n)
