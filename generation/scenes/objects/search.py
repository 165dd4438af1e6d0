"""Finding a kind by any of its names: the slug, the English and the Chinese name, and other words people use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher

from generation.scenes.objects.aliases import ALIASES
from generation.scenes.primitives import Kind


def nearest_of(kinds: Mapping[str, Kind], words: str, n: int = 3) -> list[str]:
    """The `n` slugs of `kinds` closest to `words`, best first; ties in order of slug."""
    wanted = _tidy(words)
    return sorted(kinds, key=lambda slug: (-_score(wanted, kinds[slug]), slug))[: max(n, 0)]


def _score(wanted: str, kind: Kind) -> float:
    names = (kind.slug, kind.name.en, kind.name.zh, *ALIASES.get(kind.slug, ()))
    return max(_likeness(wanted, _tidy(name)) for name in names)


def _likeness(wanted: str, name: str) -> float:
    """1 for the same words; else words in common and letters in common, each counted by half."""
    if wanted == name:
        return 1.0
    here, there = _tokens(wanted), _tokens(name)
    common = len(here & there) / max(len(here | there), 1)
    held = 0.2 if name and wanted and (name in wanted or wanted in name) else 0.0
    return min(0.5 * common + 0.29 * SequenceMatcher(None, wanted, name).ratio() + held, 0.99)


def _tidy(words: str) -> str:
    return re.sub(r"[\s_\-/,.;:，。、]+", " ", words.lower()).strip()


def _tokens(words: str) -> frozenset[str]:
    """Latin words, without a plural s, and single Chinese characters."""
    return frozenset(_stems(re.findall(r"[a-z0-9]+|[\u4e00-\u9fff]", words)))


def _stems(tokens: Iterable[str]) -> Iterable[str]:
    return (token[:-1] if len(token) > 3 and token.endswith("s") else token for token in tokens)
