"""Photos cut out with a person watching: kept, cut, corrected, confirmed. Only then do they become an element of the brand.

Runs in the web process: whatever opens or cuts a file does so in a child process with limits.
"""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import numpy as np
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models import Q, QuerySet
from django.utils import timezone
from numpy.typing import NDArray
from PIL import Image

from brand_styles.elements import keep_element, slug_of
from brand_styles.intake.guard import Refused
from brand_styles.intake.photos import MAX_SIDE, Cut, cut_out
from brand_styles.intake.pictures import decode_picture
from brand_styles.models import Brand, BrandElement
from brand_styles.words import Words
from generation.errors import PermanentError
from generation.models import CutOut
from generation.planning.product import MIN_CUT_OUT, is_photo
from generation.products.photos import cut_from
from generation.products.pixels import Rgba, png_of

UNDO = timedelta(seconds=30)  # how long discarding can be taken back
SMALLEST_PHOTO = 2 * MIN_CUT_OUT  # px, shorter side


def start_cut_out(*, brand: Brand, owner_id: int, name: str, file: bytes) -> CutOut:
    """Keep a photo (or a picture with alpha of its own) and make a first cut-out of it.

    The same photo sent again, while it waits, is the one that waits. PermanentError, in words, where the file cannot be used; nothing
    is kept then. A photo in which nothing is found is kept with an
    empty alpha, for the person to help.
    """
    try:
        pixels = decode_picture(file, max_side=MAX_SIDE)
    except Refused as refused:
        raise PermanentError(refused.words.en, refused.words.zh, field="photo") from None
    if min(pixels.shape[:2]) < SMALLEST_PHOTO:
        raise _too_small(pixels.shape[1], pixels.shape[0])
    has_own_alpha = not is_photo(pixels)
    kept = _stored("photo", png_of(np.ascontiguousarray(pixels[..., :3])))
    again = CutOut.objects.filter(brand=brand, owner_id=owner_id, photo=kept, confirmed_at=None).first()
    if again is not None:
        restore(again)
        return again
    row = CutOut(
        brand=brand,
        owner_id=owner_id,
        name=" ".join(name.split())[:100] or "product",
        photo=kept,
        width=pixels.shape[1],
        height=pixels.shape[0],
    )
    if has_own_alpha:
        row.alpha, row.method = _stored("alpha", png_of(np.ascontiguousarray(pixels[..., 3]))), "own"
        row.share = float((pixels[..., 3] > 127).mean())
    row.save()
    if not has_own_alpha:
        with suppress(PermanentError):  # the page says so: nothing was found by itself
            recut(row, rectangle=None, strokes=[])
    return row


def recut(row: CutOut, *, rectangle: Sequence[float] | None, strokes: Sequence[dict[str, Any]]) -> CutOut:
    """Cut again from what the person drew. PermanentError, in words, where nothing comes of it; the row then stays as it was."""
    refuse_confirmed(row)
    found, method = _cut(row, rectangle, strokes)
    before = row.alpha
    row.alpha = _stored("alpha", png_of(found.alpha))
    row.rectangle, row.strokes = list(found.rectangle), list(strokes)
    row.share, row.method = found.share, method
    row.save(update_fields=["alpha", "rectangle", "strokes", "share", "method"])
    if before and before != row.alpha and not CutOut.objects.filter(alpha=before).exists():
        default_storage.delete(before)
    return row


def _cut(row: CutOut, rectangle: Sequence[float] | None, strokes: Sequence[dict[str, Any]]) -> tuple[Cut, str]:
    from django.conf import settings

    from generation.products.matting import cut_by_model

    with default_storage.open(row.photo) as file:
        photo = bytes(file.read())
    try:
        if settings.MATTING_MODEL:
            name = Path(settings.MATTING_MODEL).name[:100]
            return cut_by_model(settings.MATTING_MODEL, photo, rectangle, strokes), name
        return cut_out(photo, rectangle, strokes), "grabcut"
    except Refused as refused:
        raise PermanentError(refused.words.en, refused.words.zh, field="photo") from None


