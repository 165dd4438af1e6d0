"""Layouts as the later stages get them: what the search promises on any canvas."""

from __future__ import annotations

from itertools import combinations

import pytest

from brand_styles.style import BrandStyle, Logo, Swatch
from brand_styles.words import Words
from generation.errors import CopyDoesNotFit
from generation.layout.elements import elements_for
from generation.layout.solver import solve
from generation.types import CopyLine, Element, Format, Layout
from generation.typography.fitting import line_sets, measured, price_box_em

BRAND = BrandStyle(
    slug="cast",
    version=1,
    name=Words(en="Cast", zh="测试"),
    palette=(Swatch(role="ground", hex="#FFFFFF", name=Words(en="White", zh="白")),),
    logos=(Logo(ground="light", svg="<svg/>", aspect=3.2),),
)
COPY = (
    CopyLine(id="headline", role="headline", text="18日会员权益日 好礼限时领", language="zh"),
    CopyLine(id="subline", role="subline", text="新客专享，首单立减五十元", language="zh"),
    CopyLine(id="price", role="price", text="¥50", language="zh"),
    CopyLine(id="cta", role="cta", text="立即领取", language="zh"),
    CopyLine(id="legal-1", role="legal", text="基金有风险，投资需谨慎。", language="zh"),
    CopyLine(id="ai_label", role="ai_label", text="AI生成", language="zh"),
)
SIZES = [(1080, 1920), (1080, 1080), (1200, 628), (300, 250), (728, 90), (160, 600), (1600, 800), (1920, 820)]


def elements(fmt: Format, copy: tuple[CopyLine, ...] = COPY, market: str = "cn") -> tuple[Element, ...]:
    return elements_for(copy, brand=BRAND, fmt=fmt, has_subject=True, subject_aspect=None, market=market)


def canvas(width: int, height: int) -> Format:
    return Format(width=width, height=height)


@pytest.fixture(scope="module", params=SIZES, ids=lambda s: f"{s[0]}x{s[1]}")
def solved(request: pytest.FixtureRequest) -> list[Layout]:
    fmt = canvas(*request.param)
    return solve(elements(fmt), fmt, seed=11)


def test_every_element_is_placed_or_told(solved: list[Layout]) -> None:
    wanted = {e.id for e in elements(solved[0].format)}
    for layout in solved:
        assert {i.id for i in layout.items if i.role != "underlay"} | set(layout.dropped) == wanted


def test_nothing_leaves_the_safe_area(solved: list[Layout]) -> None:
    fmt = solved[0].format
    margin = 0.05 * fmt.short - 0.1
    for layout in solved:
        for item in layout.items:
            m = 0.0 if item.role in ("subject", "underlay") else margin
            assert item.box.x0 >= m and item.box.y0 >= m
            assert item.box.x1 <= fmt.width - m and item.box.y1 <= fmt.height - m


def test_nothing_overlaps_or_almost_touches(solved: list[Layout]) -> None:
    apart = 0.019 * solved[0].format.short
    for layout in solved:
        bodies = [i for i in layout.items if i.role not in ("underlay", "legal")]
        for a, b in combinations(bodies, 2):
            near = a.box.grown(apart / 2).intersection(b.box.grown(apart / 2))
            assert near is None, (a.id, b.id)


def test_boxes_are_the_inks_of_the_real_type(solved: list[Layout]) -> None:
    for layout in solved:
        for item in layout.all("headline", "subline", "legal", "ai_label"):
            assert item.fit is not None
            style, lines = item.fit.style, item.fit.lines
            ink = measured(
                lines,
                language=line_of(item.id).language,
                face=style.face,
                weight=style.weight,
                tracking=style.tracking,
            )
            assert item.box.width == pytest.approx(ink.width_em * style.size, abs=0.1)
            assert item.box.height == pytest.approx(ink.height_em(style.leading) * style.size, abs=0.1)
        price = layout.first("price")
        assert price is not None and price.fit is not None
        style = price.fit.style
        even = style.size < 19  # its sign would be under 9 px
        wide, _ = price_box_em("¥50", "zh", style.face, style.weight, even=even)
        assert price.box.width == pytest.approx(wide * style.size, abs=0.1)


