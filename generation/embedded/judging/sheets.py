"""Sheets to look at: every arm's pictures with the boxes asked and found; the nearest training pictures; the pairs voted on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from generation.embedded.judging import arms, blind
from generation.embedded.judging.briefs import Asked
from generation.embedded.judging.judge import Judges
from generation.layout.geometry import Rect

Bytes = NDArray[np.uint8]
CELL = (256, 300)  # px; a picture and two lines of type
PICTURE = 256
GREY, ASKED, FOUND = (40, 40, 40), (255, 255, 255), (255, 60, 160)
PAIRS = 12
PAIR, PAIRS_ACROSS = (264, 150), 10  # px; a pair voted on, and how many stand in a row


def arms_sheet(work: Path, judges: Judges, pages: Sequence[Asked], path: Path) -> None:
    """A row for each brief, a column for each arm. White: the box asked for; pink: the one the judge found. Below, the label
    it sees there and how sure it is."""
    sheet = Image.new("RGB", (CELL[0] * len(arms.ARMS), CELL[1] * len(pages)), GREY)
    for row, page in enumerate(pages):
        for column, arm in enumerate(arms.ARMS):
            picture = arms.load(work / "pictures" / arm / f"{page.seed}.png")
            cell = _cell(picture, page, judges, arm)
            sheet.paste(cell, (column * CELL[0], row * CELL[1]))
    sheet.save(path, "JPEG", quality=90)


def _cell(picture: Bytes, page: Asked, judges: Judges, arm: str) -> Image.Image:
    found = judges.boxes([picture])[0]
    seen = judges.seen([picture], [page.box])[0]
    best = int(seen.argmax())
    names = [k for k, g in zip(judges.labels.kinds, judges.labels.groups, strict=True) if g == best]
    scale = PICTURE / max(picture.shape[:2])
    cell = Image.new("RGB", CELL, GREY)
    small = Image.fromarray(picture).resize((round(picture.shape[1] * scale), round(picture.shape[0] * scale)))
    cell.paste(small, ((PICTURE - small.width) // 2, 0))
    pen = ImageDraw.Draw(cell)
    for box, colour in ((page.box, ASKED), (found, FOUND)):
        if box is not None:
            b = _moved(box, scale, (PICTURE - small.width) // 2)
            pen.rectangle(b, outline=colour)
    pen.text((4, PICTURE + 4), f"{arm}: {page.kind}", fill=ASKED)
    pen.text((4, PICTURE + 20), f"{'/'.join(names)[:32]} {seen[best]:.0%}", fill=FOUND)
    return cell


def _moved(box: Rect, scale: float, across: int) -> tuple[float, float, float, float]:
    b = box.scaled(scale)
    return b.x0 + across, b.y0, max(b.x1, b.x0) + across, max(b.y1, b.y0)


def nearest_sheet(made: Bytes, trained: Bytes, away: NDArray[np.float64], path: Path) -> None:
    """The pictures that come nearest to one trained on, nearest first, each above its neighbour."""
    order = np.argsort(away)[:PAIRS]
    columns = [np.concatenate([made[i], trained[i]]) for i in order]
    Image.fromarray(np.concatenate(columns, axis=1)).save(path, "JPEG", quality=92)


def pairs_sheet(folder: Path, key: Mapping[str, str], votes: Mapping[str, str], path: Path) -> None:
    """The pairs voted on, named again: the blockout left, the model's picture right, a line below the one that was preferred."""
    names = sorted(votes)
    sheet = Image.new("RGB", (PAIR[0] * PAIRS_ACROSS, PAIR[1] * -(-len(names) // PAIRS_ACROSS)), GREY)
    for number, name in enumerate(names):
        row, column = divmod(number, PAIRS_ACROSS)
        with Image.open(folder / f"{name}.jpg") as pair:
            cell = _named(pair, key[name], votes[name])
        sheet.paste(cell, (column * PAIR[0], row * PAIR[1]))
    sheet.save(path, quality=80)


def _named(pair: Image.Image, model: str, vote: str) -> Image.Image:
    across = (pair.width - 3 * blind.GAP) // 2
    sides = {blind.LEFT: blind.GAP, blind.RIGHT: across + 2 * blind.GAP}
    order = [side for side in sides if side != model] + [model]
    cell = Image.new("RGB", PAIR, GREY)
    for place, side in enumerate(order):
        whole = pair.crop((sides[side], blind.GAP, sides[side] + across, pair.height - blind.GAP))
        whole.thumbnail((PAIR[0] // 2 - 4, PAIR[1] - 12), Image.Resampling.LANCZOS)
        x = place * PAIR[0] // 2 + (PAIR[0] // 2 - whole.width) // 2
        cell.paste(whole, (x, 2))
        if side == vote:
            ImageDraw.Draw(cell).rectangle((x, whole.height + 4, x + whole.width - 1, whole.height + 6), fill=FOUND)
    return cell
