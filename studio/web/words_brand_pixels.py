"""Sentences of the rules on pixels, in the two languages of the studio."""

from brand_styles.words import Words


def _w(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


PIXELS: dict[str, Words] = {
    "draft.part.pixels": _w("Rules on the picture", "画面规则"),
    "draft.part.pixels.hint": _w(
        "What a picture of the brand may not show, beside what the law forbids. They look before type is set and at the finished picture.",
        "品牌画面不得出现的内容，在法规之外。排版前与成品各检查一次。",
    ),
    "draft.field.pixel_rules": _w("Rules on the picture", "画面规则"),
    "pixel.add": _w("Add a rule on the picture", "添加画面规则"),
    "pixel.kind": _w("What it looks at", "检查内容"),
    "pixel.kind.colour": _w("A colour that may not take up much", "禁用或限量的颜色"),
    "pixel.kind.palette": _w("Share of the palette", "色板占比"),
    "pixel.kind.thing": _w("A thing or scene that may not be shown", "禁止出现的事物或场景"),
    "pixel.kind.face": _w("Faces and people", "人脸与人物"),
    "pixel.kind.code": _w("Barcodes and QR codes", "条码与二维码"),
    "pixel.kind.lettering": _w("Writing that nobody set", "未经排版的文字"),
    "pixel.kind.duplicate": _w("Too much like a reference picture", "与参考图过于相似"),
    "pixel.kind.nudity": _w("Nakedness", "裸露"),
    "pixel.kind.logo": _w("Misuse of the logo", "标志误用"),
    "pixel.unchecked": _w("If nothing can check it", "无法检查时"),
    "pixel.unchecked.tell": _w("Tell", "仅说明"),
    "pixel.unchecked.warn": _w("Warn", "提示"),
    "pixel.unchecked.block": _w("Hold the picture back", "拦下"),
    "pixel.looks_for": _w("Colours or things", "颜色或事物"),
    "pixel.looks_for.hint": _w(
        "One a line: #39FF14, or lantern. Words outside the list want a detector that takes any.",
        "每行一个：#39FF14，或“灯笼”。列表之外的词需要开放词汇检测模型。",
    ),
    "pixel.tolerance": _w("Tolerance (CIEDE2000)", "容差（CIEDE2000）"),
    "pixel.most": _w("At most, % of the picture", "最多占画面 %"),
    "pixel.least": _w("At least, %", "最少 %"),
    "pixel.role": _w("Role of the palette", "色板角色"),
    "pixel.role.": _w("off the whole palette", "整个色板之外"),
    "pixel.reference": _w("Reference picture", "参考图"),
    "pixel.reference.none": _w("None", "无"),
    "pixel.misuses": _w("Misuses of the logo", "标志误用方式"),
    "pixel.misuse.small": _w("too small", "过小"),
    "pixel.misuse.clear_space": _w("type in its clear space", "留白区内有文字"),
    "pixel.misuse.ground": _w("a ground it may not stand on", "底色不允许"),
    "pixel.misuse.busy": _w("a busy ground", "底面杂乱"),
    "pixel.misuse.covered": _w("something over it", "被遮挡"),
    "pixel.misuse.altered": _w("altered or stretched", "变形或改动"),
    "brand.pixels": _w("Rules on the picture", "画面规则"),
    "brand.pixels.block": _w("Never shown: such a picture is held back", "禁止出现：命中即拦下"),
    "brand.pixels.warn": _w("Shown with care: somebody looks", "谨慎：需人工确认"),
    "brand.pixels.unseen": _w("No detector for it is installed", "未安装相应检测模型"),
    "shadow.untried": _w(
        "Not tried here, as they want a detector, which runs when pictures are made:",
        "未在此试运行（需要检测模型，制作时才运行）：",
    ),
    "asset.unchecked": _w("Not checked", "未检查"),
}
