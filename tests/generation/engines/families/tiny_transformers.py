"""Parts of a tiny pipeline for each family that denoises with a transformer."""

from __future__ import annotations

from typing import Any

from tests.generation.engines.families.tiny_parts import CLIP_VOCABULARY, clip, flow, kl, qwen3, t5, tokenizer, wake


def sd3() -> dict[str, Any]:
    from diffusers import SD3ControlNetModel, SD3Transformer2DModel

    sizes: dict[str, Any] = {
        "sample_size": 64,
        "patch_size": 2,
        "in_channels": 16,
        "num_layers": 2,
        "attention_head_dim": 8,
        "num_attention_heads": 4,
        "joint_attention_dim": 64,
        "caption_projection_dim": 32,
        "pooled_projection_dim": 64,
        "out_channels": 16,
        "pos_embed_max_size": 64,
    }
    return {
        "vae": kl(16, 0.0609, 1.5305),
        "text_encoder": clip(32, 32),
        "tokenizer": tokenizer(77),
        "text_encoder_2": clip(32, 32),
        "tokenizer_2": tokenizer(77),
        "text_encoder_3": t5(64),
        "tokenizer_3": tokenizer(256),
        "transformer": SD3Transformer2DModel(**sizes),
        "controlnet": wake(SD3ControlNetModel(**(sizes | {"num_layers": 1}))),
        "scheduler": flow(shift=3.0),
    }


def flux1() -> dict[str, Any]:
    from diffusers import FluxControlNetModel, FluxTransformer2DModel

    sizes: dict[str, Any] = {
        "patch_size": 1,
        "in_channels": 16,
        "num_layers": 1,
        "num_single_layers": 1,
        "attention_head_dim": 16,
        "num_attention_heads": 2,
        "joint_attention_dim": 32,
        "pooled_projection_dim": 32,
        "guidance_embeds": True,
        "axes_dims_rope": (4, 4, 8),
    }
    return {
        "vae": kl(4, 0.1159, 0.3611),
        "text_encoder": clip(32),
        "tokenizer": tokenizer(77),
        "text_encoder_2": t5(32),
        "tokenizer_2": tokenizer(512),
        "transformer": FluxTransformer2DModel(**sizes),
        "controlnet": wake(FluxControlNetModel(**sizes)),
        "scheduler": flow(shift=3.0, use_dynamic_shifting=True),
    }


def flux2() -> dict[str, Any]:
    from diffusers import AutoencoderKLFlux2, Flux2Transformer2DModel

    encoder = qwen3(layers=28)  # the pipeline reads the states after layers 9, 18 and 27
    vae = AutoencoderKLFlux2(
        block_out_channels=(8, 8, 8, 16),
        down_block_types=("DownEncoderBlock2D",) * 4,
        up_block_types=("UpDecoderBlock2D",) * 4,
        latent_channels=4,
        layers_per_block=1,
        norm_num_groups=4,
        sample_size=128,
        use_quant_conv=False,
        use_post_quant_conv=False,
    )
    vae.bn.running_mean.normal_(std=0.1)
    vae.bn.running_var.uniform_(0.5, 1.5)
    return {
        "vae": vae,
        "text_encoder": encoder,
        "tokenizer": tokenizer(512, end=False),
        "transformer": Flux2Transformer2DModel(
            patch_size=1,
            in_channels=16,
            num_layers=1,
            num_single_layers=1,
            attention_head_dim=16,
            num_attention_heads=2,
            joint_attention_dim=48,
            timestep_guidance_channels=16,
            axes_dims_rope=(4, 4, 4, 4),
            guidance_embeds=False,
        ),
        "scheduler": flow(use_dynamic_shifting=True),
        "is_distilled": False,
    }


