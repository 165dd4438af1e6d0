"""`manage.py check_copy TEXT|FILE.jsonl --market cn --industry finance --json`: the copy rules on one text or many, one answer a line."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from brand_styles.rules.loader import load
from brand_styles.rules.text import LONGEST, check_text
from brand_styles.rules.types import RuleHit, RuleSet

DONE, BAD_INPUT = 0, 2
LARGEST_FILE = 16 << 20  # bytes
MOST_LINES = 100_000
NAMES = 100  # characters of a market, an industry or a product type


class BadInput(ValueError):
    """What was given can't be checked; the message is a sentence for whoever gave it."""


@dataclass(frozen=True)
class Item:
    """One text and where it runs."""

    text: str
    market: str
    industry: str
    product_type: str = ""
    platforms: tuple[str, ...] = ()


class Command(BaseCommand):
    help = "Check copy against the rule packs. Exit 0: every text was checked, whatever the verdicts; 2: bad input, nothing written."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("copy", help='a text, or a .jsonl file of {"text", "market", "industry"}')
        parser.add_argument(
            "--market", default="cn", help="cn, uk, us, eu or another name of one; where a line names none"
        )
        parser.add_argument(
            "--industry", default="", help="finance, food, 教育 …; without one every pack of the market is run"
        )
        parser.add_argument(
            "--product-type", default="", help="fund, loan, insurance …: makes the rules of that kind certain"
        )
        parser.add_argument(
            "--platform", action="append", default=[], help="wechat, xiaohongshu, meta; may be repeated"
        )
        parser.add_argument("--json", action="store_true", dest="as_json", help="one line of JSON a text, in order")

    def handle(self, *args: Any, **options: Any) -> None:
        sys.exit(self.run(**options))

    def run(self, copy: str, as_json: bool, **options: Any) -> int:
        try:
            given = Item(
                "", options["market"], options["industry"], options["product_type"], tuple(options["platform"])
            )
            items = list(items_of(copy, given))
        except BadInput as problem:
            self.stderr.write(str(problem))
            return BAD_INPUT
        for item in items:
            self.stdout.write(one_line(judged(item)) if as_json else in_words(judged(item)))
        return DONE


def items_of(copy: str, given: Item) -> Iterator[Item]:
    """The texts to check. BadInput for a file that can't be read, a line that isn't right, or more than the bounds allow."""
    if not copy.endswith(".jsonl"):
        yield checked(Item(copy, given.market, given.industry, given.product_type, given.platforms), "The text")
        return
    lines = [(n, line) for n, line in enumerate(_content(Path(copy)).split("\n"), 1) if line.strip()]
    if not lines:
        raise BadInput(f"{copy} holds no lines. Each is an object with text, market and industry.")
    if len(lines) > MOST_LINES:
        raise BadInput(f"{copy} has {len(lines):,} lines; {MOST_LINES:,} are checked at once at most. Split it.")
    for n, line in lines:
        yield checked(_item(line, f"{copy}:{n}", given), f"{copy}:{n}")


