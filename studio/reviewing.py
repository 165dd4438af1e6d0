"""What the review pages need: whose queue it is, what a seat looks like to the person who sits on it, and what they did today."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from brand_styles.models import Brand
from generation.models import Asset
from reviews import queue, rubrics
from reviews.models import Item, Review, Seat
from reviews.rubric import Rubric
from studio.access import Act, brands_of
from studio.models import User

BRIEF = "job__variant__brief__"
SHOWN = ("width", "height", f"{BRIEF}title", f"{BRIEF}data", f"{BRIEF}library__brand__slug")
MOST_WORDS = 240  # characters of what was meant


@dataclass(frozen=True)
class Desk:
    """One person's queue: the brands they judge for, and whether they judge single pictures or pairs."""

    user: User
    brands: tuple[Brand, ...]
    kind: str = Item.Kind.SINGLE

    @property
    def ids(self) -> list[int]:
        return [brand.pk for brand in self.brands]


def desk_of(user: User, slug: str = "", kind: str = "") -> Desk:
    """The desk of a person; of one brand only where `slug` names it. Http404 for a brand that is not theirs to judge."""
    brands = brands_of(user, Act.REVIEW)
    if slug:
        brands = brands.filter(slug=slug)
        if not brands:
            raise Http404
    return Desk(user, tuple(brands), Item.Kind.PAIR if kind == Item.Kind.PAIR else Item.Kind.SINGLE)


def serve(desk: Desk, but: Iterable[int] = ()) -> list[dict[str, Any]]:
    """The seats to judge next, the one on the screen first, as the page's script reads them."""
    seats = queue.take(desk.user.pk, desk.ids, desk.kind, want=2 + len(set(but)), but=but)
    return shown(seats[:2])


def shown(seats: list[Seat]) -> list[dict[str, Any]]:
    ids = {pk for seat in seats for pk in (seat.item.asset_id, seat.item.other_id) if pk}
    rows = Asset.objects.filter(pk__in=ids).select_related("job__variant__brief__library__brand")
    assets = {row.pk: row for row in rows.only(*SHOWN)}  # a style alone is long, and read anew for each picture
    return [_seat(seat, assets) for seat in seats]


def _seat(seat: Seat, assets: dict[int, Asset]) -> dict[str, Any]:
    """Nothing here tells why the item is in the queue: a gold item must look like any other."""
    first = assets[seat.item.asset_id]
    pictures = [first] + ([assets[seat.item.other_id]] if seat.item.other_id else [])
    if is_turned(seat.pk) and len(pictures) == 2:
        pictures.reverse()
    brief = first.job.variant.brief
    return {
        "seat": seat.pk,
        "token": str(seat.token),
        "kind": seat.kind,
        "brand": brief.library.brand.slug,
        "title": brief.title,
        "meant": meant(brief.data),
        "due": seat.item.due_at.isoformat() if seat.item.due_at else None,
        "pictures": [
            {"asset": row.pk, "address": reverse("picture", args=[row.pk]), "width": row.width, "height": row.height}
            for row in pictures
        ],
    }


def is_turned(seat_id: int) -> bool:
    """Whether a pair is shown to this seat with its second picture on the left: which stands where must say nothing."""
    return bool(seat_id % 2)


def as_kept(seat_id: int, verdict: str) -> str:
    """What a person said of a pair as they saw it ("a" is the left one), as it is kept ("a" is the item's first picture)."""
    return {"a": "b", "b": "a"}.get(verdict, verdict) if is_turned(seat_id) else verdict


def meant(data: dict[str, Any]) -> str:
    """What the brief asked for, in the words of whoever wrote it, shortened."""
    copy = data.get("copy") or {}
    parts = [data.get("prompt"), data.get("goal"), copy.get("headline"), copy.get("subline")]
    text = " · ".join(" ".join(str(part).split()) for part in parts if part)
    return text if len(text) <= MOST_WORDS else text[: MOST_WORDS - 1].rstrip() + "…"


def rubric_of(brand: Brand, language: str) -> dict[str, Any]:
    """A brand's rubric as it is asked now, in the person's language."""
    return spoken(rubrics.asked(brand.pk), language)


def spoken(rubric: Rubric, language: str) -> dict[str, Any]:
    return {
        "name": rubric.name,
        "dimensions": [
            {
                "key": each.key,
                "name": each.name.in_language(language),
                "low": each.low.in_language(language),
                "high": each.high.in_language(language),
                "scale": each.scale,
            }
            for each in rubric.dimensions
        ],
        "defects": [
            {
                "code": each.code,
                "group": each.group,
                "name": each.name.in_language(language),
                "severity": each.severity,
                "region": each.region,
            }
            for each in rubric.defects
        ],
    }


def progress(desk: Desk) -> dict[str, int]:
    """What the person did today, and what waits for them, with what they hold (counted up to a thousand)."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    mine = Review.objects.filter(reviewer=desk.user, kind=Review.Kind.VERDICT, undone_by=None, created_at__gte=today)
    held = Seat.objects.filter(holder=desk.user, state=Seat.State.HELD, brand__in=desk.ids, kind=desk.kind)
    return {"today": mine.count(), "left": queue.left(desk.user.pk, desk.ids, desk.kind) + held.count()}


def token_of(text: object) -> uuid.UUID:
    """ValueError where it is none."""
    return uuid.UUID(str(text))


def last_of(desk: Desk) -> int | None:
    """What the person may take back: their newest answer or skip, if it is fresh."""
    from reviews.services import UNDO_WITHIN

    rows = Review.objects.filter(
        reviewer=desk.user,
        undone_by=None,
        kind__in=(Review.Kind.VERDICT, Review.Kind.SKIP),
        brand__in=desk.ids,
        item__kind=desk.kind,
        created_at__gte=timezone.now() - UNDO_WITHIN,
    )
    return rows.order_by("-created_at", "-pk").values_list("pk", flat=True).first()


def review_item_of(asset: Asset) -> int | None:
    """Where the picture is judged, or was."""
    rows = Item.objects.filter(asset=asset, purpose=Item.Purpose.LABEL, kind=Item.Kind.SINGLE)
    return rows.values_list("pk", flat=True).first()


def to_decide(user: User) -> QuerySet[Item]:
    """Where reviewers disagree and this person may decide: a designer of the brand, who didn't judge it and whose brief it isn't."""
    judged = Seat.objects.filter(holder=user, state=Seat.State.DONE).values("item")
    rows = Item.objects.filter(state=Item.State.SPLIT, brand__in=brands_of(user, Act.EDIT_BRAND))
    return rows.exclude(maker=user).exclude(pk__in=judged).order_by("pk")