def line_of(id: str) -> CopyLine:
    return next(line for line in COPY if line.id == id)


def test_sizes_fall_from_headline_to_legal(solved: list[Layout]) -> None:
    for layout in solved:
        sizes = {i.role: i.fit.style.size for i in layout.items if i.fit}
        assert sizes["headline"] > sizes["cta"] > sizes["legal"]
        assert sizes["headline"] > sizes.get("subline", 0)
        if max(layout.format.aspect, 1 / layout.format.aspect) <= 2.2:
            assert sizes["headline"] >= 0.09 * layout.format.short


def test_the_label_stands_at_an_edge_and_every_glyph_is_tall_enough(solved: list[Layout]) -> None:
    fmt = solved[0].format
    for layout in solved:
        label = layout.first("ai_label")
        assert label is not None and label.fit is not None
        to_edge = min(label.box.x0, label.box.y0, fmt.width - label.box.x1, fmt.height - label.box.y1)
        assert to_edge <= 0.135 * fmt.short
        style = label.fit.style
        for glyph in "AI生成":
            ink = measured((glyph,), language="zh", face=style.face, weight=style.weight)
            assert ink.cap_em * style.size >= 0.05 * fmt.short
        assert style.size >= 10


def test_the_call_to_action_is_a_pill_round_its_label(solved: list[Layout]) -> None:
    for layout in solved:
        pill = layout.first("cta")
        assert pill is not None and pill.fit is not None
        (label,) = line_sets("立即领取", language="zh", face=pill.fit.style.face, weight=900, max_lines=1)
        em = pill.fit.style.size
        assert pill.box.height >= 0.07 * layout.format.short - 0.01
        assert pill.box.width == pytest.approx((label.width_em + 2.2) * em, abs=0.2)


def test_an_underlay_holds_what_it_backs_and_not_the_subject(solved: list[Layout]) -> None:
    fmt = solved[0].format
    panelled = solve(elements(fmt), fmt, seed=5, taste={"panel": 1.0})
    for layout in [*solved, *panelled]:
        boxes = {i.id: i.box for i in layout.items}
        for underlay in layout.all("underlay"):
            assert "headline" in underlay.anchor.split()
            assert all(underlay.box.contains(boxes[id], 0.01) for id in underlay.anchor.split())
            assert underlay.box.intersection(boxes["subject"]) is None if "subject" in boxes else True


@pytest.mark.parametrize("size", [(1080, 1920), (1200, 628), (1600, 800), (160, 600)])
def test_a_panel_is_drawn_where_one_is_wanted_and_the_copy_leaves_room(size: tuple[int, int]) -> None:
    fmt = canvas(*size)
    short = elements(fmt, (COPY[0], COPY[3], COPY[5]))
    assert any(layout.first("underlay") for layout in solve(short, fmt, seed=5, taste={"panel": 1.0}))
    assert not solve(short, fmt, seed=5, taste={"panel": 0.0})[0].first("underlay")


@pytest.mark.parametrize("size", [(1080, 1080), (1080, 1920)])
def test_the_hero_is_a_quarter_of_a_poster(size: tuple[int, int]) -> None:
    fmt = canvas(*size)
    for layout in solve(elements(fmt), fmt, seed=3):
        subject = layout.first("subject")
        assert subject is not None
        assert 0.25 <= subject.box.area / (fmt.width * fmt.height) <= 0.4501


def test_a_cut_out_keeps_its_shape() -> None:
    fmt = canvas(1080, 1350)
    tall = elements_for(COPY, brand=BRAND, fmt=fmt, has_subject=True, subject_aspect=0.6, market="cn")
    for layout in solve(tall, fmt, seed=1):
        subject = layout.first("subject")
        assert subject is not None
        assert subject.box.width / subject.box.height == pytest.approx(0.6, abs=0.001)


def test_the_same_seed_gives_the_same_layouts_and_another_seed_others() -> None:
    fmt = canvas(1080, 1350)
    one, again, other = (solve(elements(fmt), fmt, seed=s) for s in (4, 4, 5))
    assert [x.model_dump_json() for x in one] == [x.model_dump_json() for x in again]
    assert one[0].model_dump_json() != other[0].model_dump_json()


