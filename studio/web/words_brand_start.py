"""Sentences of the page that starts a brand's draft from a logo, a style sheet or a guideline."""

from brand_styles.words import Words


def _w(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


BRAND_START: dict[str, Words] = {
    "brand.forbidden": _w("never on", "禁用底色"),
    "start": _w("Start from what there is", "从现有素材开始"),
    "start.waiting": _w("Look at the proposals", "查看建议"),
    "start.lead": _w(
        "A logo, a site's CSS or a PDF guideline: the studio proposes colours, typefaces and logo, and you tick what is right.",
        "上传标志、网站 CSS 或 PDF 规范，工坊据此建议色彩、字体与标志，由你逐项确认。",
    ),
    "start.files": _w("Logo (SVG, PNG), CSS, PDF", "标志（SVG、PNG）、CSS、PDF"),
    "start.files.hint": _w("Six files at most. Addresses are not fetched.", "最多 6 个文件；不会访问网址。"),
    "start.css": _w("Or the CSS itself", "或直接粘贴 CSS"),
    "start.read": _w("Read them", "读取"),
    "start.none": _w(
        "Nothing was given. Choose a file or paste CSS, then send it.", "没有内容。请选择文件或粘贴 CSS 后再提交。"
    ),
    "start.gone": _w(
        "The proposals were taken or dropped meanwhile. Read the files again.", "建议已被采用或放弃。请重新读取文件。"
    ),
    "start.found": _w("What they propose", "建议"),
    "start.found.lead": _w(
        "Nothing is in the draft yet. Tick what is the brand's, change roles where they are wrong, then take it over.",
        "以下内容尚未写入草稿。勾选属于品牌的内容，修正角色，然后采用。",
    ),
    "start.colours": _w("Colours", "色彩"),
    "start.of_it": _w("share", "占"),
    "start.named": _w("named", "名称"),
    "start.role": _w("Role of", "角色："),
    "start.families": _w("Typefaces", "字体"),
    "start.nearest": _w("nearest that the studio ships", "工坊自带的最接近字体"),
    "start.families.hint": _w(
        "If you have the font file and its licence, upload it on the draft's page instead.",
        "如有字体文件及其授权，可在草稿页上传。",
    ),
    "start.logos": _w("Logo", "标志"),
    "start.logo": _w("Picture", "图片"),
    "start.logo.use": _w("Use as logo", "用作标志"),
    "start.logo.no": _w("No logo", "不用"),
    "start.take": _w("Take what is ticked into the draft", "将勾选内容写入草稿"),
    "start.drop": _w("Take nothing", "全部不用"),
    "start.other": _w("Read other files", "读取其他文件"),
    "start.colours.none": _w("No colour was found.", "没有找到颜色。"),
}
