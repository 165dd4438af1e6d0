"""What a brand has in use of what it learnt: put there by a person once the gate let it pass, taken back by one click, or by itself.

Each act is one transaction over the version's state, the row that generation reads, and the log of acts: killed anywhere, it happened or it
did not. Nothing of a file is written: the weights lie in the storage since they were trained.
"""

from __future__ import annotations

import structlog
from django.db import transaction

from brand_styles.words import Words
from generation import learners
from generation.errors import PermanentError
from generation.models import Learned
from reviews.gating.gates import pin_of, pins_of
from reviews.models import Gate, LearnerVersion, Promotion

log = structlog.get_logger(__name__)

State = LearnerVersion.State
Act = Promotion.Act


def promote(*, version: LearnerVersion, by_id: int | None = None) -> Promotion:
    """Put a version that passed the gate in use. PermanentError, in words, where it did not pass against what is in use now."""
    why_not = refusal(version)
    if why_not is not None:
        raise PermanentError(why_not.en, why_not.zh)
    brand_id, kind = version.learner.brand_id, version.learner.kind
    with transaction.atomic():
        before = _retired(brand_id, kind)
        if not LearnerVersion.objects.filter(pk=version.pk, state=State.TRAINED).update(state=State.PROMOTED):
            raise PermanentError(OVERTAKEN.en, OVERTAKEN.zh)
        learners.use(brand_id=brand_id, pin=pin_of(version))
        act = _written(brand_id, kind, Act.PROMOTE, version, before, by_id)
    log.info("learner.promoted", brand=brand_id, kind=kind, number=version.number, by=by_id)
    return act


def refusal(version: LearnerVersion) -> Words | None:
    """Why a version may not be promoted now; None where it may."""
    gate = Gate.objects.filter(version=version, passed__isnull=False).order_by("-pk").first()
    if version.state != State.TRAINED or gate is None or not gate.passed:
        return Words(
            en=f"Version {version.number} has not passed the gate, so it can't be promoted. Gate it first.",
            zh=f"版本 {version.number} 尚未通过门禁，不能启用。请先过门禁。",
        )
    if set(pins_of(gate.against)) != set(learners.in_use(version.learner.brand_id)):
        return Words(
            en=f"Version {version.number} passed against what was in use then; something else is now. Gate it again.",
            zh=f"版本 {version.number} 通过门禁后，当前启用的版本已变化。请重新过门禁。",
        )
    return None


def roll_back(*, brand_id: int, kind: str, by_id: int | None = None, reason: Words | None = None) -> Promotion:
    """Put what was in use before the version in use back; nothing where nothing was. PermanentError where none is in use.

    Rolling back twice goes two versions back: what was rolled back is not returned to, but stays to be gated again.
    """
    with transaction.atomic():
        before = _retired(brand_id, kind)
        if before is None:
            raise PermanentError(NONE_IN_USE.en, NONE_IN_USE.zh)
        target = _before(before)
        if target is None:
            learners.drop(brand_id=brand_id, kind=kind)
        else:
            LearnerVersion.objects.filter(pk=target.pk, state=State.RETIRED).update(state=State.PROMOTED)
            learners.use(brand_id=brand_id, pin=pin_of(target))
        how = Act.ROLL_BACK if reason is None else Act.ROLL_BACK_ALONE
        act = _written(brand_id, kind, how, target, before, by_id, reason)
    number = target.number if target else 0
    log.warning("learner.rolled_back", brand=brand_id, kind=kind, back_to=number, was=before.number, by=by_id)
    return act


def _retired(brand_id: int, kind: str) -> LearnerVersion | None:
    """The version in use, retired as of this transaction; None without one. Two at once: the slower one finds it gone and stops."""
    row = LearnerVersion.objects.filter(learner__brand=brand_id, learner__kind=kind, state=State.PROMOTED).first()
    if row is not None and not LearnerVersion.objects.filter(pk=row.pk, state=State.PROMOTED).update(
        state=State.RETIRED
    ):
        raise PermanentError(OVERTAKEN.en, OVERTAKEN.zh)
    return row


def _before(version: LearnerVersion) -> LearnerVersion | None:
    """What was in use when `version` was last promoted."""
    act = Promotion.objects.filter(version=version, act=Act.PROMOTE).order_by("-pk").first()
    return act.before if act else None


def _written(
    brand_id: int,
    kind: str,
    act: Promotion.Act,
    version: LearnerVersion | None,
    before: LearnerVersion | None,
    by_id: int | None,
    reason: Words | None = None,
) -> Promotion:
    row = Promotion(
        brand_id=brand_id,
        kind=kind,
        act=act,
        version=version,
        before=before,
        by_id=by_id,
        reason=reason.model_dump() if reason else {},
    )
    row.full_clean()
    row.save(force_insert=True)
    return row


def in_use(brand_id: int, kind: str) -> LearnerVersion | None:
    """The promoted version of a kind, with when it came into use on `Learned.since`."""
    return LearnerVersion.objects.filter(learner__brand=brand_id, learner__kind=kind, state=State.PROMOTED).first()


def used_since(brand_id: int, kind: str) -> Learned | None:
    return Learned.objects.filter(brand=brand_id, kind=kind).first()


OVERTAKEN = Words(
    en="Somebody changed what is in use at the same moment. Look again.", zh="刚刚有人更改了启用的版本，请刷新后再看。"
)
NONE_IN_USE = Words(
    en="No version of this kind is in use, so there is nothing to roll back.", zh="该类别没有启用的版本，无需回退。"
)
