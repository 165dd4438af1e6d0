"""The lexicon: a brand's word means what the brand means by it."""

import pytest

from brand_styles.sample import demo
from brand_styles.style import GlossaryTerm
from generation.planning.concepts import by_name, find, lexicon, nearest, slugs
from generation.planning.drawables import drawn
from generation.planning.wishes import wishes_in


def found(text: str) -> list[str]:
    return [match.concept.slug for match in find(text) if not match.negated]


def test_the_table_has_a_slug_for_each_concept() -> None:
    concepts = lexicon()
    assert len(concepts) == 226
    assert len({c.id for c in concepts.values()}) == 226
    assert all(slug == c.slug and slug.replace("-", "").isalnum() for slug, c in concepts.items())


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("白条满减", "baitiao"),
        ("618年中大促来了", "618-sale"),
        ("18日会员权益日拉新", "members-day"),
        ("A lively page for the 18th members' day", "members-day"),
        ("A lively page for the 18th members’ day", "members-day"),
        ("member days are back", "members-day"),
        ("Our Mid-Autumn Festival gift", "mid-autumn"),
        ("开学季盲盒上新", "blind-box"),
        ("基金定投", "regular-investing"),
        ("黑五来了", "black-friday"),
    ],
)
def test_terms_in_both_languages(text: str, slug: str) -> None:
    assert slug in found(text)


@pytest.mark.parametrize(
    "text", ["清蒸白条鱼", "一只白条鸡", "打白条", "618001号", "16180", "subprime daylight", "龙头企业"]
)
def test_look_alikes_are_not_taken_for_a_term(text: str) -> None:
    assert found(text) == []


def test_the_longest_term_wins_and_each_concept_comes_once() -> None:
    assert found("金豆豆") == ["gold-beans"]
    assert found("红包雨，红包雨，还有红包") == ["red-envelope-rain", "red-envelope"]


def test_what_a_brief_does_not_want_is_marked() -> None:
    matches = {m.concept.slug: m.negated for m in find("要灯笼，不要红包，no firecrackers")}
    assert matches["red-envelope"] and matches["firecrackers"] and not matches["red-lantern"]


def test_a_brands_glossary_outranks_the_lexicon() -> None:
    assert [m.concept.slug for m in find("本月拾穗日", demo().glossary)] == ["members-day"]
    own = (GlossaryTerm(term="红包", concept="coupon"),)
    assert [m.concept.slug for m in find("领红包", own)] == ["coupon"]


def test_matches_say_the_briefs_own_words_and_places() -> None:
    text = "Try the JD Baitiao now"
    (match,) = find(text)
    assert text[match.start : match.start + len(match.matched)] == "JD Baitiao" == match.matched


def test_names_slugs_and_ids_find_their_concept() -> None:
    for name in ("members-day", "C117", "会员日", "members' day"):
        concept = by_name(name)
        assert concept is not None and concept.slug == "members-day"
    assert by_name("没有这个词") is None


def test_an_unknown_slug_offers_three_near_ones() -> None:
    assert nearest("membersday")[0] == "members-day"
    assert len(nearest("xyzzy")) == 3
    assert {"gift-box", "members-day"} <= set(slugs())


def test_rows_that_forbid_drawing_are_marked() -> None:
    assert not lexicon()["huabei"].drawable
    assert not lexicon()["passive-income-boast"].drawable
    assert lexicon()["members-day"].drawable


def test_wishes_are_read_from_plain_words() -> None:
    wishes = wishes_in("夜色里放一只礼盒和金币，蓝色调，不要灯笼、不要大红")
    assert wishes.kinds[0] == "gift-box" and "lantern" not in wishes.kinds
    assert "lantern" in wishes.refused
    assert wishes.ground == "dark"
    assert wishes.hue is not None and abs(wishes.hue - 258) < 20
    assert wishes.refused_hue is not None and wishes.refused_hue < 45
    english = wishes_in("a piggy bank on a pale ground, without umbrellas")
    assert english.kinds == ("piggy-bank",) and english.ground == "light"


def test_six_in_ten_concepts_can_be_drawn_and_the_rest_are_named() -> None:
    drawable = [c for c in lexicon().values() if drawn(c.id).kinds]
    assert len(drawable) >= 0.6 * len(lexicon())
    for concept in lexicon().values():
        found = drawn(concept.id)
        assert found.kinds or found.lacking or not concept.elements, concept.slug
