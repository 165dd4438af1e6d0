"""Rows as the API shows them."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db.models import Count, Q
from rest_framework.request import Request

from brand_styles import models as brand_rows
from brand_styles.words import Words
from generation import models as rows
from generation.models import WAITING, Status
from generation.selectors import Tile, Wall, counted
from studio import models as studio_rows
from studio.access import ACTS, Act, Principal, brands_of
from studio.api import shapes
from studio.signing import file_address, good_until

MEDIA_TYPES = {"picture": "image/png", "thumbnail": "image/jpeg"}


def words_of(en: str, zh: str) -> Words | None:
    return Words(en=en, zh=zh) if en else None


# Brands


def my_brands(asks: Principal) -> tuple[shapes.BrandOfMine, ...]:
    return tuple(shapes.BrandOfMine(**_of_mine(row, asks)) for row in brands_of(asks))


def brands(asks: Principal, found: Iterable[brand_rows.Brand]) -> list[shapes.Brand]:
    wanted = list(found)
    published = _published([row.pk for row in wanted])
    return [shapes.Brand(**_brand(row, asks, published)) for row in wanted]


def brand_with_style(asks: Principal, row: brand_rows.Brand) -> shapes.BrandWithStyle:
    published = _published([row.pk])
    library = published.get(row.pk)
    return shapes.BrandWithStyle(**_brand(row, asks, published), style=library.style if library else None)


def _of_mine(row: brand_rows.Brand, asks: Principal) -> dict[str, Any]:
    role = studio_rows.Membership.objects.get(user=asks.user, brand=row).role
    may = [str(act) for act in Act if act in ACTS[studio_rows.Role(role)] and asks.reaches(act)]
    name = Words(en=row.name_en, zh=row.name_zh)
    return {"slug": row.slug, "name": name, "role": role, "may": tuple(may)}


def _published(brand_ids: Sequence[int]) -> dict[int, brand_rows.StyleLibrary]:
    """The newest library of each brand."""
    found = brand_rows.StyleLibrary.objects.filter(brand__in=brand_ids).order_by("version")
    return {library.brand_id: library for library in found}


def _brand(row: brand_rows.Brand, asks: Principal, published: dict[int, brand_rows.StyleLibrary]) -> dict[str, Any]:
    library = published.get(row.pk)
    about = {"version": library.version if library else None, "published_at": library.published_at if library else None}
    return _of_mine(row, asks) | about


# Briefs and jobs


def briefs(found: Sequence[rows.Brief]) -> list[shapes.Brief]:
    by_id = {row.pk: row for row in counted(rows.Brief.objects.filter(id__in=[row.pk for row in found]))}
    return [shapes.Brief(**_brief(row, by_id[row.pk])) for row in found]


def brief_in_full(row: rows.Brief, wall: Wall) -> shapes.BriefInFull:
    counts = counted(rows.Brief.objects.filter(pk=row.pk)).get()
    return shapes.BriefInFull(
        **_brief(row, counts),
        progress=wall.progress,
        seconds_left=wall.seconds_left,
        workers_seen=wall.workers_seen,
        can_go_ahead=wall.can_go_ahead,
        undoable=wall.undoable,
        data=row.data,
    )


def _brief(row: rows.Brief, counts: Any) -> dict[str, Any]:
    return {
        "id": row.pk,
        "title": row.title,
        "brand": row.library.brand.slug,
        "brand_version": row.library.version,
        "campaign": row.campaign.slug if row.campaign else None,
        "owner": row.owner.get_username(),
        "created_at": row.created_at,
        "jobs": shapes.Jobs(total=counts.total, waiting=counts.waiting, made=counts.made, troubled=counts.troubled),
    }


def job(brief_id: int, tile: Tile) -> shapes.Job:
    return shapes.Job(
        id=tile.job_id,
        brief=brief_id,
        variant=tile.variant,
        format=tile.format,
        width=tile.width,
        height=tile.height,
        status=tile.status,
        stage=tile.stage,
        step=tile.step,
        steps=tile.steps,
        progress=tile.progress,
        place=tile.place,
        is_ahead=tile.is_ahead,
        tried_again=tile.waiting_again,
        error=tile.error,
        error_field=tile.error_field or None,
        asset=tile.asset_id,
    )


# Assets


def assets(request: Request, asks: Principal, found: Iterable[rows.Asset]) -> list[shapes.Asset]:
    return [asset(request, asks, row) for row in found]


def asset(request: Request, asks: Principal, row: rows.Asset) -> shapes.Asset:
    variant = row.job.variant
    return shapes.Asset(
        id=row.pk,
        job=row.job_id,
        brief=variant.brief_id,
        brand=variant.brief.library.brand.slug,
        variant=variant.number,
        version=row.version,
        is_head=row.is_head,
        format=f"{row.width}x{row.height}",
        width=row.width,
        height=row.height,
        verdict=row.verdict,
        made=row.made,
        sha256=row.sha256,
        created_at=row.created_at,
        made_by=row.made_by.get_username() if row.made_by else None,
        note=Words.model_validate(row.note) if row.note else None,
        previous=row.previous_id,
        files=shapes.Files(**{kind: _file(request, asks, row.pk, kind) for kind in MEDIA_TYPES}),
    )


def _file(request: Request, asks: Principal, asset_id: int, kind: str) -> shapes.File:
    address = file_address(asset_id, kind, asks.user)
    return shapes.File(
        url=request.build_absolute_uri(address),
        media_type=MEDIA_TYPES[kind],
        expires_at=datetime.fromtimestamp(good_until(address), UTC),
    )


# Late changes


def late_changes(found: Sequence[rows.LateChange]) -> list[shapes.LateChange]:
    counts = _counts([row.pk for row in found])
    return [shapes.LateChange(**_late_change(row, counts[row.pk])) for row in found]


def late_change_in_full(row: rows.LateChange) -> shapes.LateChangeInFull:
    items = tuple(_late_item(item) for item in row.items.order_by("id"))
    return shapes.LateChangeInFull(**_late_change(row, _counts([row.pk])[row.pk]), items=items)


def _counts(change_ids: Sequence[int]) -> dict[int, dict[str, int]]:
    """All changes' counts in one query."""
    found = rows.LateChange.objects.filter(pk__in=change_ids).annotate(
        total=Count("items"),
        waiting=Count("items", filter=Q(items__status__in=WAITING)),
        changed=Count("items", filter=Q(items__result__isnull=False)),
        failed=Count("items", filter=Q(items__status=Status.FAILED)),
    )
    names = ("id", "total", "waiting", "changed", "failed")
    return {each["id"]: {name: each[name] for name in names} for each in found.values(*names)}


