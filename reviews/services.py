"""What reviewers do: answer, skip, take back, decide where others disagreed. Every act is one more row of the brand's chain."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from reviews import chain, queue, rubrics
from reviews.answers import Answer, read_comment, read_defects, read_scores, read_seconds
from reviews.enlisting import open_seats
from reviews.errors import NotYourSeat, ReviewRefused
from reviews.models import Item, Review, RubricVersion, Seat
from reviews.rubric import Preference, Rubric, Verdict
from reviews.settling import settle, standing_reviews

UNDO_WITHIN = timedelta(minutes=30)
REASONS = ("language", "brief", "conflict", "broken", "other")  # why a picture is skipped


def answer(*, seat_id: int, token: uuid.UUID, reviewer_id: int, given: Answer) -> Review:
    """Write a reviewer's answer on the picture or pair they hold. NotYourSeat, ReviewRefused; then nothing is written."""
    seat = queue.mine(seat_id, token, reviewer_id)
    version, rubric = rubrics.current(seat.brand_id)
    review = _review(seat.item, reviewer_id, version, rubric, given, Review.Kind.VERDICT)
    with transaction.atomic():
        _leave(seat, Seat.State.DONE)
        chain.append(review)
        settle(seat.item)
    return review


def skip(
    *, seat_id: int, token: uuid.UUID, reviewer_id: int, reason: str, comment: str = "", seconds: float = 0.0
) -> Review:
    """Leave the picture to somebody else, and say why (REASONS). It never comes back to this reviewer."""
    seat = queue.mine(seat_id, token, reviewer_id)
    if reason not in REASONS:
        raise ReviewRefused("Say why you skip it: choose one of the reasons.", "请选择跳过的原因。", field="reason")
    version, _ = rubrics.current(seat.brand_id)
    review = _row(seat.item, reviewer_id, version, Review.Kind.SKIP, seconds)
    review.reason, review.comment = reason, read_comment(comment)
    with transaction.atomic():
        _leave(seat, Seat.State.SKIPPED)
        if seat.item.purpose in (Item.Purpose.LABEL, Item.Purpose.GATE):
            last = seat.item.seats.aggregate(last=Max("number"))["last"]
            if seat.item.assigned_to_id == reviewer_id:  # or the new seat would be theirs, who never get it again
                seat.item.assigned_to = None
                seat.item.save(update_fields=["assigned_to"])
            Seat.objects.bulk_create(open_seats(seat.item, 1, last + 1))
        chain.append(review)
    return review


def undo(*, review_id: int, reviewer_id: int) -> Seat | None:
    """Take back one's own answer, skip or decision; the picture is theirs again. The seat, None for a decision. ReviewRefused."""
    review = _own(review_id, reviewer_id)
    taken_back = _row(review.item, reviewer_id, review.rubric, Review.Kind.UNDO)
    taken_back.undoes = review
    try:
        with transaction.atomic():
            chain.append(taken_back)
            seat = _seat_again(review) if review.kind != Review.Kind.ADJUDICATION else None
            settle(review.item)
    except (IntegrityError, ValidationError) as error:  # pressed twice: the first one counts
        raise ReviewRefused("It is taken back already.", "已经撤销。") from error
    return seat


def adjudicate(*, item: Item, reviewer_id: int, given: Answer) -> Review:
    """Decide about a picture on which its reviewers disagree. By somebody who is none of them, and whose brief it isn't."""
    if item.state != Item.State.SPLIT:
        raise ReviewRefused(
            "Nobody disagrees about this picture any more. Go back to the list.", "这张图已无分歧，请返回列表。"
        )
    if item.maker_id == reviewer_id or item.seats.filter(holder_id=reviewer_id, state=Seat.State.DONE).exists():
        raise ReviewRefused(
            "Somebody else has to decide: it is your own brief, or you judged it before.",
            "须由他人裁定：这是你的简报，或你已评过。",
        )
    version, rubric = rubrics.current(item.brand_id)
    review = _review(item, reviewer_id, version, rubric, given, Review.Kind.ADJUDICATION)
    with transaction.atomic():
        chain.append(review)
        settle(item)
    return review


