"""Sentences of what helps to write a brief: copy fitted while it is typed, pasted drafts, occasions, headlines."""

from brand_styles.words import Words


def _w(en: str, zh: str) -> Words:
    return Words(en=en, zh=zh)


BRIEF: dict[str, Words] = {
    "fit.fits": _w("fits", "放得下"),
    "fit.tight": _w("tight", "偏紧"),
    "fit.breaks": _w("too long", "放不下"),
    "fit.trying": _w("trying", "试排中"),
    "fit.more": _w("more sizes break: see the little pictures below.", "个尺寸也放不下，见下方尺寸图。"),
    "fit.away": _w(
        "The copy is not being fitted just now. Go on; it is tried again, and once more when you submit.",
        "暂时无法试排文案，请继续填写；稍后会重试，提交时也会再次检查。",
    ),
}
