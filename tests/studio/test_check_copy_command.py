"""check_copy's promise: one line of JSON a text, in order; a sentence and exit 2 for what can't be checked, and nothing written."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command


def run(*args: str) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("check_copy", *args, stdout=out, stderr=err)
    return int(str(ended.value.code)), out.getvalue(), err.getvalue()


def answers(*args: str) -> list[dict[str, Any]]:
    code, out, _ = run(*args, "--json")
    assert code == 0
    return [json.loads(line) for line in out.splitlines()]


def test_one_text() -> None:
    (answer,) = answers("全网最低，保·本·保·息", "--market", "cn", "--industry", "finance")
    assert answer["verdict"] == "block"
    found = {f["rule"]: f for f in answer["findings"]}
    assert found["CN-ABS-02"]["rewrite"] == "低至"
    assert found["CN-FIN-25-1"]["disguised"]
    for finding in answer["findings"]:
        start, end = finding["span"]
        assert answer["text"][start:end] == finding["evidence"]
        assert finding["pack"] and finding["rewrite"] and finding["rationale"]["zh"] and finding["rationale"]["en"]


def test_what_nothing_may_stand_for_says_none() -> None:
    (answer,) = answers("五星红旗同款", "--market", "cn", "--industry", "retail")
    assert [f["rewrite"] for f in answer["findings"]] == ["none"]


def test_something_missing_warns_at_most() -> None:
    (answer,) = answers("稳健基金", "--market", "cn", "--industry", "fund")
    assert answer["verdict"] == "warn"
    assert {f["severity"] for f in answer["findings"]} == {"require"}


def test_what_is_excused_passes_and_is_told() -> None:
    (answer,) = answers("我们追求最佳体验", "--market", "cn", "--industry", "retail")
    assert (answer["verdict"], answer["excused"][0]["exemption"]) == ("pass", "ATTITUDE")


def test_an_unknown_industry_runs_every_pack_and_says_so() -> None:
    (answer,) = answers("零风险", "--market", "cn", "--industry", "basketry")
    assert answer["verdict"] == "block" and "basketry" in answer["notes"][0]["en"]


def test_a_market_without_rules_never_passes() -> None:
    (answer,) = answers("hello", "--market", "atlantis", "--industry", "retail")
    assert answer["verdict"] == "warn" and "atlantis" in answer["notes"][-1]["en"]


def test_a_file_in_order(tmp_path: Path) -> None:
    lines = [
        {"text": "最后一天", "market": "cn", "industry": "retail"},
        {"text": "Guaranteed returns of 8%\u2028every year", "market": "uk", "industry": "finance"},
    ]
    file = tmp_path / "copy.jsonl"
    file.write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines) + "\n\n", "utf-8")
    assert [a["verdict"] for a in answers(str(file))] == ["pass", "block"]


@pytest.mark.parametrize(
    ("content", "part"),
    [
        (b'{"text": "ok", "market": "cn", "industry": "food"}\n{broken', ":2"),
        (b'{"text": 3}', '"text"'),
        (b'{"text": "a", "market": 3}', '"market"'),
        (b'{"text": "  "}', "empty"),
        (b'{"text": "\\ud800"}', "surrogate"),
        (b"\xff\xfe", "UTF-8"),
        (b"\n\n", "no lines"),
        (json.dumps({"text": "a" * 5_001}).encode(), "5,001"),
        (b"[" * 100_000, ":1"),
    ],
)
def test_bad_input_is_one_sentence_and_nothing_is_written(tmp_path: Path, content: bytes, part: str) -> None:
    file = tmp_path / "copy.jsonl"
    file.write_bytes(content)
    code, out, err = run(str(file), "--json")
    assert (code, out) == (2, "")
    assert part in err and "Traceback" not in err


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    code, out, err = run(str(tmp_path / "gone.jsonl"), "--json")
    assert (code, out) == (2, "") and "gone.jsonl" in err


def test_in_words() -> None:
    code, out, _ = run("全网最低", "--market", "cn", "--industry", "retail")
    assert code == 0 and "block" in out and "低至" in out
