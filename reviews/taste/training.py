"""A brand's scene prior or taste in layouts, learnt from its verdicts in seconds and kept as a version that waits for its gate."""

from __future__ import annotations

import hashlib
from typing import Any

import numpy as np
import structlog
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from brand_styles.models import Brand
from generation.errors import PermanentError
from generation.layout.scoring import TERMS
from generation.layout.taste import FIRM, LayoutTaste
from generation.liking import Liking
from generation.planning.prior import ScenePrior
from reviews.finetune.datasets import read_manifest
from reviews.finetune.versions import add
from reviews.models import Dataset, Kind, Learner, LearnerVersion
from reviews.taste.datasets import LETTERING, METHOD, freeze
from reviews.taste.fitting import Fitted, fit

log = structlog.get_logger(__name__)

TERM = "layout.term."
MOST_FACTOR = 2.0  # a term's weight is doubled or halved at most
ASIDE = (
    "layout.val",
    "layout.und_l",
    "layout.und_s",
    "layout.dropped",
    "layout.shortened",
)  # told by the copy, not by taste
SCENE_ASIDE = ("scene.product", "scene.mood.")  # the brief's to decide
State = LearnerVersion.State


def train(*, brand_id: int, kind: Kind, asked_by_id: int | None = None) -> LearnerVersion:
    """Learn from the brand's verdicts as they are now. The version there is where nothing is new since.

    PermanentError, in words, where the verdicts don't suffice or nothing can be told from them.
    """
    brand = Brand.objects.get(pk=brand_id)
    dataset = freeze(brand=brand, kind=kind)
    learner = Learner.objects.get_or_create(brand=brand, kind=kind)[0]
    there = learner.versions.filter(dataset=dataset).exclude(state__in=(State.FAILED, State.CANCELLED)).first()
    if there is not None:
        return there
    fitted = learnt(dataset)
    _refuse_nothing(fitted)
    value = as_value(fitted, kind)
    content = value.model_dump_json(indent=1).encode()
    sha256 = hashlib.sha256(content).hexdigest()
    name = f"learners/{brand.slug}/{kind}/{sha256}.json"
    if not default_storage.exists(name):
        name = default_storage.save(name, ContentFile(content))
    row = add(
        learner,
        method=METHOD,
        dataset=dataset,
        state=State.TRAINED,
        config={"shrinking": fitted.shrinking, "strength": value.strength},
        files={"weights": name},
        sha256=sha256,
        metrics={"auc": fitted.auc.as_json(), "heaviest": heaviest(fitted.liking)},
        asked_by_id=asked_by_id,
        ended_at=timezone.now(),
    )
    log.info("taste.trained", brand=brand.slug, kind=str(kind), number=row.number, auc=fitted.auc.value)
    return row


def learnt(dataset: Dataset) -> Fitted:
    """What a frozen set teaches; its holdout is left alone."""
    rows = [row for row in read_manifest(dataset)["examples"] if row["split"] != "holdout"]
    briefs = {brief: i for i, brief in enumerate(sorted({row["brief"] for row in rows}))}
    return fit(
        [teaching(row["facts"]) for row in rows],
        np.array([row["desirable"] for row in rows], np.bool_),
        np.array([briefs[row["brief"]] for row in rows], np.int64),
    )


def teaching(facts: dict[str, float]) -> dict[str, float]:
    """Without what this learner can't change."""
    return {name: value for name, value in facts.items() if not name.startswith((*ASIDE, *SCENE_ASIDE))}


def as_value(fitted: Fitted, kind: Kind) -> ScenePrior | LayoutTaste:
    """What generation reads."""
    if kind == Kind.SCENE_PRIOR:
        return ScenePrior(liking=fitted.liking)
    curves = fitted.liking.curves
    letters = {name: curve for name, curve in curves.items() if name.startswith(LETTERING)}
    lettering = {name.removeprefix(LETTERING): curve(1.0) - curve(0.0) for name, curve in letters.items()}
    rest = {name: curve for name, curve in curves.items() if name not in letters}
    return LayoutTaste(liking=Liking(curves=rest), terms=_factors(fitted), lettering=lettering)


def _factors(fitted: Fitted) -> dict[str, float]:
    """A soft term whose rise by one standard deviation costs so many log-odds weighs exp of that more, within bounds."""
    found = {}
    for term in TERMS:
        curve, spread = fitted.liking.curves.get(f"{TERM}{term}"), fitted.spread.get(f"{TERM}{term}", 0.0)
        if curve is not None and term not in FIRM:
            slope = (curve.values[-1] - curve.values[0]) / (curve.knots[-1] - curve.knots[0])
            found[term] = round(float(np.clip(np.exp(-slope * spread), 1 / MOST_FACTOR, MOST_FACTOR)), 4)
    return found


def heaviest(liking: Liking, most: int = 12) -> list[dict[str, Any]]:
    """The curves that move most, for the page: name, knots, values."""
    swing = {name: max(curve.values) - min(curve.values) for name, curve in liking.curves.items()}
    names = sorted(swing, key=lambda name: (-swing[name], name))[:most]
    return [{"name": name, **liking.curves[name].model_dump(mode="json")} for name in names if swing[name] > 0]


def _refuse_nothing(fitted: Fitted) -> None:
    if (fitted.auc.low or 0.0) <= 0.5:
        told = "–" if fitted.auc.value is None else f"{fitted.auc.value:.2f}"
        raise PermanentError(
            f"Nothing can surely be told from these verdicts yet (area under the curve {told} on briefs it hadn't seen). Review more "
            "pictures, or say what is wrong with a picture by its defects.",
            f"目前的评审结论尚看不出可靠的偏好（在未见过的需求上曲线下面积为 {told}）。请评审更多图片，或标明图片的具体问题。",
        )
