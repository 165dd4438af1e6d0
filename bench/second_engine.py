"""The second engine of the preflight bench: tesseract (chi_sim+eng, as Debian packages it) reads the lines of a finished picture.

Each line is prepared as its manual asks: luminance stretched to the full range, dark on light, 48 px to the em (capitals 34 px), a
white margin, 300 dpi, `--psm 7`. A price lock-up, whose currency and unit are set small and high, is first brought to one size and
one baseline, part by part. Tesseract looks again at a line that it read otherwise, as our own reader does: smaller and in black and
white, and, where it is Chinese, with the Chinese model alone (with both it takes sparse Han for Latin).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from generation.compositing.design import Design, PriceLayer, TextLayer
from generation.compositing.price import price_place
from generation.layout.geometry import Rect
from generation.preflight.folding import differences, fold, looks_like
from generation.preflight.ground import window
from generation.preflight.outlines import TypeLayer, lines_of

SMALLEST = 24.0  # pixels of type from which a line is read
MARGIN_EM = 0.8
Grey = NDArray[np.uint8]  # (h, w), dark on light


@dataclass(frozen=True)
class Look:
    """One way to show a line to the engine. `em`: pixels."""

    em: int
    two_tone: bool
    language: str


LOOKS = (Look(48, False, "chi_sim+eng"), Look(32, True, "chi_sim+eng"), Look(44, False, "chi_sim"))


@dataclass(frozen=True)
class Shown:
    """A line as promised and as the picture shows it: in pieces of one size each, (em in pixels, pixels)."""

    text: str
    face: str
    treatment: str
    language: str
    pieces: tuple[tuple[float, Grey], ...]


@dataclass(frozen=True)
class SecondReading:
    """What tesseract made of a line: its best look, how many looks it took, and characters alike and in all."""

    text: str
    read: str
    looks: int
    agrees: bool
    alike: int
    characters: int


def available() -> bool:
    """True where tesseract is installed."""
    return shutil.which("tesseract") is not None


def read_again(design: Design, rgb: NDArray[np.uint8]) -> list[tuple[Shown, SecondReading]]:
    """Every line of `SMALLEST` px or more of a finished picture, read by tesseract."""
    lines = [
        shown
        for layer in design.layers
        if isinstance(layer, TextLayer | PriceLayer) and layer.style.size >= SMALLEST
        for shown in _shown(layer, rgb)
    ]
    best: dict[int, SecondReading] = {}
    for number, look in enumerate(LOOKS, 1):
        asked = [i for i, line in enumerate(lines) if _asks(line, best.get(i), look)]
        reads = tesseract([_prepared(lines[i], look) for i in asked], look.language)
        for i, read in zip(asked, reads, strict=True):
            reading = compared(lines[i].text, read, number)
            if i not in best or reading.alike > best[i].alike or reading.agrees:
                best[i] = reading
    return [(line, best[i]) for i, line in enumerate(lines)]


def _asks(line: Shown, before: SecondReading | None, look: Look) -> bool:
    done = before is not None and before.agrees
    return not done and (look.language != "chi_sim" or line.language == "zh")


def compared(text: str, read: str, looks: int) -> SecondReading:
    """Alike but for look-alikes (I and l) and stray or lost marks, which tesseract scatters at a line's ends."""
    a, b = fold(text), fold(read)
    spans = [(a[i], b[j]) for i, j in differences(a, b)]
    agrees = all(looks_like(x, y) or not any(c.isalnum() for c in x + y) for x, y in spans)
    alike = sum(block.size for block in SequenceMatcher(None, a, b, autojunk=False).get_matching_blocks())
    return SecondReading(text, read, looks, agrees, len(a) if agrees else alike, len(a))


def _shown(layer: TypeLayer, rgb: NDArray[np.uint8]) -> list[Shown]:
    """A layer's lines, each in pieces of one size on one baseline: (em in pixels, pixels)."""
    if isinstance(layer, PriceLayer):
        pieces = [(em, _crop(rgb, box)) for em, box in _parts(layer)]
        return [_line(layer, lines_of(layer)[0][0], pieces)]
    size = layer.style.size
    return [
        _line(layer, text, [(size, _crop(rgb, box.grown(max(2.0, 0.2 * min(box.height, size)))))])
        for text, box in lines_of(layer)
    ]


