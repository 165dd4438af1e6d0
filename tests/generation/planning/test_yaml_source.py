"""YAML from strangers: bombs are bounded in time and memory, faults have lines."""

import resource
import time
from datetime import date

import pytest

from generation.errors import BriefProblems
from generation.planning.yaml_source import MAX_BYTES, read_yaml


def refused(text: str | bytes) -> BriefProblems:
    with pytest.raises(BriefProblems) as caught:
        read_yaml(text)
    for problem in caught.value.problems:
        assert problem.words.en and problem.words.zh
    return caught.value


def test_plain_values_and_their_lines() -> None:
    source = read_yaml("version: 1\nstarts: 2026-12-18\ncopy:\n  headline: 你好\n  legal:\n    - a\n    - b\n")
    assert source.data == {
        "version": 1,
        "starts": date(2026, 12, 18),
        "copy": {"headline": "你好", "legal": ["a", "b"]},
    }
    assert source.line_of(("copy", "headline")) == 4
    assert source.line_of(("copy", "legal", 1)) == 7
    assert source.line_of(("copy", "missing")) == 3


def test_a_few_aliases_are_fine() -> None:
    assert read_yaml("a: &x [1, 2]\nb: *x\n").data == {"a": [1, 2], "b": [1, 2]}


def test_an_alias_bomb_costs_neither_time_nor_memory() -> None:
    rows = ["a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol, lol]"]
    rows += [f"a{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]" for i in range(1, 11)]
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.process_time()
    problem = refused("\n".join(rows)).problems[0]
    assert time.process_time() - started < 1.0
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 50_000  # kilobytes
    assert problem.line is not None and "alias" in problem.words.en and "别名" in problem.words.zh


def test_many_aliases_to_one_big_list_are_refused() -> None:
    big = ", ".join(["x"] * 900)
    refused(f"a: &a [{big}]\nb: [{', '.join(['*a'] * 60)}]\n")


def test_an_anchor_inside_itself_is_refused() -> None:
    refused("a: &a [1, *a]\n")


def test_towers_floods_and_giants_are_refused_quickly() -> None:
    started = time.process_time()
    assert refused("[" * 100_000).problems[0].line == 1
    assert "nested" in refused("\n".join("  " * i + f"k{i}:" for i in range(40))).problems[0].words.en
    refused("[" + "1," * 30_000 + "1]")
    assert "KB" in refused("a" * (MAX_BYTES + 1)).problems[0].words.en
    refused("a: " + "9" * 5000)
    assert time.process_time() - started < 12


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("a: 1\nb: !!python/object/apply:os.system [ls]\n", 2),
        ("a: 1\nb: !custom x\n", 2),
        ("a: 1\nb: 2\na: 3\n", 3),
        ("a: [1\nb: 2\n", 2),
        ("a: 1\n\tb: 2\n", 2),
        ("a: 2026-13-40\n", 1),
        ("a: 1\n---\nb: 2\n", 2),
        ("a: 1\n? [x]\n: 2\n", 2),
    ],
)
def test_faults_are_told_with_their_line(text: str, line: int) -> None:
    assert refused(text).problems[0].line == line


def test_a_number_too_long_to_be_written_again_is_told_with_its_line() -> None:
    for number in ("0x" + "f" * 5000, "1" + ":1" * 4000, "1" * 5000):
        (problem,) = refused(f"version: 1\nseed: {number}\n").problems
        assert (problem.field, problem.line) == ("seed", 2) and "not one" in problem.words.en


def test_text_that_is_not_utf8_is_told_with_its_line() -> None:
    assert refused("a: 1\nb: 春节".encode("gb18030")).problems[0].line == 2


def test_a_byte_order_mark_is_no_fault() -> None:
    assert read_yaml(b"\xef\xbb\xbfa: 1").data == {"a": 1}
