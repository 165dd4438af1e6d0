"""The stages of one brief, in order. Values in, values out: no database, no broker, no files.

    plan ─▶ layout ─▶ blockout ─▶ diffusion ─▶ composite ─▶ preflight and repair

`plan_brief` and `lay_out` come first and cheaply: whatever cannot work (a word that is forbidden, a line that does not fit) is
told before any picture is made. `make_assets` then makes pictures in batches of one shape.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from brand_styles.style import BrandStyle
from generation.compositing.design import Design, PictureLayer
from generation.laying import lay_out
from generation.planning.plan import CreativePlan, Lock
from generation.recipe import recipe_of
from generation.types import CopyLine, Element, Finding, Format, Json, Layout, Reason, RepairStep, Report
from generation.wearing import fitted

if TYPE_CHECKING:
    from generation.control.blockout import Blockout
    from generation.engines.base import Engine, Lora, Picture, PictureRequest
    from generation.layout.taste import LayoutTaste
    from generation.products.standing import Standing
    from generation.redrawing import Scene

Preview = NDArray[np.uint8] | None
# stage, steps done, steps in all, a small preview or None. Raises Cancelled to stop the work.
OnProgress = Callable[[str, int, int, Preview], None]

STAGES = ("layout", "blockout", "diffusion", "composite", "preflight")
WIDE = 2.2  # beyond this ratio only the subject's window is diffused
LOW = 120  # px of height under which the picture is left to the renderer


@dataclass(frozen=True)
class StyleFiles:
    """What the files that a brand's style names hold: its reference pictures, uint8 RGB, and its LoRAs. See brand_files.py."""

    references: tuple[NDArray[np.uint8], ...] = ()
    loras: tuple[Lora, ...] = ()


NO_FILES = StyleFiles()


@dataclass(frozen=True)
class Base:
    """The finished picture, in the same format, that another is made from: what it shows, its words, its file's hash."""

    design: Design
    layout: Layout
    lines: tuple[CopyLine, ...]
    sha256: str

    def shown_of(self, elements: Sequence[Element]) -> list[Element]:
        """Those of the elements that stand on the picture; what is no text always does."""
        shown = {layer.id for layer in self.design.layers}
        return [element for element in elements if not element.text or element.id in shown]


@dataclass(frozen=True)
class Task:
    """One asset to make: a plan on a canvas. `product` is an uploaded cut-out, uint8 RGBA.

    `base`: the picture that a plan with an origin starts from, where there is one of this format. `mended`: what was done to its copy
    before it was laid out (rewriting.py). `unworn`: why an adapter that the plan pinned is not worn (wearing.py). `taste`: what reviewers
    like of layouts.
    """

    plan: CreativePlan
    format: Format
    brand: BrandStyle
    product: NDArray[np.uint8] | None = None
    files: StyleFiles = NO_FILES
    base: Base | None = None
    mended: tuple[RepairStep, ...] = ()
    unworn: tuple[Reason, ...] = ()
    taste: LayoutTaste | None = None

    @property
    def id(self) -> str:
        return f"{self.format.name}-v{self.plan.variant}"

    def holds(self, lock: Lock) -> bool:
        """Whether that of the base is kept."""
        return self.base is not None and self.plan.origin is not None and lock in self.plan.origin.kept


@dataclass(frozen=True)
class MadeAsset:
    """A finished asset: the flat picture and everything that explains it."""

    task: Task
    png: bytes
    rgb: NDArray[np.uint8]
    design: Design
    layout: Layout
    recipe: Json
    report: Report
    made: str  # "diffused" or "rendered"
    timings: dict[str, float] = field(default_factory=dict)
    sources: Mapping[str, NDArray[np.uint8]] = field(default_factory=dict)  # what the Design's picture layers name
    subject_mask: NDArray[np.bool_] | None = None  # (H, W), where the subject is seen


@dataclass
class _Work:
    """A task on its way: what each stage has left behind."""

    task: Task
    layout: Layout
    copy_findings: tuple[Finding, ...]
    timings: dict[str, float] = field(default_factory=dict)
    blockout: Blockout | None = None
    picture: Picture | None = None
    redrawn: bool = False  # by itself, so no longer with its batch

    @contextmanager
    def timed(self, stage: str, share: int = 1) -> Iterator[None]:
        """Add the time spent inside to `stage`, divided between the `share` tasks of a batch."""
        begun = time.perf_counter()
        yield
        self.timings[stage] = self.timings.get(stage, 0.0) + (time.perf_counter() - begun) / share


