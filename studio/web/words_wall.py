"""Sentences of the wall's queue and of comparing."""

from brand_styles.words import Words


def _w(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


WALL: dict[str, Words] = {
    "wall.next": _w("next", "下一个"),
    "wall.before": _w("before it:", "前面还有"),
    "wall.ahead": _w("Make these sooner", "优先制作"),
    "wall.ahead.hint": _w(
        "Up to 24 pictures of a brand may go ahead of other work at once.", "每个品牌同时最多 24 张可优先于其他任务。"
    ),
    "wall.is_ahead": _w("goes ahead", "已优先"),
    "compare": _w("Compare", "对比"),
    "compare.select": _w("Select to compare", "选择以对比"),
    "compare.selected": _w("selected", "张已选"),
    "compare.clear": _w("Select none", "取消选择"),
    "compare.how": _w(
        "Select 2 to 4 pictures with their boxes; with Shift, all from the last one on.",
        "勾选 2 到 4 张图片；按住 Shift 可从上一张起连选。",
    ),
    "compare.wanting": _w(
        "Fewer than two of these pictures are to be seen here. Go back to the wall and select 2 to 4.",
        "可对比的图片不足两张。请回到墙面，选择 2 到 4 张。",
    ),
    "compare.scale": _w("All at the same scale: one pixel is as large in each.", "统一比例：各图每个像素大小相同。"),
}
