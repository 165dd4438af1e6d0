"""Sentences of Home, the brands' specimens and the models."""

from brand_styles.words import Words


def _w(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


HOME: dict[str, Words] = {
    "home.now": _w("Now", "当前事项"),
    "home.calm": _w("Nothing waits for you.", "没有待办事项。"),
    "home.new": _w("Ready since you last looked", "上次查看后新完成"),
    "home.starred": _w("Starred lately", "最近收藏"),
    "home.alike": _w("like this", "张同类"),
    "home.mend": _w("Look and mend", "查看并修改"),
    "home.preparing": _w("the worker is loading", "工作进程载入中"),
    "home.no_worker": _w("no worker answers", "没有工作进程响应"),
    "home.first_soon": _w("The first pictures appear here as they are made.", "成图后会显示在这里。"),
    "home.none_passed": _w(
        "No picture has passed its checks yet. Open a brief to see what was found.",
        "还没有通过质检的图片。请打开简报查看原因。",
    ),
    "home.days": _w("Coming up", "即将到来"),
    "home.start": _w("Start a brief", "写简报"),
    "home.sample": _w("Make the sample", "制作示例"),
    "home.sample.hint": _w(
        "One click sends a ready brief, and its wall fills in front of you.",
        "一键提交示例简报，随即看到作品墙逐张完成。",
    ),
    "home.empty.watch": _w(
        "Pictures of your brands appear here as soon as somebody makes them.", "你的品牌有新作品时会显示在这里。"
    ),
}

ROOMS = HOME