def _leave(seat: Seat, state: Seat.State) -> None:
    """The seat is done with, if it still is what we read: of two answers from one seat only the first is written."""
    mine = Seat.objects.filter(pk=seat.pk, token=seat.token, state=Seat.State.HELD)
    if not mine.update(state=state, token=None, lease_until=None):
        raise NotYourSeat


def _own(review_id: int, reviewer_id: int) -> Review:
    rows = Review.objects.filter(pk=review_id, reviewer_id=reviewer_id, undone_by=None).exclude(kind=Review.Kind.UNDO)
    review = rows.select_related("item", "rubric").first()
    if review is None:
        raise ReviewRefused("There is nothing of yours to take back here.", "没有可撤销的评审。")
    if timezone.now() - review.created_at > UNDO_WITHIN:
        raise ReviewRefused(
            "It was more than half an hour ago. Ask a designer to decide about the picture anew.",
            "已超过半小时，请联系设计师重新裁定。",
        )
    decided = standing_reviews(review.item).filter(kind=Review.Kind.ADJUDICATION)
    if review.kind != Review.Kind.ADJUDICATION and decided.exists():
        raise ReviewRefused(
            "Somebody has decided about this picture since. It stays as it is.", "这张图已由他人裁定，不能撤销。"
        )
    return review


def _seat_again(review: Review) -> Seat | None:
    """The reviewer's seat, theirs again; a seat that was opened because they skipped is taken away if nobody sits on it yet."""
    seat = review.item.seats.filter(holder_id=review.reviewer_id).first()
    if seat is None or review.item.state == Item.State.WITHDRAWN:
        return None
    if review.kind == Review.Kind.SKIP:
        spare = review.item.seats.filter(state=Seat.State.OPEN).order_by("-number").first()
        if spare is not None:
            spare.delete()
    seat.state, seat.token = Seat.State.HELD, uuid.uuid4()
    seat.lease_until = timezone.now() + queue.lease()
    seat.save(update_fields=["state", "token", "lease_until"])
    return seat


def _row(item: Item, reviewer_id: int, version: RubricVersion, kind: Review.Kind, seconds: float = 0.0) -> Review:
    return Review(
        brand_id=item.brand_id,
        kind=kind,
        item=item,
        reviewer_id=reviewer_id,
        rubric=version,
        seconds=read_seconds(seconds),
        created_at=timezone.now(),
    )


def _review(
    item: Item, reviewer_id: int, version: RubricVersion, rubric: Rubric, given: Answer, kind: Review.Kind
) -> Review:
    """The checked row of an answer. ReviewRefused names the field that is to blame."""
    review = _row(item, reviewer_id, version, kind, given.seconds)
    pair = item.kind == Item.Kind.PAIR
    if given.verdict not in set(Preference if pair else Verdict):
        raise ReviewRefused(
            "Say which one is better: A, B, both alike or neither."
            if pair
            else "Give a verdict: approve, minor fix or reject.",
            "请选择：A、B、不分上下或都不好。" if pair else "请给出结论：通过、小改或拒绝。",
            field="verdict",
        )
    review.verdict = given.verdict
    review.scores = read_scores(given.scores, rubric)
    review.defects = read_defects(given.defects, rubric)
    review.comment = read_comment(given.comment)
    if any(d["severity"] == "block" for d in review.defects) and given.verdict in (Verdict.APPROVE, Verdict.MINOR_FIX):
        raise ReviewRefused(
            "A blocking defect is marked, so the picture can't be used: reject it, or take the mark away.",
            "已标出阻断级缺陷，图片不可用：请选择拒绝，或移除该标记。",
            field="verdict",
        )
    return review
