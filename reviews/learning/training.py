"""When a scorer is trained, and whether it takes the place of the one in use."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import structlog
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.db.models import Max, Q

from brand_styles.models import Brand
from brand_styles.words import Words
from reviews.learning import labels as labelling
from reviews.learning import verdicts
from reviews.models import Features, ScorerVersion

if TYPE_CHECKING:
    from reviews.learning.embedding import Embedder
    from reviews.learning.scorer import Labels, Scorer, Vectors

log = structlog.get_logger(__name__)

LEAST_LABELS, LEAST_OF_EACH = 40, 5
AGAIN_AFTER, AGAIN_SHARE = 16, 0.2  # new labels before it is trained anew: so many, and that share of those it had
MOST_SEEN = 4000  # pictures that the space is fitted on beside the judged
State = ScorerVersion.State


def of(brand_id: int | None) -> Q:
    """Scorers of a brand, or those for all."""
    return Q(brand__isnull=True) if brand_id is None else Q(brand=brand_id)


def few_labels(brand_id: int | None) -> Words | None:
    """Why there can be no scorer yet; None when there can."""
    rows = labelling.settled(brand_id)
    total, usable = rows.count(), rows.filter(usable=True).count()
    if total < LEAST_LABELS:
        return Words(
            en=f"{total} pictures are judged; a scorer needs {LEAST_LABELS}. Until then the queue shows what stands for most others.",
            zh=f"已评 {total} 张；训练评分模型至少需要 {LEAST_LABELS} 张。在此之前，队列优先呈现最具代表性的画面。",
        )
    if min(usable, total - usable) < LEAST_OF_EACH:
        return Words(
            en=f"{usable} of {total} judged pictures are usable; a scorer needs {LEAST_OF_EACH} of either kind to tell them apart.",
            zh=f"已评 {total} 张中有 {usable} 张可用；可用与不可用各至少需要 {LEAST_OF_EACH} 张，才能学会区分。",
        )
    return None


def is_due(brand_id: int | None) -> bool:
    """Whether enough is new since the last one was trained, refused ones counted: a refusal isn't repeated on the same labels."""
    if few_labels(brand_id) is not None:
        return False
    last = ScorerVersion.objects.filter(of(brand_id)).order_by("-number").first()
    if last is None:
        return True
    fresh = labelling.settled(brand_id).count() - last.labels
    return fresh >= max(AGAIN_AFTER, AGAIN_SHARE * last.labels)


def train_due() -> list[ScorerVersion]:
    """Train what is due: each brand's own, and the one for all where brands may share."""
    from django.conf import settings

    judged = labelling.settled(None).values_list("brand_id", flat=True).distinct().order_by()
    asked: list[int | None] = [*sorted(judged), *([None] if settings.REVIEW_SHARED_SCORER else [])]
    return [row for brand_id in asked if is_due(brand_id) and (row := train(brand_id)) is not None]


def train(brand_id: int | None) -> ScorerVersion | None:
    """Train one on what is judged now, keep it, and use it if it is no worse. None where too few of the judged have vectors yet."""
    from reviews.learning.embedding import default_embedder
    from reviews.learning.features import feature_names, names_hash

    embedder = default_embedder()
    names = names_hash(feature_names(embedder.dimension))
    labels = labelling.labels_of(brand_id, names, embedder.sha256)
    learnt = labels.part(~labelling.held_out(labels.briefs))
    if min(learnt.usable.sum(), (~learnt.usable).sum()) < LEAST_OF_EACH or len(labels) < LEAST_LABELS:
        return None
    scorer = _fitted(learnt, names, embedder, brand_id)
    try:
        row = _kept(scorer, labels, brand_id, embedder)
    except (ValidationError, IntegrityError):  # another worker trained the same one meanwhile: its row counts
        log.info("scorer.overtaken", brand=brand_id)
        return None
    tried = verdicts.tried(scorer, labels, learnt, in_use(brand_id))
    row.metrics = tried.metrics | {"told": embedder.told.model_dump() if embedder.told else {}}
    row.save(update_fields=["metrics"])
    return use(row, tried.words) if tried.good else refuse(row, tried.words)


def _fitted(learnt: Labels, names: str, embedder: Embedder, brand_id: int | None) -> Scorer:
    from reviews.learning.features import feature_names
    from reviews.learning.scorer import fit
    from reviews.learning.spaces import fit_space

    others = some_vectors(brand_id, names, embedder.sha256)
    seen = [learnt.vectors] if others is None else [learnt.vectors, others]
    space = fit_space(np.concatenate(seen), len(feature_names(0)))
    return fit(learnt, space, names_hash=names, embedder_hash=embedder.sha256)


