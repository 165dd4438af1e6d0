"""The OCR round trip: each line read back from the flattened picture at its known box, and compared with what was promised."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from brand_styles.words import Words
from generation.layout.geometry import Rect
from generation.preflight.folding import differences, fold, looks_like
from generation.preflight.ground import Rgb, window
from generation.preflight.ocr import Reader, Reading
from generation.preflight.proof import Proof, named
from generation.preflight.template import TypeLayer, lines_of
from generation.types import Finding, ReadBack

SMALLEST = 32  # crops lower than this are enlarged before reading
TARGET = 48


@dataclass(frozen=True)
class Line:
    """One line to read: the words promised, and where its ink is."""

    layer: TypeLayer
    text: str
    box: Rect


def _lines(layer: TypeLayer) -> list[Line]:
    return [Line(layer, text, box) for text, box in lines_of(layer)]


def crop_line(rgb: Rgb, line: Line) -> NDArray[np.uint8]:
    """The line's pixels with a margin of a fifth of its height, enlarged when small."""
    pad = max(2.0, 0.2 * min(line.box.height, line.layer.style.size))
    rows, cols = window(line.box, rgb.shape, pad)
    crop = np.ascontiguousarray(rgb[rows, cols])
    if crop.size == 0:
        return np.zeros((TARGET, TARGET, 3), np.uint8)
    return enlarge(crop)


def enlarge(crop: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A crop under 32 px high, brought to 48 px by bicubic interpolation."""
    if crop.shape[0] >= SMALLEST:
        return crop
    factor = TARGET / crop.shape[0]
    image = Image.fromarray(crop).resize((max(round(crop.shape[1] * factor), 1), TARGET), Image.Resampling.BICUBIC)
    return np.asarray(image)


def normalised(crop: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Luminance stretched to the full range, dark type on light whichever way it was: the second look at a hard line."""
    grey = crop.astype(np.float32) @ np.array([0.299, 0.587, 0.114], np.float32)
    low, high = np.percentile(grey, (2, 98))
    grey = np.clip((grey - low) / max(high - low, 1.0), 0, 1)
    edge = np.concatenate([grey[0], grey[-1], grey[:, 0], grey[:, -1]])
    if np.median(edge) < 0.5:
        grey = 1 - grey
    return np.repeat((grey * 255).astype(np.uint8)[..., None], 3, axis=2)


@dataclass(frozen=True)
class Verdict:
    """What was read of a line and whether it says what was promised. `doubts`: expected characters not borne out."""

    line: Line
    reading: Reading
    agrees: bool
    doubts: tuple[str, ...] = ()


def read_line(proof: Proof, line: Line, reader: Reader) -> Verdict:
    """Read one line, a second time with normalised luminance where the first reading differs."""
    crop = crop_line(proof.rgb, line)
    verdict = judge(line, reader.read([crop])[0])
    if verdict.agrees:
        return verdict
    for again in (normalised(crop), 255 - crop):
        second = judge(line, reader.read([again])[0])
        if second.agrees:
            return second
    return verdict


def judge(line: Line, reading: Reading) -> Verdict:
    """Compare a reading with the promise."""
    expected, read = fold(line.text), fold(reading.text)
    spans = differences(expected, read)
    doubts = tuple(expected[a] for a, b in spans if not looks_like(expected[a], read[b]))
    return Verdict(line, reading, not doubts, doubts)


def check_reading(proof: Proof, reader: Reader) -> tuple[list[Finding], tuple[ReadBack, ...]]:
    """Read every line of type; a finding for each layer that does not read as promised."""
    findings: list[Finding] = []
    backs: list[ReadBack] = []
    for layer in proof.type_layers:
        verdicts = [read_line(proof, line, reader) for line in _lines(layer)]
        backs += [_back(v) for v in verdicts]
        findings += [_misread(layer, v) for v in verdicts if not v.agrees][:1]
    return findings, tuple(backs)


def _back(verdict: Verdict) -> ReadBack:
    return ReadBack(
        layer=verdict.line.layer.id,
        expected=verdict.line.text,
        read=verdict.reading.text,
        confidence=round(verdict.reading.confidence, 4),
        agrees=verdict.agrees,
    )


def _misread(layer: TypeLayer, verdict: Verdict) -> Finding:
    name = named(layer.role, verdict.line.text)
    read = verdict.reading.text or "–"
    return Finding(
        code="ocr.disagrees",
        severity="block",
        layer=layer.id,
        box=verdict.line.box,
        measured=read,
        limit=verdict.line.text,
        words=Words(
            en=f"{name.en} reads “{read}” on the picture. A glyph is wrong or hard to read: recolour it, back it or enlarge it.",
            zh=f"{name.zh}在画面上读作「{read}」。可能有字形错误、被遮挡或难以辨认：请更换颜色、加衬底或放大。",
        ),
        repairs=("recolour", "underlay", "move", "resize"),
    )
