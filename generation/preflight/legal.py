"""What the law wants to see on the picture: the AI label, and the brand's required lines.

Label sizes: GB 45438-2025 5.2 (text at an edge or corner, at least 5 % of the shortest side high, naming AI and generation),
in force since 2025-09-01. Other markets ask for marks in the file, not in the picture.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from brand_styles.words import Words
from generation.layout.ai_label import AiLabel, label_for
from generation.preflight.findings import finding_on
from generation.preflight.folding import fold
from generation.preflight.ground import Ink
from generation.preflight.outlines import TypeLayer
from generation.preflight.proof import Proof, text_of
from generation.types import Finding

# One word of each group must be on the label.
WORDS = (("人工智能", "AI"), ("生成", "合成", "generated", "synthetic"))

EDGE_OF_SHORT = 0.2  # a label whose nearest side is farther than this from every edge is not "at an edge or corner"


def check_ai_label(proof: Proof) -> Iterator[Finding]:
    """The label is there, says the right words, stands at an edge and is tall enough in ink."""
    rule = label_for(proof.design.market)
    label = next((layer for layer in proof.type_layers if layer.role == "ai_label"), None)
    if label is None or not proof.inks[label.id].mask.any():
        if rule.required:
            yield _no_label(rule, proof.design.language)
        return
    yield from _label_words(label, rule)
    yield from _label_height(proof, label, rule)
    yield from _label_place(proof, label)


def _no_label(rule: AiLabel, language: str) -> Finding:
    return Finding(
        code="ai_label.missing",
        severity="block",
        words=Words(
            en=f"The picture bears no visible AI label; it must here ({rule.source}). Add “{rule.words[language]}” at a corner.",
            zh=f"画面没有可见的 AI 标识，该市场必须标注（{rule.source}）。请在角落加上「{rule.words[language]}」。",
        ),
    )


def _example(rule: AiLabel) -> str:
    return rule.words["zh"]


def _label_words(label: TypeLayer, rule: AiLabel) -> Iterator[Finding]:
    said = fold(text_of(label))
    if not all(any(fold(word) in said for word in group) for group in WORDS):
        yield finding_on(
            label,
            "ai_label.words",
            f"The AI label says “{text_of(label)}”; it must name AI and generation ({rule.source}), for example “{_example(rule)}”.",
            f"AI 标识写作「{text_of(label)}」，须同时含人工智能要素与生成要素（{rule.source}），如「{_example(rule)}」。",
            measured=text_of(label),
        )


def _label_height(proof: Proof, label: TypeLayer, rule: AiLabel) -> Iterator[Finding]:
    """Ink height of the whole line blocks; single glyphs lower than that (Latin capitals beside Han) only warn."""
    need = rule.ink_share * proof.short
    heights = glyph_heights(proof.inks[label.id])
    tallest, lowest = max(heights), min(heights)
    if tallest < need - 0.5:
        yield _low_label(label, tallest, need, rule.ink_share, "block")
    elif lowest < need - 1.0:
        yield _low_label(label, lowest, need, rule.ink_share, "warn")


def glyph_heights(ink: Ink) -> list[float]:
    """Ink height in pixels of each glyph-like run of columns; runs narrower than a tenth of the tallest are marks, not glyphs.

    Edges count by their coverage, so a height is right to about a quarter of a pixel.
    """
    columns = ink.mask.any(axis=0)
    starts = np.flatnonzero(np.diff(np.concatenate([[False], columns, [False]]).astype(np.int8)) == 1)
    ends = np.flatnonzero(np.diff(np.concatenate([[False], columns, [False]]).astype(np.int8)) == -1)
    heights = [_run_height(ink, int(a), int(b)) for a, b in zip(starts, ends, strict=True)]
    tallest = max(heights, default=0.0)
    return [h for h in heights if h >= tallest * 0.4] or [0.0]


def _run_height(ink: Ink, start: int, end: int) -> float:
    drawn = ink.drawn[:, start:end].astype(np.float32)
    strong = float(np.percentile(drawn[ink.mask[:, start:end]], 75))
    cover = np.clip(drawn.max(axis=1) / max(strong, 1.0), 0, 1)
    rows = np.flatnonzero(cover >= 0.5)
    first, last = int(rows[0]), int(rows[-1])
    above = float(cover[first - 1]) if first > 0 else 0.0
    below = float(cover[last + 1]) if last + 1 < len(cover) else 0.0
    return last + 1 - first + above + below - (2 - float(cover[first]) - float(cover[last]))


def _low_label(label: TypeLayer, height: float, need: float, share: float, severity: str) -> Finding:
    block = severity == "block"
    part = (
        Words(en="The AI label's ink", zh="AI 标识笔迹")
        if block
        else Words(en="The lowest glyph of the AI label", zh="AI 标识中最矮的字符")
    )
    return finding_on(
        label,
        "ai_label.height",
        f"{part.en} is {height:.1f} px high on the picture; {need:.1f} px ({share:.0%} of the short side) is needed. Set it larger.",
        f"{part.zh}在画面上高 {height:.1f} 像素，该市场要求 {need:.1f} 像素（短边的 {share:.0%}）。请放大。",
        ("resize",),
        measured=round(height, 1),
        limit=round(need, 1),
        severity="block" if block else "warn",
    )


def _label_place(proof: Proof, label: TypeLayer) -> Iterator[Finding]:
    box, canvas = label.box, proof.canvas
    margin = min(box.x0, box.y0, canvas.x1 - box.x1, canvas.y1 - box.y1)
    limit = EDGE_OF_SHORT * proof.short
    if margin > limit:
        yield finding_on(
            label,
            "ai_label.place",
            f"The AI label stands {margin:.0f} px from the nearest edge; it must be at an edge or corner. Move it outwards.",
            f"AI 标识距最近的边 {margin:.0f} 像素，应位于边缘或角落。请外移。",
            ("move",),
            measured=round(margin),
            limit=round(limit),
        )


def check_required_lines(proof: Proof) -> Iterator[Finding]:
    """Each line the brand requires in the picture's language stands somewhere in the type."""
    said = fold("".join(text_of(layer) for layer in proof.type_layers))
    own = [line for line in proof.brand.required_legal if _language(line) == proof.design.language]
    for line in own or proof.brand.required_legal:
        if fold(line) not in said:
            yield _required(line)


def _language(line: str) -> str:
    return "zh" if any("一" <= char <= "鿿" for char in line) else "en"


def _required(line: str) -> Finding:
    return Finding(
        code="legal.missing",
        severity="block",
        measured="",
        limit=line,
        words=Words(
            en=f"The brand requires the line “{line}”, and it is not on the picture. Add it to the legal copy.",
            zh=f"品牌要求标注「{line}」，画面上没有。请加入法律声明。",
        ),
    )
