"""Sentences about how many pictures pass preflight, and what repair did."""

from brand_styles.words import Words


def _w(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


RATES: dict[str, Words] = {
    "rates": _w("Through preflight", "预检通过情况"),
    "rates.lead": _w("Pictures as they were first made:", "统计首次生成的图片，共"),
    "rates.first": _w("passed at once", "一次通过"),
    "rates.after": _w("passed after repair", "修复后通过"),
    "rates.mended": _w("mended", "经修复"),
    "rates.held": _w("held back", "未通过"),
    "rates.how": _w("What repair did", "修复明细"),
    "rates.remedy": _w("Remedy", "方式"),
    "rates.tried": _w("Tried", "尝试"),
    "rates.worked": _w("Helped", "有效"),
    "rates.seconds": _w("Seconds each", "平均秒数"),
    "remedy.move": _w("moved", "移动"),
    "remedy.recolour": _w("recoloured", "换色"),
    "remedy.underlay": _w("underlaid", "加衬底"),
    "remedy.resize": _w("resized", "调整大小"),
    "remedy.swap_logo": _w("other logo", "换标志"),
    "remedy.rewrite": _w("reworded", "改写"),
    "remedy.redraw": _w("drawn again", "重绘"),
    "asset.repairs.kept": _w("kept", "采用"),
    "asset.repairs.dropped": _w("did not help, dropped", "无效，未采用"),
}
