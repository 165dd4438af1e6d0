"""A brand's element library: cut-outs kept as files of our own, found by brand and slug and in no other way."""

from __future__ import annotations

import hashlib
import io
import re
from difflib import get_close_matches
from typing import Any, Literal

import numpy as np
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, models, transaction
from django.utils import timezone
from numpy.typing import NDArray
from PIL import Image

from brand_styles.models import Brand, BrandElement
from brand_styles.words import Words

THUMBNAIL = 320  # px of the longer side
_TRIES = 50


class UnknownElement(LookupError):
    """The brand has no element of that slug. `nearest`: slugs it has, the likeliest first."""

    def __init__(self, slug: str, nearest: list[str]) -> None:
        super().__init__(slug)
        self.slug = slug
        self.nearest = nearest


def elements_of(brand: Brand | models.QuerySet[Brand]) -> models.QuerySet[BrandElement]:
    """What is in the library of a brand (or of several), newest first."""
    wanted = {"brand": brand} if isinstance(brand, Brand) else {"brand__in": brand}
    return BrandElement.objects.filter(**wanted, removed_at=None).select_related("brand").order_by("-id")


def element(brand_slug: str, slug: str) -> BrandElement:
    """The brand's element of that slug. UnknownElement where it has none: another brand's does not exist."""
    rows = BrandElement.objects.filter(brand__slug=brand_slug, removed_at=None)
    row = rows.filter(slug=slug).first()
    if row is None:
        known = list(rows.order_by("slug").values_list("slug", flat=True))
        raise UnknownElement(slug, (get_close_matches(slug, known, 3, 0.3) or known)[:3])
    return row


def keep_element(
    *,
    brand: Brand,
    slug: str,
    name: Words,
    source: Literal["drawn", "photo"],
    pixels: NDArray[np.uint8],
    recipe: dict[str, Any],
) -> BrandElement:
    """Write a cut-out (uint8 RGBA) into the brand's library. A slug that is taken gets a number behind it."""
    png, small = _png(pixels), _png(_thumbnail(pixels))
    name_of = f"elements/{brand.pk}/{hashlib.sha256(png).hexdigest()[:40]}"
    file, thumbnail = _stored(f"{name_of}.png", png), _stored(f"{name_of}.small.png", small)
    for tried in range(_TRIES):
        row = BrandElement(
            brand=brand,
            slug=slug if tried == 0 else f"{slug}-{tried + 1}",
            name_en=name.en[:100],
            name_zh=name.zh[:100],
            source=source,
            file=file,
            thumbnail=thumbnail,
            width=pixels.shape[1],
            height=pixels.shape[0],
            recipe=recipe,
        )
        try:
            with transaction.atomic():
                row.save()
        except IntegrityError:
            continue
        return row
    raise IntegrityError(f"{brand.slug} has {_TRIES} elements called {slug}")


def slug_of(name: str, otherwise: str) -> str:
    """A slug from a name in Latin letters; `otherwise` where nothing of it is left."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:48] or otherwise


def set_removed(row: BrandElement, removed: bool) -> None:
    """Take an element out of its library, or put it back."""
    BrandElement.objects.filter(pk=row.pk).update(removed_at=timezone.now() if removed else None)


def pixels_of(row: BrandElement) -> NDArray[np.uint8]:
    """uint8 RGBA of a file that we wrote ourselves."""
    with default_storage.open(row.file) as file, Image.open(file) as image:
        return np.asarray(image.convert("RGBA"))


def bytes_of(row: BrandElement) -> bytes:
    with default_storage.open(row.file) as file:
        return bytes(file.read())


def _thumbnail(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    image = Image.fromarray(pixels).convert("RGBa")
    image.thumbnail((THUMBNAIL, THUMBNAIL), Image.Resampling.LANCZOS)
    return np.asarray(image.convert("RGBA"))


def _png(pixels: NDArray[np.uint8]) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG", compress_level=4)
    return out.getvalue()


def _stored(name: str, content: bytes) -> str:
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(content))
