"""Copy that a rule blocks, mended before it is laid out: only with wordings that the rule itself approves.

    blocked words ─▶ the rule's rewrite in their place ─▶ judged again; a required sentence that is missing ─▶ the rule's own added

What has no approved wording is left as it is, for preflight to hold back. Each step is logged like any other repair.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from brand_styles.rules.loader import load_for
from brand_styles.rules.text import check_text
from brand_styles.rules.types import RuleHit, RuleSet
from brand_styles.style import BrandStyle
from generation.pipeline import Task
from generation.planning.copy import language_of
from generation.planning.plan import CreativePlan
from generation.types import CopyLine, RepairStep

MOST = 4  # steps, as preflight's repair has them
Blocked = tuple[CopyLine, RuleHit]


def with_lawful_copy(task: Task) -> Task:
    """The task with the blocked words of its copy in their approved form, as far as there is one; `mended` tells the steps."""
    lines, steps = lawful(task.plan, task.brand)
    if not steps or task.holds("copy"):
        return task
    return replace(task, plan=task.plan.model_copy(update={"copy_lines": lines}), mended=steps)


def lawful(plan: CreativePlan, brand: BrandStyle) -> tuple[tuple[CopyLine, ...], tuple[RepairStep, ...]]:
    """The plan's lines, mended, and the steps that mended them. A step is kept only where less is blocked after it."""
    rules = load_for(brand, plan.market, plan.industry, product_type=plan.product_type)
    lines = plan.copy_lines
    steps: list[RepairStep] = []
    found = _blocked(rules, lines, brand.banned_words)
    while found and len(steps) < MOST:
        step = next(filter(None, (_better(rules, lines, each, found, brand) for each in found)), None)
        if step is None:
            break
        lines, found, told = step
        steps.append(told.model_copy(update={"attempt": len(steps) + 1}))
    return lines, tuple(steps)


def _blocked(rules: RuleSet, lines: Sequence[CopyLine], banned: Sequence[str]) -> list[Blocked]:
    """What blocks, each rule that misses a sentence once."""
    context = "\n".join(line.text for line in lines)
    found: list[Blocked] = []
    missing: set[str] = set()
    for line in lines:
        for hit in check_text(rules, line.text, context=context, banned_words=banned):
            if hit.severity != "block" or (hit.kind == "required" and hit.rule in missing):
                continue
            missing.add(hit.rule)
            found.append((line, hit))
    return found


def _better(
    rules: RuleSet, lines: tuple[CopyLine, ...], blocked: Blocked, before: Sequence[Blocked], brand: BrandStyle
) -> tuple[tuple[CopyLine, ...], list[Blocked], RepairStep] | None:
    """The lines with one place mended, what still blocks, and the step; None where that mends nothing."""
    line, hit = blocked
    if not hit.rewrite:
        return None
    tried = _added(lines, hit.rewrite) if hit.kind == "required" else _reworded(lines, line, hit)
    after = _blocked(rules, tried, brand.banned_words)
    if len(after) >= len(before):
        return None
    detail = f"+ “{hit.rewrite}”" if hit.kind == "required" else f"“{hit.matched}” → “{hit.rewrite}”"
    step = RepairStep(
        attempt=1, finding=f"rule.{hit.rule}", layer=line.id, action="rewrite", detail=detail, mended=True
    )
    return tried, after, step


def _reworded(lines: tuple[CopyLine, ...], line: CopyLine, hit: RuleHit) -> tuple[CopyLine, ...]:
    """The line with what was matched replaced; short forms that still hold it are dropped."""
    text = f"{line.text[: hit.start]}{hit.rewrite}{line.text[hit.end :]}"
    short = tuple(form for form in line.short_forms if hit.matched not in form)
    mended = line.model_copy(update={"text": text, "short_forms": short})
    return tuple(mended if each.id == line.id else each for each in lines)


def _added(lines: tuple[CopyLine, ...], sentence: str) -> tuple[CopyLine, ...]:
    """The sentence as one more legal line, before the AI label."""
    number = 1 + sum(line.role == "legal" for line in lines)
    legal = CopyLine(id=f"legal-{number}", role="legal", text=sentence, language=language_of(sentence))
    rest = [line for line in lines if line.role == "ai_label"]
    return (*(line for line in lines if line.role != "ai_label"), legal, *rest)
