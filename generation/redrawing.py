"""Making a scene again that shows what a rule forbids, before any type is set on it.

    look ─▶ forbidden? ─▶ its objects out of the scene, or its name into the negative prompt and another seed ─▶ look again

The rounds count among repair's four and are logged as its steps. A picture is kept only where it shows less of what is forbidden.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from brand_styles.pixel_rules import PixelRule
from brand_styles.rules.pixels import PixelRuleSet, pixel_rules_for, thing_named
from brand_styles.style import BrandStyle
from generation.planning.plan import CreativePlan
from generation.preflight.shown import Drawn, Shown, judge
from generation.preflight.sight.table import look
from generation.types import Finding, RepairStep

if TYPE_CHECKING:
    from generation.control.blockout import Blockout
    from generation.engines.base import Picture

MOST = 2  # rounds; what two did not mend is told, and left to a person
STRIDE = 104_729  # between the seeds of rounds
SHOWN_BY_PIXELS = (
    "thing",
    "face",
    "code",
    "lettering",
    "nudity",
    "duplicate",
    "colour",
)  # kinds that another picture may be free of
IN_WORDS = {
    "face": "face, person, portrait",
    "code": "QR code, barcode",
    "lettering": "text, letters, writing, watermark",
    "nudity": "nudity, naked",
}


@dataclass(frozen=True)
class Scene:
    """A picture before type with what it was made from."""

    plan: CreativePlan
    blockout: Blockout
    picture: Picture


Draw = Callable[[CreativePlan], Scene]


def rules_of_plan(plan: CreativePlan, brand: BrandStyle) -> PixelRuleSet:
    """The rules on pixels of a plan's market, industry and product."""
    return pixel_rules_for(brand, plan.market, plan.industry, product_type=plan.product_type)


def drawn_in(scene: Scene, *, alone: bool = True) -> Drawn:
    """What our renderer drew of the scene graph, where it is seen. alone: nothing but the scene stands on the picture."""
    boxes = scene.blockout.boxes
    kinds = tuple((each.kind, boxes[each.id]) for each in scene.plan.scene.objects if each.id in boxes)
    return Drawn(kinds, all=alone and scene.picture.made == "rendered")


def without_what_is_forbidden(
    scene: Scene, brand: BrandStyle, draw: Draw, *, taken: int = 0
) -> tuple[Scene, tuple[RepairStep, ...]]:
    """The scene, made again where a rule that blocks finds something in it that another picture may be free of.

    taken: how many of repair's four rounds were used before. The steps say what was tried and whether it helped.
    """
    rules = rules_of_plan(scene.plan, brand)
    found = _forbidden(scene, brand, rules)
    steps: list[RepairStep] = []
    trying = scene.plan
    while found and len(steps) < MOST and taken + len(steps) < 4:
        changed = _changed(trying, scene.plan, [rule for rule, _ in found], len(steps) + 1)
        if changed is None:
            break
        trying, detail = changed
        candidate = draw(trying)
        left = _forbidden(candidate, brand, rules)
        better = len(left) < len(found)
        steps.append(
            RepairStep(
                attempt=taken + len(steps) + 1,
                finding=found[0][1].code,
                layer="scene",
                action="redraw",
                detail=detail,
                mended=better,
            )
        )
        if better:
            scene, found = candidate, left
    return scene, tuple(steps)


def _forbidden(scene: Scene, brand: BrandStyle, rules: PixelRuleSet) -> list[tuple[PixelRule, Finding]]:
    """What blocks and might not be there in another picture."""
    asked = [r for r in rules.rules if r.kind in SHOWN_BY_PIXELS and rules.severity_of(r) == "block"]
    if not asked:
        return []
    seen = look(scene.picture.rgb, asked)
    shown = Shown(scene.picture.rgb, brand, seen, drawn_in(scene))
    findings, _ = judge(shown, rules.model_copy(update={"rules": tuple(asked)}))
    by_code = {f"pixel.{rule.id}": rule for rule in asked}
    return [(by_code[f.code], f) for f in findings if f.severity == "block" and f.code in by_code]


def _changed(
    plan: CreativePlan, first: CreativePlan, broken: list[PixelRule], attempt: int
) -> tuple[CreativePlan, str] | None:
    """The plan of the next round and what was changed; None where the hero itself is what is forbidden."""
    banned = {kind for rule in broken for name in rule.things for kind in (*thing_named(name).drawn_as, name)}
    out = [each for each in plan.scene.objects if each.kind in banned]
    if any(each.id == plan.scene.subject_id for each in out):
        return None
    words = ", ".join(dict.fromkeys(_in_words(rule) for rule in broken))
    negative = ", ".join(filter(None, (plan.negative_prompt, words)))
    kept = tuple(each for each in plan.scene.objects if each not in out)
    scene = plan.scene.model_copy(update={"objects": kept, "seed": plan.scene.seed + (0 if out else STRIDE)})
    detail = (
        f"out of the scene: {', '.join(sorted({each.kind for each in out}))}" if out else f"another seed; not: {words}"
    )
    told = {
        "scene": scene,
        "negative_prompt": negative,
        "layout_base": first.layouts_from,
        "picture_base": first.pictures_from + STRIDE * attempt,
    }
    return plan.model_copy(update=told), detail


def _in_words(rule: PixelRule) -> str:
    things = [words for name in rule.things for words in thing_named(name).looks_like]
    return IN_WORDS.get(rule.kind) or ", ".join(things) or ", ".join(rule.colours) or rule.title.en
