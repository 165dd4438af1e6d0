"""Names of what a taste is learnt over, in words: "scene.set.window" is a set, a window."""

from __future__ import annotations

from brand_styles.words import Words

# By the longest beginning that fits; what follows it is the studio's own name of a thing.
_BEGINNINGS = {
    "scene.set": ("Set", "布景"),
    "scene.composition": ("Composition", "构图"),
    "scene.stage": ("Stage", "台座"),
    "scene.prop": ("Prop", "道具"),
    "scene.hero.of": ("Hero's material", "主体材质"),
    "scene.of": ("Things of material", "材质数量"),
    "scene.in": ("Things in colour role", "色彩角色数量"),
    "scene.role": ("Things by place", "位置数量"),
    "scene.scheme": ("Ground", "底色"),
    "scene.light.right": ("Light from the right", "光从右侧来"),
    "scene.light.elevation": ("Height of the light", "光源高度"),
    "scene.light.softness": ("Softness of the light", "光线柔度"),
    "scene.light.warmth": ("Warmth of the light", "光线冷暖"),
    "scene.things": ("Number of things", "物件总数"),
    "scene.kinds": ("Kinds of things", "物件种类"),
    "scene.ground": ("Ground's", "底色"),
    "scene.subject": ("Hero colour's", "主体色"),
    "scene.second": ("Second colour's", "辅助色"),
    "scene.accent": ("Accent's", "点缀色"),
    "layout.headline": ("Headline's", "主标题"),
    "layout.subject": ("Hero's", "主体"),
    "layout.logo": ("Logo's", "标志"),
    "layout.cta": ("Button's", "按钮"),
    "layout.term": ("Layout energy:", "版式能量："),
    "layout": ("Layout:", "版式："),
    "lettering": ("Lettering", "字体处理"),
}
_ENDINGS = {
    "lightness": ("lightness", "明度"),
    "chroma": ("chroma", "彩度"),
    "x": ("place from left to right", "水平位置"),
    "y": ("place from top to bottom", "垂直位置"),
    "share": ("share of the canvas", "画面占比"),
    "size": ("size of type", "字号"),
    "there": ("presence", "有无"),
    "light": ("light", "浅色"),
    "dark": ("dark", "深色"),
    "vivid": ("vivid", "浓色"),
    "type_share": ("share of type", "文字占比"),
    "underlays": ("plates under type", "文字底板"),
    "energy": ("energy", "能量"),
    "lines": ("lines of copy", "文案行数"),
}


def words_of(name: str) -> Words:
    """What a fact is called."""
    parts = name.split(".")
    for count in range(len(parts), 0, -1):
        told = _BEGINNINGS.get(".".join(parts[:count]))
        if told is not None:
            rest = ".".join(parts[count:])
            en, zh = _ENDINGS.get(rest, (rest.replace("hue.", "hue from "), rest.replace("hue.", "色相起点 ")))
            return Words(
                en=f"{told[0]} {en}".strip(),
                zh=f"{told[1]}{'' if told[1].endswith('：') or not zh else ' '}{zh}".strip(),
            )
    return Words(en=name, zh=name)
