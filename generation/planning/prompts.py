"""The prompt for the diffusion model, in a stated vocabulary.

The embedded checkpoint was trained on captions made of these words; any other model understands them too. A prompt is English;
the Chinese words are the same vocabulary for people who write prompts themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from brand_styles.colors import oklch
from generation.planning.concepts import Concept
from generation.planning.plan import Mood
from generation.scenes.graph import SceneGraph
from generation.types import ScenePalette

_COLORS: tuple[tuple[str, str], ...] = (
    ("red", "红"), ("coral", "珊瑚"), ("orange", "橙"), ("amber", "琥珀"), ("yellow", "黄"), ("lime", "青柠"), ("green", "绿"),
    ("teal", "青"), ("sky blue", "天蓝"), ("blue", "蓝"), ("violet", "紫"), ("pink", "粉"), ("white", "白"), ("cream", "米白"),
    ("grey", "灰"), ("black", "黑"), ("brown", "棕"), ("gold", "金"), ("silver", "银"), ("rose gold", "玫瑰金"),
)  # fmt: skip
_TONES = (("pale", "浅"), ("deep", "深"), ("bright", "亮"), ("muted", "柔"))
_MOOD_WORDS: dict[Mood, tuple[tuple[str, str], ...]] = {
    "lively": (("lively", "热闹"), ("festive", "喜庆"), ("energetic", "活力")),
    "elegant": (("elegant", "雅致"), ("graceful", "优雅"), ("poetic", "诗意")),
    "fresh": (("fresh", "清新"), ("airy", "轻盈"), ("natural", "自然")),
    "luxury": (("luxury", "奢华"), ("premium", "尊贵"), ("refined", "精致")),
    "calm": (("calm", "沉静"), ("quiet", "安静"), ("steady", "稳健")),
    "playful": (("playful", "俏皮"), ("cute", "可爱"), ("cheerful", "欢快")),
    "tech": (("tech", "科技"), ("sleek", "流畅"), ("glowing", "发光")),
    "warm": (("warm", "温暖"), ("cosy", "温馨"), ("gentle", "柔和")),
}
_SETS: dict[str, tuple[str, str]] = {
    "sweep": ("seamless studio sweep", "无缝背景"), "arch": ("arches", "拱门"), "disc": ("large disc backdrop", "圆盘背景"),
    "steps": ("steps", "台阶"), "window": ("window light", "窗光"), "hills": ("paper hills", "剪纸山丘"), "waves": ("waves", "波浪"),
    "rays": ("sun rays", "放射光"), "curtain": ("curtain", "幕布"), "tunnel": ("tunnel of frames", "隧道框"),
    "night": ("night sky", "夜空"), "clouds": ("clouds", "云朵"),
    "colonnade": ("columns", "廊柱"), "slats": ("wooden slats", "格栅"), "panels": ("layered panels", "层叠面板"),
    "balls": ("balls", "圆球"), "ribbons": ("ribbons in the air", "飘带"), "leaves": ("great leaves", "大叶片"),
    "moon": ("low moon and ridges", "月与远山"), "round-steps": ("round steps", "环形台阶"), "frames": ("empty frames", "空画框"),
}  # fmt: skip
_MATERIALS: dict[str, tuple[str, str]] = {
    "gloss": ("glossy", "亮面"), "satin": ("satin", "缎面"), "matte": ("matte", "哑光"), "metal": ("polished metal", "抛光金属"),
    "glass": ("glass", "玻璃"), "paper": ("paper craft", "纸艺"), "clay": ("soft clay", "黏土"), "glow": ("glowing", "发光"),
    "frosted": ("frosted glass", "磨砂玻璃"), "cloth": ("cloth", "布艺"), "foil": ("foil", "锡箔"), "ceramic": ("glazed ceramic", "陶瓷"),
}  # fmt: skip
_FRAME: tuple[tuple[str, str], ...] = (
    ("product stage", "产品展台"), ("studio light", "影棚光"), ("soft shadow", "柔和阴影"), ("clean ground", "干净背景"),
    ("light from the left", "左侧光"), ("light from the right", "右侧光"), ("3d render", "三维渲染"), ("rim light", "轮廓光"),
    ("depth of field", "景深"), ("empty space for text", "留白"),
)  # fmt: skip
_NEGATIVE: tuple[tuple[str, str], ...] = (
    ("text", "文字"), ("letters", "字母"), ("digits", "数字"), ("logo", "标志"), ("watermark", "水印"), ("people", "人物"),
    ("face", "脸"), ("hands", "手"), ("banknotes", "钞票"), ("national flag", "国旗"), ("emblem", "徽章"), ("clutter", "杂乱"),
    ("blurry", "模糊"), ("dirty", "脏"), ("cropped subject", "主体被裁"), ("lowres", "低清"),
)  # fmt: skip


_GLUE = (("and", "和"), ("with", "配"), ("on", "在"), ("of", "的"), ("ground", "底"), ("no", "无"))

# Every phrase of a prompt beside the names of object kinds, as (English, Chinese).
VOCABULARY: tuple[tuple[str, str], ...] = (
    *_COLORS, *_TONES, *_SETS.values(), *_MATERIALS.values(), *_FRAME, *_NEGATIVE,
    *(pair for words in _MOOD_WORDS.values() for pair in words), *_GLUE,
)  # fmt: skip


@cache
def vocabulary() -> dict[str, tuple[str, ...]]:
    """Every word a prompt may hold: "en" single lower-case words, "zh" phrases; with the names of all object kinds."""
    from generation.planning.drawables import kinds

    pairs = [*VOCABULARY, *((kind.name.en, kind.name.zh) for kind in kinds().values())]
    english = dict.fromkeys(w for en, _ in pairs for w in re.findall(r"[a-z0-9]+", en.lower()))
    return {"en": tuple(english), "zh": tuple(dict.fromkeys(zh for _, zh in pairs))}


def color_name(value: str) -> str:
    """A colour in the vocabulary's words: "deep blue", "cream", "gold"-less: metals are named by material."""
    lightness, chroma, hue = oklch(value)
    if chroma < 0.035:
        return _neutral(lightness, hue)
    bounds = ((18, "pink"), (36, "red"), (50, "coral"), (70, "orange"), (86, "amber"), (110, "yellow"), (133, "lime"))
    cold = ((168, "green"), (205, "teal"), (245, "sky blue"), (280, "blue"), (325, "violet"), (361, "pink"))
    name = next(name for limit, name in (*bounds, *cold) if hue < limit)
    if name in ("orange", "coral", "amber") and lightness < 0.45:
        name = "brown"
    tone = "pale " if lightness > 0.85 else "deep " if lightness < 0.42 else "bright " if chroma > 0.17 else ""
    return tone + name


