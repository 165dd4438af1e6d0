"""A brand's reference pictures: taken in once, kept as files of our own, and read back only while they are what was published."""

from __future__ import annotations

import hashlib
import io

import numpy as np
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from numpy.typing import NDArray
from PIL import Image

from brand_styles.clusters import colors_of
from brand_styles.intake.guard import Refused
from brand_styles.intake.pictures import decode_picture
from brand_styles.likeness import signature
from brand_styles.style import ReferencePicture
from brand_styles.words import Words

MAX_SIDE = 1024  # px; image encoders look at 224 to 448, FLUX.2 at a megapixel
LEAST, LONGEST = 64, 8  # px of the short side; long side over short side


UNFIT = Words(
    en=f"A reference picture must be at least {LEAST} pixels on its short side and no longer than {LONGEST} to 1. Choose another.",
    zh=f"参考图短边至少 {LEAST} 像素，长短边之比不超过 {LONGEST} : 1。请换一张。",
)


class LostReference(LookupError):
    """A reference picture's file is gone from the storage, or is no longer the one that was published."""

    def __init__(self, reference: ReferencePicture) -> None:
        super().__init__(reference.file)
        self.words = Words(
            en=f"The brand's reference picture {reference.file} is missing, or is not the one that was published. "
            "Put the file back, or publish the style without it.",
            zh=f"品牌参考图 {reference.file} 缺失，或与发布时不一致。请恢复该文件，或发布不含该图的新版风格。",
        )


def keep_reference(file: bytes) -> ReferencePicture:
    """Keep a PNG, JPEG or WebP from a person as an RGB PNG, MAX_SIDE at most, clear parts on white; its main colours and its signature are
    read on the way. Refused with a sentence."""
    pixels = decode_picture(file, max_side=MAX_SIDE).astype(np.float32)
    short, long = min(pixels.shape[:2]), max(pixels.shape[:2])
    if short < LEAST or long > LONGEST * short:
        raise Refused("shape", UNFIT)
    alpha = pixels[..., 3:] / 255
    flat = (pixels[..., :3] * alpha + 255 * (1 - alpha) + 0.5).astype(np.uint8)
    out = io.BytesIO()
    Image.fromarray(flat).save(out, "PNG")
    digest = hashlib.sha256(out.getvalue()).hexdigest()
    name = f"references/{digest[:40]}.png"
    if not default_storage.exists(name):
        name = default_storage.save(name, ContentFile(out.getvalue()))
    palette = [
        colour for colour, _ in colors_of(flat[:: max(short // 128, 1), :: max(short // 128, 1)], least=0.03, most=6)
    ]
    return ReferencePicture(file=name, sha256=digest, palette=tuple(palette), likeness=signature(flat))


def content_of(reference: ReferencePicture) -> bytes:
    """The PNG as it was kept. LostReference where the file is gone or another."""
    try:
        with default_storage.open(reference.file) as file:
            content = bytes(file.read())
    except OSError:
        raise LostReference(reference) from None
    if hashlib.sha256(content).hexdigest() != reference.sha256:
        raise LostReference(reference)
    return content


def pixels_of(reference: ReferencePicture) -> NDArray[np.uint8]:
    """uint8 RGB (h, w, 3). LostReference where the file is gone or another. We wrote it ourselves, so it is opened here."""
    with Image.open(io.BytesIO(content_of(reference))) as image:
        return np.asarray(image.convert("RGB"))
