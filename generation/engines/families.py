"""Every family of checkpoints that the engine knows, in one table. Nothing here imports torch or diffusers.

Class names are those of diffusers 0.42; `resolve` looks one up in the diffusers that is installed. The engine samples with
`pipelines` and `control` only, from latents of its own; `image_to_image`, `inpaint` and their kin are the stock classes that do
the same from a picture: a checkpoint may name one of them, and the tests hold the engine's pictures against theirs.
"""

from __future__ import annotations

from typing import Any

from brand_styles.words import Words
from generation.engines.family import BYTES, Commercial, Family, Guidance, Latents, Licence, Variant
from generation.errors import PermanentError

__all__ = [
    "BYTES",
    "BY_SLUG",
    "FAMILIES",
    "Commercial",
    "Family",
    "Guidance",
    "Latents",
    "Licence",
    "Variant",
    "known_families",
    "resolve",
]

UNET_LORA = ("to_q", "to_k", "to_v", "to_out.0")
JOINT_LORA = (*UNET_LORA, "add_q_proj", "add_k_proj", "add_v_proj", "to_add_out")


OPENRAIL = Licence("CreativeML Open RAIL (M, ++-M)", "yes", "uses named in its attachment A are forbidden")
STABILITY = Licence("Stability AI Community", "revenue", "free below 1,000,000 USD of yearly revenue")
FLUX_DEV = Licence("FLUX [dev] Non-Commercial", "no", "the makers sell a licence")
APACHE = Licence("Apache-2.0", "yes")
SQUARE = ((1024, 1024), (1152, 896), (896, 1152), (1216, 832), (832, 1216), (1344, 768), (768, 1344))

