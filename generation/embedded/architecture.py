"""The embedded checkpoint's parts, built from stock diffusers and transformers classes, and its folder on disk.

Everything here loads unchanged in StableDiffusionControlNetPipeline. Sizes are values so that tests build the same thing tiny.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from diffusers import (
    AutoencoderTiny,
    ControlNetModel,
    DPMSolverMultistepScheduler,
    StableDiffusionControlNetPipeline,
    UNet2DConditionModel,
)
from diffusers.models.unets.unet_2d_blocks import AutoencoderTinyBlock
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import CLIPTextConfig, CLIPTextModel, PreTrainedTokenizerFast

from generation.engines.conditioning import DENSE_CHANNELS
from generation.engines.loading import CARD

PAD, START, END, UNKNOWN = "<|pad|>", "<|start|>", "<|end|>", "<|unknown|>"
SHARD = "15MB"


@dataclass(frozen=True)
class Sizes:
    """How large each part is. The last two levels of the UNet attend to the text; the ControlNet's embedding has one entry
    for full size and one for each halving down to the latents."""

    latent_channels: int = 8
    autoencoder_width: int = 48
    encoder_blocks: tuple[int, ...] = (0, 1, 2, 3)
    decoder_blocks: tuple[int, ...] = (3, 3, 1, 0)
    unet_widths: tuple[int, ...] = (40, 64, 96)
    heads: int = 4
    groups: int = 8
    embedding_widths: tuple[int, ...] = (8, 16, 32, 48)
    text_width: int = 96
    text_layers: int = 2
    tokens: int = 64
    sample_size: int = 64  # latents a side of a picture of the usual area: 64 × 8 px, 512² ≈ 384 × 672


def build_autoencoder(sizes: Sizes) -> AutoencoderTiny:
    width = (sizes.autoencoder_width,) * 4
    model = AutoencoderTiny(
        latent_channels=sizes.latent_channels,
        encoder_block_out_channels=width,
        decoder_block_out_channels=width,
        num_encoder_blocks=sizes.encoder_blocks,
        num_decoder_blocks=sizes.decoder_blocks,
    )
    for part in (model.encoder, model.decoder):
        _start_well(part)
    return model


def _start_well(part: torch.nn.Module) -> None:
    """Weights that carry the signal through: He's initialisation (2015, equation 10), and residual blocks that begin near
    the identity. With torch's default this stack without normalisation starts as a grey picture and stays one for long."""
    for module in part.modules():
        if isinstance(module, torch.nn.Conv2d):
            torch.nn.init.kaiming_normal_(module.weight, nonlinearity="relu")
            if module.bias is not None:
                torch.nn.init.zeros_(module.bias)
    for module in part.modules():
        if isinstance(module, AutoencoderTinyBlock):
            module.conv[-1].weight.data *= 0.1


def build_unet(sizes: Sizes) -> UNet2DConditionModel:
    levels = len(sizes.unet_widths)
    return UNet2DConditionModel(
        sample_size=sizes.sample_size,
        in_channels=sizes.latent_channels,
        out_channels=sizes.latent_channels,
        layers_per_block=1,
        block_out_channels=sizes.unet_widths,
        down_block_types=("DownBlock2D", *("CrossAttnDownBlock2D",) * (levels - 1)),
        up_block_types=(*("CrossAttnUpBlock2D",) * (levels - 1), "UpBlock2D"),
        cross_attention_dim=sizes.text_width,
        attention_head_dim=sizes.heads,  # the number of heads, in spite of its name
        norm_num_groups=sizes.groups,
    )


def build_controlnet(sizes: Sizes) -> ControlNetModel:
    levels = len(sizes.unet_widths)
    return ControlNetModel(
        in_channels=sizes.latent_channels,
        conditioning_channels=DENSE_CHANNELS,
        layers_per_block=1,
        block_out_channels=sizes.unet_widths,
        down_block_types=("DownBlock2D",) * levels,
        mid_block_type="UNetMidBlock2D",
        cross_attention_dim=sizes.text_width,
        attention_head_dim=sizes.heads,
        norm_num_groups=sizes.groups,
        conditioning_embedding_out_channels=sizes.embedding_widths,
    )


