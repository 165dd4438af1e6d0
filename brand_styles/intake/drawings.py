"""Vector drawings (logos) and colours from people."""

from __future__ import annotations

from pathlib import Path

from brand_styles.colors import any_color
from brand_styles.intake.guard import Refused, ask_child
from brand_styles.intake.pictures import read_limited
from brand_styles.words import Words


def sanitise_svg(source: bytes | Path) -> str:
    """The drawing rewritten from an allow-list, in a child process. Refused with a sentence, and a line where there is one."""
    return ask_child("drawing", read_limited(source))[1].decode()


def color_of(text: str) -> str:
    """ "#RRGGBB" of a colour as people write it. Refused where it is not a colour."""
    try:
        return any_color(text)
    except ValueError:
        shown = text.strip()[:40]
        raise Refused(
            "color",
            Words(
                en=f"“{shown}” is not a colour. Write it as #RRGGBB, such as #D7301F.",
                zh=f"“{shown}”不是颜色。请写成 #RRGGBB，例如 #D7301F。",
            ),
        ) from None
