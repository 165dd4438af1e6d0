"""Rerolls with locks and more like one: what is kept is the same in the data of the new picture, what is not is another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from brand_styles.sample import demo
from generation import rendering
from generation.compositing.design import Design
from generation.engines.base import OnStep, Picture, PictureRequest
from generation.errors import PermanentError
from generation.laying import lay_out
from generation.models import Asset, Job
from generation.pipeline import Task
from generation.planning.brief import load_brief
from generation.planning.plan import LOCKS, CreativePlan, Origin
from generation.planning.remaking import other_headlines, remake
from generation.remaking import MOST_LIKE, locks_of, more_like, reroll
from generation.services import submit_brief
from generation.tasking import base_of, task_of
from generation.types import Format
from studio.models import User
from tests.studio import editable

BRIEF = """\
version: 1
brand: demo
prompt: 会员日营销，红包金币，热闹喜庆
copy: {headline: 会员狂欢日，好礼相送, price: ¥50, cta: 立即参与, legal: [活动时间：6月18日至6月20日。]}
formats: [240x240]
seed: 7
"""


class Plain:
    """An engine that leaves the scenes as they were rendered, and remembers with which seeds it was asked."""

    name, weights_hash = "rendered", "0" * 16

    def __init__(self) -> None:
        self.seeds: list[int] = []

    def diffuse(self, requests: Sequence[PictureRequest], on_step: OnStep | None = None) -> list[Picture]:
        self.seeds += [request.seed for request in requests]
        return [Picture(r.blockout.rgb, "rendered", self.name, 0.0) for r in requests]


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Plain:
    engine = Plain()
    monkeypatch.setattr("generation.engines.loading.default_engine", lambda: engine)
    monkeypatch.setattr("generation.warming.wait", lambda tell: False)
    return engine


def make_all() -> None:
    while rendering.make_next():
        pass


@pytest.fixture
def base(owner: User, engine: Plain) -> Asset:
    """One finished picture, by the real planner and pipeline."""
    submit_brief(owner_id=owner.pk, data=load_brief(BRIEF), source=BRIEF)
    make_all()
    return Asset.objects.get()


def of(asset: Asset) -> dict[str, Any]:
    """What the locks speak of, from the picture's own data."""
    plan = CreativePlan.model_validate(asset.job.variant.plan)
    graph = plan.scene.model_dump(exclude={"palette"})
    assert graph == {key: asset.recipe["scene"][key] for key in graph} | {"objects": graph["objects"]}
    shown = {layer["id"]: layer for layer in asset.design["layers"] if layer["role"] not in ("ground", "decor")}
    words = {id: "".join(layer.get("lines") or [layer.get("text", "")]) for id, layer in shown.items()}
    subject = next((item["box"] for item in asset.recipe["layout"]["items"] if item["role"] == "subject"), None)
    return {
        "layout": {id: layer["box"] for id, layer in shown.items()} | {"subject": subject},
        "scene": graph,
        "copy": {id: text for id, text in words.items() if text},
        "palette": plan.palette.model_dump(),
    }


SETS = [("layout",), ("scene",), ("copy",), ("palette",), ("layout", "scene", "palette")]


def test_what_is_kept_is_the_same_and_the_rest_is_another(base: Asset, engine: Plain, owner: User) -> None:
    asked = {kept: reroll(assets=[base], kept=kept, asked_by=owner.pk)[0] for kept in SETS}
    make_all()
    for turn, (kept, job) in enumerate(asked.items(), start=1):
        new = Asset.objects.get(job=job)
        before, after = of(base), of(new)
        if "layout" in kept and "copy" not in kept:  # the reworded line is set in its own place, and nothing else moves
            places = [each["layout"].pop("headline") for each in (before, after)]
            assert abs(places[0][0] - places[1][0]) < 1 or abs(places[0][2] - places[1][2]) < 1
        for lock in LOCKS:
            assert (before[lock] == after[lock]) is (lock in kept), (kept, lock)
        assert (engine.seeds[0] == engine.seeds[turn]) is ("scene" in kept)
        assert new.recipe["kept"] == [lock for lock in LOCKS if lock in kept]
        assert new.recipe["made_from"] == {"way": "reroll", "variant": 1, "turn": turn, "asset": base.sha256}
        assert after["copy"]["price"] == before["copy"]["price"], "a machine never rewords a price"
        assert after["copy"]["legal-1"] == before["copy"]["legal-1"]
    assert len({str(of(each)["scene"]) for each in Asset.objects.all()}) == len(SETS) - 1, "each turn is another"


def quick_like(base: Asset, owner: User, count: int) -> list[CreativePlan]:
    """The plans of more like it, as the worker decides them."""
    rows = Job.objects.select_related("variant__brief__library", "variant__source", "base__job__variant")
    jobs = more_like(asset=base, count=count, asked_by=owner.pk)
    return [task_of(rows.get(id=job.pk)).plan for job in jobs]


@pytest.fixture
def drawn(owner: User) -> Asset:
    """One finished picture whose scene is a gradient: all else is real."""
    submit_brief(owner_id=owner.pk, data=load_brief(BRIEF), source=BRIEF)
    return editable.make_all()[0]


