"""The OCR round trip: each line read back from the flattened picture at its known box, and compared with what was promised."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from brand_styles.words import Words
from generation.compositing.design import PriceLayer
from generation.layout.geometry import Rect
from generation.preflight.folding import differences, fold, looks_like, rivals_of
from generation.preflight.ground import Rgb, window
from generation.preflight.names import named
from generation.preflight.ocr import Reader, Reading
from generation.preflight.outlines import TypeLayer, lines_of
from generation.preflight.proof import Proof, reach_of
from generation.preflight.strokes import GlyphScore
from generation.preflight.template import LineMatch, fits_as
from generation.types import Finding, ReadBack
from generation.typography.faces import missing_characters

SMALLEST = 32  # crops lower than this are enlarged before reading
TARGET = 48

MALFORMED = 0.85  # correlation with its outline under which a glyph that reads well is still wrong
MALFORMED_TREATED = 0.9  # the same where coverage is a fit, whose right glyphs lie above 0.92
MALFORMED_MUDDY = 0.82  # under CLEAR px of type, where a rim is a pixel, and for marks, which are no wider than a rim
CLEAR = 40.0
MALFORMED_SMALL = 0.72  # and for the small parts of a treated price
TOLD_APART = 18.0  # pixels of type from which one stroke more or less shows in a correlation
BEYOND_DOUBT = 0.985  # correlation above which no look-alike is tried
RESIDUE = 0.12  # share of its ink missing or too much, likewise
CUT = 0.6  # share of the ink at one of its sides that must be there: right glyphs show 0.7 and more, one cut by two fifths 0.5 at most
SOUND = 0.93  # correlation at which the outlines bear a character out
MARGIN = 0.02  # by which it must fit better than the character that was read
SAME_DRAWING = 0.985  # correlation of two outlines that nobody can tell apart
SURE = 0.9  # probability at which OCR is taken to know
MOST_OVERRULED = 0.2  # share of a line's characters


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
    """What was read of a line and whether it says what was promised.

    witness: "ocr" when reading alone settled it, "outlines" when the second witness did. doubts: expected characters not
    borne out; malformed: characters that read well but whose strokes are not the promised ones.
    """

    line: Line
    reading: Reading
    agrees: bool
    witness: str = "ocr"
    doubts: tuple[str, ...] = ()
    malformed: tuple[str, ...] = ()


def read_line(rgb: Rgb, line: Line, match: LineMatch | None, reader: Reader) -> Verdict:
    """Judge one line.

    OCR reads it from the flattened picture, up to three ways: as it is, with its luminance stretched, inverted. A reading that equals
    the promise passes, unless a glyph's strokes are far from its outline (mirrored, cut, half erased: shapes that OCR reads by
    their context). A reading that differs passes only if all differences are of the kind OCR is known to be unsure of and the
    outlines bear the promised characters out (see `second_witness`), and no other glyph is malformed either.
    """
    crop = crop_line(rgb, line)
    first = reader.read([crop])[0]
    reading = first
    for again in (None, normalised, inverted):
        reading = first if again is None else reader.read([again(crop)])[0]
        if fold(reading.text) == fold(line.text):
            malformed = _malformed(line.layer, match)
            return Verdict(line, reading, not malformed, malformed=malformed)
    doubts = second_witness(line, first, match)
    malformed = () if doubts else _malformed(line.layer, match)
    return Verdict(line, first, not doubts and not malformed, witness="outlines", doubts=doubts, malformed=malformed)


def inverted(crop: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Light for dark."""
    return 255 - crop


def _malformed(layer: TypeLayer, match: LineMatch | None) -> tuple[str, ...]:
    """Characters that read well but are not drawn as promised: far from their outline, or nearer to a look-alike's."""
    if match is None:
        return ()
    return tuple(
        glyph.char
        for index, glyph in enumerate(match.glyphs)
        if is_malformed(glyph, _least(layer, glyph), _least_side(layer, glyph)) or _is_another(layer, match, index)
    )


def _least(layer: TypeLayer, glyph: GlyphScore) -> float:
    """The correlation asked of a glyph. A treatment's rims are as wide on a lock-up's small parts, and hide more of them."""
    if layer.treatment.name == "plain":
        return MALFORMED
    small = isinstance(layer, PriceLayer) and glyph.box.height < 0.6 * layer.style.size
    if small:
        return MALFORMED_SMALL
    clear = layer.style.size >= CLEAR and glyph.char.isalnum()
    return MALFORMED_TREATED if clear else MALFORMED_MUDDY


