"""Copy fitted while it is typed."""

import pytest

from brand_styles import sample
from generation.editing.fitting import cut, fit
from generation.planning.brief import Brief

LONG = "会员狂欢日年度盛典全场好礼相送惊喜不断活动期间人人有份千万别错过"


def brief(headline: str, *formats: str) -> Brief:
    return Brief.model_validate(
        {"brand": "demo", "copy": {"headline": headline, "price": "¥50"}, "formats": formats, "seed": 3}
    )


def test_a_short_line_fits() -> None:
    assert fit(brief("会员日", "600x600"), sample.demo(), "600x600").status == "fits"


def test_a_broken_line_is_told_with_a_length_that_does_fit() -> None:
    found = fit(brief(LONG, "234x60"), sample.demo(), "234x60")
    assert found.status == "breaks" and found.words is not None
    assert found.role == "headline" and 1 < found.characters < len(LONG)
    assert f"{found.characters} characters" in found.words.en and f"{found.characters} 个字符" in found.words.zh
    shorter = brief(cut(LONG, found.characters), "234x60")
    assert fit(shorter, sample.demo(), "234x60").status != "breaks"


def test_the_same_brief_is_always_told_the_same() -> None:
    assert fit(brief(LONG, "234x60"), sample.demo(), "234x60") == fit(brief(LONG, "234x60"), sample.demo(), "234x60")


def test_a_format_that_the_brief_lacks_is_refused() -> None:
    with pytest.raises(ValueError, match="728x90"):
        fit(brief("会员日", "600x600"), sample.demo(), "728x90")


def test_words_are_cut_at_their_ends() -> None:
    assert cut("Autumn rewards for all", 16) == "Autumn rewards"
    assert cut("会员狂欢日，好礼", 6) == "会员狂欢日"
