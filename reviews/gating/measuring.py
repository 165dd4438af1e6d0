"""What is measured of a picture on trial: what the scorer expects of it, and what must not get worse."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from generation.errors import PermanentError
from generation.types import Layout
from reviews.learning import training
from reviews.models import ScorerVersion

if TYPE_CHECKING:
    from generation.pipeline import MadeAsset
    from reviews.learning.embedding import Embedder
    from reviews.learning.scorer import Scorer

NEAR = 5  # px: how wide an outline of the picture is looked for about the layout's
STEP = 0.03  # of luma, from pixel to pixel, that is an outline


@dataclass(frozen=True)
class Judge:
    """The brand's scorer with the eyes it learnt with."""

    row: ScorerVersion
    scorer: Scorer
    embedder: Embedder

    def measures_of(self, made: MadeAsset) -> dict[str, float]:
        """`usable`: the scorer's probability. `blocked`: 0 or 1. `warnings`: how many. `misread`: share of the lines that OCR reads
        otherwise. `palette`: mean distance to the brand's colours, CIEDE2000. `outlines`: share of the planned outlines that are lacking.
        """
        from reviews.learning.coloring import color_facts
        from reviews.learning.features import features_of

        report, palette = made.report, [swatch.hex for swatch in made.task.brand.palette]
        told = report.model_dump(mode="json")
        vector = features_of(made.rgb, made.recipe, told, made.made, palette, self.embedder)
        backs = report.read_back
        return {
            "usable": float(self.scorer(vector[None]).usable[0]),
            "blocked": float(report.verdict == "blocked"),
            "warnings": float(sum(finding.severity == "warn" for finding in report.findings)),
            "misread": sum(not back.agrees for back in backs) / len(backs) if backs else 0.0,
            "palette": 100 * float(color_facts(made.rgb, palette)["palette.mean"]),
            "outlines": lacking_outlines(made),
        }


def judge_for(brand_id: int) -> Judge:
    """The brand's scorer, ready. PermanentError, in words, where there is none, or where it learnt with other eyes than there are now."""
    from reviews.learning.embedding import default_embedder
    from reviews.learning.scorer import BadScorer

    row = training.scorer_for(brand_id)
    if row is None:
        raise no_scorer(brand_id)
    try:
        scorer = training.loaded(row)
    except BadScorer as fault:
        raise PermanentError(f"The scorer can't be read: {fault}", f"评分模型无法读取：{fault}") from fault
    return Judge(row, scorer, fitting(scorer, default_embedder()))


def fitting(scorer: Scorer, embedder: Embedder) -> Embedder:
    from reviews.learning.features import feature_names, names_hash

    now = names_hash(feature_names(embedder.dimension)), embedder.sha256
    if (scorer.names_hash, scorer.embedder_hash) != now:
        raise PermanentError(
            "The scorer learnt from pictures as they were described before; they are described otherwise now. It is trained anew when "
            "enough is judged: gate it then.",
            "评分模型所依据的画面特征与现在不同。待评审量足够、重新训练后再过门禁。",
        )
    return embedder


def no_scorer(brand_id: int) -> PermanentError:
    few = training.few_labels(brand_id)
    if few is not None:
        return PermanentError(f"There is no scorer to judge with yet. {few.en}", f"尚无可用于评判的评分模型。{few.zh}")
    return PermanentError(
        "There is no scorer in use for this brand: the last one told too little apart. More reviews make a better one.",
        "该品牌目前没有启用的评分模型：上一版区分能力不足。更多评审有助于训练出更好的模型。",
    )


def lacking_outlines(made: MadeAsset) -> float:
    """The share of the outlines of the planned scene at which the picture, off its type, has none. 0 where none is planned."""
    import cv2

    from generation.control.maps import blockout

    scene = made.sources.get("scene")
    if scene is None:
        return 0.0
    planned = blockout(made.task.plan.scene, made.layout).edges > 0
    planned &= ~_beneath_type(made.layout, planned.shape)
    if not planned.any():
        return 0.0
    luma = scene[..., :3].astype(np.float32) @ np.array([0.2126, 0.7152, 0.0722], np.float32) / 255
    steep = np.hypot(*np.gradient(luma)).astype(np.float32)
    found = cv2.dilate(steep, np.ones((NEAR, NEAR), np.uint8)) >= STEP
    return 1.0 - float(found[planned].mean())


def _beneath_type(layout: Layout, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    mask = np.zeros(shape[:2], np.bool_)
    for zone in layout.text_zones:
        x0, y0, x1, y1 = zone.clamped(shape[1], shape[0]).rounded()
        mask[y0:y1, x0:x1] = True
    return mask
