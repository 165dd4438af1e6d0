"""Detectors that a team brings, through transformers: small models with random weights, saved to disk and named by the settings."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from bench.random_models import tokenizer
from brand_styles.pixel_rules import PixelRule
from brand_styles.rules.pixels import things
from brand_styles.words import Words
from generation.errors import PermanentError
from generation.preflight.sight.table import look

SCENE = np.random.default_rng(0).integers(0, 256, (96, 64, 3), dtype=np.uint8)
ASKED = tuple(name for name, thing in things().items() if thing.looks_like)[:24]
LAYERS = {"hidden_size": 32, "intermediate_size": 64, "num_hidden_layers": 1, "num_attention_heads": 2}


def rule(kind: str, **told: Any) -> PixelRule:
    return PixelRule.model_validate({"id": "R", "kind": kind, "title": Words(en="", zh="")} | told)


def processor(side: int) -> dict[str, Any]:
    return {"size": {"height": side, "width": side}, "do_center_crop": False}


def clip(folder: Path, scale: float) -> str:
    """A CLIP of 32 x 32 px whose comparisons count `scale`-fold (as a logarithm)."""
    import torch
    from transformers import CLIPConfig, CLIPImageProcessor, CLIPModel, CLIPProcessor

    torch.manual_seed(3)
    text = LAYERS | {
        "vocab_size": 300,
        "max_position_embeddings": 77,
        "eos_token_id": 2,
        "bos_token_id": 1,
        "pad_token_id": 0,
    }
    config = CLIPConfig(text_config=text, vision_config=LAYERS | {"image_size": 32, "patch_size": 8}, projection_dim=16)
    model = CLIPModel(config)
    model.logit_scale.data.fill_(scale)
    model.save_pretrained(folder)
    CLIPProcessor(CLIPImageProcessor(**processor(32)), tokenizer(77)).save_pretrained(folder)
    return str(folder)


def owl(folder: Path, scale: float) -> str:
    """An OWL-ViT of 32 x 32 px that answers with boxes; `scale` shifts how sure it is."""
    import torch
    from transformers import OwlViTConfig, OwlViTForObjectDetection, OwlViTImageProcessor, OwlViTProcessor

    torch.manual_seed(3)
    text = LAYERS | {
        "vocab_size": 300,
        "max_position_embeddings": 77,
        "eos_token_id": 2,
        "bos_token_id": 1,
        "pad_token_id": 0,
    }
    config = OwlViTConfig(
        text_config=text, vision_config=LAYERS | {"image_size": 32, "patch_size": 8}, projection_dim=32
    )
    model = OwlViTForObjectDetection(config)
    model.class_head.logit_shift.weight.data.zero_()
    model.class_head.logit_shift.bias.data.fill_(scale)
    model.class_head.logit_scale.weight.data.zero_()
    for part in (model.box_head.dense2.weight, model.box_head.dense2.bias):
        part.data.zero_()  # each patch then answers with its own square
    model.class_head.logit_scale.bias.data.fill_(1.0)
    model.save_pretrained(folder)
    OwlViTProcessor(OwlViTImageProcessor(**processor(32)), tokenizer(77)).save_pretrained(folder)
    return str(folder)


def classifier(folder: Path, labels: tuple[str, ...], bias: float) -> str:
    """A ViT of 32 x 32 px that leans to its last label by `bias`."""
    from transformers import ViTConfig, ViTForImageClassification, ViTImageProcessor

    named = dict(enumerate(labels))
    config = ViTConfig(**LAYERS, image_size=32, patch_size=8, id2label=named, label2id={v: k for k, v in named.items()})
    model = ViTForImageClassification(config)
    model.classifier.weight.data.zero_()
    model.classifier.bias.data[-1] = bias
    model.save_pretrained(folder)
    ViTImageProcessor(**{"size": {"height": 32, "width": 32}}).save_pretrained(folder)
    return str(folder)


@pytest.mark.parametrize(("model", "sure"), [(clip, 9.0), (owl, 6.0)])
def test_a_model_that_reads_words_names_what_it_sees(
    model: Callable[[Path, float], str], sure: float, tmp_path: Path, settings: Any
) -> None:
    settings.PREFLIGHT_WORDS = model(tmp_path / "words", sure)
    seen = look(SCENE, [rule("thing", things=ASKED)])
    assert seen.sightings and {each.name for each in seen.sightings} <= set(ASKED)
    assert all(each.detector == "words" and each.box is not None and each.detail for each in seen.sightings)
    assert seen.things == set(ASKED) and "thing" in seen.sorts


@pytest.mark.parametrize(("model", "unsure"), [(clip, -4.0), (owl, -6.0)])
def test_a_model_that_is_not_sure_sees_nothing_and_has_looked(
    model: Callable[[Path, float], str], unsure: float, tmp_path: Path, settings: Any
) -> None:
    settings.PREFLIGHT_WORDS = model(tmp_path / "words", unsure)
    seen = look(SCENE, [rule("thing", things=ASKED), rule("nudity")])
    assert seen.sightings == () and seen.sorts == {"thing", "nudity"}


@pytest.mark.parametrize(("bias", "found"), [(8.0, 1), (-8.0, 0)])
def test_a_classifier_says_whether_somebody_is_naked(bias: float, found: int, tmp_path: Path, settings: Any) -> None:
    settings.PREFLIGHT_NUDITY = classifier(tmp_path / "nudity", ("normal", "nsfw"), bias)
    seen = look(SCENE, [rule("nudity")])
    assert len(seen.of("nudity")) == found and seen.sorts == {"nudity"}


def test_a_classifier_without_such_a_label_is_refused(tmp_path: Path, settings: Any) -> None:
    settings.PREFLIGHT_NUDITY = classifier(tmp_path / "cats", ("cat", "dog"), 0.0)
    with pytest.raises(PermanentError, match="no label of it means nakedness"):
        look(SCENE, [rule("nudity")])
