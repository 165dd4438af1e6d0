"""Plans: lawful copy, legible colours, real kinds, the same each time, and not one poster recoloured."""

import os
import random
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from brand_styles.colors import contrast, difference
from brand_styles.rules.loader import load
from brand_styles.rules.text import check_text
from brand_styles.sample import demo, larkmoor
from brand_styles.style import BrandStyle, Swatch
from brand_styles.words import Words
from generation.planning.brief import Brief, load_brief
from generation.planning.drawables import kind_slugs
from generation.planning.looks import LOOKS
from generation.planning.occasions import OCCASIONS
from generation.planning.plan import CreativePlan
from generation.planning.planner import plan
from generation.planning.prompts import vocabulary
from generation.scenes.podium import PODIUMS
from generation.scenes.sets import SETS
from generation.scenes.staging import COMPOSITIONS

BRIEFS = sorted((Path(__file__).parents[3] / "docs" / "briefs").glob("*.yaml"))
MOODS = ("lively", "elegant", "fresh", "luxury", "calm", "playful", "tech", "warm")


def brief(**changes: Any) -> Brief:
    return Brief.model_validate(
        {"brand": "demo", "copy": {"headline": "会员日", "legal": ["规则"]}, "formats": ["1080x1080"]} | changes
    )


def red_only() -> BrandStyle:
    """A brand with one red and nothing else: the hardest case for a palette."""
    red = (Swatch(role="ground", hex="#C8102E", name=Words(en="Red", zh="红")),)
    return demo().model_copy(update={"palette": red, "slug": "red-only"})


def random_plans(count: int) -> list[CreativePlan]:
    rng = random.Random(20261121)
    prompts = (
        "",
        "热闹",
        "A calm page for savers",
        "春天的盲盒",
        "红包雨 抽奖 锦鲤",
        "黑金 夜色",
        "digital wallet, blue",
        "不要红包",
    )
    brands = (demo(), larkmoor(), red_only())
    plans = []
    for number in range(count):
        made = brief(
            prompt=rng.choice(prompts) or None,
            mood=rng.choice((None, *MOODS)),
            occasion=rng.choice((None, None, *OCCASIONS)),
            seed=rng.choice((None, number)),
            copy={
                "headline": rng.choice(("会员日", "Every card, one tap", "新学期，拆个小期待")),
                "price": rng.choice((None, "¥50")),
            },
        )
        plans.append(plan(made, brands[number % 3], variant=1 + number % 3))
    return plans


PLANS = random_plans(150)


def test_type_can_be_read_on_every_ground() -> None:
    for p in (made.palette for made in PLANS):
        for text in (p.text, p.text_soft):
            assert min(contrast(text, p.ground), contrast(text, p.ground_deep)) >= 4.5, p
        assert contrast(p.on_accent, p.accent) >= 4.5, p


def test_the_hero_stands_off_its_ground_and_the_accent_off_everything() -> None:
    for p in (made.palette for made in PLANS):
        assert contrast(p.subject, p.ground) >= 2.2, p
        assert difference(p.accent, p.ground) >= 14, p
        assert difference(p.second, p.ground) >= 6, p


def test_no_ground_is_pure_black_or_white() -> None:
    for p in (made.palette for made in PLANS):
        assert contrast(p.ground, "#000000") > 1.1 and contrast(p.ground, "#FFFFFF") > 1.03, p


def test_scenes_hold_what_the_renderer_has() -> None:
    known = kind_slugs() | set(PODIUMS)
    for made in PLANS:
        scene = made.scene
        assert {o.kind for o in scene.objects} <= known
        assert scene.set in SETS and scene.composition in COMPOSITIONS
        ids = [o.id for o in scene.objects]
        assert len(ids) == len(set(ids)) and 5 <= len(ids) <= 14
        assert scene.subject_id in ids
        assert [o.role for o in scene.objects].count("subject") == 1
        assert scene.palette == made.palette


