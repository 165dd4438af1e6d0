"""Whether a draft can be published: what is missing, malformed or contradicts itself, each in a sentence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from brand_styles.colors import contrast
from brand_styles.licence_checking import problems_of_fonts
from brand_styles.logos import near
from brand_styles.manners_checking import problems_of_manners
from brand_styles.problems import Problem
from brand_styles.reference_checking import problems_of_references
from brand_styles.rules.loader import industry_tag
from brand_styles.rules.own_checking import problems_of_rules
from brand_styles.rules.pixel_checking import SENTENCES as PIXEL_SENTENCES
from brand_styles.rules.pixel_checking import problems_of_pixel_rules
from brand_styles.style import BrandStyle
from brand_styles.words import Words

READABLE = 4.5  # WCAG 2.2, 1.4.3: contrast of any text with its ground
Json = dict[str, Any]


def problems_of(style: Json) -> list[Problem]:
    """Everything that keeps `style` (with slug and version) from being published; [] where nothing does."""
    try:
        read = BrandStyle.model_validate(style)
    except ValidationError as fault:
        return [_told(error) for error in fault.errors()]
    return [
        *_colours(read),
        *_words(read),
        *_logos(read),
        *problems_of_fonts(read),
        *problems_of_references(read),
        *_routing(read),
        *problems_of_rules(read),
        *problems_of_pixel_rules(read),
        *problems_of_manners(read),
    ]


def _colours(style: BrandStyle) -> Iterator[Problem]:
    if not style.colors("ground"):
        yield Problem(
            "palette",
            Words(
                en="No colour is a ground. Give at least one the role “ground”.",
                zh="没有底色。请至少为一个颜色指定“底色”角色。",
            ),
        )
    for place, swatch in enumerate(style.palette):
        if any((swatch.role, swatch.hex) == (other.role, other.hex) for other in style.palette[:place]):
            yield Problem(
                f"palette.{place}",
                Words(
                    en=f"{swatch.hex} is listed twice in one role. Take one out.",
                    zh=f"{swatch.hex} 在同一角色中重复。请删除其一。",
                ),
            )
    texts = style.colors("ink") + style.colors("paper")
    for place, swatch in enumerate(style.palette):
        best = max((contrast(swatch.hex, text) for text in texts), default=READABLE)
        if swatch.role == "ground" and best < READABLE:
            yield Problem(
                f"palette.{place}",
                Words(
                    en=f"No ink or paper of the brand can be read on {swatch.hex}: the best has {best:.1f} : 1, text wants "
                    f"{READABLE} : 1. Add a darker ink or a lighter paper, or another ground.",
                    zh=f"品牌的墨色与纸色在 {swatch.hex} 上均不可读：最高对比度为 {best:.1f} : 1，文字需要 {READABLE} : 1。"
                    "请添加更深的墨色或更浅的纸色，或更换底色。",
                ),
            )


def _words(style: BrandStyle) -> Iterator[Problem]:
    for term, count in Counter(entry.term.strip().casefold() for entry in style.glossary).items():
        if count > 1:
            yield Problem(
                "glossary",
                Words(
                    en=f"“{term}” is in the glossary twice. Keep one sense.",
                    zh=f"词汇表中“{term}”重复。请保留一种含义。",
                ),
            )
    for banned in style.banned_words:
        wanted = next((line for line in style.required_legal if banned.casefold() in line.casefold()), None)
        if banned.strip() and wanted:
            yield Problem(
                "banned_words",
                Words(
                    en=f"“{banned}” is banned, and the required line “{wanted}” holds it. Change one of them.",
                    zh=f"“{banned}”为禁用词，而必备文案“{wanted}”中含有该词。请修改其一。",
                ),
            )
        if not banned.strip():
            yield Problem(
                "banned_words", Words(en="A banned word is empty. Take it out.", zh="有一个禁用词为空。请删除。")
            )


def _logos(style: BrandStyle) -> Iterator[Problem]:
    if not style.logos:
        yield Problem(
            "logos", Words(en="There is no logo. Upload one as SVG or PNG.", zh="没有标志。请上传 SVG 或 PNG 标志。")
        )
    for ground, count in Counter(logo.ground for logo in style.logos).items():
        if count > 1:
            yield Problem(
                "logos",
                Words(
                    en=f"Two logos are for {ground} grounds. Keep one, or make the other that for the other ground.",
                    zh=f"有两个标志都用于{'浅' if ground == 'light' else '深'}色底。请保留一个，或将另一个改为用于相反的底色。",
                ),
            )
    for place, logo in enumerate(style.logos):
        if logo.most_height < logo.min_height:
            yield Problem(
                f"logos.{place}",
                Words(
                    en=f"The PNG is {logo.most_height:.0f} px high, less than the least height of {logo.min_height:g} px, and is never "
                    "drawn larger than it is. Export it larger, or as SVG.",
                    zh=f"PNG 高 {logo.most_height:.0f} 像素，小于最小高度 {logo.min_height:g} 像素，而标志不会放大绘制。"
                    "请导出更大的文件，或改用 SVG。",
                ),
            )
        refused = {hex_ for hex_ in style.colors("ground") if any(near(hex_, bad) for bad in logo.forbidden)}
        if refused and len(refused) == len(set(style.colors("ground"))) and len(style.logos) == 1:
            yield Problem(
                f"logos.{place}",
                Words(
                    en="Every ground of the palette is one that the logo must not stand on. Add a ground, or a logo for the other grounds.",
                    zh="色板中的所有底色都是标志的禁用底色。请添加底色，或上传用于其他底色的标志。",
                ),
            )


def _routing(style: BrandStyle) -> Iterator[Problem]:
    """An unknown industry is allowed in a brief, where every rule then runs; a brand has time to choose."""
    if industry_tag(style.industry) is None:
        yield Problem(
            "industry",
            Words(
                en=f"The industry “{style.industry}” is not one we know. Choose one of the list.",
                zh=f"不认识行业“{style.industry}”。请从列表中选择。",
            ),
        )


def _told(error: ErrorDetails) -> Problem:
    """pydantic's finding in our words."""
    field = ".".join(map(str, error["loc"]))
    given = str(error.get("input", ""))[:40]
    limits = error.get("ctx", {})
    kind = str(limits.get("error", "")) if error["type"] == "value_error" else error["type"]
    en, zh = _SENTENCES.get(kind, ("It is not as it should be: “{given}”.", "内容不符合要求：“{given}”。"))
    if error["type"] == "string_pattern_mismatch" and ("forbidden" in field or field.endswith("hex")):
        en, zh = (
            "“{given}” is not a colour. Write it as #RRGGBB, such as #D7301F.",
            "“{given}”不是颜色。请写成 #RRGGBB，例如 #D7301F。",
        )
    limit = next(
        (limits[k] for k in ("gt", "ge", "lt", "le", "max_length", "min_length", "expected") if k in limits), ""
    )
    return Problem(field, Words(en=en.format(given=given, limit=limit), zh=zh.format(given=given, limit=limit)))


