"""Every sentence the pages ask for exists, and is written in both languages."""

import re
from pathlib import Path

import pytest

from studio.web.words import SENTENCES

STUDIO = Path(__file__).resolve().parent.parent.parent / "studio"
HAN = re.compile(r"[\u4e00-\u9fff]")
SAME_IN_BOTH = {"language", "form.as_yaml", "of"}


def asked() -> set[str]:
    said = [re.findall(r'{% say "([\w.]+)"|{% say \'([\w.]+)\'', p.read_text()) for p in STUDIO.rglob("*.html")]
    keys = {a or b for found in said for a, b in found}
    return keys | {k for p in STUDIO.rglob("*.html") for k in re.findall(r'(?:key|hint)="([\w.]+)"', p.read_text())}


def test_no_page_asks_for_a_sentence_that_is_not_there() -> None:
    whole = {key for key in asked() if not key.endswith(".")}
    assert len(whole) > 60
    assert whole <= SENTENCES.keys()


@pytest.mark.parametrize(
    ("stem", "ends"),
    [
        ("status.", "queued running finished blocked failed cancelled again"),
        ("stage.", "layout blockout diffusion composite preflight"),
        ("severity.", "block warn info"),
    ],
)
def test_every_state_has_its_word(stem: str, ends: str) -> None:
    assert {stem + end for end in ends.split()} <= SENTENCES.keys()


def test_both_languages_are_written_and_calm() -> None:
    said = {key: SENTENCES[key] for key in SENTENCES.keys() - SAME_IN_BOTH}
    assert len(said) > 1_000
    assert [key for key, words in said.items() if not HAN.search(words.zh)] == []
    assert [key for key, words in said.items() if HAN.search(re.sub("折起", "", words.en))] == []
    assert [key for key, words in said.items() if re.search(r"[!！]", words.en + words.zh)] == []