def _neutral(lightness: float, hue: float) -> str:
    if lightness > 0.9:
        return "cream" if 40 < hue < 120 else "white"
    return "black" if lightness < 0.3 else "grey"


def prompt_for(scene: SceneGraph, palette: ScenePalette, mood: Mood) -> str:
    """English, only words of the vocabulary, subject first."""
    from generation.planning.drawables import kinds

    known = kinds()

    def names(*roles: str) -> list[str]:
        return list(
            dict.fromkeys(known[o.kind].name.en.lower() for o in scene.objects if o.role in roles and o.kind in known)
        )

    hero = next((o for o in scene.objects if o.id == scene.subject_id), None)
    parts = []
    if hero is not None and hero.kind in known:
        color = "gold" if hero.material == "metal" else color_name(palette.subject)
        parts.append(f"{_MATERIALS[hero.material][0]} {color} {known[hero.kind].name.en.lower()}")
    parts += names("companion")[:3] + names("floating")[:2]
    parts.append(f"{color_name(palette.ground)} ground")
    parts.append(f"{color_name(palette.second)} and {color_name(palette.accent)}")
    parts.append(_SETS.get(scene.set, ("product stage", ""))[0])
    parts += [word for word, _ in _MOOD_WORDS[mood]]
    parts += ["product stage", "studio light", f"light from the {scene.light.side}", "soft shadow", "3d render"]
    return ", ".join(dict.fromkeys(parts))


def negative_prompt_for(concepts: Sequence[Concept], never: Sequence[str] = ()) -> str:
    """What never belongs in a picture, what the brand never shows (`never`), then what each concept is mistaken for (those words go to
    models that know them)."""
    wrong = [
        *(w for w in never if w.isascii()),
        *(phrase for concept in concepts for phrase in concept.avoid if phrase.isascii()),
    ]
    return ", ".join(dict.fromkeys([word for word, _ in _NEGATIVE] + [w.lower() for w in wrong]))