def test_copy_is_complete_and_in_reading_order() -> None:
    order = ("headline", "subline", "price", "cta", "badge", "legal", "ai_label")
    for made in PLANS:
        roles = [line.role for line in made.copy_lines]
        assert roles == sorted(roles, key=order.index)
        assert {"headline", "cta", "ai_label"} <= set(roles)
        ids = [line.id for line in made.copy_lines]
        assert len(ids) == len(set(ids))


def test_prompts_keep_to_the_vocabulary() -> None:
    import re

    words = set(vocabulary()["en"])
    for made in PLANS:
        assert set(re.findall(r"[a-z0-9]+", made.prompt)) <= words
        assert made.prompt.isascii() and made.negative_prompt.isascii()


def test_the_same_brief_gives_the_same_plan_and_another_variant_another() -> None:
    first = brief(prompt="热闹的会员日", seed=7)
    assert plan(first, demo(), variant=2).model_dump_json() == plan(first, demo(), variant=2).model_dump_json()
    assert plan(first, demo(), variant=1).scene != plan(first, demo(), variant=2).scene


def test_the_plan_does_not_hang_on_the_processs_hash_seed() -> None:
    code = (
        "from pathlib import Path; from brand_styles.sample import demo; from generation.planning.brief import load_brief; "
        "from generation.planning.planner import plan; "
        f"print(plan(load_brief(Path({str(BRIEFS[0])!r})), demo()).model_dump_json())"
    )
    root = Path(__file__).parents[3]

    def planned(seed: str) -> bytes:
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        return subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True).stdout

    assert planned("1") == planned("2")


def test_planning_imports_nothing_heavy() -> None:
    code = (
        "import sys; import generation.planning.planner, generation.planning.brief, generation.planning.product; "
        "from brand_styles.sample import demo; demo(); "
        "print([m for m in ('torch', 'diffusers', 'transformers', 'cv2', 'django') if m in sys.modules])"
    )
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"


def test_a_plan_survives_json() -> None:
    for made in PLANS[:10]:
        assert CreativePlan.model_validate_json(made.model_dump_json()) == made


def test_one_sentence_is_enough() -> None:
    made = plan(brief(prompt="A lively page for the 18th members' day", copy={"headline": "18日会员日"}), demo())
    assert (made.mood, made.occasion) == ("lively", "members-day")
    red, green, blue = (int(made.palette.ground[i : i + 2], 16) for i in (1, 3, 5))
    assert red > blue and red >= green
    assert len(made.scene.objects) >= 6
    fields = {reason.field for reason in made.reasons}
    assert {"mood", "occasion", "palette", "subject", "scene", "treatment", "shout", "copy.cta"} <= fields
    assert all(reason.why.en and reason.why.zh for reason in made.reasons)


@pytest.mark.parametrize(
    ("changes", "mood"),
    [
        ({"mood": "tech", "prompt": "热闹"}, "tech"),
        ({"prompt": "想要温馨一点"}, "warm"),
        ({"occasion": "mid-autumn"}, "elegant"),
        ({"prompt": "存钱罐"}, "playful"),
        ({"product_type": "insurance"}, "calm"),
        ({"prompt": "sleek and futuristic"}, "tech"),
    ],
)
def test_moods_come_from_field_words_occasion_concept_or_trade(changes: dict[str, Any], mood: str) -> None:
    assert plan(brief(copy={"headline": "你好"}, **changes), demo()).mood == mood


def test_dates_find_the_occasion_and_become_a_stamp() -> None:
    made = plan(brief(copy={"headline": "团聚"}, starts="2027-02-01", ends="2027-02-10"), demo())
    assert made.occasion == "spring-festival"
    assert [line.text for line in made.copy_lines if line.role == "badge"] == ["2.1–2.10"]
    english = plan(brief(copy={"headline": "Together"}, starts="2027-02-01", ends="2027-03-10", market="uk"), demo())
    assert english.occasion == ""
    assert [line.text for line in english.copy_lines if line.role == "badge"] == ["1 Feb – 10 Mar"]


def test_nothing_is_claimed_that_the_brief_does_not_say() -> None:
    made = plan(brief(prompt="全场半价，最低一折，限时三天"), demo())
    said = " ".join(line.text for line in made.copy_lines)
    assert not any(word in said for word in ("半价", "折", "最低", "限时"))


