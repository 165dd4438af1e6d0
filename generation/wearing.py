"""Which of what a plan pinned the engine at hand can wear, and what the recipe says of it. Values in, values out."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from brand_styles.words import Words
from generation.types import Json, Reason

if TYPE_CHECKING:
    from generation.engines.base import Engine
    from generation.pipeline import Task


def fitted(task: Task, engine: Engine) -> Task:
    """The task without adapters that were trained on other weights than the engine's, and the reason told where there are any."""
    misfits = [lora for lora in task.files.loras if lora.base and lora.base != engine.weights_hash]
    if not misfits:
        return task
    worn = tuple(lora for lora in task.files.loras if lora not in misfits)
    told = tuple(_told(lora.base, engine) for lora in misfits)
    return replace(task, files=replace(task.files, loras=worn), unworn=(*task.unworn, *told))


def _told(base: str, engine: Engine) -> Reason:
    why = Words(
        en=f"The brand's adapter was trained on other weights ({base[:10]}) than {engine.name} has ({engine.weights_hash[:10]}): "
        "the scene was made without it. Train one on these weights.",
        zh=f"品牌适配器基于其他权重（{base[:10]}）训练，与 {engine.name}（{engine.weights_hash[:10]}）不符，画面未使用该适配器。"
        "请基于当前权重重新训练。",
    )
    return Reason(field="learners", value="adapter not worn", why=why)


def learners_of(task: Task) -> Json:
    """The recipe's part: the number of each version that had a part, and what an auditor needs to find its file. Empty without any."""
    pins = [pin for pin in task.plan.learners if pin.kind != "adapter" or not task.unworn]
    if not pins:
        return {}
    return {
        "learners": {pin.kind: pin.number for pin in pins},
        "learner_files": {pin.kind: pin.model_dump(mode="json", exclude={"kind"}) for pin in pins},
    }