def confirm(row: CutOut, *, name: str = "") -> BrandElement:
    """Make the cut-out an element of the brand. Confirming twice gives the same element. PermanentError where there is nothing yet."""
    if row.element is not None:
        return row.element
    pixels = picture_of(row)
    title = " ".join(name.split())[:100] or row.name
    recipe = {"photo": row.photo, "alpha": row.alpha, "rectangle": row.rectangle, "strokes": len(row.strokes)}
    element = keep_element(
        brand=row.brand,
        slug=slug_of(title, f"product-{row.pk}"),
        name=Words(en=title, zh=title),
        source="photo",
        pixels=pixels,
        recipe=recipe | {"method": row.method},
    )
    row.element, row.name, row.confirmed_at, row.discarded_at = element, title, timezone.now(), None
    row.save(update_fields=["element", "name", "confirmed_at", "discarded_at"])
    return element


def discard(row: CutOut) -> None:
    """Put a photo away that was not confirmed. PermanentError where it was: its element can be removed from the library."""
    refuse_confirmed(row)
    CutOut.objects.filter(pk=row.pk).update(discarded_at=timezone.now())


def restore(row: CutOut) -> None:
    """Take a discarding back; nothing happens where there was none."""
    CutOut.objects.filter(pk=row.pk).update(discarded_at=None)


def waiting() -> QuerySet[CutOut]:
    """Photos that wait for their person, newest first."""
    return CutOut.objects.filter(confirmed_at=None, discarded_at=None).order_by("-id")


def within_reach() -> QuerySet[CutOut]:
    """All but those that were discarded too long ago to be taken back."""
    return CutOut.objects.filter(Q(discarded_at=None) | Q(discarded_at__gt=timezone.now() - UNDO))


def forget_discarded() -> int:
    """Delete what was discarded too long ago to be taken back, and the files that nothing else names. How many rows went."""
    gone = CutOut.objects.filter(discarded_at__lte=timezone.now() - UNDO)
    names = {name for row in gone for name in (row.photo, row.alpha) if name}
    count = gone.delete()[0]
    for name in names:
        if not CutOut.objects.filter(Q(photo=name) | Q(alpha=name)).exists():
            default_storage.delete(name)
    return count


def picture_of(row: CutOut) -> Rgba:
    """The cut-out so far: cropped, its edges free of the old ground. PermanentError where nothing is kept, or too little."""
    if not row.alpha:
        raise PermanentError(
            "Nothing is cut out yet. Draw a rectangle around the product first.",
            "还没有抠出内容，请先用矩形框住产品。",
            field="photo",
        )
    return cut_from(_read(row.photo, "RGB"), _read(row.alpha, "L"), row.name)


def refuse_confirmed(row: CutOut) -> None:
    if row.confirmed_at is not None:
        raise PermanentError(
            "This cut-out is confirmed and in use. Send the photo again to cut it another way.",
            "该抠图已确认并入库。如需重抠，请重新上传照片。",
            field="photo",
        )


def _too_small(width: int, height: int) -> PermanentError:
    return PermanentError(
        f"The photo is {width}x{height} pixels; {SMALLEST_PHOTO} on each side are the least. Send a larger one.",
        f"照片只有 {width}x{height} 像素，每边至少 {SMALLEST_PHOTO} 像素，请换一张更大的。",
        field="photo",
    )


def _read(name: str, mode: str) -> NDArray[np.uint8]:
    with default_storage.open(name) as file, Image.open(io.BytesIO(file.read())) as image:
        return np.asarray(image.convert(mode))


def _stored(kind: str, content: bytes) -> str:
    name = f"cutouts/{hashlib.sha256(content).hexdigest()[:40]}.{kind}.png"
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(content))
