"""A training pair as one file: a zip of small lossless pictures and a JSON page. Written whole or not at all.

fast.webp slow.webp albedo.webp   sRGB (H, W, 3); slow is the target
normals.webp                      camera-space normals, 255 = 1, 0 = -1
depth.png                         uint16, inverse depth between the page's depth_range (0: farthest)
ids.png zones.png edges.png       uint8: object ids, calm zones (255 inside), edges
dressing.png                      uint8: cover of what is strewn, 255 = 1; no map of the blockout tells of it
surface.webp glow.webp            (metalness, roughness, glass) and (emission, coat, grain), 255 = 1 (emission and coat: 2)
page.json                         seed, captions, boxes, palette, light, dressing, sizes, times
"""

from __future__ import annotations

import io
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from scipy import ndimage

from generation.control.blockout import Blockout
from generation.engines.conditioning import dense_stack
from generation.layout.geometry import Rect

Bytes = NDArray[np.uint8]

HELD_OUT = 16  # the first seeds: never trained on
_BESIDE = 0.015  # of the short side: where dressing casts its shadow


@dataclass(frozen=True)
class Pair:
    """One scene in both tiers. target: uint8 (H, W, 3). zones, dressing: uint8 (H, W). scalars: uint8 (H, W, 6): metalness,
    roughness, glass, emission / 2, coat / 2, grain. page: what is not a picture."""

    blockout: Blockout
    target: Bytes
    zones: Bytes
    dressing: Bytes
    scalars: Bytes
    page: dict[str, Any]

    def caption(self, language: str = "en") -> str:
        return str(self.page["caption"].get(language, ""))

    def weight(self) -> Bytes:
        """How far the target is to be believed, uint8 (H, W): 0 where it shows dressing, or dressing's shadow, that no map tells of."""
        shown = ndimage.maximum_filter(self.dressing, max(1, round(_BESIDE * min(self.dressing.shape))))
        return np.asarray(255 - shown, dtype=np.uint8)

    def stack(self) -> Bytes:
        """The ControlNet's maps as uint8 (C, H, W); 255 is 1."""
        return np.asarray((dense_stack(self.blockout) * 255 + 0.5).astype(np.uint8))


def write_pair(path: Path, pair: Pair) -> None:
    b = pair.blockout
    inverse = 1.0 / np.maximum(b.depth, 1e-3)
    low, high = float(inverse.min()), max(float(inverse.max()), float(inverse.min()) + 1e-6)
    page = pair.page | {
        "depth_range": [low, high],
        "boxes": {str(i): r.as_list() for i, r in b.boxes.items()},
        "subject_id": b.subject_id,
        "light": list(b.light),
        "width": b.width,
        "height": b.height,
    }
    pictures = {
        "fast.webp": b.rgb,
        "slow.webp": pair.target,
        "albedo.webp": b.albedo,
        "normals.webp": np.round((b.normals + 1) * 127.5).astype(np.uint8),
        "depth.png": np.round((inverse - low) / (high - low) * 65535).astype(np.uint16),
        "ids.png": b.ids,
        "zones.png": pair.zones,
        "dressing.png": pair.dressing,
        "edges.png": b.edges,
        "surface.webp": pair.scalars[..., :3],
        "glow.webp": pair.scalars[..., 3:],
    }
    partial = path.with_suffix(".partial")
    with zipfile.ZipFile(partial, "w", zipfile.ZIP_STORED) as out:
        for name, picture in pictures.items():
            out.writestr(name, _encoded(name, np.ascontiguousarray(picture)))
        out.writestr("page.json", json.dumps(page, ensure_ascii=False))
    partial.replace(path)


def read_pair(path: Path) -> Pair:
    with zipfile.ZipFile(path) as kept:
        page = json.loads(kept.read("page.json"))
        pictures = {
            Path(name).stem: np.asarray(Image.open(io.BytesIO(kept.read(name))))
            for name in kept.namelist()
            if name != "page.json"
        }
    low, high = page["depth_range"]
    blockout = Blockout(
        rgb=pictures["fast"],
        depth=(1.0 / (pictures["depth"].astype(np.float32) / 65535 * (high - low) + low)).astype(np.float32),
        normals=pictures["normals"].astype(np.float32) / 127.5 - 1,
        edges=pictures["edges"],
        ids=pictures["ids"],
        albedo=pictures["albedo"],
        material=np.ascontiguousarray(pictures["surface"][..., :2]),
        boxes={int(i): Rect(*r) for i, r in page["boxes"].items()},
        subject_id=page["subject_id"],
        light=(page["light"][0], page["light"][1]),
    )
    scalars = np.concatenate([pictures["surface"], pictures["glow"]], axis=2)
    return Pair(blockout, pictures["slow"], pictures["zones"], pictures["dressing"], scalars, page)


def pair_path(folder: Path, seed: int) -> Path:
    return folder / f"{seed:06d}.zip"


def pair_paths(folder: Path, held_out: bool = False) -> list[Path]:
    """Every finished pair, by seed: those to train on, or those held out."""
    return [p for p in sorted(folder.glob("[0-9]*.zip")) if (int(p.stem) < HELD_OUT) == held_out]


def _encoded(name: str, picture: NDArray[Any]) -> bytes:
    out = io.BytesIO()
    if name.endswith(".webp"):
        Image.fromarray(picture).save(out, "WEBP", lossless=True, quality=40, method=3)
    else:
        Image.fromarray(picture).save(out, "PNG", compress_level=6)
    return out.getvalue()
