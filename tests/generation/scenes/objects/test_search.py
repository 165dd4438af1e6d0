"""Finding a kind by words in either language."""

import pytest

from generation.scenes.objects import KINDS, nearest


@pytest.mark.parametrize(
    ("words", "slug"),
    [
        ("gift-box", "gift-box"),
        ("giftbox", "gift-box"),
        ("礼盒", "gift-box"),
        ("红包", "red-envelope"),
        ("a red envelope", "red-envelope"),
        ("credit card", "credit-card"),
        ("信用卡", "credit-card"),
        ("lanterns", "lantern"),
        ("月饼", "mooncake"),
        ("元宝", "ingot"),
        ("Christmas trees", "christmas-tree"),
        ("雨伞", "umbrella"),
        ("日历", "calendar"),
        ("lightening bolt", "lightning-bolt"),
        ("存钱罐", "piggy-bank"),
    ],
)
def test_the_best_match_comes_first(words: str, slug: str) -> None:
    assert nearest(words)[0] == slug


def test_unknown_words_still_offer_three_different_kinds() -> None:
    for words in ("unicorn", "飞碟", "", "☃"):
        found = nearest(words)
        assert len(set(found)) == 3
        assert set(found) <= set(KINDS)


def test_as_many_as_asked_for() -> None:
    assert nearest("coin", 0) == []
    assert len(nearest("coin", 5)) == 5
    assert len(nearest("coin", 9999)) == len(KINDS)
    assert nearest("gold coin", 5) == nearest("gold coin", 5)