def _content(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise BadInput(f"{path} is larger than {LARGEST_FILE >> 20} MB. Split it.")
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError:
        raise BadInput(f"{path} is not UTF-8 text. Save it as UTF-8.") from None
    except (OSError, ValueError) as error:
        if isinstance(error, BadInput):
            raise
        raise BadInput(f"{path} can't be read: {getattr(error, 'strerror', None) or error}.") from None


def _item(line: str, where: str, given: Item) -> Item:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadInput(f"{where}: not a line of JSON ({error}).") from None
    if not isinstance(data, dict) or not isinstance(data.get("text"), str):
        raise BadInput(f'{where}: expected an object with a "text" in quotes.')
    named = {key: data.get(key) for key in ("market", "industry", "product_type")}
    wrong = [key for key, value in named.items() if not isinstance(value, str | None)]
    if wrong:
        raise BadInput(f'{where}: "{wrong[0]}" is not a text.')
    kept = {key: value or getattr(given, key) for key, value in named.items()}
    return Item(data["text"], platforms=given.platforms, **kept)


def checked(item: Item, where: str) -> Item:
    """The item, or BadInput when its text or its names are beyond what is checked."""
    if not item.text.strip():
        raise BadInput(f"{where} is empty. Give the words to check.")
    if len(item.text) > LONGEST:
        raise BadInput(f"{where} has {len(item.text):,} characters; {LONGEST:,} are checked at most. Split it.")
    if any("\ud800" <= char <= "\udfff" for char in item.text):
        raise BadInput(f"{where} holds half a character (a lone surrogate). Save it as UTF-8.")
    if not item.market.strip() or max(len(item.market), len(item.industry), len(item.product_type)) > NAMES:
        raise BadInput(f"{where}: the market is missing, or a name is longer than {NAMES} characters.")
    return item


def one_line(answer: dict[str, Any]) -> str:
    """JSON on what every reader takes for one line: the separators of Unicode are written as escapes."""
    text = json.dumps(answer, ensure_ascii=False)
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")


def judged(item: Item) -> dict[str, Any]:
    """The answer for one text."""
    rules = load(item.market, item.industry, product_type=item.product_type, platforms=item.platforms)
    hits = check_text(rules, item.text)
    findings = [told(hit) for hit in hits if hit.severity != "info"]
    answer: dict[str, Any] = {
        "text": item.text,
        "verdict": verdict(hits, known=bool(rules.rules)),
        "findings": findings,
        "market": rules.market,
        "industry": item.industry,
    }
    excused = [_excused(hit) for hit in hits if hit.severity == "info"]
    return answer | ({"excused": excused} if excused else {}) | _notes(rules)


def verdict(hits: list[RuleHit], *, known: bool) -> str:
    """Something missing is a person's matter here: the line may stand elsewhere on the picture. No rules, no pass."""
    if any(hit.severity == "block" and hit.kind != "required" for hit in hits):
        return "block"
    return "warn" if not known or any(hit.severity != "info" for hit in hits) else "pass"


def told(hit: RuleHit) -> dict[str, Any]:
    """A finding as JSON. `span` counts characters of the text as given, its end left out."""
    return {
        "rule": hit.rule,
        "pack": hit.pack,
        "severity": "require" if hit.kind == "required" else hit.severity,
        "kind": hit.kind,
        "span": [hit.start, hit.end],
        "evidence": hit.matched,
        "disguised": hit.disguised,
        "title": {"en": hit.title.en, "zh": hit.title.zh},
        "rationale": {"en": hit.words.en, "zh": hit.words.zh},
        "rewrite": hit.rewrite or "none",
        "source": hit.source,
        "confidence": hit.confidence,
    }


def _excused(hit: RuleHit) -> dict[str, Any]:
    return {
        "rule": hit.rule,
        "span": [hit.start, hit.end],
        "evidence": hit.matched,
        "exemption": hit.exempted,
        "why": {"en": hit.words.en, "zh": hit.words.zh},
    }


def _notes(rules: RuleSet) -> dict[str, Any]:
    notes = [{"en": note.en, "zh": note.zh} for note in rules.notes]
    return {"notes": notes} if notes else {}


def in_words(answer: dict[str, Any]) -> str:
    """The answer for a person: the verdict, then a line a finding."""
    language = "zh" if any("一" <= char <= "鿿" for char in answer["text"]) else "en"
    lines = [f"{answer['verdict']:5}  {answer['text']}"]
    for finding in answer["findings"]:
        instead = "" if finding["rewrite"] == "none" else f"  → {finding['rewrite']}"
        lines.append(f"       {finding['rationale'][language]}{instead}")
    return "\n".join(lines + [f"       {note[language]}" for note in answer.get("notes", ())])