def some_vectors(brand_id: int | None, names: str, embedder_hash: str) -> Vectors | None:
    """Of the newest pictures, judged or not; None without any."""
    from reviews.learning.describing import vectors

    rows = Features.objects.filter(names_hash=names, embedder_hash=embedder_hash).exclude(vector=b"")
    if brand_id is not None:
        rows = rows.filter(asset__job__variant__brief__library__brand=brand_id)
    found = list(rows.only("vector").order_by("-asset")[:MOST_SEEN])
    return vectors(found) if found else None


def _kept(scorer: Scorer, labels: Labels, brand_id: int | None, embedder: Embedder) -> ScorerVersion:
    """The file first, then the row: what dies in between leaves a file that nobody names."""
    from reviews.learning.scorer import sha256_of, to_bytes

    data = to_bytes(scorer)
    sha256 = sha256_of(data)
    last = ScorerVersion.objects.filter(of(brand_id)).aggregate(last=Max("number"))["last"] or 0
    whose = "studio" if brand_id is None else str(brand_id)
    name = default_storage.save(f"scorers/{whose}-{last + 1}-{sha256[:16]}.safetensors", ContentFile(data))
    row = ScorerVersion(
        brand_id=brand_id,
        number=last + 1,
        file=name,
        sha256=sha256,
        names_hash=scorer.names_hash,
        embedder=embedder.name,
        embedder_hash=scorer.embedder_hash,
        rubric=labelling.rubric_digest(brand_id),
        labels=labelling.settled(brand_id).count(),
        usable=int(labels.usable.sum()),
        briefs=len(set(labels.briefs.tolist())),
    )
    row.full_clean()
    row.save(force_insert=True)
    return row


def use(row: ScorerVersion, why: Words) -> ScorerVersion:
    """Put a candidate in use; the one before it is retired in the same transaction."""
    with transaction.atomic():
        ScorerVersion.objects.filter(of(row.brand_id), state=State.IN_USE).update(state=State.RETIRED)
        ScorerVersion.objects.filter(pk=row.pk, state=State.CANDIDATE).update(
            state=State.IN_USE, reason=why.model_dump()
        )
    row.refresh_from_db()
    log.info("scorer.used", scorer=row.name, reason=why.en)
    return row


def refuse(row: ScorerVersion, why: Words) -> ScorerVersion:
    ScorerVersion.objects.filter(pk=row.pk, state=State.CANDIDATE).update(state=State.REFUSED, reason=why.model_dump())
    row.refresh_from_db()
    log.info("scorer.refused", scorer=row.name, reason=why.en)
    return row


def in_use(brand_id: int | None) -> ScorerVersion | None:
    return ScorerVersion.objects.select_related("brand").filter(of(brand_id), state=State.IN_USE).first()


def scorer_for(brand_id: int) -> ScorerVersion | None:
    """The brand's own scorer, else the one for all where brands may share; None without either."""
    from django.conf import settings

    return in_use(brand_id) or (in_use(None) if settings.REVIEW_SHARED_SCORER else None)


def brands_with_scorer() -> list[int]:
    """The brands for which there is one, their own or the shared."""
    return [brand_id for brand_id in Brand.objects.values_list("pk", flat=True).order_by("pk") if scorer_for(brand_id)]


def readable(row: ScorerVersion | None) -> Scorer | None:
    """The scorer of a row; None without one, or where its file can't be read, which the log tells."""
    from reviews.learning.scorer import BadScorer

    try:
        return loaded(row) if row else None
    except BadScorer as fault:
        log.error("scorer.unreadable", scorer=row.name if row else "", error=str(fault))
        return None


def loaded(row: ScorerVersion) -> Scorer:
    """The scorer of a row. BadScorer where its file is missing or is not what the row says."""
    from reviews.learning.scorer import BadScorer, from_bytes, sha256_of

    try:
        with default_storage.open(row.file) as file:
            data = file.read()
    except OSError as fault:
        raise BadScorer(f"{row.file} can't be read: {fault}") from fault
    if sha256_of(data) != row.sha256:
        raise BadScorer(f"{row.file} is not the file that was kept")
    return from_bytes(data)
