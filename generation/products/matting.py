"""A matting model in place of GrabCut's own edges, by the setting MATTING_MODEL: a local folder of transformers weights.

Two shapes are known: ViTMatte, which refines a trimap and gets GrabCut's answer as its trimap, and segmentation models, whose map
of everything but the ground (class 0; or the one map there is) becomes the alpha. The model works in a process of its own, so
that the web process never holds it; only safetensors are read, and no code from the folder is run.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from brand_styles.intake.guard import Refused
from brand_styles.intake.photos import MAX_SIDE, Cut, cut_out
from brand_styles.intake.pictures import decode_picture
from brand_styles.words import Words

SECONDS = 180.0
WORKING = 1024  # px of the longer side that a model is shown
LEAST = 0.004  # share of the photo that must be kept
ROOT = Path(__file__).resolve().parent.parent.parent
Alpha = NDArray[np.uint8]
Mask = NDArray[np.bool_]


def cut_by_model(
    folder: str | Path, photo: bytes, rectangle: Sequence[float] | None, strokes: Sequence[dict[str, Any]]
) -> Cut:
    """The model's alpha, clear outside the rectangle where one is drawn, corrected by the strokes.

    Refused, with a sentence, where the weights are missing or cannot be used, the process dies, or nothing would be kept.
    """
    require_weights(Path(folder))
    pixels = decode_picture(photo, max_side=MAX_SIDE)
    first = _first_cut(photo, rectangle, strokes, pixels.shape[:2])
    alpha = _asked(Path(folder), np.ascontiguousarray(pixels[..., :3]), first.alpha)
    if rectangle is not None:
        alpha[~_inside(first.rectangle, alpha.shape)] = 0
    kept, removed = _drawn(strokes, alpha.shape)
    alpha[kept], alpha[removed] = 255, 0
    share = float((alpha > 127).mean())
    if share < LEAST:
        raise Refused("cut-nothing", NOTHING)
    return replace(first, alpha=alpha, share=share)


def require_weights(folder: Path) -> None:
    """Refused where the folder does not hold a model."""
    if (folder / "config.json").is_file() and any(folder.glob("*.safetensors")):
        return
    raise Refused(
        "matting-weights",
        Words(
            en=f"The matting model's weights are missing: {folder} holds no config.json with safetensors. Set MATTING_MODEL to a "
            "folder that does, or leave it empty for GrabCut.",
            zh=f"缺少抠图模型权重：{folder} 中没有 config.json 和 safetensors。请将 MATTING_MODEL 指向正确的文件夹，或留空以使用 GrabCut。",
        ),
    )


def _first_cut(
    photo: bytes, rectangle: Sequence[float] | None, strokes: Sequence[dict[str, Any]], size: tuple[int, ...]
) -> Cut:
    """GrabCut's answer. Where it finds nothing or takes all, a model may still know better: then the whole photo is unknown."""
    try:
        return cut_out(photo, rectangle, strokes)
    except Refused as refused:
        if refused.code not in ("cut-nothing", "cut-everything"):
            raise
    height, width = size
    box = (0, 0, width, height) if rectangle is None else tuple(round(v) for v in rectangle)
    return Cut(np.full((height, width), 128, np.uint8), (box[0], box[1], box[2], box[3]), 0.0)


def _inside(box: tuple[int, int, int, int], shape: tuple[int, ...]) -> Mask:
    inside = np.zeros(shape, np.bool_)
    inside[max(box[1], 0) : box[3], max(box[0], 0) : box[2]] = True
    return inside


def _drawn(strokes: Sequence[dict[str, Any]], shape: tuple[int, ...]) -> tuple[Mask, Mask]:
    """Where the last stroke says keep, and where it says remove."""
    marks = Image.new("L", (shape[1], shape[0]), 0)
    pen = ImageDraw.Draw(marks)
    for stroke in strokes:
        points, size = [(float(x), float(y)) for x, y in stroke["points"]], float(stroke["size"])
        value = 255 if stroke.get("keep") else 128
        if len(points) > 1:
            pen.line(points, fill=value, width=max(round(size), 1), joint="curve")
        for x, y in (points[0], points[-1]):
            pen.ellipse((x - size / 2, y - size / 2, x + size / 2, y + size / 2), fill=value)
    drawn = np.asarray(marks)
    return np.equal(drawn, 255), np.equal(drawn, 128)


