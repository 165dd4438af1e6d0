"""Parts of a tiny pipeline for each family that denoises with a UNet."""

from __future__ import annotations

from typing import Any

import torch

from tests.generation.engines.families.tiny_parts import clip, glm_tokenizer, kl, tokenizer, unet, unet_controlnet


def sd15() -> dict[str, Any]:
    from diffusers import DPMSolverMultistepScheduler

    model = unet(32)
    return {
        "vae": kl(),
        "text_encoder": clip(32),
        "tokenizer": tokenizer(77),
        "unet": model,
        "controlnet": unet_controlnet(model),
        "scheduler": DPMSolverMultistepScheduler(beta_schedule="scaled_linear", beta_start=0.00085, beta_end=0.012),
        "safety_checker": None,
        "feature_extractor": None,
    }


def sdxl() -> dict[str, Any]:
    from diffusers import EulerDiscreteScheduler

    model = unet(
        64,
        transformer_layers_per_block=(1, 2),
        addition_embed_type="text_time",
        addition_time_embed_dim=8,
        projection_class_embeddings_input_dim=6 * 8 + 32,
        use_linear_projection=True,
    )
    return {
        "vae": kl(scale=0.13025),
        "text_encoder": clip(32),
        "tokenizer": tokenizer(77),
        "text_encoder_2": clip(32, 32),
        "tokenizer_2": tokenizer(77),
        "unet": model,
        "controlnet": unet_controlnet(model),
        "scheduler": EulerDiscreteScheduler(
            beta_schedule="scaled_linear",
            beta_start=0.00085,
            beta_end=0.012,
            timestep_spacing="leading",
            steps_offset=1,
        ),
    }


def kolors() -> dict[str, Any]:
    from diffusers import EulerDiscreteScheduler
    from diffusers.pipelines.kolors import ChatGLMModel
    from diffusers.pipelines.kolors.text_encoder import ChatGLMConfig

    encoder = ChatGLMModel(
        ChatGLMConfig(
            num_layers=2,
            padded_vocab_size=512,
            hidden_size=16,
            ffn_hidden_size=16,
            kv_channels=8,
            num_attention_heads=2,
            seq_length=256,
            multi_query_attention=True,
            multi_query_group_num=1,
            add_qkv_bias=True,
            original_rope=True,
        )
    )
    for name, weight in encoder.named_parameters():  # the class leaves them as memory was
        torch.nn.init.ones_(weight) if "norm" in name else torch.nn.init.normal_(weight, std=0.1)
    model = unet(
        16,
        transformer_layers_per_block=(1, 2),
        addition_embed_type="text_time",
        addition_time_embed_dim=8,
        projection_class_embeddings_input_dim=6 * 8 + 16,
        use_linear_projection=True,
    )
    return {
        "vae": kl(scale=0.13025),
        "text_encoder": encoder,
        "tokenizer": glm_tokenizer(),
        "unet": model,
        "scheduler": EulerDiscreteScheduler(
            beta_schedule="scaled_linear",
            beta_start=0.00085,
            beta_end=0.014,
            timestep_spacing="leading",
            steps_offset=1,
        ),
    }
