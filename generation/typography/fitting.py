"""How large a piece of copy is before it is drawn: its possible line breakings with their real measures.

The layout solver asks here and the compositor draws the same shapes, so the two never disagree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from generation.typography.breaking import settings
from generation.typography.characters import typeset
from generation.typography.paragraphs import Line, shape
from generation.typography.price import price_shape


@dataclass(frozen=True, slots=True)
class LineSet:
    """One breaking of a text. All measures in em of the type size.

    `width_em` is the width of the block's ink, marks that hang at the edges included. `ink_top_em` is how far ink rises
    above the first baseline and `ink_bottom_em` how far it falls below the last one; `cap_em` is their sum. The ink of a
    block of n lines is `size * (cap_em + (n - 1) * leading)` high.
    """

    lines: tuple[str, ...]
    widths_em: tuple[float, ...]
    width_em: float
    cap_em: float
    ink_top_em: float
    ink_bottom_em: float
    hang_em: tuple[float, float] = (0.0, 0.0)

    def height_em(self, leading: float) -> float:
        """The block's ink height in em."""
        return self.cap_em + (len(self.lines) - 1) * leading


@lru_cache(maxsize=4_096)
def line_sets(
    text: str, *, language: str, face: str, weight: int, max_lines: int, tracking: float = 0.0
) -> tuple[LineSet, ...]:
    """The best breaking of `text` for 1, 2, … `max_lines` lines (fewer where its pieces run out), fewest lines first.

    A typed line break stays, so the first set may have more than one line. Empty for a blank text. The lines come
    with typographic signs in place of typed ones. Raises PermanentError for an unknown face, ValueError for max_lines < 1.
    """
    if max_lines < 1:
        raise ValueError(f"max_lines is {max_lines}; at least 1 is needed")
    set_text = typeset(text, language)

    def advance(piece: str) -> float:
        return shape(piece, language=language, face=face, weight=weight, tracking=tracking).width + tracking

    breakings = settings(set_text, language=language, max_lines=max_lines, measure=advance)
    return tuple(measured(b, language=language, face=face, weight=weight, tracking=tracking) for b in breakings)


@lru_cache(maxsize=8_192)
def measured(lines: tuple[str, ...], *, language: str, face: str, weight: int, tracking: float = 0.0) -> LineSet:
    """The measures of lines that are already broken."""
    shaped = [shape(line, language=language, face=face, weight=weight, tracking=tracking) for line in lines]
    left, right = hanging(shaped)
    body = max(line.body[1] - line.body[0] for line in shaped)
    top, bottom = -shaped[0].ink.top, shaped[-1].ink.bottom
    return LineSet(
        lines=lines,
        widths_em=tuple(line.width for line in shaped),
        width_em=max(left + body + right, *(line.width for line in shaped)),
        cap_em=top + bottom,
        ink_top_em=top,
        ink_bottom_em=bottom,
        hang_em=(left, right),
    )


def hanging(lines: Sequence[Line]) -> tuple[float, float]:
    """How far marks hang out of a block at the left and the right; a single line has nothing to hang beside."""
    if len(lines) < 2:
        return 0.0, 0.0
    return max(line.hang[0] for line in lines), max(line.hang[1] for line in lines)


def price_box_em(
    text: str, language: str, face: str, weight: int, old: str = "", *, even: bool = False
) -> tuple[float, float]:
    """Width and height of a price lock-up's ink, in em of its figure; `even` sets it in one size."""
    shaped = price_shape(text, language=language, face=face, weight=weight, old=old, even=even)
    return shaped.width, shaped.height
