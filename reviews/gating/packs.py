"""Which past briefs a version is tried on: held-out ones first, at canvases and variants that stay the same for every version after it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from brand_styles.models import Brand
from generation.errors import GenerationError, PermanentError
from generation.models import Brief
from generation.planning.formats import parse_format
from generation.types import Format
from reviews.finetune.candidates import digest_of
from reviews.models import GatePack
from reviews.splits import split_of

PAIRS = 200  # at least
LEAST_BRIEFS, MOST_BRIEFS = 8, 40
FIRST_VARIANT = 1001  # far beyond the variants that people were shown
AREAS = (256 * 256, 384 * 384, 512 * 512)  # the smallest canvas that holds the copy is taken
ORDER = {"holdout": 0, "validation": 1, "train": 2}
RENEWED_AT = 1.5  # times as many past briefs as a pack has: a new one is frozen


@dataclass(frozen=True)
class Place:
    """One pair to be made. format: as it is made; asked: as the brief asks for it. brief_hash: what the brief says; split: its kind."""

    brief: int
    brief_hash: str
    split: str
    variant: int
    format: str
    asked: str


def pack_for(brand: Brand) -> GatePack:
    """The brand's pack: the last one, unless there are half as many briefs again by now. PermanentError where there are too few."""
    last = GatePack.objects.filter(brand=brand).order_by("-pk").first()
    if last is not None and len(past_briefs(brand)) < RENEWED_AT * last.briefs:
        return last
    return freeze(brand)


def freeze(brand: Brand) -> GatePack:
    """Write the pack of the brand's past briefs as they are now. The same briefs give the same row."""
    chosen: list[tuple[str, str, Brief, list[tuple[str, str]]]] = []
    left_out: list[int] = []
    for split, digest, brief in past_briefs(brand)[:MOST_BRIEFS]:
        sizes = list(canvases_of(brief))
        if sizes:
            chosen.append((split, digest, brief, sizes))
        else:
            left_out.append(brief.pk)
    if len(chosen) < LEAST_BRIEFS:
        raise too_few(len(chosen))
    places = [
        {"brief": brief.pk, "brief_hash": digest, "split": split, "variant": variant, "format": made, "asked": asked}
        for split, digest, brief, sizes in chosen
        for variant, made, asked in _spread(sizes, -(-PAIRS // len(chosen)))
    ]
    said = {"brand": brand.slug, "pairs": places, "left_out": left_out}
    content = json.dumps(said, sort_keys=True, indent=1).encode()
    sha256 = hashlib.sha256(content).hexdigest()
    there = GatePack.objects.filter(brand=brand, sha256=sha256).first()
    if there is not None:
        return there
    name = f"gates/{brand.slug}/pack-{sha256[:16]}.json"
    if not default_storage.exists(name):
        name = default_storage.save(name, ContentFile(content))
    row = GatePack(brand=brand, file=name, sha256=sha256, briefs=len(chosen), pairs=len(places))
    row.full_clean(validate_constraints=False)
    return GatePack.objects.get_or_create(
        brand=brand, sha256=sha256, defaults={"file": name, "briefs": len(chosen), "pairs": len(places)}
    )[0]


def past_briefs(brand: Brand) -> list[tuple[str, str, Brief]]:
    """Split, digest and row of each thing the brand's briefs say, the newest row of it; held-out ones first, newest first within."""
    rows = Brief.objects.filter(library__brand=brand).select_related("library").order_by("-pk")
    newest: dict[str, Brief] = {}
    for row in rows:
        newest.setdefault(digest_of(row.data), row)
    found = [(split_of(digest), digest, row) for digest, row in newest.items()]
    return sorted(found, key=lambda each: (ORDER[each[0]], -each[2].pk))


def canvases_of(brief: Brief) -> list[tuple[str, str]]:
    """Each format of a brief as (made, asked): shrunk to the smallest of AREAS on which its copy can be set. Those where none holds it
    are left out; none are left of a brief that can't be made any more (its font's licence ended, a file is gone)."""
    found: dict[str, str] = {}
    for asked in brief.data.get("formats", ()):
        for area in AREAS:
            fmt = shrunk(parse_format(asked), area)
            if fmt.name in found or _holds(brief, fmt):
                found.setdefault(fmt.name, asked)
                break
    return list(found.items())


def shrunk(fmt: Format, area: int) -> Format:
    """The format at `area` pixels or its own, if that is less; its shortest side 50 px at least."""
    scale = min((area / (fmt.width * fmt.height)) ** 0.5, 1.0)
    scale = min(max(scale, 50 / fmt.short), 1.0)
    return Format(width=round(fmt.width * scale), height=round(fmt.height * scale))


def _holds(brief: Brief, fmt: Format) -> bool:
    from generation.laying import lay_out
    from generation.tasking import trial_of

    try:
        lay_out(trial_of(brief, variant=FIRST_VARIANT, fmt=fmt, pins=()))
    except GenerationError:
        return False
    return True


def _spread(sizes: list[tuple[str, str]], count: int) -> list[tuple[int, str, str]]:
    """`count` of one brief: its canvases in turn, each time round another variant."""
    return [(FIRST_VARIANT + i // len(sizes), *sizes[i % len(sizes)]) for i in range(count)]


def places_of(pack: GatePack) -> list[Place]:
    """The pairs of a pack, in order. PermanentError where its file is not the one that was frozen."""
    try:
        with default_storage.open(pack.file) as file:
            content = file.read()
    except OSError:
        content = b""
    if hashlib.sha256(content).hexdigest() != pack.sha256:
        raise PermanentError(
            "The gate's pack of past briefs is gone from the storage, or was changed. Tell whoever runs the studio.",
            "门禁所用的历史简报包已丢失或被改动，请告知管理员。",
        )
    rows: list[dict[str, Any]] = json.loads(content)["pairs"]
    return [Place(**row) for row in rows]


def too_few(there: int) -> PermanentError:
    return PermanentError(
        f"A gate needs {LEAST_BRIEFS} past briefs that say different things; this brand has {there} that can be made. Submit more "
        "briefs, then gate it again.",
        f"门禁至少需要 {LEAST_BRIEFS} 个内容不同的历史简报，该品牌目前有 {there} 个可用。请先提交更多简报，再重新过门禁。",
    )