def _late_change(row: rows.LateChange, counts: dict[str, int]) -> dict[str, Any]:
    return {
        **counts,
        "brief": row.brief_id,
        "whole_campaign": row.whole_campaign,
        "field": row.field,
        "old": row.old,
        "new": row.new,
        "owner": row.owner.get_username(),
        "created_at": row.created_at,
        "undone_at": row.undone_at,
    }


def _late_item(item: rows.LateItem) -> shapes.LateItem:
    return shapes.LateItem(
        base=item.base_id,
        result=item.result_id,
        before=item.before,
        after=item.after,
        status=item.status,
        seconds=item.seconds,
        error=words_of(item.error_en, item.error_zh),
    )


# Comments and webhooks


def comment(row: studio_rows.Comment) -> shapes.Comment:
    return shapes.Comment(
        id=row.pk,
        asset=row.asset_id,
        writer=row.writer,
        by_client=row.link_id is not None,
        text=row.text,
        x=row.x,
        y=row.y,
        created_at=row.created_at,
        resolved_at=row.resolved_at,
        resolved_by=row.resolved_by.get_username() if row.resolved_by else None,
    )


def webhook(row: studio_rows.Webhook) -> shapes.Webhook:
    return shapes.Webhook(**_webhook(row))


def webhook_with_secret(row: studio_rows.Webhook, secret: str) -> shapes.WebhookWithSecret:
    return shapes.WebhookWithSecret(**_webhook(row), secret=secret)


def _webhook(row: studio_rows.Webhook) -> dict[str, Any]:
    return {
        "id": row.pk,
        "brand": row.brand.slug,
        "url": row.url,
        "name": row.name,
        "events": tuple(row.events),
        "made_by": row.made_by.get_username(),
        "created_at": row.created_at,
        "active": row.disabled_at is None,
        "why": words_of(row.why_en, row.why_zh),
        "failing_since": row.failing_since,
        "hint": row.hint,
    }


def delivery(row: studio_rows.Delivery) -> shapes.Delivery:
    return shapes.Delivery(
        id=row.pk,
        webhook=row.webhook_id,
        message_id=row.message_id,
        event=row.event,
        state=row.state,
        attempts=row.attempts,
        status=row.status,
        milliseconds=row.milliseconds,
        error=words_of(row.error_en, row.error_zh),
        created_at=row.created_at,
        next_at=row.not_before if row.state == row.State.QUEUED else None,
        ended_at=row.ended_at,
        body=row.body,
    )