def build_text_encoder(sizes: Sizes, vocabulary: int) -> CLIPTextModel:
    return CLIPTextModel(
        CLIPTextConfig(
            vocab_size=vocabulary,
            hidden_size=sizes.text_width,
            intermediate_size=sizes.text_width * 3,
            num_hidden_layers=sizes.text_layers,
            num_attention_heads=4,
            max_position_embeddings=sizes.tokens,
            pad_token_id=0,
            bos_token_id=1,
            eos_token_id=2,
        )
    )


def build_tokenizer(words: Iterable[str], tokens: int) -> PreTrainedTokenizerFast:
    """One token a word of Latin script and one a Chinese character, lower case, for the words of `words` (phrases are cut)."""
    known = [PAD, START, END, UNKNOWN, *sorted({part for phrase in words for part in split_words(phrase)})]
    inner = Tokenizer(models.WordLevel({w: i for i, w in enumerate(known)}, unk_token=UNKNOWN))
    inner.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Lowercase()])
    inner.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Split(Regex(r"[^\p{L}\p{N}]+"), "removed"),
            pre_tokenizers.Split(Regex(r"\p{Han}"), "isolated"),
        ]
    )
    inner.post_processor = processors.TemplateProcessing(
        single=f"{START} $A {END}", special_tokens=[(START, 1), (END, 2)]
    )
    return PreTrainedTokenizerFast(
        tokenizer_object=inner,
        model_max_length=tokens,
        pad_token=PAD,
        bos_token=START,
        eos_token=END,
        unk_token=UNKNOWN,
        padding_side="right",
    )


def split_words(phrase: str) -> list[str]:
    """The tokens of a phrase: lower-case words, Chinese one by one."""
    return re.findall(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+", phrase.lower())


def build_scheduler() -> DPMSolverMultistepScheduler:
    return DPMSolverMultistepScheduler(
        num_train_timesteps=1000, use_flow_sigmas=True, prediction_type="flow_prediction", flow_shift=1.0
    )


def build_pipeline(sizes: Sizes, words: Iterable[str], seed: int = 0) -> StableDiffusionControlNetPipeline:
    """All parts with random weights drawn from `seed`, in the stock pipeline."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        tokenizer = build_tokenizer(words, sizes.tokens)
        return StableDiffusionControlNetPipeline(
            vae=build_autoencoder(sizes),
            text_encoder=build_text_encoder(sizes, len(tokenizer)),
            tokenizer=tokenizer,
            unet=build_unet(sizes),
            controlnet=build_controlnet(sizes),
            scheduler=build_scheduler(),
            safety_checker=None,
            feature_extractor=None,
            requires_safety_checker=False,
        )


def save_pipeline(pipe: Any, folder: Path, card: Mapping[str, Any]) -> None:
    """Write the ordinary diffusers folder (safetensors, shards under 16 MB) and our card beside it.

    Weights are fp16; those of the small text encoder stay fp32, because transformers loads a model in the precision of its
    file where diffusers takes fp32, and the stock pipeline must run as it is loaded.
    """
    folder.mkdir(parents=True, exist_ok=True)
    halved = (pipe.vae, pipe.unet, pipe.controlnet)
    for part in halved:
        part.half()
    pipe.save_pretrained(folder, safe_serialization=True, max_shard_size=SHARD)
    for part in halved:
        part.float()
    text = json.dumps(dict(card), indent=2, ensure_ascii=False) + "\n"
    (folder / CARD).write_text(text, encoding="utf-8")


def parameters(pipe: Any) -> dict[str, int]:
    """Number of weights of each part."""
    parts = ("vae", "unet", "controlnet", "text_encoder")
    return {name: sum(p.numel() for p in getattr(pipe, name).parameters()) for name in parts}
