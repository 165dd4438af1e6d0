"""Sentences of the command palette and of the map of keys."""

from brand_styles.words import Words


def _w(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


FIND: dict[str, Words] = {
    "find": _w("Find", "查找"),
    "find.all": _w("Find anything", "查找任何内容"),
    "find.hint": _w("A brief, a brand, a picture's number, a page", "简报、品牌、图片编号、页面"),
    "find.none": _w(
        "Nothing of that name that you may see. Try fewer letters.", "没有找到你可查看的内容，请减少几个字。"
    ),
    "find.count": _w("found", "项"),
    "find.failed": _w("The studio does not answer just now. What you typed stays.", "工坊暂无响应，已输入内容保留。"),
    "find.how": _w("↑ ↓ to choose, Enter to go, Esc to close", "↑ ↓ 选择，回车前往，Esc 关闭"),
    "find.kind.action": _w("Do", "操作"),
    "find.kind.page": _w("Pages", "页面"),
    "find.kind.picture": _w("Pictures", "图片"),
    "find.kind.brief": _w("Briefs", "简报"),
    "find.kind.brand": _w("Brands", "品牌"),
    "find.kind.element": _w("Elements", "素材"),
    "find.paste": _w("New brief from a sheet or a message", "从表格或消息新建简报"),
    "find.cut_out": _w("Cut out a product photo", "抠产品图"),
    "find.invite": _w("Invite somebody", "邀请成员"),
    "find.token": _w("Make an API token", "新建 API 令牌"),
    "map": _w("Keys", "快捷键"),
    "map.find": _w("Ctrl K or / – find anything", "Ctrl K 或 / – 查找"),
    "map.map": _w("? – this map of keys", "? – 快捷键一览"),
    "map.close": _w("Esc – close", "Esc – 关闭"),
    "map.here": _w("On this page", "本页"),
    "map.everywhere": _w("Everywhere", "所有页面"),
    "map.wall.range": _w("Shift and a click – select all in between", "Shift 加单击 – 连续选择"),
    "map.wall.none": _w("Esc – select none", "Esc – 取消选择"),
    "close": _w("Close", "关闭"),
}