def silent(stage: str, done: int, total: int, preview: Preview) -> None:
    """An OnProgress for those who don't watch."""


def picture_seed(plan: CreativePlan, fmt: Format) -> int:
    """The seed of the picture on one canvas of one variant."""
    return (plan.pictures_from + fmt.width * 8192 + fmt.height) % 2**31


def make_asset(task: Task, engine: Engine, on_progress: OnProgress = silent, layout: Layout | None = None) -> MadeAsset:
    """One asset by itself, as a worker makes it."""
    return make_assets([task], engine, on_progress, [layout] if layout else None)[0]


def make_assets(
    tasks: Sequence[Task],
    engine: Engine,
    on_progress: OnProgress = silent,
    layouts: Sequence[Layout] | None = None,
) -> list[MadeAsset]:
    """Make assets whose scenes are diffused in one batch, in the order given.

    The batch's composition is part of the recipe: the same tasks in the same order give the same bytes.
    Raises CopyDoesNotFit before any picture is made, Cancelled when on_progress says so.
    """
    on_progress("layout", 0, 1, None)
    tasks = [fitted(task, engine) for task in tasks]
    works = [_prepare(task, layouts[i] if layouts else None) for i, task in enumerate(tasks)]
    _block_out(works, on_progress)
    _diffuse(works, engine, on_progress)
    for work in works:
        _redraw(work, engine)
    made = []
    for i, work in enumerate(works):
        on_progress("composite", i, len(works), None)
        made.append(_finish(work, engine, [t.id for t in tasks], lambda: on_progress("preflight", i, len(works), None)))  # noqa: B023
    return made


def copy_findings(task: Task) -> tuple[Finding, ...]:
    """What the rules say of the words, before any picture is made."""
    from generation.preflight.copy import check_copy

    plan = task.plan
    return check_copy(plan.copy_lines, task.brand, plan.market, plan.industry, product_type=plan.product_type)


def _prepare(task: Task, layout: Layout | None) -> _Work:
    begun = time.perf_counter()
    work = _Work(task, layout or lay_out(task), copy_findings(task))
    work.timings["layout"] = time.perf_counter() - begun
    return work


def _block_out(works: Sequence[_Work], on_progress: OnProgress) -> None:
    """All canvases of a batch, several at once; each is charged with the time that was waited for it."""
    from generation.control.maps import blockouts

    drawn = blockouts([(work.task.plan.scene, work.layout) for work in works])
    with closing(drawn):
        for i, work in enumerate(works):
            on_progress("blockout", i, len(works), None)
            with work.timed("blockout"):
                work.blockout = next(drawn)


def request_for(
    work_plan: CreativePlan, layout: Layout, blockout: Blockout, files: StyleFiles = NO_FILES
) -> PictureRequest:
    """What the engine is asked for one staged scene. A model that can't read the brand's pictures makes it without, and says so."""
    from generation.engines.base import PictureRequest

    fmt = layout.format
    subject = layout.first("subject")
    wide = max(fmt.aspect, 1 / fmt.aspect) > WIDE
    return PictureRequest(
        blockout=blockout,
        prompt=work_plan.prompt,
        negative_prompt=work_plan.negative_prompt,
        seed=picture_seed(work_plan, fmt),
        text_zones=layout.text_zones,
        window=subject.box.grown(0.15 * fmt.short).clamped(fmt.width, fmt.height) if wide and subject else None,
        loras=files.loras,
        references=files.references,
        needs_references=False,
    )


def _diffuse(works: Sequence[_Work], engine: Engine, on_progress: OnProgress) -> None:
    requests = []
    for work in works:
        assert work.blockout is not None  # noqa: S101 - _block_out ran
        requests.append(request_for(work.task.plan, work.layout, work.blockout, work.task.files))
    begun = time.perf_counter()
    pictures = engine.diffuse(requests, lambda step, steps, preview: on_progress("diffusion", step, steps, preview))
    for work, picture in zip(works, pictures, strict=True):
        work.picture = picture
        work.timings["diffusion"] = (time.perf_counter() - begun) / len(works)