def _asked(folder: Path, photo: NDArray[np.uint8], first: Alpha) -> Alpha:
    """The model's alpha at the photo's size, from a process of its own."""
    height, width = first.shape
    scale = min(1.0, WORKING / max(height, width))
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    small = np.asarray(Image.fromarray(photo).resize(size, Image.Resampling.BOX))
    small_first = np.asarray(Image.fromarray(first).resize(size, Image.Resampling.BOX))
    head = json.dumps({"folder": str(folder), "width": size[0], "height": size[1]}).encode() + b"\n"
    try:
        done = subprocess.run(
            [sys.executable, "-m", "generation.products.matting"],
            input=head + small.tobytes() + small_first.tobytes(),
            capture_output=True,
            timeout=SECONDS,
            cwd=ROOT,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise Refused("matting-time", TOO_SLOW) from error
    if done.returncode != 0 or len(done.stdout) != size[0] * size[1]:
        raise Refused("matting-model", _unusable(folder, done.stderr))
    found = np.frombuffer(done.stdout, np.uint8).reshape(size[1], size[0])
    return np.asarray(Image.fromarray(found).resize((width, height), Image.Resampling.BICUBIC)).copy()


def _unusable(folder: Path, said: bytes) -> Words:
    last = (said.decode(errors="replace").strip().splitlines() or ["it ended without a word"])[-1][:160]
    return Words(
        en=f"The matting model in {folder} cannot be used: {last}. Set MATTING_MODEL to another, or leave it empty for GrabCut.",
        zh=f"{folder} 中的抠图模型无法使用：{last}。请将 MATTING_MODEL 指向其他模型，或留空以使用 GrabCut。",
    )


NOTHING = Words(
    en="The matting model found no product here. Draw a rectangle around it, or brush over it to keep it.",
    zh="抠图模型未找到产品。请用矩形框住产品，或用“保留”画笔涂一下。",
)
TOO_SLOW = Words(
    en="The matting model took longer than three minutes and was stopped. Use a smaller one, or leave MATTING_MODEL empty for GrabCut.",
    zh="抠图模型耗时超过三分钟，已停止。请换用更小的模型，或将 MATTING_MODEL 留空以使用 GrabCut。",
)


def alpha_by(folder: Path, photo: NDArray[np.uint8], first: Alpha) -> Alpha:
    """The model's alpha (H, W) of a photo (H, W, 3); `first`: GrabCut's. Loads torch: for the process of its own."""
    import torch
    from transformers import AutoConfig

    torch.manual_seed(0)
    config = AutoConfig.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
    values = torch.from_numpy(photo.copy()).permute(2, 0, 1)[None].float() / 255
    with torch.inference_mode():
        share = _matted(folder, values, first) if config.model_type == "vitmatte" else _segmented(folder, values)
    return np.asarray((share.clamp(0, 1)[0, 0] * 255 + 0.5).to(torch.uint8).numpy())


def _matted(folder: Path, values: Any, first: Alpha) -> Any:
    """ViTMatte: the photo, normalised to -1 to 1, and a trimap as a fourth channel, padded to multiples of 32."""
    import torch
    from scipy import ndimage
    from transformers import VitMatteForImageMatting

    reach = max(3, round(0.012 * max(first.shape)))
    known = ndimage.minimum_filter(first, 2 * reach + 1), ndimage.maximum_filter(first, 2 * reach + 1)
    trimap = np.where(known[0] > 250, 1.0, np.where(known[1] < 5, 0.0, 0.5)).astype(np.float32)
    whole = torch.cat([(values - 0.5) / 0.5, torch.from_numpy(trimap)[None, None]], dim=1)
    height, width = first.shape
    padded = torch.nn.functional.pad(whole, (0, -width % 32, 0, -height % 32))
    model = VitMatteForImageMatting.from_pretrained(folder, local_files_only=True, use_safetensors=True).eval()
    share = model(pixel_values=padded).alphas[..., :height, :width]
    known_too = torch.from_numpy(trimap)[None, None]
    return torch.where(known_too == 0.5, share, known_too)


def _segmented(folder: Path, values: Any) -> Any:
    """A segmentation model: one map is the thing's own; of several, all but the first."""
    import torch
    from transformers import AutoModelForSemanticSegmentation

    mean, deviation = torch.tensor([0.485, 0.456, 0.406]), torch.tensor([0.229, 0.224, 0.225])
    model = AutoModelForSemanticSegmentation.from_pretrained(
        folder, local_files_only=True, use_safetensors=True, trust_remote_code=False
    ).eval()
    logits = model(pixel_values=(values - mean[:, None, None]) / deviation[:, None, None]).logits
    share = logits.sigmoid() if logits.shape[1] == 1 else 1 - logits.softmax(dim=1)[:, :1]
    return torch.nn.functional.interpolate(share, size=values.shape[-2:], mode="bilinear", align_corners=False)


def main() -> None:
    """stdin: a line of JSON (folder, width, height), the photo's bytes, the first alpha's; stdout: the model's alpha."""
    head = json.loads(sys.stdin.buffer.readline())
    width, height = int(head["width"]), int(head["height"])
    data = sys.stdin.buffer.read()
    photo = np.frombuffer(data, np.uint8, width * height * 3).reshape(height, width, 3)
    first = np.frombuffer(data, np.uint8, width * height, width * height * 3).reshape(height, width)
    sys.stdout.buffer.write(alpha_by(Path(head["folder"]), photo, first).tobytes())


if __name__ == "__main__":
    main()