_SENTENCES = {
    **PIXEL_SENTENCES,
    "looks-for-nothing": (
        "The rule looks for nothing. Give it phrases or a pattern.",
        "规则没有要查找的内容。请填写词语或表达式。",
    ),
    "too-many-choices": (
        "A line with braces stands for more than 64 phrases. Split it.",
        "带花括号的一行展开后超过 64 个词语。请拆成多行。",
    ),
    "pairs-with-nothing": (
        "The rule names no words that its own may not stand with. Write them.",
        "规则未写明不能同时出现的另一组词语。请填写。",
    ),
    "has-no-window": (
        "The rule names no days between which its words may be said. Give it the first, the last, or both.",
        "规则未写明允许使用的日期。请填写开始或结束日期。",
    ),
    "wants-nothing": (
        "The rule names no words that would answer it. Write what the copy has to say.",
        "规则未写明满足条件的文字。请填写文案必须包含的内容。",
    ),
    "ends-before-it-starts": (
        "The rule ends before it starts. Swap the dates.",
        "规则的结束日期早于开始日期。请调整日期。",
    ),
    "no-such-zone": ("There is no time zone “{given}”. Choose one of the list.", "没有时区“{given}”。请从列表中选择。"),
    "mood-twice": ("A mood has two rules. Keep one.", "同一氛围有两条规定。请保留一条。"),
    "too_short": ("At least {limit} is wanted.", "至少需要 {limit} 个。"),
    "int_parsing": ("“{given}” is not a whole number.", "“{given}”不是整数。"),
    "int_type": ("“{given}” is not a whole number.", "“{given}”不是整数。"),
    "string_too_short": ("It is empty. Fill it in or take it out.", "内容为空。请填写或删除。"),
    "not-one-drawing": (
        "The logo has no drawing. Upload it as SVG or PNG.",
        "标志没有图形。请上传 SVG 或 PNG。",
    ),
    "missing": ("It is not filled in.", "尚未填写。"),
    "extra_forbidden": ("There is no such field. Take it out.", "没有这个字段。请删除。"),
    "string_pattern_mismatch": ("“{given}” is not written as it should be.", "“{given}”的格式不正确。"),
    "literal_error": ("“{given}” is none of {limit}.", "“{given}”不在可选值之内：{limit}。"),
    "greater_than": ("It must be more than {limit}.", "必须大于 {limit}。"),
    "greater_than_equal": ("It must be {limit} or more.", "不得小于 {limit}。"),
    "less_than": ("It must be less than {limit}.", "必须小于 {limit}。"),
    "less_than_equal": ("It must be {limit} or less.", "不得大于 {limit}。"),
    "too_long": ("There may be {limit} at most.", "最多 {limit} 个。"),
    "string_too_long": ("It may have {limit} characters at most.", "最多 {limit} 个字符。"),
    "float_parsing": ("“{given}” is not a number.", "“{given}”不是数字。"),
    "date_from_datetime_parsing": (
        "“{given}” is not a day. Write it as 2027-01-31.",
        "“{given}”不是日期。请写成 2027-01-31。",
    ),
    "finite_number": ("“{given}” is not a number.", "“{given}”不是数字。"),
    "string_type": ("It is not text.", "不是文字。"),
}
