"""Where a line of copy may break, and which breaks look best.

Chinese breaks between phrases (BudouX's zh-Hans model, mended by our own rules), English between words. A figure stays with
its unit, closing marks with the word before, opening marks with the word after. For each number of lines, dynamic
programming over the allowed breaks finds the least ragged setting (as Knuth and Plass do for a page, with squared
differences from the mean width as badness).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import accumulate, combinations, pairwise
from pathlib import Path
from typing import Any, NamedTuple

from generation.typography.characters import NOT_AT_END, NOT_AT_START, UNITS_AFTER_FIGURE, is_han, kind

PAUSE = -0.45  # cost of a break where the sentence pauses anyway: after a mark or a space
WHOLE = 0.0  # between phrases
DANGLING = 0.8  # after a preposition, which belongs to what follows
INSIDE = 1.2  # inside a phrase, beside a word we know: only where phrases leave no even setting
SPLIT = 3.0  # inside a phrase, where no word boundary is known
TORN = 8.0  # through a word we know
ORPHAN = 8.0
UGLY = 6.0  # a breaking that costs more is not offered, unless it is the only way or the text is a paragraph
PARAGRAPH = 26  # characters from which a text is a paragraph, which may break anywhere its marks allow
MANY = 120  # more pieces than this are filled greedily: a legal paragraph, not a headline

# What never parts: a figure with sign, decimals and unit; a Latin word with its own marks; a Latin phrase "Wi-Fi 6".
_UNBROKEN = re.compile(
    r"[¥$€£₩₽₹฿]? ?\d[\d,.:/×–-]*\d?(?: ?(?:%|％|‰|℃|°|′|″|AER|APR|APY|GB|TB|MB|kg|km|cm|mm|ml|mAh|g|L|px|h|min)(?![A-Za-z]))?"
    rf"(?:\+|折起|元起|起|[{UNITS_AFTER_FIGURE}]{{0,2}})"
    r"|第[一二三四五六七八九十百千\d]+[届期季代名位]"
    r"|[一二三四五六七八九十百千万]+[折元年月日天倍]"
    r"|[A-Za-z][\w’'&+./@-]*[!?,.;:%]*"
    r"|……|——|[《「『“‘][^《》「」『』“”‘’]{1,8}[》」』”’]"
)

LENGTHS = (2, 3, 4, 5)
WORDS = Path(__file__).with_name("words.txt")  # words of two to five characters that posters use


_PREPOSITIONS = frozenset("从在把被让与和及向将对为给跟由之每")


class Piece(NamedTuple):
    """A stretch that stays whole, and what it costs to break after it (0 at a phrase's end)."""

    text: str
    cost: float


@lru_cache(maxsize=1)
def _words_known() -> frozenset[str]:
    return frozenset(WORDS.read_text(encoding="utf-8").split())


@lru_cache(maxsize=1)
def _parser() -> Any:
    import budoux

    return budoux.load_default_simplified_chinese_parser()


@lru_cache(maxsize=4_096)
def pieces(text: str, language: str) -> tuple[Piece, ...]:
    """The unbreakable pieces of one paragraph, in order; joined they are the text."""
    if language == "en":
        return _words(text)
    atoms = _atoms(text)
    ends = _phrase_ends(text)
    costs = [0.0] * len(atoms)
    position = 0
    for index, atom in enumerate(atoms):
        position += len(atom)
        costs[index] = _cost_after(text, position, ends)
    return _joined(atoms, costs)


def _cost_after(text: str, position: int, ends: set[int]) -> float:
    if text[position - 1] in "，。、；：！？… |" or text[position : position + 1] in (" ", "|"):
        return PAUSE
    if text[position - 1] in _PREPOSITIONS:
        return DANGLING
    return WHOLE if position in ends else _inner_cost(text, position, ends)


def _words(text: str) -> tuple[Piece, ...]:
    """English: words with their space, figures with their unit, a dash with the word before it."""
    parts = re.findall(r"\S+\s*", text)
    merged: list[str] = []
    for part in parts:
        last = merged[-1].rstrip() if merged else ""
        glue = bool(re.fullmatch(r"[¥$€£]?[\d.,]+%?", last)) and re.match(
            r"(%|AER|APR|APY|GB|TB|kg|km|cm|mm|ml|g|L|a\.?m|p\.?m|days?|years?|months?|hours?|million|billion)\b", part
        )
        if merged and (glue or part[0] in "–—%×&+" or last[-1:] in "&×+"):
            merged[-1] += part
        else:
            merged.append(part)
    weak = {"a", "an", "the", "of", "to", "in", "on", "for", "and", "or", "with", "by", "at", "your", "our", "no"}
    return tuple(
        Piece(w, 0.35 if w.strip().lower() in weak else (-0.15 if w.rstrip()[-1:] in ",.;:!?" else WHOLE))
        for w in merged
    )


def _atoms(text: str) -> list[str]:
    """Single characters, but figures with units, Latin words and short quotations whole."""
    atoms: list[str] = []
    at = 0
    while at < len(text):
        found = _UNBROKEN.match(text, at)
        atoms.append(found.group() if found and found.group() else text[at])
        at += len(atoms[-1])
    return atoms


def _phrase_ends(text: str) -> set[int]:
    """Offsets after which a phrase ends: BudouX's, spaces, and every mark that closes."""
    ends = {e for e in accumulate(len(phrase) for phrase in _parser().parse(text)) if not _straddled(text, e)}
    ends |= {i + 1 for i, c in enumerate(text) if c in "，。、；：！？…—·| " or kind(c) == "space"}
    return ends | {len(text)}


def _inner_cost(text: str, position: int, ends: set[int]) -> float:
    """The cost of a break inside a phrase at an offset: low between known words, high where it leaves one character."""
    start, end = max((e for e in ends if e < position), default=0), min(e for e in ends if e > position)
    left, right = text[:position], text[position:]
    before = any(left.endswith(w) for w in _known(left, -1))
    after = right[0] in _PREPOSITIONS or any(right.startswith(w) for w in _known(right, 1))
    if _straddled(text, position):
        return TORN
    if before and after:
        return 0.25
    if before or after:
        return INSIDE
    return SPLIT if min(position - start, end - position) >= 2 and end - start > 4 else TORN


def _straddled(text: str, position: int) -> bool:
    """Whether a word we know lies across an offset."""
    known = _words_known()
    return any(text[position - k : position - k + n] in known for n in LENGTHS for k in range(1, n) if position >= k)


def _known(text: str, direction: int) -> list[str]:
    options = [text[-n:] if direction < 0 else text[:n] for n in LENGTHS]
    return [o for o in options if o in _words_known()]


def _joined(atoms: Sequence[str], costs: Sequence[float]) -> tuple[Piece, ...]:
    """Atoms glued wherever a break may not stand: before closing marks and particles, after opening marks."""
    result: list[Piece] = []
    text = ""
    for index, atom in enumerate(atoms):
        text += atom
        follower = atoms[index + 1] if index + 1 < len(atoms) else ""
        if follower and (follower[0] in NOT_AT_START or atom[-1] in NOT_AT_END or (follower.isspace())):
            continue
        result.append(Piece(text, costs[index]))
        text = ""
    return tuple(result) if not text else (*result, Piece(text, WHOLE))


Measure = Callable[[str], float]


def settings(text: str, *, language: str, max_lines: int, measure: Measure) -> list[tuple[str, ...]]:
    """The best breaking of `text` for each number of lines it can take, fewest lines first.

    A line break typed in `text` is kept while there are lines enough. `measure` gives a line's width in em.
    """
    paragraphs = [p for p in text.split("\n") if p.strip()]
    if not paragraphs:
        return []
    if len(paragraphs) > max_lines:
        paragraphs = [(" " if language == "en" else "").join(paragraphs)]
    first = len(paragraphs)
    found = [tuple(p.strip() for p in paragraphs)]
    tables = [_best(pieces(p, language), max_lines - first + 1, measure, language) for p in paragraphs]
    counts = [1] * first
    for _ in range(first, max_lines):
        widest = max(
            range(first),
            key=lambda i: max(measure(x) for x in tables[i][counts[i] - 1]) if len(tables[i]) > counts[i] else -1.0,
        )
        if len(tables[widest]) <= counts[widest]:
            break
        counts[widest] += 1
        found.append(tuple(line for i, n in enumerate(counts) for line in tables[i][n - 1]))
    return found


def _best(parts: tuple[Piece, ...], max_lines: int, measure: Measure, language: str) -> list[tuple[str, ...]]:
    """For 1, 2, … lines the least ragged breaking of one paragraph; stops where the pieces run out.

    A short text breaks at its own commas before it breaks inside a clause: never 回家路｜上，年｜味正浓.
    """
    widths = [measure(p.text) for p in parts]
    offsets = [0.0, *accumulate(widths)]
    if len(parts) > MANY:
        return [_greedy(parts, widths, offsets[-1] / n * 1.03) for n in range(1, max_lines + 1)]
    cuts = [_cuts(parts, offsets, n, language) for n in range(1, min(max_lines, len(parts)) + 1)]
    paragraph = sum(len(p.text) for p in parts) >= PARAGRAPH
    kept = [c for i, (cost, c) in enumerate(cuts) if i == 0 or paragraph or cost < UGLY]
    if not paragraph:
        pauses = [i for i in range(1, len(parts)) if parts[i - 1].text.rstrip()[-1:] in "，。；：！？"]
        kept = [_even_pauses(pauses, len(c), offsets) if len(c) <= len(pauses) else c for c in kept]
        kept = [c for c in kept if set(c) <= set(pauses) or set(pauses) <= set(c)]
    return [_lines(parts, c) for c in kept]


def _even_pauses(pauses: Sequence[int], count: int, offsets: Sequence[float]) -> list[int]:
    """Of the breaks where the sentence pauses, the `count` that leave the evenest lines."""

    def raggedness(chosen: Iterable[int]) -> float:
        edges = [0, *chosen, len(offsets) - 1]
        return sum((offsets[b] - offsets[a]) ** 2 for a, b in pairwise(edges))

    return list(min(combinations(pauses, count), key=raggedness))


def _lines(parts: Sequence[Piece], cuts: Sequence[int]) -> tuple[str, ...]:
    edges = [0, *cuts, len(parts)]
    return tuple("".join(p.text for p in parts[a:b]).strip() for a, b in pairwise(edges))


def _cuts(parts: Sequence[Piece], offsets: Sequence[float], count: int, language: str) -> tuple[float, list[int]]:
    """The least cost of `count` lines, and the indices of the pieces that begin lines 2 … count."""
    size, mean = len(parts), max(offsets[-1] / count, 1e-6)
    best: list[tuple[float, list[int]]] = [(0.0, []), *([(float("inf"), [])] * size)]
    for line in range(1, count + 1):
        fresh: list[tuple[float, list[int]]] = [(float("inf"), [])] * (size + 1)
        for end in range(line, size - (count - line) + 1):
            if (line == count) != (end == size):
                continue
            for start in range(line - 1, end):
                cost = best[start][0]
                if cost == float("inf"):
                    continue
                cost += _badness(parts, offsets, start, end, mean, language)
                if cost < fresh[end][0]:
                    fresh[end] = (cost, [*best[start][1], start] if start else [])
        best = fresh
    return best[size]


def _badness(
    parts: Sequence[Piece], offsets: Sequence[float], start: int, end: int, mean: float, language: str
) -> float:
    """How ill a line looks: raggedness, an orphan, the break after it."""
    width = offsets[end] - offsets[start]
    cost = 4.0 * ((width - mean) / mean) ** 2
    last = end == len(parts)
    alone = start > 0 or not last
    text = "".join(p.text for p in parts[start:end]) if alone and width < 0.75 * mean + 1.2 else ""
    if text and _orphan(text, language, width < 0.62 * mean, last and end - start == 1):
        cost += ORPHAN
    return cost + (0.0 if last else parts[end - 1].cost)


def _orphan(line: str, language: str, narrow: bool, single: bool) -> bool:
    """One Han character on a line, or two on one much narrower than the rest; one short English word on the last."""
    if language == "en":
        return single and narrow and len(line.strip()) <= 8
    squares = sum(1.0 if is_han(c) else 0.55 for c in line.strip() if c.isalnum())
    return squares <= 1.2 or (narrow and squares <= 2.2)


def _greedy(parts: Sequence[Piece], widths: Sequence[float], limit: float) -> tuple[str, ...]:
    lines: list[str] = []
    used = 0.0
    for part, width in zip(parts, widths, strict=True):
        if lines and used + width <= limit:
            lines[-1] += part.text
            used += width
        else:
            lines.append(part.text)
            used = width
    return tuple(line.strip() for line in lines)
