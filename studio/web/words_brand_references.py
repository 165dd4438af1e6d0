"""Sentences about a brand's reference pictures."""

from brand_styles.words import Words


def _w(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


BRAND_REFERENCES: dict[str, Words] = {
    "draft.part.references": _w("Pictures", "图片"),
    "references.hint": _w(
        "References and past work, 200 at most. Eight of them may steer the look of new scenes; those whose rights are confirmed can train "
        "the brand's own style.",
        "参考图与过往作品，最多 200 张。其中至多 8 张可影响新场景的画风；权利已确认的可用于训练品牌风格。",
    ),
    "references.new": _w("Add pictures", "添加图片"),
    "references.new.hint": _w("PNG, JPEG or WebP, as many as you like at once.", "PNG、JPEG 或 WebP，可一次选择多张。"),
    "references.taking": _w("Taking in", "正在读取"),
    "references.none": _w("No picture was sent. Choose one.", "没有收到图片。请选择图片。"),
    "references.picture": _w("Picture", "图片"),
    "references.caption.zh": _w("What it shows, in Chinese", "内容说明（中文）"),
    "references.caption.en": _w("What it shows, in English", "内容说明（英文）"),
    "references.rights": _w("Rights", "权利"),
    "references.rights.unconfirmed": _w("not confirmed", "未确认"),
    "references.rights.owned": _w("owned by the brand", "品牌自有"),
    "references.rights.licensed": _w("licensed", "授权使用"),
    "references.note": _w("From whom, which contract", "来源与合同"),
    "references.kind": _w("Kind of picture", "图片类型"),
    "references.kind.reference": _w("reference", "参考图"),
    "references.kind.work": _w("past work", "过往作品"),
    "references.look": _w("steers the look", "影响画风"),
    "references.up": _w("Up", "上移"),
    "references.down": _w("Down", "下移"),
    "references.remove": _w("Remove picture", "移除图片"),
    "references.trains": _w("may train", "可用于训练"),
}
