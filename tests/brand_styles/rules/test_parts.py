"""Patterns taken apart find what the whole ones find, and constructions are written out."""

import json
from pathlib import Path

import pytest

from brand_styles.rules.constructions import construction
from brand_styles.rules.loader import load, packs
from brand_styles.rules.openings import openings
from brand_styles.rules.parts import Sieve, alternatives, pieces
from brand_styles.rules.patterns import Utf8

LINES = [json.loads(line) for line in Path(__file__).with_name("corpus.jsonl").read_text("utf-8").splitlines()]


@pytest.mark.parametrize("market", ["cn", "uk"])
def test_the_sieve_lets_through_what_stands(market: str) -> None:
    matcher = load(market, "everything").matcher
    sieve = Sieve(tuple(matcher.triggers))
    for line in [line for line in LINES if line["market"] == market][::4]:
        for reading in matcher.readings(line["text"]):
            text = Utf8(reading.text)
            whole = [index for index, pattern in enumerate(matcher.triggers) if pattern and text.has(pattern)]
            assert list(sieve.standing(text)) == whole, reading.text


@pytest.mark.parametrize(
    ("pattern", "cut", "begin"),
    [
        ("保本|稳赚", ("保本", "稳赚"), {"保本", "稳赚"}),
        ("每月[^,]{0,6}(?:发|拿)钱", ("每月[^,]{0,6}(?:发|拿)钱",), {"每月"}),
        (r"\b(?:no|zero) risk", (r"\b(?:no|zero) risk",), {"\0no", "\0zero"}),
        ("(?:零|0)?首付", ("(?:零|0)?首付",), {"零首付", "0首付", "首付"}),
        (r"\d{2}分|[^a]b", (r"\d{2}分", "[^a]b"), {""}),
        ("a{3}b+", ("a{3}b+",), {"aaab", "aaabb"}),
        (r"(?:a|)\bword", (r"(?:a|)\bword",), {"aword", "\0word"}),
    ],
)
def test_a_pattern_is_cut_at_its_alternatives_and_read_by_its_openings(
    pattern: str, cut: tuple[str, ...], begin: set[str]
) -> None:
    assert alternatives(pattern) == cut
    found = openings(pieces(pattern)[0]) if len(cut) == 1 else openings(pattern)
    assert found == begin


def test_the_pieces_of_an_alternative_lie_between_its_gaps() -> None:
    assert pieces("每月[^,]{0,6}(?:发.{0,3}|拿)钱") == ("每月", "(?:发[^\n]*|拿)钱".replace("\n", r"\n"))


def test_every_construction_is_used_and_written_out() -> None:
    used = {name for pack in packs() for rule in pack.rules for name in rule.constructions}
    assert all("<" not in construction(name) for name in used) and len(used) > 30
    rule = next(r for pack in packs() for r in pack.rules if r.id == "CN-FIN-25-1")
    assert construction("zh_promised_return") in rule.pattern
    with pytest.raises(KeyError):
        construction("zh_no_such_thing")
