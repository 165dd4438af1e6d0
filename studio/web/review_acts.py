"""What the queue's script does: ask for the next picture, answer, skip, take back, hold on, leave. JSON in, JSON out."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from reviews import queue, services
from reviews.answers import Answer
from reviews.errors import NotYourSeat, ReviewRefused
from reviews.models import Item
from studio.access import Act, NotAllowed, may_somewhere, person
from studio.reviewing import Desk, as_kept, desk_of, progress, serve, shown, token_of
from studio.web.json_body import json_of

MOST_BYTES = 100_000
Doing = Callable[[Desk, dict[str, Any]], dict[str, Any]]

UNREADABLE = ReviewRefused(
    "This answer could not be read. Reload the page; the picture stays yours.",
    "无法识别该评审，请刷新页面，图片仍归你评审。",
)


def _act(act: Doing) -> Callable[[HttpRequest], HttpResponse]:
    """A door for an act: reads the desk and what was sent, answers in words where it is refused (409: not yours any more)."""

    @require_POST
    @login_required
    @wraps(act)
    def door(request: HttpRequest) -> HttpResponse:
        user = person(request)
        if not may_somewhere(user, Act.REVIEW):
            raise NotAllowed(Act.REVIEW)
        try:
            sent = _sent(request)
            desk = desk_of(user, _text(sent, "brand"), _text(sent, "kind"))
            done = act(desk, sent)
        except ReviewRefused as refused:
            said = refused.words.in_language(get_language() or "en")
            status = 409 if isinstance(refused, NotYourSeat) else 422
            return JsonResponse({"problem": said, "field": refused.field}, status=status)
        return JsonResponse(done | {"progress": progress(desk)})

    return door


@_act
def next_seats(desk: Desk, sent: dict[str, Any]) -> dict[str, Any]:
    """The next pictures, without those the page has already (`but`)."""
    return {"seats": serve(desk, _but(sent))}


@_act
def answer(desk: Desk, sent: dict[str, Any]) -> dict[str, Any]:
    """Keep one answer; with it come the next pictures."""
    seat_id, verdict = _id(sent, "seat"), _text(sent, "verdict")
    given = Answer(
        verdict=as_kept(seat_id, verdict) if desk.kind == Item.Kind.PAIR else verdict,
        scores=_of(sent, "scores", dict),
        defects=_of(sent, "defects", list),
        comment=_text(sent, "comment"),
        seconds=_number(sent, "seconds"),
    )
    review = services.answer(seat_id=seat_id, token=_token(sent), reviewer_id=desk.user.pk, given=given)
    return {"review": review.pk, "seats": serve(desk, _but(sent))}


@_act
def skip(desk: Desk, sent: dict[str, Any]) -> dict[str, Any]:
    review = services.skip(
        seat_id=_id(sent, "seat"),
        token=_token(sent),
        reviewer_id=desk.user.pk,
        reason=_text(sent, "reason"),
        comment=_text(sent, "comment"),
        seconds=_number(sent, "seconds"),
    )
    return {"review": review.pk, "seats": serve(desk, _but(sent))}


@_act
def undo(desk: Desk, sent: dict[str, Any]) -> dict[str, Any]:
    """The picture of the answer that was taken back, if it can be judged again."""
    seat = services.undo(review_id=_id(sent, "review"), reviewer_id=desk.user.pk)
    return {"seats": shown([seat]) if seat is not None else []}


@_act
def keep(desk: Desk, sent: dict[str, Any]) -> dict[str, Any]:
    """Hold what is on the page for another lease: which of them are still the person's."""
    asked = [each for each in _of(sent, "seats", list)[:4] if isinstance(each, dict)]
    return {"held": [each["seat"] for each in asked if queue.keep(_id(each, "seat"), _token(each), desk.user.pk)]}


@_act
def leave(desk: Desk, sent: dict[str, Any]) -> dict[str, Any]:
    """The person goes: what they hold is open to others at once."""
    return {"opened": queue.give_back(desk.user.pk)}


def _sent(request: HttpRequest) -> dict[str, Any]:
    if len(request.body) > MOST_BYTES:
        raise UNREADABLE
    try:
        sent = json_of(request)
    except ValueError:
        raise UNREADABLE from None
    if not isinstance(sent, dict):
        raise UNREADABLE
    return sent


def _text(sent: dict[str, Any], key: str) -> str:
    return str(_of(sent, key, str))


def _of(sent: dict[str, Any], key: str, kind: type[Any]) -> Any:
    value = sent.get(key, kind())
    if not isinstance(value, kind):
        raise UNREADABLE
    return value


def _id(sent: dict[str, Any], key: str) -> int:
    value = sent.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 1 << 63:
        raise UNREADABLE
    return value


def _number(sent: dict[str, Any], key: str) -> float:
    value = sent.get(key, 0)
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise UNREADABLE
    return float(value)


def _token(sent: dict[str, Any]) -> Any:
    try:
        return token_of(sent.get("token"))
    except ValueError:
        raise NotYourSeat from None


def _but(sent: dict[str, Any]) -> list[int]:
    return [each for each in _of(sent, "but", list)[:8] if isinstance(each, int)]
