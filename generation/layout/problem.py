"""One layout problem as arrays: what the compiled search reads. Lengths in pixels unless a name says otherwise."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from generation.layout.kernel import FloatArray, IntArray

HEADLINE, SUBLINE, PRICE, CTA, BADGE, LEGAL, LABEL, LOGO, SUBJECT = range(9)
ROLE_CODES = {
    "headline": HEADLINE,
    "subline": SUBLINE,
    "price": PRICE,
    "cta": CTA,
    "badge": BADGE,
    "legal": LEGAL,
    "ai_label": LABEL,
    "logo": LOGO,
    "subject": SUBJECT,
}
# roles that speak together: the gap between two of them is the small one
MESSAGE = (1 << HEADLINE) | (1 << SUBLINE) | (1 << PRICE) | (1 << CTA) | (1 << BADGE)

UNITS = 12  # most units on one canvas; legal lines are one unit together
LEVELS = 4  # depth of the slicing
LINES = 5  # most lines of one text

# A candidate's continuous genes, F. Shares are of the short side unless said.
(
    G_HEAD,  # headline type size
    G_SUB,  # subline over headline
    G_PRICE,  # price over headline
    G_LOGO,  # logo height
    G_NEAR,  # gap inside a group
    G_FAR,  # gap between groups over gap inside
    G_MARGIN,
    G_LEGAL,  # legal type size
    G_SHARE,  # most area of the subject, share of the canvas
    G_FX,  # subject's place in its cell, 0 left … 1 right
    G_FY,
    G_MEASURE,  # legal measure, share of the content width
    G_BLEED,  # how far the subject reaches into the margin, share of it
    G_PAD,  # padding of a panel
) = range(14)
GENES = 14

# A candidate's discrete genes, D.
I_ROOT = 0  # direction of the first slicing: 0 a stack, 1 a row
I_AXIS = 1  # 0 left, 1 centre, 2 right: the axis most stacks hang on
I_PANEL = 2  # 0 none, 1 card, 2 reaching to the canvas edge
I_BACKED = 3  # the unit that the panel must hold beside the headline
I_ORDER = 4  # UNITS: units in slicing order
I_LEVEL = I_ORDER + UNITS  # UNITS: level of the cut after each position
I_LINES = I_LEVEL + UNITS  # UNITS: line count by unit
I_ALIGN = I_LINES + UNITS  # LEVELS × UNITS: alignment across, by level and first unit of a node
I_SLACK = I_ALIGN + LEVELS * UNITS  # LEVELS × UNITS: where spare length goes
INTS = I_SLACK + LEVELS * UNITS


class Problem(NamedTuple):
    """Units to place on a canvas of width × height. Arrays are indexed by unit; row k of a table is k + 1 lines."""

    width: float
    height: float
    short: float
    strip: int  # 1 in leaderboards and skyscrapers: beyond 3:1
    shout: int  # HEADLINE or PRICE
    role: IntArray
    options: IntArray  # line counts available, 1 … LINES; 0 for pictures
    wide: FloatArray  # (UNITS, LINES) ink width, em
    high: FloatArray  # (UNITS, LINES) ink height, em
    rows: IntArray  # (UNITS, LINES) lines of each breaking; a text may have none of two lines
    least: FloatArray  # minimum type size or logo height
    aspect: FloatArray  # width / height of pictures, 0 when free
    clear: FloatArray  # clear space of the logo, in its heights
    even_below: float  # type size under which the price is set in one size: its second column of `wide` and `high`
    legal_gap: float  # em between two legal lines
    legal_wide: FloatArray  # (m, LINES) of each legal line
    legal_high: FloatArray
    legal_rows: IntArray
    legal_options: IntArray
    low: FloatArray  # (GENES,) bounds of the continuous genes
    top: FloatArray
    least_share: float  # of the subject
    taste: FloatArray  # (TASTES,)
    before: FloatArray  # (n, n) how much one unit must be read before another, 0 for any order
    genes: IntArray  # the continuous genes that these units feel


# A seed's taste, or the caller's: what it prefers among good layouts.
(
    T_DX,  # direction from headline to subject, a unit vector
    T_DY,
    T_DRIVE,  # how strongly it is meant
    T_AXIS,  # preferred axis 0, 1, 2; negative: none
    T_PANEL,  # 1 wants a panel, 0 doesn't
    T_SCALE,  # preferred place of the headline's size in its range, 0 … 1
    T_LOGO_X,  # preferred corner of the logo, 0 … 1
    T_LOGO_Y,
    T_LABEL_X,
    T_LABEL_Y,
) = range(10)
TASTES = 10


def empty_tables(units: int) -> tuple[FloatArray, FloatArray, IntArray]:
    return np.zeros((units, LINES)), np.zeros((units, LINES)), np.zeros((units, LINES), dtype=np.int64)