FAMILIES: tuple[Family, ...] = (
    Family(
        slug="sd15",
        name="Stable Diffusion 1.5",
        pipelines=("StableDiffusionPipeline",),
        control="StableDiffusionControlNetPipeline",
        controlnet="ControlNetModel",
        image_to_image="StableDiffusionImg2ImgPipeline",
        control_image_to_image="StableDiffusionControlNetImg2ImgPipeline",
        inpaint="StableDiffusionInpaintPipeline",
        control_inpaint="StableDiffusionControlNetInpaintPipeline",
        denoisers=("UNet2DConditionModel",),
        latents="plain",
        maps=("canny", "depth", "normal", "segmentation", "soft_edge"),
        style="ip_adapter",
        lora_targets=UNET_LORA,
        native_sizes=((512, 512), (512, 768), (768, 512), (384, 672)),
        multiple=8,
        steps=30,
        guidance=7.0,
        guidance_kind="cfg",
        prompt_tokens=77,
        dtype="fp16",
        parameters={"unet": 0.860, "text_encoder": 0.123, "vae": 0.084, "controlnet": 0.361},
        licence=OPENRAIL,
        keys=("model.diffusion_model.output_blocks.11.0.skip_connection.weight",),
        area=None,
    ),
    Family(
        slug="sdxl",
        name="Stable Diffusion XL",
        pipelines=("StableDiffusionXLPipeline",),
        control="StableDiffusionXLControlNetPipeline",
        controlnet="ControlNetModel",
        image_to_image="StableDiffusionXLImg2ImgPipeline",
        control_image_to_image="StableDiffusionXLControlNetImg2ImgPipeline",
        inpaint="StableDiffusionXLInpaintPipeline",
        control_inpaint="StableDiffusionXLControlNetInpaintPipeline",
        denoisers=("UNet2DConditionModel",),
        latents="plain",
        maps=("canny", "depth", "normal", "segmentation", "soft_edge"),
        style="ip_adapter",
        lora_targets=UNET_LORA,
        native_sizes=SQUARE,
        multiple=8,
        steps=30,
        guidance=5.0,
        guidance_kind="cfg",
        prompt_tokens=77,
        dtype="fp16",
        parameters={"unet": 2.567, "text_encoder": 0.123, "text_encoder_2": 0.695, "vae": 0.084, "controlnet": 1.251},
        licence=OPENRAIL,
        keys=("conditioner.embedders.1.model.transformer.resblocks.9.mlp.c_proj.bias",),
    ),
    Family(
        slug="sd3",
        name="Stable Diffusion 3.x",
        pipelines=("StableDiffusion3Pipeline",),
        control="StableDiffusion3ControlNetPipeline",
        controlnet="SD3ControlNetModel",
        image_to_image="StableDiffusion3Img2ImgPipeline",
        control_image_to_image="",
        inpaint="StableDiffusion3InpaintPipeline",
        control_inpaint="StableDiffusion3ControlNetInpaintingPipeline",
        denoisers=("SD3Transformer2DModel",),
        latents="plain",
        maps=("canny", "depth"),
        style="ip_adapter",
        lora_targets=JOINT_LORA,
        native_sizes=SQUARE,
        multiple=16,
        steps=28,
        guidance=4.5,
        guidance_kind="cfg",
        prompt_tokens=256,
        dtype="bf16",
        parameters={
            "transformer": 8.06,
            "text_encoder": 0.124,
            "text_encoder_2": 0.695,
            "text_encoder_3": 4.762,
            "vae": 0.084,
            "controlnet": 2.05,
        },
        licence=STABILITY,
        keys=(
            "joint_blocks.0.context_block.adaLN_modulation.1.bias",
            "model.diffusion_model.joint_blocks.0.context_block.adaLN_modulation.1.bias",
        ),
        variants=(Variant("3.5 medium", ("transformer", "num_layers", 24), 40, 4.5, STABILITY, {"transformer": 2.24}),),
    ),
    Family(
        slug="flux1",
        name="FLUX.1",
        pipelines=("FluxPipeline",),
        control="FluxControlNetPipeline",
        controlnet="FluxControlNetModel",
        image_to_image="FluxImg2ImgPipeline",
        control_image_to_image="FluxControlNetImg2ImgPipeline",
        inpaint="FluxInpaintPipeline",
        control_inpaint="FluxControlNetInpaintPipeline",
        denoisers=("FluxTransformer2DModel",),
        latents="packed",
        maps=("canny", "depth", "soft_edge"),
        style="ip_adapter",
        lora_targets=JOINT_LORA,
        native_sizes=SQUARE,
        multiple=16,
        steps=28,
        guidance=3.5,
        guidance_kind="embedded",
        prompt_tokens=512,
        dtype="bf16",
        parameters={
            "transformer": 11.90,
            "text_encoder": 0.123,
            "text_encoder_2": 4.762,
            "vae": 0.084,
            "controlnet": 3.30,
        },
        licence=FLUX_DEV,
        linear_sigmas=True,
        keys=(
            "double_blocks.0.img_attn.norm.key_norm.scale",
            "model.diffusion_model.double_blocks.0.img_attn.norm.key_norm.scale",
        ),
        variants=(Variant("schnell", ("transformer", "guidance_embeds", False), 4, 0.0, APACHE),),
    ),
    Family(
        slug="flux2",
        name="FLUX.2",
        pipelines=("Flux2Pipeline", "Flux2KleinPipeline"),
        control="",  # none in diffusers: reference pictures steer it, and the blockout it starts from
        controlnet="",
        image_to_image="",
        control_image_to_image="",
        inpaint="Flux2KleinInpaintPipeline",
        control_inpaint="",
        denoisers=("Flux2Transformer2DModel",),
        latents="patched",
        maps=(),
        style="native",
        lora_targets=(*JOINT_LORA, "to_qkv_mlp_proj"),
        native_sizes=SQUARE,
        multiple=16,
        steps=50,
        guidance=4.0,
        guidance_kind="embedded",
        prompt_tokens=512,
        dtype="bf16",
        parameters={"transformer": 32.2, "text_encoder": 24.0, "vae": 0.084},
        licence=FLUX_DEV,
        linear_sigmas=True,
        keys=("single_stream_modulation.lin.weight", "model.diffusion_model.single_stream_modulation.lin.weight"),
        variants=(
            Variant(
                "klein 4B, distilled",
                ("model_index", "is_distilled", True),
                4,
                1.0,
                APACHE,
                {"transformer": 3.88, "text_encoder": 4.02},
            ),
            Variant(
                "klein 4B",
                ("model_index", "is_distilled", False),
                50,
                4.0,
                APACHE,
                {"transformer": 3.88, "text_encoder": 4.02},
            ),
        ),
    ),
    Family(
        slug="qwen-image",
        name="Qwen-Image",
        pipelines=("QwenImagePipeline",),
        control="QwenImageControlNetPipeline",
        controlnet="QwenImageControlNetModel",
        image_to_image="QwenImageImg2ImgPipeline",
        control_image_to_image="",
        inpaint="QwenImageInpaintPipeline",
        control_inpaint="QwenImageControlNetInpaintPipeline",
        denoisers=("QwenImageTransformer2DModel",),
        latents="packed_video",
        maps=("canny", "depth", "soft_edge"),
        style="",
        lora_targets=JOINT_LORA,
        native_sizes=((1328, 1328), (1664, 928), (928, 1664), (1472, 1104), (1104, 1472), (1584, 1056), (1056, 1584)),
        multiple=16,
        steps=50,
        guidance=4.0,
        guidance_kind="true_cfg",
        prompt_tokens=512,
        dtype="bf16",
        parameters={"transformer": 20.43, "text_encoder": 8.29, "vae": 0.127, "controlnet": 1.77},
        licence=APACHE,
        linear_sigmas=True,
        area=1328 * 1328,
    ),
    Family(
        slug="z-image",
        name="Z-Image",
        pipelines=("ZImagePipeline",),
        control="ZImageControlNetPipeline",
        controlnet="ZImageControlNetModel",
        image_to_image="ZImageImg2ImgPipeline",
        control_image_to_image="",
        inpaint="ZImageInpaintPipeline",
        control_inpaint="ZImageControlNetInpaintPipeline",
        denoisers=("ZImageTransformer2DModel",),
        latents="plain",
        maps=("canny", "depth", "soft_edge"),
        style="",
        lora_targets=UNET_LORA,
        native_sizes=SQUARE,
        multiple=16,
        steps=8,
        guidance=0.0,  # of the distilled Turbo; the undistilled model wants 4 at 28 to 50 steps
        guidance_kind="cfg",
        prompt_tokens=512,
        dtype="bf16",
        parameters={"transformer": 6.15, "text_encoder": 4.02, "vae": 0.084, "controlnet": 1.53},
        licence=APACHE,
        linear_sigmas=True,
        keys=("model.diffusion_model.layers.0.adaLN_modulation.0.weight", "layers.0.adaLN_modulation.0.weight"),
    ),
    Family(
        slug="sana",
        name="Sana",
        pipelines=("SanaPipeline",),
        control="SanaControlNetPipeline",
        controlnet="SanaControlNetModel",
        image_to_image="",
        control_image_to_image="",
        inpaint="",
        control_inpaint="",
        denoisers=("SanaTransformer2DModel",),
        latents="deep",
        maps=("soft_edge",),
        style="",
        lora_targets=UNET_LORA,
        native_sizes=SQUARE,
        multiple=32,
        steps=20,
        guidance=4.5,
        guidance_kind="cfg",
        prompt_tokens=300,
        dtype="bf16",
        parameters={"transformer": 1.60, "text_encoder": 2.61, "vae": 0.312, "controlnet": 0.60},
        licence=Licence("NVIDIA NSCL v2-custom, Gemma terms", "no", "for research; later versions may differ"),
        keys=("blocks.0.cross_attn.q_linear.weight",),
    ),
    Family(
        slug="kolors",
        name="Kolors",
        pipelines=("KolorsPipeline",),
        control="",  # none in diffusers: the blockout it starts from steers it
        controlnet="",
        image_to_image="KolorsImg2ImgPipeline",
        control_image_to_image="",
        inpaint="",
        control_inpaint="",
        denoisers=("UNet2DConditionModel",),
        latents="plain",
        maps=(),
        style="ip_adapter",
        lora_targets=UNET_LORA,
        native_sizes=SQUARE,
        multiple=8,
        steps=50,
        guidance=5.0,
        guidance_kind="cfg",
        prompt_tokens=256,
        dtype="fp16",
        parameters={"unet": 2.58, "text_encoder": 6.24, "vae": 0.084},
        licence=Licence("Kolors model licence", "ask", "commercial use after registering with the maker"),
    ),
)
BY_SLUG = {family.slug: family for family in FAMILIES}


def known_families() -> str:
    return ", ".join(family.name for family in FAMILIES)


def resolve(name: str) -> Any:
    """A class of the installed diffusers. PermanentError where it has none of that name or can't offer it."""
    import diffusers

    found = getattr(diffusers, name, None)
    backends = getattr(found, "_backends", None)  # diffusers' stand-in for a class whose dependency is not installed
    if found is None or backends:
        reason = Words(
            en=f"needs {', '.join(backends)}, which is not installed" if backends else "is not part of it",
            zh=f"需要尚未安装的 {'、'.join(backends)}" if backends else "不包含该类",
        )
        raise PermanentError(
            f"diffusers {diffusers.__version__} can't offer {name}: it {reason.en}. Install what the project's lock file names.",
            f"diffusers {diffusers.__version__} 无法提供 {name}：{reason.zh}。请按项目锁文件安装依赖。",
        )
    return found