def qwen_image() -> dict[str, Any]:
    from diffusers import AutoencoderKLQwenImage, QwenImageControlNetModel, QwenImageTransformer2DModel
    from transformers import Qwen2_5_VLConfig, Qwen2_5_VLForConditionalGeneration

    sizes: dict[str, Any] = {
        "patch_size": 2,
        "in_channels": 16,
        "out_channels": 4,
        "num_layers": 2,
        "attention_head_dim": 16,
        "num_attention_heads": 2,
        "joint_attention_dim": 16,
        "axes_dims_rope": (8, 4, 4),
    }
    shared = {
        "hidden_size": 16,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "num_key_value_heads": 2,
        "intermediate_size": 16,
        "vocab_size": CLIP_VOCABULARY,
        "rope_scaling": {"type": "default", "mrope_section": [1, 1, 2], "rope_type": "default"},
        "rope_theta": 1e6,
        "max_position_embeddings": 1024,
    }
    vision = {
        "depth": 1,
        "hidden_size": 16,
        "intermediate_size": 16,
        "num_heads": 2,
        "out_hidden_size": 16,
        "fullatt_block_indexes": [0],
    }
    encoder = Qwen2_5_VLForConditionalGeneration(
        Qwen2_5_VLConfig(text_config=shared, vision_config=vision, image_token_id=3, video_token_id=3)
    )
    vae = AutoencoderKLQwenImage(
        base_dim=8, z_dim=4, dim_mult=[1, 1, 1, 1], num_res_blocks=1, latents_mean=[0.1, -0.1, 0.0, 0.2],
        latents_std=[0.9, 1.1, 1.0, 1.2],
    )  # fmt: skip
    for part in (vae.decoder.conv_in, vae.decoder.conv_out):
        part.weight.data *= 6  # random weights draw a nearly grey picture otherwise
    vae.decoder.conv_out.bias.data *= 0
    return {
        "vae": vae,
        "text_encoder": encoder,
        "tokenizer": tokenizer(1024, end=False),
        "transformer": QwenImageTransformer2DModel(**sizes),
        "controlnet": wake(QwenImageControlNetModel(**(sizes | {"num_layers": 1}))),
        "scheduler": flow(use_dynamic_shifting=True, base_shift=0.5, max_shift=0.9, shift_terminal=0.02),
    }


def z_image() -> dict[str, Any]:
    from diffusers import ZImageControlNetModel, ZImageTransformer2DModel

    transformer = ZImageTransformer2DModel(
        all_patch_size=(2,),
        all_f_patch_size=(1,),
        in_channels=16,
        dim=32,
        n_layers=2,
        n_refiner_layers=1,
        n_heads=2,
        n_kv_heads=2,
        cap_feat_dim=16,
        axes_dims=[8, 4, 4],
        axes_lens=[1024, 32, 32],
    )
    controlnet = ZImageControlNetModel(
        control_layers_places=[0],
        control_refiner_layers_places=[0],
        control_in_dim=16,
        add_control_noise_refiner="control_layers",
        all_patch_size=(2,),
        all_f_patch_size=(1,),
        dim=32,
        n_refiner_layers=1,
        n_heads=2,
        n_kv_heads=2,
    )
    return {
        "vae": kl(16, 0.1159, 0.3611),
        "text_encoder": qwen3(),
        "tokenizer": tokenizer(512, end=False),
        "transformer": transformer,
        "controlnet": wake(controlnet),
        "scheduler": flow(shift=3.0),
    }


def sana() -> dict[str, Any]:
    from diffusers import AutoencoderDC, DPMSolverMultistepScheduler, SanaControlNetModel, SanaTransformer2DModel
    from transformers import Gemma2Config, Gemma2Model

    sizes: dict[str, Any] = {
        "patch_size": 1,
        "in_channels": 4,
        "out_channels": 4,
        "num_layers": 2,
        "num_attention_heads": 2,
        "attention_head_dim": 4,
        "num_cross_attention_heads": 2,
        "cross_attention_head_dim": 4,
        "cross_attention_dim": 8,
        "caption_channels": 8,
        "sample_size": 32,
    }
    vae = AutoencoderDC(
        latent_channels=4,
        attention_head_dim=2,
        encoder_block_types=("ResBlock",) * 6,
        decoder_block_types=("ResBlock",) * 6,
        encoder_block_out_channels=(8,) * 6,
        decoder_block_out_channels=(8,) * 6,
        encoder_qkv_multiscales=((),) * 6,
        decoder_qkv_multiscales=((),) * 6,
        encoder_layers_per_block=(1,) * 6,
        decoder_layers_per_block=(1,) * 6,
        downsample_block_type="conv",
        upsample_block_type="interpolate",
        decoder_norm_types="rms_norm",
        decoder_act_fns="silu",
        scaling_factor=0.41407,
    )
    encoder = Gemma2Model(
        Gemma2Config(
            vocab_size=CLIP_VOCABULARY,
            hidden_size=8,
            intermediate_size=16,
            num_hidden_layers=1,
            num_attention_heads=2,
            num_key_value_heads=1,
            head_dim=4,
            max_position_embeddings=4096,
        )
    )
    return {
        "vae": vae,
        "text_encoder": encoder,
        "tokenizer": tokenizer(300, end=False),
        "transformer": SanaTransformer2DModel(**sizes),
        "controlnet": wake(SanaControlNetModel(**(sizes | {"num_layers": 1}))),
        "scheduler": DPMSolverMultistepScheduler(
            use_flow_sigmas=True, prediction_type="flow_prediction", flow_shift=3.0
        ),
    }
