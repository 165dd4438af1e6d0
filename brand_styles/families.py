"""The shipped typeface that comes nearest to a font by its name."""

from __future__ import annotations

import re

# What stands in a family's name, and the faces that are like it: (Latin headlines, Chinese headlines). The first line that fits counts.
_LIKE: tuple[tuple[str, str, str], ...] = (
    (r"kuaile|快乐|comic|cartoon|娃娃|yuan|圆|round|fredoka|baloo|nunito|varela|quicksand", "fredoka", "zcool-kuaile"),
    (r"xiaowei|小薇|kai|楷|xing|行书|script|hand|brush|li[ -]?shu|隶", "zcool-xiaowei", "zcool-xiaowei"),
    (
        r"serif(?!-?less)(?<!sans[ -]serif)(?<!sansserif)|song|宋|ming|明体|mincho|garamond|times|georgia|didot|bodoni|caslon|baskerville"
        r"|playfair|merriweather|lora\b|minion|cormorant|fang ?song|仿宋|palatino|century|canela|tiempos",
        "noto-serif-sc",
        "noto-serif-sc",
    ),
    (
        r"outfit|futura|avenir|gotham|montserrat|poppins|geomet|circular|century gothic|urbanist|sora|lexend|jost|gilroy",
        "outfit",
        "noto-sans-sc",
    ),
)
_HAN = re.compile(
    r"[\u3400-\u9fff]|\b(?:sc|tc|cn|hk|jp|hans|hant|cjk|gb|pingfang|yahei|simsun|simhei|heiti|songti|kaiti|source ?han)\b",
    re.I,
)


def nearest_faces(family: str) -> tuple[str, str]:
    """Keys of the shipped faces for Latin and for Chinese headlines; a family that says nothing is taken for a plain sans."""
    name = re.sub(r"[_+]", " ", family)
    found = next(((latin, han) for words, latin, han in _LIKE if re.search(words, name, re.I)), None)
    return found or ("archivo", "noto-sans-sc")


def is_chinese(family: str) -> bool:
    """Whether the name tells of a font with Chinese characters."""
    spaced = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", family).replace("-", " ").replace("_", " ")
    return bool(_HAN.search(family) or _HAN.search(spaced))
