"""Whose turn it is to judge what. A seat is taken by compare-and-set, held by a lease, and open again when the lease runs out."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Iterable
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from brand_styles.models import Brand
from reviews.calibrating import slip_in
from reviews.errors import NotYourSeat
from reviews.models import Item, Seat

LOOK_AHEAD = 16  # candidates that are tried before the queue is asked again: others take some of them in between
TRIES = 4
AT_ONCE = 3  # seats one person holds at most: the one on the screen and those being loaded
UNHELD = {"state": Seat.State.OPEN, "token": None, "lease_until": None, "holder": None}


def lease() -> timedelta:
    return timedelta(seconds=settings.REVIEW_LEASE_SECONDS)


def held_by(reviewer_id: int, brand_ids: Collection[int], kind: str = Item.Kind.SINGLE) -> list[Seat]:
    """What a reviewer holds already, in the order they got it; each is theirs for another lease."""
    rows = Seat.objects.filter(
        holder_id=reviewer_id, state=Seat.State.HELD, brand_id__in=brand_ids, kind=kind, lease_until__gte=timezone.now()
    )
    rows.update(lease_until=timezone.now() + lease())
    return list(rows.select_related("item").order_by("served_at", "pk"))


def take(
    reviewer_id: int, brand_ids: Collection[int], kind: str = Item.Kind.SINGLE, want: int = 2, but: Iterable[int] = ()
) -> list[Seat]:
    """The seats that a reviewer judges next, `want` of them or as many as there are; those they hold already come first.

    `brand_ids`: the brands they may review. `but`: seats that are not to be told again. Nothing is served twice: not to two people,
    and no item to one person a second time; and nobody is served their own brief.
    """
    reopen_expired()
    known = set(but)
    held = held_by(reviewer_id, brand_ids, kind)
    for _ in range(max(min(want, AT_ONCE) - len(held), 0)):
        slipped = slip_in(reviewer_id, brand_ids, lease()) if kind == Item.Kind.SINGLE else None
        seat = slipped or _take_one(reviewer_id, brand_ids, kind)
        if seat is None:
            break
        held.append(seat)
    return [seat for seat in held if seat.pk not in known][:want]


def _take_one(reviewer_id: int, brand_ids: Collection[int], kind: str) -> Seat | None:
    for _ in range(TRIES):
        candidates = candidates_for(reviewer_id, brand_ids, kind)
        if not candidates:
            return None
        for pk in candidates:
            seat = claim(pk, reviewer_id)
            if seat is not None:
                return seat
    return None


def candidates_for(reviewer_id: int, brand_ids: Collection[int], kind: str = Item.Kind.SINGLE) -> list[int]:
    """Seats to try, the next one first: some of the brand whose turn it is, then the first of each other brand.

    A database finds the first seat of one brand in the index, however many wait; over several brands together it would sort them all.
    """
    first = waiting_for(reviewer_id, OuterRef("pk"), kind).values("pk")[:1]
    firsts = Brand.objects.filter(pk__in=brand_ids).values(first=Subquery(first))
    fronts = list(Seat.objects.filter(pk__in=firsts).order_by("-rank", "pk").values_list("pk", "brand_id"))
    if not fronts:
        return []
    (_, brand_id), *others = fronts
    ahead = waiting_for(reviewer_id, brand_id, kind).values_list("pk", flat=True)[:LOOK_AHEAD]
    return [*ahead, *(pk for pk, _ in others)]


def waiting_for(reviewer_id: int, brand: int | OuterRef, kind: str = Item.Kind.SINGLE) -> QuerySet[Seat]:
    """The open seats of a brand that this reviewer may take, the next one first."""
    theirs = Seat.objects.filter(item=OuterRef("item"), holder_id=reviewer_id)
    rows = Seat.objects.filter(state=Seat.State.OPEN, brand=brand, kind=kind)
    rows = rows.filter(Q(assigned_to=None) | Q(assigned_to_id=reviewer_id)).exclude(maker_id=reviewer_id)
    return rows.filter(~Exists(theirs)).order_by("-rank", "pk")


def claim(seat_id: int, reviewer_id: int) -> Seat | None:
    """Take one open seat; None when somebody was faster, or the reviewer sits at that item already."""
    now = timezone.now()
    try:
        with transaction.atomic():
            got = Seat.objects.filter(pk=seat_id, state=Seat.State.OPEN).update(
                state=Seat.State.HELD,
                holder_id=reviewer_id,
                token=uuid.uuid4(),
                lease_until=now + lease(),
                served_at=now,
            )
    except IntegrityError:
        return None
    return Seat.objects.select_related("item").get(pk=seat_id) if got else None


def mine(seat_id: int, token: uuid.UUID, reviewer_id: int) -> Seat:
    """The seat that a reviewer holds with this token. NotYourSeat once it is not theirs.

    A lease that ran out still counts while nobody else took the seat: an answer is not thrown away for being late.
    """
    seat = Seat.objects.select_related("item").filter(pk=seat_id, token=token, holder_id=reviewer_id).first()
    if seat is None or seat.state != Seat.State.HELD:
        raise NotYourSeat
    return seat


def keep(seat_id: int, token: uuid.UUID, reviewer_id: int) -> bool:
    """Hold a seat for another lease. False when it is no longer theirs."""
    rows = Seat.objects.filter(pk=seat_id, token=token, holder_id=reviewer_id, state=Seat.State.HELD)
    return bool(rows.update(lease_until=timezone.now() + lease()))


def give_back(reviewer_id: int, but: Iterable[int] = ()) -> int:
    """Open again what a reviewer holds, when they leave the queue. How many."""
    return Seat.objects.filter(holder_id=reviewer_id, state=Seat.State.HELD).exclude(pk__in=but).update(**UNHELD)


def reopen_expired() -> int:
    """Open the seats whose lease ran out. How many."""
    return Seat.objects.filter(state=Seat.State.HELD, lease_until__lt=timezone.now()).update(**UNHELD)


def left(reviewer_id: int, brand_ids: Collection[int], kind: str = Item.Kind.SINGLE, most: int = 1000) -> int:
    """How many pictures or pairs wait for this reviewer, each counted once however many judge it; `most` from so many seats on."""
    seats: list[int] = []
    for brand_id in brand_ids:  # one by one and in their order: along the index
        seats += waiting_for(reviewer_id, brand_id, kind).values_list("item_id", flat=True)[: most - len(seats)]
        if len(seats) >= most:
            return most
    return len(set(seats))