def test_an_investment_gets_its_warning_unless_it_has_one() -> None:
    without = plan(brief(product_type="fund", copy={"headline": "定投"}), demo())
    assert any("风险" in line.text for line in without.copy_lines if line.role == "legal")
    with_one = plan(brief(product_type="fund", copy={"headline": "定投", "legal": ["基金有风险，投资须谨慎"]}), demo())
    assert sum("风险" in line.text for line in with_one.copy_lines) == 1


def test_the_brands_own_legal_line_comes_in_the_posters_language() -> None:
    def legal(headline: str) -> list[str]:
        return [
            line.text for line in plan(brief(copy={"headline": headline}), demo()).copy_lines if line.role == "legal"
        ]

    assert legal("会员日") == ["详见活动页面"]
    assert legal("Members’ day") == ["See the offer page"]


@pytest.mark.parametrize(("market", "words"), [("cn", "AI生成"), ("eu", "AI-generated")])
def test_the_label_follows_the_market(market: str, words: str) -> None:
    made = plan(brief(market=market, copy={"headline": "Every card, one tap"}), demo())
    assert made.copy_lines[-1].text == words


def test_short_forms_never_cut_a_condition_loose() -> None:
    def short(headline: str) -> tuple[str, ...]:
        return plan(brief(copy={"headline": headline}), demo()).copy_lines[0].short_forms

    assert short("会员权益日，好礼天天见") == ("会员权益日",)
    assert short("满减福利，仅限3天") == ()
    assert short("一句到底没有标点") == ()
    assert short("Every card, one tap") == ("Every card",)


def test_what_the_brief_refuses_is_not_shown() -> None:
    made = plan(brief(prompt="新年，不要红包，不要灯笼", occasion="spring-festival"), demo())
    assert not {"red-envelope", "lantern"} & {o.kind for o in made.scene.objects}


def test_an_uploaded_product_is_the_hero_and_lends_its_hue() -> None:
    cut_out = np.zeros((400, 200, 4), np.uint8)
    cut_out[20:380, 20:180] = (20, 120, 60, 255)
    made = plan(brief(subject={"image": "bottle.png"}), demo(), product=cut_out)
    assert made.scene.subject_id is None and made.scene.product_aspect == 0.5
    assert all(o.role != "subject" for o in made.scene.objects)
    green = int(made.palette.subject[3:5], 16)
    assert green > int(made.palette.subject[1:3], 16)


def test_six_briefs_do_not_look_like_one_poster() -> None:
    plans = [plan(load_brief(path), demo()) for path in BRIEFS]
    assert len({p.mood for p in plans}) == len(plans)
    assert len({p.scene.set for p in plans}) >= 6
    assert len({p.scene.composition for p in plans}) >= 4
    heroes = [next(o.kind for o in p.scene.objects if o.role == "subject") for p in plans]
    assert len(set(heroes)) == len(plans)
    for i, one in enumerate(plans):
        for other in plans[i + 1 :]:
            apart = difference(one.palette.ground, other.palette.ground) + difference(
                one.palette.subject, other.palette.subject
            )
            assert apart > 12, (one.mood, other.mood)
    assert Counter(p.palette.scheme for p in plans).most_common(1)[0][1] <= 4


@pytest.mark.parametrize("path", BRIEFS, ids=lambda p: p.stem)
def test_the_sample_briefs_break_no_rule(path: Path) -> None:
    sample = load_brief(path)
    made = plan(sample, demo())
    rules = load(made.market, made.industry, product_type=sample.product_type or "")
    said = "\n".join(line.text for line in made.copy_lines)
    hits = check_text(rules, said, context=said, banned_words=demo().banned_words)
    assert [hit for hit in hits if hit.severity != "info"] == []


def test_every_kind_in_the_planners_tables_exists() -> None:
    known = kind_slugs()
    named = {
        kind for look in LOOKS.values() for kind in (*look.hero, *look.companions, *look.floating, *look.foreground)
    }
    named |= {kind for occasion in OCCASIONS.values() for kind in occasion.motifs}
    assert named <= known, sorted(named - known)
