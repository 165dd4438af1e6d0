"""How a version passes through the gate: asked for, tried, judged; cancelled or failed on the way, it stands where it stood.

TRAINED ─▶ GATING ─▶ TRAINED with a passed gate, which a person may promote; or REFUSED with the report of why not
"""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone

from brand_styles.words import Words
from generation import claims, learners
from generation.claims import UNCLAIMED
from generation.errors import PermanentError
from generation.models import Status
from generation.planning.plan import Pin
from reviews.models import Gate, LearnerVersion

State = LearnerVersion.State
UNDER_WAY = (Status.QUEUED, Status.RUNNING)
MAY_BE_GATED = (
    State.TRAINED,
    State.REFUSED,
    State.RETIRED,
)  # refused once: more briefs or a better scorer may say otherwise
Mine = QuerySet[Gate]


def pin_of(version: LearnerVersion) -> Pin:
    """A trained version as generation reads it."""
    return Pin(
        kind=version.learner.kind,
        number=version.number,
        file=version.files["weights"],
        sha256=version.sha256,
        base=version.base if version.learner.kind == learners.ADAPTER else "",
    )


def ask(*, version: LearnerVersion, asked_by_id: int | None = None) -> Gate:
    """Queue a trial of a trained version against what is in use now. The one under way where there is one.

    PermanentError, in words, for a version that isn't trained, or is in use.
    """
    there = Gate.objects.filter(version=version, status__in=UNDER_WAY).first()
    if there is not None:
        return there
    now, mine = learners.in_use(version.learner.brand_id), pin_of(version) if version.files.get("weights") else None
    if mine is None or version.state not in MAY_BE_GATED:
        raise _cannot(version)
    tried = (*(pin for pin in now if pin.kind != mine.kind), mine)
    gate = Gate(
        version=version, against=_told(now), candidate=_told(tried), stood=version.state, asked_by_id=asked_by_id
    )
    gate.full_clean(validate_constraints=False)
    try:
        with transaction.atomic():
            if not LearnerVersion.objects.filter(pk=version.pk, state__in=MAY_BE_GATED).update(state=State.GATING):
                raise _cannot(version)
            gate.save()
    except IntegrityError:  # somebody asked at the same moment
        return Gate.objects.get(version=version, status__in=UNDER_WAY)
    return gate


def _told(pins: tuple[Pin, ...]) -> list[dict[str, Any]]:
    return [pin.model_dump(mode="json") for pin in sorted(pins, key=lambda pin: pin.kind)]


def _cannot(version: LearnerVersion) -> PermanentError:
    return PermanentError(
        f"Version {version.number} is {version.state}: only one that is trained and not in use can be gated.",
        f"版本 {version.number} 当前为 {version.state}：只有已训练且未启用的版本才能过门禁。",
    )


def pins_of(said: list[dict[str, Any]]) -> tuple[Pin, ...]:
    return tuple(Pin.model_validate(each) for each in said)


def waiting() -> Mine:
    return Gate.objects.filter(status=Status.QUEUED).order_by("id")


def finish(mine: Mine, gate: Gate, report: dict[str, Any], file: str) -> bool:
    """Close a judged trial and say so of its version, both or neither. False when it is no longer ours."""
    passed = bool(report["passed"])
    with transaction.atomic():
        ended = {"status": Status.FINISHED, "ended_at": timezone.now(), **UNCLAIMED}
        if not mine.update(passed=passed, report=report, file=file, **ended):
            return False
        gating = LearnerVersion.objects.filter(pk=gate.version_id, state=State.GATING)
        gating.update(state=State.TRAINED if passed else State.REFUSED)
    return True


def fail(mine: Mine, words: Words) -> bool:
    """Close a trial that can't be held, with the sentence for the person. Its version stands as it did."""
    return bool(_closed(mine, Status.FAILED, words))


def cancel(gates: Mine) -> int:
    """Cancel those of `gates` that wait or run; one that runs stops at its next picture. How many."""
    return _closed(gates.filter(status__in=UNDER_WAY), Status.CANCELLED)


def _closed(gates: Mine, status: Status, words: Words | None = None) -> int:
    told = {"error_en": words.en, "error_zh": words.zh} if words else {}
    closed = 0
    with transaction.atomic():
        for pk, version_id, stood in list(gates.values_list("pk", "version_id", "stood")):
            ended = {"status": status, "ended_at": timezone.now(), **told, **UNCLAIMED}
            if gates.model._default_manager.filter(pk=pk, status__in=UNDER_WAY).update(**ended):
                LearnerVersion.objects.filter(pk=version_id, state=State.GATING).update(state=stood)
                closed += 1
    return closed


def give_back(mine: Mine) -> bool:
    """Put a trial back for whoever is next: it goes on where it was."""
    return bool(mine.update(status=Status.QUEUED, attempts=0, **UNCLAIMED))


def release_expired() -> int:
    """Queue again what killed workers left; give up, in words, after three tries that got no farther. How many wait again."""
    lost = Gate.objects.filter(status=Status.RUNNING, lease_until__lt=timezone.now())
    _closed(lost.filter(attempts__gte=claims.MOST_ATTEMPTS), Status.FAILED, GAVE_UP)
    return lost.filter(attempts__lt=claims.MOST_ATTEMPTS).update(status=Status.QUEUED, **UNCLAIMED)


GAVE_UP = Words(
    en="This trial was killed three times at the same pair; the log of the worker has the details. Tell whoever runs the studio.",
    zh="该门禁三次在同一对图片处被终止，详情见工作进程日志。请告知管理员。",
)
