"""A job's row becomes the pipeline's frozen input. The first job of a variant writes its plan.

A variant that is made from another one is planned from that one's plan, and each of its jobs starts from its own base picture.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from django.core.files.storage import default_storage

from brand_styles.licences import USUAL, unlicensed
from brand_styles.manners import today_of
from brand_styles.style import BrandStyle
from generation import jobs, learners
from generation.compositing.design import Design
from generation.editing.document import copy_of
from generation.errors import PermanentError
from generation.models import Asset, Brief, Job, Status, Variant
from generation.planning.plan import CreativePlan, Origin, Pin
from generation.types import CopyLine, Format, Layout

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from generation.pipeline import Base, StyleFiles, Task
    from generation.planning.brief import Brief as BriefData
    from generation.planning.llm import ChatModel


def task_of(job: Job) -> Task:
    """The job as the pipeline's frozen input. The first job of a variant plans it and checks that the copy fits all its formats."""
    from generation.brand_files import files_of

    brief = job.variant.brief
    brand = BrandStyle.model_validate(brief.library.style)
    require_licences(brand, brief.data)
    product = _product(brief.product)
    if job.variant.plan is None:
        _plan(job.variant, brand, product)
    plan, files = CreativePlan.model_validate(job.variant.plan), files_of(brand)
    files = replace(files, loras=(*files.loras, *learners.loras_of(plan.learners)))
    return _task(job, plan, brand, product, files)


def require_licences(brand: BrandStyle, data: dict[str, Any]) -> None:
    """PermanentError where a font's licence has ended since the brief was submitted, or does not cover its media."""
    today = today_of(brand.manners, data.get("market") or brand.market)
    for _, words in unlicensed(brand, on=today, media=data.get("media") or USUAL):
        raise PermanentError(words.en, words.zh, field="brand")


def _task(
    job: Job,
    plan: CreativePlan,
    brand: BrandStyle,
    product: NDArray[np.uint8] | None,
    files: StyleFiles | None = None,
) -> Task:
    from generation.pipeline import NO_FILES, Task
    from generation.rewriting import with_lawful_copy

    base = base_of(job.base) if job.base is not None else None
    if base is not None:
        plan = plan.model_copy(update={"copy_lines": _lines(base, plan)})
    canvas = Format(width=job.width, height=job.height)
    return with_lawful_copy(
        Task(plan, canvas, brand, product, files or NO_FILES, base, taste=learners.taste_of(plan.learners))
    )


def base_of(asset: Asset) -> Base:
    """A finished picture as the start of another. PermanentError for one that was made before its layout was written down."""
    from generation.pipeline import Base

    layout = asset.recipe.get("layout")
    if layout is None:
        raise PermanentError(
            "This picture was made before layouts were kept, so nothing can be made from it. Make it anew from its brief.",
            "这张图制作时尚未保留版式，无法由它再生成。请从简报重新制作。",
        )
    lines = asset.recipe.get("copy", (asset.job.variant.plan or {}).get("copy_lines", []))
    return Base(
        Design.model_validate(asset.design),
        Layout.model_validate(layout),
        tuple(CopyLine.model_validate(line) for line in lines),
        asset.sha256,
    )


def _lines(base: Base, plan: CreativePlan) -> tuple[CopyLine, ...]:
    """The words that the base shows, edits and late changes included; the plan's headline where the copy is not held."""
    if plan.origin is None or "copy" in plan.origin.kept:
        shown = copy_of(base.design, base.lines)
        return tuple(line.model_copy(update={"text": shown.get(line.id, line.text)}) for line in base.lines)
    planned = {line.id: line for line in plan.copy_lines if line.role == "headline"}
    return tuple(planned.get(line.id, line) for line in base.lines)


def _plan(variant: Variant, brand: BrandStyle, product: NDArray[np.uint8] | None) -> None:
    """Write the variant's plan once: whoever is first decides, everyone then uses what is written."""
    decided = _decided(variant, brand, product)
    if Variant.objects.filter(id=variant.pk, plan__isnull=True).update(plan=decided.model_dump(mode="json")):
        _refuse_misfits(variant, decided, brand, product)
    variant.refresh_from_db(fields=["plan"])


def _decided(variant: Variant, brand: BrandStyle, product: NDArray[np.uint8] | None) -> CreativePlan:
    from generation.planning.brief import Brief as BriefData
    from generation.planning.llm import default_model
    from generation.planning.remaking import remake

    data, source = BriefData.model_validate(variant.brief.data), variant.source
    pins = learners.in_use(variant.brief.library.brand_id)
    if source is None or source.plan is None:
        return _fresh(data, brand, variant.number, product, pins, default_model())
    parent = CreativePlan.model_validate(source.plan)
    origin = Origin.model_validate(
        {"way": variant.way, "variant": source.number, "kept": variant.kept, "turn": variant.turn}
    )
    pins = learners.inherited(parent, pins, origin)
    prior = learners.prior_of(pins) if origin.way == "reroll" else None
    made = remake(parent, data, brand, variant=variant.number, origin=origin, product=product, prior=prior)
    return made.model_copy(update={"learners": pins})


def _fresh(
    data: BriefData,
    brand: BrandStyle,
    number: int,
    product: NDArray[np.uint8] | None,
    pins: tuple[Pin, ...],
    llm: ChatModel | None = None,
) -> CreativePlan:
    """The plan of a variant that is made from nothing but its brief, with what was learnt pinned in it."""
    from generation.planning.planner import plan

    prior, taste = learners.prior_of(pins), learners.taste_of(pins)
    made = plan(data, brand, variant=number, llm=llm, product=product, prior=prior, taste=taste)
    return made.model_copy(update={"learners": pins})


def trial_of(brief: Brief, *, variant: int, fmt: Format, pins: tuple[Pin, ...]) -> Task:
    """A picture of a past brief that nobody asked for, made with `pins`: how one version is tried against another. Nothing is written.

    It is planned by rules, whatever wrote the brief's own plans: a language model doesn't say the same thing twice.
    """
    from generation.brand_files import files_of
    from generation.pipeline import Task
    from generation.planning.brief import Brief as BriefData
    from generation.rewriting import with_lawful_copy

    brand = BrandStyle.model_validate(brief.library.style)
    product = _product(brief.product)
    made = _fresh(BriefData.model_validate(brief.data), brand, variant, product, pins)
    files = files_of(brand)
    files = replace(files, loras=(*files.loras, *learners.loras_of(pins)))
    return with_lawful_copy(Task(made, fmt, brand, product, files, taste=learners.taste_of(pins)))


def _refuse_misfits(
    variant: Variant, decided: CreativePlan, brand: BrandStyle, product: NDArray[np.uint8] | None
) -> None:
    """Tell at once, before any picture is made, which formats cannot hold the copy."""
    from generation.laying import lay_out

    for job in Job.objects.filter(variant=variant, status=Status.QUEUED):
        try:
            lay_out(_task(job, decided, brand, product))
        except PermanentError as misfit:
            jobs.refuse(job.pk, misfit.words, misfit.field or "")


def _product(name: str) -> NDArray[np.uint8] | None:
    """The stored cut-out as RGBA. We wrote this file ourselves after decoding the upload in a child process."""
    if not name:
        return None
    import numpy as np
    from PIL import Image

    with default_storage.open(name) as file, Image.open(file) as image:
        return np.asarray(image.convert("RGBA"))