def _line(layer: TypeLayer, text: str, pieces: list[tuple[float, NDArray[np.uint8]]]) -> Shown:
    return Shown(text, layer.style.face, layer.treatment.name, layer.language, tuple(_stretched(pieces)))


def _parts(layer: PriceLayer) -> list[tuple[float, Rect]]:
    """The em and the place of each part of a lock-up: an em high above the baseline, a quarter below it."""
    shape, size, left, top = price_place(layer)
    out = []
    for part in shape.parts:
        em = size * part.scale
        x0, base = left + part.x * size, top + (part.baseline - shape.ink.top) * size
        gap = 0.04 * em
        out.append((em, Rect(x0 - gap, base - em, x0 + part.line.width * em + gap, base + 0.25 * em)))
    return out


def _crop(rgb: NDArray[np.uint8], box: Rect) -> NDArray[np.uint8]:
    """A box of the picture, its edge repeated where it leaves the canvas."""
    rows, cols = window(box, rgb.shape)
    wanted = box.rounded()
    over = ((rows.start - wanted[1], wanted[3] - rows.stop), (cols.start - wanted[0], wanted[2] - cols.stop))
    return np.pad(rgb[rows, cols], (*((max(a, 0), max(b, 0)) for a, b in over), (0, 0)), mode="edge")


def _stretched(pieces: Sequence[tuple[float, NDArray[np.uint8]]]) -> list[tuple[float, Grey]]:
    """The pieces of a line in grey, ground white and ink black, whichever way they were."""
    greys = [(em, np.asarray(Image.fromarray(rgb).convert("L"), np.float32)) for em, rgb in pieces]
    rim = np.concatenate([part.ravel() for _, g in greys for part in (g[:2], g[-2:], g[:, :2], g[:, -2:])])
    paper = float(np.median(rim))
    every = np.concatenate([g.ravel() for _, g in greys])
    ink = float(np.percentile(every, 2 if paper >= 128 else 98))
    scale = 255 / (paper - ink if abs(paper - ink) > 1 else 1.0)
    return [(em, np.clip((g - ink) * scale, 0, 255).astype(np.uint8)) for em, g in greys]


def _prepared(line: Shown, look: Look) -> Grey:
    """One picture of a line at the look's em, with its margin."""
    scaled = [_scaled(grey, look.em / em) for em, grey in line.pieces]
    high = max(each.shape[0] for each in scaled)
    row = np.concatenate([np.pad(each, ((0, high - each.shape[0]), (0, 0)), constant_values=255) for each in scaled], 1)
    framed = np.pad(row, round(MARGIN_EM * look.em), constant_values=255)
    return np.where(framed > 128, 255, 0).astype(np.uint8) if look.two_tone else framed


def _scaled(grey: Grey, factor: float) -> Grey:
    size = (max(round(grey.shape[1] * factor), 1), max(round(grey.shape[0] * factor), 1))
    return np.asarray(Image.fromarray(grey).resize(size, Image.Resampling.LANCZOS))


def tesseract(pictures: Sequence[Grey], language: str) -> list[str]:
    """One line each, as one process of tesseract reads them. RuntimeError when it fails."""
    if not pictures:
        return []
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{i:04d}.png" for i in range(len(pictures))]
        for path, picture in zip(files, pictures, strict=True):
            Image.fromarray(picture).save(path)
        index = Path(folder) / "lines.txt"
        index.write_text("".join(f"{path}\n" for path in files))
        command = ["tesseract", str(index), "-", "--psm", "7", "--dpi", "300", "-l", language]
        env = {**os.environ, "OMP_THREAD_LIMIT": "1"}
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, env=env)
    pages = done.stdout.split("\f")[: len(pictures)]
    if done.returncode or len(pages) != len(pictures):
        raise RuntimeError(f"tesseract: {done.stderr.strip()[-300:]}")
    return [page.strip() for page in pages]
