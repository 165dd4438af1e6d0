"""Sentences about a brand's own fonts and their licences."""

from brand_styles.words import Words


def _w(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


BRAND_FONTS: dict[str, Words] = {
    "fonts": _w("The brand's own fonts", "品牌自有字体"),
    "fonts.hint": _w(
        "TTF, OTF or WOFF2, a file a weight. State what the licence covers: what it does not cover is refused when the style is published "
        "and when a brief is sent.",
        "TTF、OTF 或 WOFF2，每个字重一个文件。请写明授权范围：发布风格或提交简报时，超出授权的字体会被拒绝。",
    ),
    "fonts.new": _w("Add fonts", "添加字体"),
    "fonts.new.hint": _w(
        "Save the draft, then choose them as typefaces above. A Chinese font takes some seconds.",
        "保存草稿后，可在上方选作字体。中文字体需要数秒。",
    ),
    "fonts.latin": _w("of 95 Latin characters", "/ 95 个拉丁字符"),
    "fonts.han": _w("of the 3,755 common Chinese characters", "/ 3755 个常用汉字"),
    "fonts.preview": _w(
        "may be shown in pictures, not on pages: its specimen is left out", "仅限预览与打印：页面上不显示样张"
    ),
    "fonts.licence": _w("Licence", "授权名称"),
    "fonts.terms": _w("Its text", "授权条款"),
    "fonts.seats": _w("Seats, empty for any number", "席位数（不限则留空）"),
    "fonts.media": _w("Covers (nothing ticked: everything)", "授权媒体（不勾选表示全部）"),
    "fonts.expires": _w("Last day, empty for none", "到期日（无则留空）"),
    "fonts.remove": _w("Remove the font", "移除字体"),
    "fonts.all_media": _w("all media", "全部媒体"),
    "fonts.any_seats": _w("any number of people", "不限人数"),
    "fonts.people": _w("people", "人"),
    "fonts.until": _w("until", "至"),
    "fonts.licences": _w("Licences of the brand's fonts", "品牌字体授权"),
    "form.media": _w("Where it is shown", "投放媒体"),
    "form.media.hint": _w(
        "Nothing ticked: on the web. A font whose licence does not cover it is refused.",
        "不勾选即为网页。授权不含所选媒体的字体会被拒绝。",
    ),
    "fonts.licence.problem": _w("Briefs are refused until this is mended", "修正前，简报会被拒绝"),
    "fonts.medium.web": _w("web", "网页"),
    "fonts.medium.social": _w("social media", "社交媒体"),
    "fonts.medium.app": _w("apps", "应用"),
    "fonts.medium.video": _w("video", "视频"),
    "fonts.medium.print": _w("print", "印刷"),
    "fonts.medium.outdoor": _w("outdoor", "户外"),
    "draft.field.fonts": _w("Font", "字体文件"),
}
