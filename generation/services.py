"""Writing briefs and assets. Doors (HTTP, Celery, command line) call these and nothing below them."""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from brand_styles.models import StyleLibrary
from brand_styles.selectors import library, parse_reference
from generation import jobs, keeping
from generation.models import Asset, Brief, Campaign, Job, Variant
from generation.planning.formats import parse_format

if TYPE_CHECKING:
    from generation.pipeline import MadeAsset
    from generation.planning.brief import Brief as BriefData
    from generation.planning.evidence import Proof

TITLE = 80


@transaction.atomic
def submit_brief(
    *,
    owner_id: int,
    data: "BriefData",
    source: str,
    product_png: bytes | None = None,
    evidence: Sequence["Proof"] = (),
) -> Brief:
    """Write a validated brief with its variants and one waiting job for each format of each. Wakes nobody: see studio.flows.

    `product_png`: the uploaded cut-out as we wrote it again after safe decoding. Raises UnknownBrand.
    """
    style = library(*parse_reference(data.brand))
    row = Brief(
        library=style,
        campaign=_campaign(style, data.campaign),
        owner_id=owner_id,
        title=title_of(data),
        source=source,
        data=data.model_dump(mode="json", by_alias=True, exclude_none=True),
        product=_store(f"products/{hashlib.sha256(product_png).hexdigest()}.png", product_png) if product_png else "",
        evidence=[proof.entry() | {"stored": _store_proof(proof)} for proof in evidence],
    )
    row.full_clean()
    row.save()
    variants = Variant.objects.bulk_create(Variant(brief=row, number=n) for n in range(1, data.variants + 1))
    Job.objects.bulk_create(
        Job(variant=variant, width=fmt.width, height=fmt.height)
        for variant in variants
        for fmt in map(parse_format, data.formats)
    )
    return row


def title_of(data: "BriefData") -> str:
    """What people call the brief: its headline, or else its goal or prompt, in one short line."""
    copy = data.model_dump(mode="json", by_alias=True).get("copy") or {}
    lines = (copy.get(role) for role in ("headline", "price", "subline", "cta"))
    said = next((text for text in (*lines, data.goal, data.prompt) if text), data.brand)
    return " ".join(said.split())[:TITLE]


def _campaign(style: StyleLibrary, slug: str | None) -> Campaign | None:
    return Campaign.objects.get_or_create(brand=style.brand, slug=slug)[0] if slug else None


def _store_proof(proof: "Proof") -> str:
    return _store(f"evidence/{proof.document.sha256}.{proof.document.kind}", proof.document.content)


def _store(name: str, content: bytes) -> str:
    """Keep a file whose name is made of its content; one that is there already is the same."""
    return name if default_storage.exists(name) else default_storage.save(name, ContentFile(content))


def save_asset(claim: jobs.Claim, made: "MadeAsset", thumbnail: bytes) -> Asset | None:
    """Store a made asset and close its job. None, with nothing kept, when the job is no longer the claim's.

    The files come first, under names only this claim uses; row and status follow in one transaction. A worker killed between
    the two leaves files that `discard_leftovers` removes when the job is claimed again.
    """
    name = f"{folder_of(claim.job_id)}/{claim.token}"
    asset = None
    try:
        default_storage.save(f"{name}.png", ContentFile(made.png))
        default_storage.save(f"{name}.jpg", ContentFile(thumbnail))
        asset = _record(claim, made, name, keeping.keep(name, made.sources, made.subject_mask))
    finally:
        if asset is None:
            _discard(name)
    return asset


def _discard(stem: str) -> None:
    """Remove the files whose names begin with this claim's stem."""
    folder, token = stem.rsplit("/", 1)
    if default_storage.exists(folder):
        for name in default_storage.listdir(folder)[1]:
            if name.startswith(f"{token}."):
                default_storage.delete(f"{folder}/{name}")


@transaction.atomic
def _record(claim: jobs.Claim, made: "MadeAsset", name: str, sources: dict[str, str]) -> Asset | None:
    if not jobs.finish(claim, blocked=made.report.verdict == "blocked"):
        return None
    return Asset.objects.create(
        job_id=claim.job_id,
        file=f"{name}.png",
        thumbnail=f"{name}.jpg",
        sha256=hashlib.sha256(made.png).hexdigest(),
        width=made.task.format.width,
        height=made.task.format.height,
        seed=made.task.plan.seed,
        verdict=made.report.verdict,
        made=made.made,
        design=made.design.model_dump(mode="json"),
        recipe=made.recipe,
        report=made.report.model_dump(mode="json"),
        timings={stage: round(seconds, 3) for stage, seconds in made.timings.items()},
        sources=sources,
    )


def folder_of(job_id: int) -> str:
    return f"assets/{job_id // 1000:04d}/{job_id}"


def discard_leftovers(job_id: int, keep: Sequence[str] = ()) -> int:
    """Remove every file of a job but those in `keep`: what a killed worker left. Returns how many."""
    folder = folder_of(job_id)
    if not default_storage.exists(folder):
        return 0
    stale = [name for name in default_storage.listdir(folder)[1] if f"{folder}/{name}" not in keep]
    for name in stale:
        default_storage.delete(f"{folder}/{name}")
    return len(stale)
