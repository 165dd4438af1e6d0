"""Full-size models of random weights, built on the device from the published sizes: the cost of the real ones, no download."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

SDXL_UNET: dict[str, Any] = {
    "sample_size": 128,
    "in_channels": 4,
    "block_out_channels": (320, 640, 1280),
    "layers_per_block": 2,
    "down_block_types": ("DownBlock2D", "CrossAttnDownBlock2D", "CrossAttnDownBlock2D"),
    "up_block_types": ("CrossAttnUpBlock2D", "CrossAttnUpBlock2D", "UpBlock2D"),
    "transformer_layers_per_block": (1, 2, 10),
    "attention_head_dim": (5, 10, 20),
    "cross_attention_dim": 2048,
    "addition_embed_type": "text_time",
    "addition_time_embed_dim": 256,
    "projection_class_embeddings_input_dim": 2816,
    "use_linear_projection": True,
}
FLUX_TRANSFORMER: dict[str, Any] = {
    "patch_size": 1,
    "in_channels": 64,
    "num_layers": 19,
    "num_single_layers": 38,
    "attention_head_dim": 128,
    "num_attention_heads": 24,
    "joint_attention_dim": 4096,
    "pooled_projection_dim": 768,
    "guidance_embeds": True,
    "axes_dims_rope": (16, 56, 56),
}
AUTOENCODER: dict[str, Any] = {
    "block_out_channels": (128, 256, 512, 512),
    "layers_per_block": 2,
    "down_block_types": ("DownEncoderBlock2D",) * 4,
    "up_block_types": ("UpDecoderBlock2D",) * 4,
    "sample_size": 1024,
}


@contextmanager
def _on(device: str, dtype: Any) -> Iterator[None]:
    """Whatever is built inside is made on `device` in `dtype`, from one seed."""
    import torch

    before = torch.get_default_dtype()
    torch.manual_seed(0)
    torch.set_default_dtype(dtype)
    try:
        with torch.device(device):
            yield
    finally:
        torch.set_default_dtype(before)


def tokenizer(length: int) -> Any:
    """A token a byte: as many tokens as any, and no vocabulary to fetch."""
    from tokenizers import Tokenizer, models, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    words = ["<pad>", "<s>", "</s>", *sorted(pre_tokenizers.ByteLevel.alphabet())]
    inner = Tokenizer(models.BPE({word: i for i, word in enumerate(words)}, merges=[]))
    inner.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    inner.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=[("<s>", 1), ("</s>", 2)])
    marks = {"pad_token": "<pad>", "bos_token": "<s>", "eos_token": "</s>"}
    return PreTrainedTokenizerFast(tokenizer_object=inner, model_max_length=length, **marks)


def _clip(width: int, layers: int, heads: int, projected: bool) -> Any:
    from transformers import CLIPTextConfig, CLIPTextModel, CLIPTextModelWithProjection

    config = CLIPTextConfig(
        hidden_size=width,
        intermediate_size=4 * width,
        num_hidden_layers=layers,
        num_attention_heads=heads,
        projection_dim=width,
        eos_token_id=2,
        bos_token_id=1,
        pad_token_id=0,
    )
    return (CLIPTextModelWithProjection if projected else CLIPTextModel)(config)


def sdxl(device: str, dtype: Any) -> Any:
    """Stable Diffusion XL with a ControlNet: 4.7 billion weights."""
    import diffusers as d

    with _on(device, dtype):
        unet = d.UNet2DConditionModel(**SDXL_UNET)
        parts: dict[str, Any] = {
            "vae": d.AutoencoderKL(latent_channels=4, scaling_factor=0.13025, **AUTOENCODER),
            "text_encoder": _clip(768, 12, 12, False),
            "text_encoder_2": _clip(1280, 32, 20, True),
            "unet": unet,
            "controlnet": d.ControlNetModel.from_unet(unet),
        }
    scheduler = d.EulerDiscreteScheduler(
        beta_start=0.00085,
        beta_end=0.012,
        beta_schedule="scaled_linear",
        timestep_spacing="leading",
        steps_offset=1,
    )
    readers = {"tokenizer": tokenizer(77), "tokenizer_2": tokenizer(77)}
    return _ready(d.StableDiffusionXLControlNetPipeline, parts, scheduler=scheduler, **readers)


def flux1(device: str, dtype: Any) -> Any:
    """FLUX.1 with a ControlNet of five double and ten single blocks: 20 billion weights."""
    import diffusers as d
    from transformers import T5Config, T5EncoderModel

    small = {"num_layers": 5, "num_single_layers": 10}
    wide = {"d_model": 4096, "d_kv": 64, "d_ff": 10240, "num_layers": 24, "num_heads": 64}
    with _on(device, dtype):
        plain = {
            "use_quant_conv": False,
            "use_post_quant_conv": False,
            "scaling_factor": 0.3611,
            "shift_factor": 0.1159,
        }
        parts: dict[str, Any] = {
            "vae": d.AutoencoderKL(latent_channels=16, **plain, **AUTOENCODER),
            "text_encoder": _clip(768, 12, 12, False),
            "text_encoder_2": T5EncoderModel(T5Config(vocab_size=32128, feed_forward_proj="gated-gelu", **wide)),
            "transformer": d.FluxTransformer2DModel(**FLUX_TRANSFORMER),
            "controlnet": d.FluxControlNetModel(**(FLUX_TRANSFORMER | small)),
        }
    scheduler = d.FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True, shift=3.0)
    readers = {"tokenizer": tokenizer(77), "tokenizer_2": tokenizer(512)}
    return _ready(d.FluxControlNetPipeline, parts, scheduler=scheduler, **readers)


def _ready(kind: Any, parts: dict[str, Any], **rest: Any) -> Any:
    for part in parts.values():
        part.eval()
    pipe = kind(**parts, **rest)
    pipe.set_progress_bar_config(disable=True)
    return pipe


FULL: dict[str, Callable[[str, Any], Any]] = {"sdxl": sdxl, "flux1": flux1}


def tiny(slug: str) -> Any:
    """The same two families as the tests build them."""
    from tests.generation.engines.families.tiny_models import build

    return build(slug)
