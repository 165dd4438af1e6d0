"""Looking at finished pictures with a Stable Diffusion safety checker, for every family; its absence is told."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from brand_styles.words import Words
from generation.engines.quiet import first_line
from generation.errors import PermanentError

REFUSED = Words(en="the safety checker refused the model's picture", zh="安全检查未通过模型的画面")


@dataclass(frozen=True)
class Checker:
    """`notes` go into the recipe of each picture looked at, or not."""

    model: Any = None
    reader: Any = None
    device: str = "cpu"
    notes: dict[str, float | str] = field(default_factory=lambda: {"safety_checker": "none"})

    def refuses(self, rgb: NDArray[np.uint8]) -> bool:
        """Does the checker find the picture unfit to show? False where there is no checker."""
        if self.model is None:
            return False
        import torch
        from PIL import Image

        seen = self.reader(images=[Image.fromarray(rgb)], return_tensors="pt").pixel_values.to(self.device)
        with torch.inference_mode():
            # The checker paints over what it refuses, so it gets a copy.
            _, found = self.model(clip_input=seen, images=np.array(rgb[None], dtype=np.float32) / 255)
        return bool(found[0])


def load_checker(folder: str, device: str) -> Checker:
    """The checker of a folder (safetensors), or none where the setting is empty. PermanentError where it can't be loaded."""
    if not folder:
        return Checker()
    from diffusers.pipelines.stable_diffusion import StableDiffusionSafetyChecker
    from transformers import CLIPImageProcessor

    path = Path(folder).expanduser()
    try:
        model = StableDiffusionSafetyChecker.from_pretrained(path, use_safetensors=True, local_files_only=True)
        reader = CLIPImageProcessor(**_sizes(path, model))
    except (OSError, ValueError, RuntimeError, KeyError) as fault:
        said = first_line(fault)
        raise PermanentError(
            f"The safety checker at {path} could not be loaded: {said}. Correct ENGINE_SAFETY_CHECKER, or empty it.",
            f"无法加载 {path} 处的安全检查器：{said}。请更正 ENGINE_SAFETY_CHECKER，或将其清空。",
        ) from fault
    return Checker(model.eval().to(device), reader, device, {"safety_checker": path.name})


def _sizes(path: Path, model: Any) -> dict[str, Any]:
    """How large the checker sees a picture: what its own preprocessor says, else its vision model."""
    import json

    told = path / "preprocessor_config.json"
    if told.is_file():
        known = json.loads(told.read_text(encoding="utf-8"))
        return {k: known[k] for k in ("size", "crop_size", "image_mean", "image_std") if k in known}
    side = model.config.vision_config.image_size
    return {"size": {"shortest_edge": side}, "crop_size": {"height": side, "width": side}}