def test_more_like_one_keeps_hero_set_composition_copy_and_palette_and_varies_within(drawn: Asset, owner: User) -> None:
    parent = CreativePlan.model_validate(drawn.job.variant.plan)
    plans = quick_like(drawn, owner, 3)
    heroes = [next(o for o in plan.scene.objects if o.role == "subject") for plan in (parent, *plans)]
    assert len({(hero.kind, hero.material, hero.color) for hero in heroes}) == 1
    assert {(p.scene.set, p.scene.composition, p.palette, p.copy_lines) for p in plans} == {
        (parent.scene.set, parent.scene.composition, parent.palette, parent.copy_lines)
    }
    assert len({p.scene.model_dump_json() for p in (parent, *plans)}) == 4
    assert [p.layout_rank for p in plans] == [0, 1, 2] and len({p.pictures_from for p in (parent, *plans)}) == 4
    layouts = [lay_out(Task(p, drawn_format(drawn), demo(), base=base_of(drawn))).boxes for p in plans]
    assert base_of(drawn).layout.boxes not in layouts


def drawn_format(asset: Asset) -> Format:
    return Format(width=asset.width, height=asset.height)


def test_what_was_edited_since_is_what_is_held(drawn: Asset, owner: User) -> None:
    """A line that was moved and reworded on the bench stays where and what it is; a late price goes along."""
    design = Design.model_validate(drawn.design)
    headline, price = design.layer("headline"), design.layer("price")
    moved = headline.model_copy(update={"box": headline.box.moved(3, 5), "lines": ("会员节",)})
    design = design.replaced(moved).replaced(price.model_copy(update={"text": "¥45"}))
    lines = [
        line
        | ({"text": "会员节", "short_forms": []} if line["role"] == "headline" else {})
        | ({"text": "¥45"} if line["role"] == "price" else {})
        for line in (drawn.job.variant.plan or {})["copy_lines"]
    ]
    Asset.objects.filter(pk=drawn.pk).update(
        design=design.model_dump(mode="json"), recipe=drawn.recipe | {"copy": lines}
    )
    drawn.refresh_from_db()
    rows = Job.objects.select_related("variant__brief__library", "variant__source", "base__job__variant")
    for kept in (("layout", "copy"), ("layout",)):
        [job] = reroll(assets=[drawn], kept=kept, asked_by=owner.pk)
        task = task_of(rows.get(id=job.pk))
        said = {line.role: line.text for line in task.plan.copy_lines}
        assert said["price"] == "¥45" and (said["headline"] == "会员节") is ("copy" in kept)
        box = next(item.box for item in lay_out(task).items if item.id == "headline")
        if "copy" in kept:
            assert box == moved.box
        else:
            assert box.y0 >= moved.box.y0 - 1 and box.y1 <= moved.box.y1 + 1


def test_all_four_locks_or_too_many_are_refused_in_words(drawn: Asset, owner: User) -> None:
    with pytest.raises(PermanentError, match="Everything is kept"):
        reroll(assets=[drawn], kept=LOCKS, asked_by=owner.pk)
    for count in (0, MOST_LIKE + 1):
        with pytest.raises(PermanentError, match="Choose 1 to 8"):
            more_like(asset=drawn, count=count, asked_by=owner.pk)
    assert locks_of(["copy", "layout", "nonsense"]) == ("layout", "copy")
    assert Job.objects.count() == 1


def test_the_sizes_of_one_idea_are_rerolled_as_one_idea_and_number_on(owner: User) -> None:
    source = BRIEF.replace("[240x240]", "[240x240, 300x250]")
    submit_brief(owner_id=owner.pk, data=load_brief(source), source=source)
    made = editable.make_all()
    first = reroll(assets=made, kept=["copy"], asked_by=owner.pk)
    second = reroll(assets=made[:1], kept=["copy"], asked_by=owner.pk)
    assert len({job.variant_id for job in first}) == 1 and [job.variant.number for job in (*first, *second)] == [
        2,
        2,
        3,
    ]
    assert [job.base_id for job in first] == [asset.pk for asset in made]
    assert second[0].variant.turn == 2, "another turn draws another scene"


def test_other_headlines_are_allowed_ones_and_never_the_same(drawn: Asset) -> None:
    plan, brand = CreativePlan.model_validate(drawn.job.variant.plan), demo()
    found = other_headlines(plan, brand)
    assert found and "会员狂欢日，好礼相送" not in found and found[0] == "会员狂欢日", "the approved short form first"
    banned = brand.model_copy(update={"banned_words": ("好时光", "遇见")})
    assert not any("好时光" in text or "遇见" in text for text in other_headlines(plan, banned))
    bare = plan.model_copy(update={"copy_lines": tuple(x for x in plan.copy_lines if x.role != "headline")})
    with pytest.raises(PermanentError, match="no other headline"):
        remake(bare, load_brief(BRIEF), brand, variant=2, origin=Origin(way="reroll", variant=1, kept=("layout",)))
