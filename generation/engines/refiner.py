"""The small pixel network of the embedded checkpoint: from the blockout, its maps and the model's light to the slow tier's pixels.

An autoencoder an eighth of the size can carry light but no fine shadow, reflection or texture. This network sees the
blockout at the model's own size, pixel by pixel, and says what to add to it. It lies beside the diffusers parts in a folder
of its own, which the stock pipelines pass over.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - its name everywhere
from numpy.typing import NDArray

from generation.control.blockout import Blockout
from generation.engines.conditioning import DENSE_CHANNELS, dense_stack
from generation.engines.quiet import first_line
from generation.errors import PermanentError

FOLDER = "refiner"
WEIGHTS = "model.safetensors"
CONFIG = "config.json"
MOST_SIZE = 1024  # channels or blocks in a config.json that can be meant
STRIDE = 4  # sides of what the network sees are padded to multiples of this
MARGIN = 3 * STRIDE  # px that the picture is mirrored beyond its sides: convolutions leave a frame where it ends


@dataclass(frozen=True)
class RefinerSizes:
    """Channels at half and at a quarter of the picture's size, and residual blocks there."""

    width: int = 48
    deep_width: int = 96
    blocks: int = 2
    deep_blocks: int = 4


class Refiner(torch.nn.Module):
    """(B, 13, H, W) maps of `conditioning.dense_stack` and (B, 3, H, W) light, to (B, 3, H, W) change of the blockout; 0 to 1."""

    def __init__(self, sizes: RefinerSizes) -> None:
        super().__init__()
        self.sizes = sizes
        wide, deep = sizes.width, sizes.deep_width
        self.stem = torch.nn.Conv2d((DENSE_CHANNELS + 3) * 4, wide, 3, padding=1)
        self.before = torch.nn.Sequential(*(Block(wide) for _ in range(sizes.blocks)))
        self.down = torch.nn.Conv2d(wide, deep, 2, stride=2)
        self.deep = torch.nn.Sequential(*(Block(deep) for _ in range(sizes.deep_blocks)))
        self.up = torch.nn.Conv2d(deep, wide * 4, 1)
        self.after = torch.nn.Sequential(*(Block(wide) for _ in range(sizes.blocks)))
        self.head = torch.nn.Conv2d(wide, 12, 3, padding=1)
        torch.nn.init.zeros_(self.head.weight)  # the untrained network changes nothing
        torch.nn.init.zeros_(self.head.bias)  # type: ignore[arg-type]

    def forward(self, maps: torch.Tensor, light: torch.Tensor) -> torch.Tensor:
        height, width = maps.shape[2:]
        seen = torch.cat([maps, light], 1)
        seen = F.pad(seen, (0, -width % STRIDE, 0, -height % STRIDE), mode="replicate")
        wide = self.before(self.stem(F.pixel_unshuffle(seen, 2)))
        wide = wide + F.pixel_shuffle(self.up(self.deep(self.down(wide))), 2)
        change = F.pixel_shuffle(self.head(self.after(wide)), 2)
        return change[..., :height, :width]


class Block(torch.nn.Module):
    """A residual block: 7 × 7 for each channel by itself, then two layers across channels (after ConvNeXt, Liu et al. 2022)."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.spread = torch.nn.Conv2d(width, width, 7, padding=3, groups=width)
        self.norm = torch.nn.GroupNorm(1, width)
        self.mix = torch.nn.Conv2d(width, 2 * width, 1)
        self.back = torch.nn.Conv2d(2 * width, width, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        y: torch.Tensor = self.back(F.gelu(self.mix(self.norm(self.spread(x)))))
        return x + y


def save_refiner(model: Refiner, checkpoint: Path) -> None:
    """Half precision, beside the parts of the checkpoint's folder."""
    from safetensors.torch import save_file

    folder = checkpoint / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    save_file({k: v.detach().half().contiguous() for k, v in model.state_dict().items()}, folder / WEIGHTS)
    (folder / CONFIG).write_text(json.dumps(asdict(model.sizes), indent=2) + "\n", encoding="utf-8")


def load_refiner(checkpoint: Path, device: str, dtype: torch.dtype) -> Refiner | None:
    """The checkpoint's network, or None where it has none. PermanentError, in words, on a damaged one."""
    from safetensors import SafetensorError

    folder = checkpoint / FOLDER
    if not folder.is_dir():
        return None
    try:
        model = _read(folder)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RuntimeError, SafetensorError) as fault:
        raise _damaged(folder, first_line(fault)) from fault
    for name, values in model.named_parameters():
        if not torch.isfinite(values).all():
            raise _damaged(folder, f"NaN or infinite numbers in {name}")
    return model.to(device, dtype).eval()


def _read(folder: Path) -> Refiner:
    from safetensors.torch import load_file

    sizes = json.loads((folder / CONFIG).read_text(encoding="utf-8"))
    if not all(type(size) is int and 0 < size <= MOST_SIZE for size in sizes.values()):
        raise ValueError(f"sizes in {CONFIG} that no network has")
    model = Refiner(RefinerSizes(**sizes))
    model.load_state_dict(load_file(folder / WEIGHTS))
    return model


def _damaged(folder: Path, why: str) -> PermanentError:
    return PermanentError(
        f"The pixel network in {folder} could not be loaded: {why}. Copy the checkpoint again, or take that folder out to go "
        "without it.",
        f"无法加载 {folder} 中的像素网络：{why}。请重新复制该检查点，或移走该文件夹以不使用它。",
    )


def refined(model: Refiner, blockout: Blockout, light: NDArray[np.float32]) -> NDArray[np.float32]:
    """The blockout's picture (H, W, 3), 0 to 1, with all that the network adds; `light` (H, W, 3) is the diffusion model's."""
    weight = model.head.weight
    planes = [dense_stack(blockout), np.ascontiguousarray(np.moveaxis(light, 2, 0))]
    edge = ((0, 0), (MARGIN, MARGIN), (MARGIN, MARGIN))
    wide = [np.pad(p, edge, mode="symmetric") for p in planes]
    maps, seen = (torch.from_numpy(p)[None].to(weight.device, weight.dtype) for p in wide)
    with torch.inference_mode():
        change = model(maps, seen)[0].float().permute(1, 2, 0).cpu().numpy()
    change = change[MARGIN:-MARGIN, MARGIN:-MARGIN]
    return np.asarray(np.clip(blockout.rgb / np.float32(255) + change, 0, 1), dtype=np.float32)