def _redraw(work: _Work, engine: Engine) -> None:
    """Make a scene again that shows what a rule forbids; the plan of the one that is kept is the work's from here on."""
    from generation.redrawing import Scene, without_what_is_forbidden

    task = work.task
    assert work.blockout is not None and work.picture is not None  # noqa: S101 - _diffuse ran
    if task.holds("scene"):
        return
    first = Scene(task.plan, work.blockout, work.picture)
    with work.timed("preflight"):
        scene, steps = without_what_is_forbidden(
            first, task.brand, lambda plan: _drawn_anew(work, plan, engine), taken=len(task.mended)
        )
    work.redrawn = scene is not first
    work.task = replace(task, plan=scene.plan, mended=(*task.mended, *steps))
    work.blockout, work.picture = scene.blockout, scene.picture


def _drawn_anew(work: _Work, plan: CreativePlan, engine: Engine) -> Scene:
    """One scene by itself, in the same layout."""
    from generation.control.maps import blockout
    from generation.redrawing import Scene

    staged = blockout(plan.scene, work.layout)
    return Scene(plan, staged, engine.diffuse([request_for(plan, work.layout, staged, work.task.files)])[0])


def _finish(work: _Work, engine: Engine, batch: Sequence[str], before_preflight: Callable[[], None]) -> MadeAsset:
    """Type, logo and product set on the picture; judged; mended; described."""
    from generation.compositing.compose import compose, png_bytes
    from generation.compositing.dress import dress
    from generation.compositing.foreground import SOURCE, foreground
    from generation.preflight.ocr import shared_reader
    from generation.preflight.shown import Known
    from generation.products.fidelity import with_product
    from generation.redrawing import Scene, drawn_in, rules_of_plan
    from generation.repair import PLACING, preflight_and_repair

    task, blockout, picture = work.task, work.blockout, work.picture
    assert blockout is not None and picture is not None  # noqa: S101 - earlier stages ran
    with work.timed("composite"):
        standing = _stood(work, picture.rgb)
        shown = standing.shaded if standing else picture.rgb
        things = foreground(shown, blockout, [i.box for i in work.layout.items if i.role != "subject"])
        sources = {"scene": picture.rgb} | (standing.sources if standing else {})
        if things is not None:
            sources |= {SOURCE: things}
        design, reasons = dress(
            task.plan,
            work.layout,
            shown,
            task.brand,
            light=blockout.light,
            product_box=standing.box if standing else None,
            shadow_box=standing.shadow_box if standing else None,
            things=things,
        )
    before_preflight()
    costs: list[float] = []
    with work.timed("preflight"):
        design, rgb, report = preflight_and_repair(
            design,
            work.layout,
            task.brand,
            palette=task.plan.palette,
            compose=lambda d: compose(d, sources, task.brand),
            copy_findings=work.copy_findings,
            subject_mask=blockout.subject_mask,
            reader=shared_reader(),
            without=PLACING if task.holds("layout") else frozenset(),
            before=task.mended,
            costs=costs,
            known=Known(
                rules_of_plan(task.plan, task.brand),
                drawn_in(Scene(task.plan, blockout, picture), alone=task.product is None),
            ),
        )
        if task.product is not None:
            report = with_product(report, design, rgb, task.product)
    work.timings |= {f"repair {number}": seconds for number, seconds in enumerate(costs, start=len(task.mended) + 1)}
    with work.timed("composite"):
        png = png_bytes(rgb)
    made_with = [task.id] if work.redrawn else batch
    recipe = recipe_of(task, work.layout, blockout, picture, engine, reasons, made_with)
    if standing is not None:
        recipe |= {"product": standing.notes}
    used = {layer.source: sources[layer.source] for layer in design.layers if isinstance(layer, PictureLayer)}
    return MadeAsset(
        task,
        png,
        rgb,
        design,
        work.layout,
        recipe,
        report,
        picture.made,
        dict(work.timings),
        sources=used,
        subject_mask=blockout.subject_mask,
    )


def _stood(work: _Work, scene: NDArray[np.uint8]) -> Standing | None:
    """The task's product where the scene left room for it; None without one."""
    from generation.products.standing import stand

    assert work.blockout is not None  # noqa: S101 - _block_out ran
    box = work.blockout.boxes.get(PRODUCT_ID)
    if work.task.product is None or box is None:
        return None
    return stand(work.task.product, scene, work.blockout, box, work.layout.text_zones)


PRODUCT_ID = 250  # the id under which staging reports where an uploaded product stands
