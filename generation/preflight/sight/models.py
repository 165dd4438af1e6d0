"""Detectors that a team brings: any open-vocabulary or CLIP-like model for things in words, any image classifier for nakedness.

PREFLIGHT_WORDS and PREFLIGHT_NUDITY name a transformers folder (safetensors) or hub id. A model that can't be loaded stops the check
with a sentence; it never counts as having seen nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
from PIL import Image

from brand_styles.rules.pixels import thing_named
from generation.errors import PermanentError
from generation.layout.geometry import Rect
from generation.preflight.sight.types import Rgb, Sighting

BOXING = (
    "owlvit",
    "owlv2",
    "grounding-dino",
    "omdet-turbo",
)  # model types that answer with boxes; others compare a picture with words
SURE_BOX, SURE_WORDS, SURE_NUDE = 0.3, 0.6, 0.7
NUDITY = ("a naked person", "nudity")
ELSE = ("a product photograph", "an abstract background", "an empty room", "an illustration of objects on a table")
NUDE_LABELS = ("nsfw", "porn", "nude", "nudity", "naked", "sexy", "hentai", "explicit", "unsafe")


def setting(name: str) -> str:
    """PREFLIGHT_WORDS or PREFLIGHT_NUDITY, "" where it isn't set."""
    from django.conf import settings

    return str(getattr(settings, name, "") or "")


def find_things(rgb: Rgb, asked: Sequence[str]) -> list[Sighting]:
    """Those of the things asked for (names of things.yaml, or words) that the model in PREFLIGHT_WORDS sees."""
    return list(_seen(rgb, {name: thing_named(name).looks_like for name in asked}))


def find_nudity_in_words(rgb: Rgb, asked: Sequence[str] = ()) -> list[Sighting]:
    return [Sighting("nudity", s.box, s.score, s.detector, detail=s.detail) for s in _seen(rgb, {"nudity": NUDITY})]


def find_nudity(rgb: Rgb, asked: Sequence[str] = ()) -> list[Sighting]:
    """What the classifier in PREFLIGHT_NUDITY says of the whole picture."""
    import torch

    model, reader = _loaded(setting("PREFLIGHT_NUDITY"), "image")
    with torch.inference_mode():
        logits = model(**reader(images=Image.fromarray(rgb), return_tensors="pt")).logits[0]
    names = {int(i): str(name).lower() for i, name in model.config.id2label.items()}
    bad = [i for i, name in names.items() if any(word in name for word in NUDE_LABELS) and "non" not in name]
    if not bad:
        raise _unfit("PREFLIGHT_NUDITY", "no label of it means nakedness", "其标签均不表示裸露")
    score = float(logits.softmax(-1)[bad].sum())
    return [Sighting("nudity", None, round(score, 3), _name("PREFLIGHT_NUDITY"))] if score >= SURE_NUDE else []


def _seen(rgb: Rgb, asked: dict[str, tuple[str, ...]]) -> Iterator[Sighting]:
    asked = {name: words for name, words in asked.items() if words}
    if not asked:
        return
    model, reader = _loaded(setting("PREFLIGHT_WORDS"), "words")
    words = [each for group in asked.values() for each in group]
    meant = {each: name for name, group in asked.items() for each in group}
    find = _boxed if model.config.model_type in BOXING else _compared
    best: dict[str, Sighting] = {}
    for said, score, box in find(model, reader, rgb, words):
        name = meant[said]
        if name not in best or score > best[name].score:
            best[name] = Sighting("thing", box, round(score, 3), _name("PREFLIGHT_WORDS"), name=name, detail=said)
    yield from best.values()


def _boxed(model: Any, reader: Any, rgb: Rgb, words: list[str]) -> Iterator[tuple[str, float, Rect | None]]:
    """Open-vocabulary detection: each box with the words it answers."""
    import torch

    with torch.inference_mode():
        inputs = reader(text=[words], images=Image.fromarray(rgb), return_tensors="pt")
        out = model(**inputs)
    scores, which = out.logits[0].sigmoid().max(-1)
    height, width = rgb.shape[:2]
    side = max(height, width)  # these models pad to a square
    for score, at, (cx, cy, w, h) in zip(scores.tolist(), which.tolist(), out.pred_boxes[0].tolist(), strict=True):
        if score >= SURE_BOX and at < len(words):
            box = Rect((cx - w / 2) * side, (cy - h / 2) * side, (cx + w / 2) * side, (cy + h / 2) * side)
            shown = box.clamped(width, height)
            if min(shown.width, shown.height) >= 1:
                yield words[at], float(score), shown


def _compared(model: Any, reader: Any, rgb: Rgb, words: list[str]) -> Iterator[tuple[str, float, Rect | None]]:
    """A CLIP-like model: the whole and its quarters against each of the words and what most pictures are."""
    import torch

    parts = dict(_parts(rgb))
    with torch.inference_mode():
        inputs = reader(
            text=[*words, *ELSE],
            images=[Image.fromarray(part) for part in parts.values()],
            return_tensors="pt",
            padding=True,
        )
        logits = model(**inputs).logits_per_image
    others = logits[:, len(words) :]
    for column, said in enumerate(words):
        against = torch.cat([logits[:, column : column + 1], others], dim=1).softmax(-1)[:, 0]
        at = int(against.argmax())
        if float(against[at]) >= SURE_WORDS:
            yield said, float(against[at]), list(parts)[at]


def _parts(rgb: Rgb) -> Iterator[tuple[Rect, Rgb]]:
    height, width = rgb.shape[:2]
    half = height // 2, width // 2
    for y0, y1 in ((0, height), (0, half[0]), (half[0], height)):
        for x0, x1 in ((0, width),) if (y0, y1) == (0, height) else ((0, half[1]), (half[1], width)):
            yield Rect(x0, y0, x1, y1), np.ascontiguousarray(rgb[y0:y1, x0:x1])


@lru_cache(maxsize=2)
def _loaded(named: str, how: str) -> tuple[Any, Any]:
    """The model and what prepares its input, once for this process."""
    import transformers

    variable = "PREFLIGHT_WORDS" if how == "words" else "PREFLIGHT_NUDITY"
    try:
        config = transformers.AutoConfig.from_pretrained(named)
        if how == "image":
            kind, reader = transformers.AutoModelForImageClassification, transformers.AutoImageProcessor
        else:
            boxing = config.model_type in BOXING
            kind = transformers.AutoModelForZeroShotObjectDetection if boxing else transformers.AutoModel
            reader = transformers.AutoProcessor
        return kind.from_pretrained(named, use_safetensors=True).eval(), reader.from_pretrained(named)
    except (OSError, ValueError, KeyError, RuntimeError) as fault:
        said = str(fault).splitlines()[0][:200] if str(fault) else type(fault).__name__
        raise _unfit(variable, said, said) from fault


def _name(variable: str) -> str:
    return setting(variable).rstrip("/").rpartition("/")[2]


def _unfit(variable: str, en: str, zh: str) -> PermanentError:
    return PermanentError(
        f"The detector in {variable} can't be used: {en}. Correct the setting, or empty it.",
        f"{variable} 中的检测模型无法使用：{zh}。请更正设置，或将其清空。",
    )
