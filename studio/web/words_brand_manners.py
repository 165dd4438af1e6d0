"""Sentences of a brand's manners: moods, pairs of colours, short forms, editorial restrictions, convention, clock."""

from brand_styles.words import Words


def _w(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


MANNERS: dict[str, Words] = {
    "manners.editorial": _w("How copy is written", "文案写法"),
    "manners.editorial.hint": _w(
        "Whatever the copy says, it keeps to these; legal lines keep the law's own form.",
        "无论文案内容为何，都须遵守；法律声明按法规原文。",
    ),
    "manners.exclamation": _w("No exclamation marks", "不用感叹号"),
    "manners.emoji": _w("No emoji", "不用表情符号"),
    "manners.capitals": _w("No English words all in capitals", "英文不全部大写"),
    "manners.headline_stop": _w("No full stop at a headline's end", "标题末尾不用句号"),
    "manners.headline_zh": _w("Most characters of a Chinese headline", "中文标题最多字数"),
    "manners.headline_en": _w("Most characters of an English headline", "英文标题最多字符数"),
    "manners.address": _w("Readers are addressed as", "对读者的称呼"),
    "manners.address.any": _w("either", "不限"),
    "manners.address.nin": _w("the polite “you” (nin)", "您"),
    "manners.address.ni": _w("the familiar “you” (ni)", "你"),
    "manners.severity": _w("A breach", "违反时"),
    "manners.severity.warn": _w("is told", "提示"),
    "manners.severity.block": _w("is refused", "拦截"),
    "manners.short_forms": _w("Approved short forms", "核准的缩写"),
    "manners.short_forms.hint": _w(
        "One a line, the longest first: Members' day on the 18th = Members' day, 18th | Members' day. "
        "Used where a format has no room for the whole.",
        "每行一条，长者在前：十八日会员日 = 18日会员日 | 会员日。版面不足时使用。",
    ),
    "manners.look": _w("Moods, pairs and conventions", "氛围、配对与惯例"),
    "manners.moods": _w("What grounds a mood has", "各氛围的底色"),
    "manners.moods.hint": _w(
        "Lively is warm, say. It holds before what a brief asks for.", "例如热闹用暖底。优先于简报的要求。"
    ),
    "manners.warmth": _w("warmth", "冷暖"),
    "manners.warmth.any": _w("warm or cool", "冷暖不限"),
    "manners.warmth.warm": _w("warm", "暖"),
    "manners.warmth.cool": _w("cool", "冷"),
    "manners.tone": _w("lightness", "深浅"),
    "manners.look.any": _w("light or dark", "深浅不限"),
    "manners.look.light": _w("light", "浅"),
    "manners.look.dark": _w("dark", "深"),
    "manners.look.vivid": _w("vivid", "浓"),
    "manners.pairs": _w("Which text stands on which ground", "底色与文字的配对"),
    "manners.pairs.hint": _w(
        "Tick those that are allowed. A ground without a tick takes any that can be read on it. New colours show here once saved.",
        "勾选允许的配对；某底色未勾选时，凡可读者均可。新增颜色保存后在此出现。",
    ),
    "manners.pair.on": _w("on", "置于"),
    "manners.rising": _w("What rises in a chart is", "图表中上涨为"),
    "manners.rising.market": _w("as the market has it", "按市场惯例"),
    "manners.rising.red": _w("red", "红"),
    "manners.rising.green": _w("green", "绿"),
    "manners.time_zone": _w("Time zone", "时区"),
    "manners.time_zone.market": _w("the market's", "市场所在时区"),
    "manners.time_zone.hint": _w("Dates of rules begin and end by this clock.", "规则的起止日期以此为准。"),
    "manners.none": _w("None beyond the law's and the house's", "除法规与工坊默认外无其他规定"),
    "draft.field.manners": _w("Manners", "写法与惯例"),
    "draft.field.manners.moods": _w("Grounds of a mood", "氛围底色"),
    "draft.field.manners.pairs": _w("Allowed pair", "允许的配对"),
    "draft.field.manners.short_forms": _w("Short form", "缩写"),
    "draft.field.manners.editorial": _w("How copy is written", "文案写法"),
    "draft.field.manners.rising": _w("What rises", "上涨颜色"),
    "draft.field.manners.time_zone": _w("Time zone", "时区"),
}