def _least_side(layer: TypeLayer, glyph: GlyphScore) -> float:
    """The share asked of a glyph's weakest side. Of a comma in treated type nothing is: its rims are as large as itself."""
    return CUT if layer.treatment.name == "plain" or glyph.char.isalnum() else 0.0


def is_malformed(glyph: GlyphScore, least: float, side: float = CUT) -> bool:
    """True when a glyph's strokes are so far from its outline that no printing of it looks like this.

    least: correlation asked of it; side: share asked of its weakest side.
    """
    return glyph.score is not None and bool(glyph.score < least or glyph.residue > RESIDUE or glyph.side < side)


def _is_another(layer: TypeLayer, match: LineMatch, index: int) -> bool:
    """True when a known look-alike (未 for 末) fits better than the promised Han character does."""
    glyph = match.glyphs[index]
    told_apart = glyph.score is not None and glyph.score <= BEYOND_DOUBT and layer.style.size >= TOLD_APART
    if not told_apart or not "一" <= glyph.char <= "鿿":
        return False
    own, _ = fits_as(layer, match, index, glyph.char)
    rivals = [fits_as(layer, match, index, other) for other in rivals_of(glyph.char)]
    return any(fit > own + 0.01 and alike < SAME_DRAWING for fit, alike in rivals)


def second_witness(line: Line, reading: Reading, match: LineMatch | None) -> tuple[str, ...]:
    """The expected characters that remain in doubt after the outlines were asked; empty when the line is as promised.

    The outlines may overrule OCR where it read a known look-alike (0 for O, a dash for 一), where it was not sure
    (probability under 0.9, or the expected character among its next guesses), or lost or added a mark; at most a fifth of the line.
    An overruled character must fit its outline well and clearly better than the character that was read would.
    """
    expected, read = fold(line.text), fold(reading.text)
    spans = differences(expected, read)
    if match is None or sum(a.stop - a.start for a, _ in spans) > max(2, len(expected) * MOST_OVERRULED):
        return tuple(expected[a] or read[b] for a, b in spans)
    glyphs = _glyphs_by_place(expected, match)
    sure = _surenesses(reading)
    doubts = []
    for a, b in spans:
        if not _borne_out(line, match, glyphs, sure, expected, read, a, b):
            doubts.append(expected[a] or read[b])
    return tuple(doubts)


def _glyphs_by_place(expected: str, match: LineMatch) -> list[int] | None:
    """For each folded expected character, the index of its glyph; None where glyphs and words don't correspond."""
    place: list[int] = []
    said = ""
    for index, glyph in enumerate(match.glyphs):
        folded = fold(glyph.char)
        said += folded
        place += [index] * len(folded)
    return place if said == expected else None


def _surenesses(reading: Reading) -> list[tuple[float, str]]:
    """For each folded character read: its probability and the runners-up worth a thought, folded."""
    out: list[tuple[float, str]] = []
    for glyph in reading.glyphs:
        others = "".join(fold(char) for char, probability in glyph.others if probability > 0.02)
        out += [(glyph.probability, others)] * len(fold(glyph.char))
    return out


def _borne_out(
    line: Line,
    match: LineMatch,
    glyphs: list[int] | None,
    sure: list[tuple[float, str]],
    expected: str,
    read: str,
    a: slice,
    b: slice,
) -> bool:
    """True when one difference may be put down to OCR and the outlines bear out what was promised there."""
    if glyphs is None:
        return False
    if a.start == a.stop:  # something was read where nothing was promised
        beside = glyphs[max(a.start - 1, 0) : a.start + 1]
        return _only_marks(read[b]) and all(_fits(match, i) for i in beside)
    indices = sorted(set(glyphs[a]))
    if not all(_fits(match, i) for i in indices):
        return False
    if b.start == b.stop:
        return len(expected[a]) == 1 or _only_marks(expected[a])
    if len(read[b]) != 1 or len(expected[a]) != 1:
        return len(expected[a]) <= 2 and len(read[b]) <= 2
    probability, others = sure[b.start] if b.start < len(sure) else (1.0, "")
    unsure = probability < SURE or expected[a] in others or looks_like(expected[a], read[b])
    return bool(unsure and _beats(line, match, indices[0], read[b]))