def test_layouts_are_ranked_by_the_sum_of_their_terms() -> None:
    fmt = canvas(1200, 628)
    found = solve(elements(fmt), fmt, seed=2)
    assert [x.energy for x in found] == sorted(x.energy for x in found)
    for layout in found:
        assert layout.energy == pytest.approx(sum(layout.terms.values()), abs=1e-3)


def test_a_price_may_shout() -> None:
    fmt = canvas(1080, 1080)
    layout = solve(elements(fmt), fmt, seed=2, shout="price")[0]
    price, headline = layout.first("price"), layout.first("headline")
    assert price is not None and price.fit is not None and headline is not None and headline.fit is not None
    assert price.fit.style.size > headline.fit.style.size


def test_short_forms_are_used_and_told_where_space_is_short() -> None:
    fmt = canvas(320, 50)
    long = CopyLine(
        id="legal-1",
        role="legal",
        text="活动时间：2026年12月18日至12月20日，每位会员限领一次，最终解释权归品牌所有，详见活动规则页面。",
        language="zh",
        short_forms=("详见规则",),
    )
    layout = solve(elements(fmt, (COPY[0], COPY[3], long, COPY[5])), fmt, seed=1)[0]
    assert layout.shortened == ("legal-1",)
    legal = layout.first("legal")
    assert legal is not None and legal.fit is not None and "".join(legal.fit.lines) == "详见规则"


def test_two_lines_with_the_same_short_form_are_said_once() -> None:
    fmt = canvas(320, 50)
    long = [
        CopyLine(
            id=f"legal-{n}",
            role="legal",
            text=f"{name}以活动页面所示为准，" * 4,
            language="zh",
            short_forms=("详见规则",),
        )
        for n, name in ((1, "活动时间"), (2, "参与条件"))
    ]
    layout = solve(elements(fmt, (COPY[0], COPY[3], *long, COPY[5])), fmt, seed=1)[0]
    assert [x.fit.lines for x in layout.all("legal") if x.fit] == [("详见规则",)]
    assert {*layout.dropped, *layout.shortened} >= {"legal-1", "legal-2"}


def test_a_small_banner_takes_two_lines_of_small_print_at_their_least_size() -> None:
    fmt = canvas(320, 50)
    risk = CopyLine(
        id="legal-1", role="legal", text="基金有风险，投资须谨慎。定投不能规避投资固有风险，不保证盈利", language="zh"
    )
    seller = CopyLine(id="legal-2", role="legal", text="销售机构：拾穗基金销售有限公司", language="zh")
    head = CopyLine(id="headline", role="headline", text="种下一份耐心", language="zh")
    layout = solve(elements(fmt, (head, COPY[3], risk, seller, COPY[5])), fmt, seed=2)[0]
    assert all(x.fit.style.size >= 10 for x in layout.items if x.fit)
    assert {x.id for x in layout.all("legal")} == {"legal-1", "legal-2"}


def test_copy_that_cannot_fit_says_which_line_where_and_by_how_much() -> None:
    fmt = canvas(728, 90)
    endless = CopyLine(id="headline", role="headline", text="会员权益好礼" * 60, language="zh")
    with pytest.raises(CopyDoesNotFit) as caught:
        solve(elements(fmt, (endless, COPY[3])), fmt, seed=1)
    fault = caught.value
    assert (fault.role, fault.format, fault.field) == ("headline", "728x90", "copy.headline")
    assert fault.excess_px > 0 and fault.minimum_px >= 13
    assert "728x90" in fault.words.zh and f"{fault.excess_px:.0f} px" in fault.words.en


def test_markets_ask_for_their_own_label() -> None:
    fmt = canvas(1080, 1080)
    bare = COPY[:1]
    (label,) = (e for e in elements(fmt, bare, "cn") if e.role == "ai_label")
    assert "AI" in label.text and "生成" in label.text
    assert not [e for e in elements(fmt, bare, "us") if e.role == "ai_label"]