def _fits(match: LineMatch, index: int) -> bool:
    score = match.glyphs[index].score
    return score is None or bool(score >= SOUND)


def _only_marks(text: str) -> bool:
    return len(text) <= 2 and all(unicodedata.category(char)[0] in "PSZ" or char in "-ilo1" for char in text)


def _beats(line: Line, match: LineMatch, index: int, read: str) -> bool:
    """True when the promised glyph fits clearly better than the one read would, or the two are drawn alike."""
    score = match.glyphs[index].score
    if score is None or len(missing_characters(read, line.layer.style.face, line.layer.style.weight)) > 0:
        return True
    rival, alike = fits_as(line.layer, match, index, read)
    return bool(alike > SAME_DRAWING or score - rival > MARGIN)


def check_reading(proof: Proof, reader: Reader) -> tuple[list[Finding], tuple[ReadBack, ...]]:
    """Read every line of type; a finding for each layer that does not read as promised."""
    findings: list[Finding] = []
    backs: list[ReadBack] = []
    for layer in proof.type_layers:
        matches = {match.box: match for match in proof.matches[layer.id]}
        verdicts = [read_line(proof.rgb, line, matches.get(line.box), reader) for line in _lines(layer)]
        backs += [_back(v) for v in verdicts]
        findings += [_misread(proof, layer, v) for v in verdicts if not v.agrees][:1]
    return findings, tuple(backs)


def _back(verdict: Verdict) -> ReadBack:
    return ReadBack(
        layer=verdict.line.layer.id,
        expected=verdict.line.text,
        read=verdict.reading.text,
        confidence=round(verdict.reading.confidence, 4),
        agrees=verdict.agrees,
    )


def _misread(proof: Proof, layer: TypeLayer, verdict: Verdict) -> Finding:
    name = named(layer.role, verdict.line.text)
    wrong = "".join(dict.fromkeys(verdict.malformed or verdict.doubts))
    over = _painted_over_by(proof, layer, verdict.line)
    if over is not None:
        return _painted_over(layer, verdict, over, name)
    if verdict.malformed:
        words = Words(
            en=f"{name.en}: the strokes of “{wrong}” on the picture are not those of its typeface. Compose it again.",
            zh=f"{name.zh}：画面上「{wrong}」的笔画与字体不符。请重新合成。",
        )
    else:
        read = verdict.reading.text or "–"
        words = Words(
            en=f"{name.en} reads “{read}” on the picture (in doubt: “{wrong}”). Recolour it, back it or set it larger.",
            zh=f"{name.zh}在画面上读作「{read}」（存疑：「{wrong}」）。请更换颜色、加衬底或放大。",
        )
    return Finding(
        code="glyph.malformed" if verdict.malformed else "ocr.disagrees",
        severity="block",
        layer=layer.id,
        box=verdict.line.box,
        measured=verdict.reading.text,
        limit=verdict.line.text,
        words=words,
        repairs=("recolour", "underlay", "move", "resize"),
    )


def _painted_over_by(proof: Proof, layer: TypeLayer, line: Line) -> TypeLayer | None:
    """Treated type whose swash or side reaches into this line and is painted after it, if any."""
    order = {each.id: place for place, each in enumerate(proof.design.layers)}
    for other in proof.type_layers:
        reaches = other.box.grown(reach_of(other)).intersection(line.box) is not None
        if other is not layer and reach_of(other) > 0 and reaches and order[other.id] > order[layer.id]:
            return other
    return None


def _painted_over(layer: TypeLayer, verdict: Verdict, over: TypeLayer, name: Words) -> Finding:
    other = named(over.role)
    return Finding(
        code="overlap.treatment",
        severity="block",
        layer=over.id,
        box=verdict.line.box,
        measured=verdict.reading.text,
        limit=verdict.line.text,
        words=Words(
            en=f"{name.en} is painted over by the {over.treatment.name} lettering of {other.en.lower()}. "
            "Set that plain, or give it more room.",
            zh=f"{name.zh}被{other.zh}的字效（{over.treatment.name}）盖住。请改用平涂，或留出更多空间。",
        ),
        repairs=("recolour", "move"),
    )
