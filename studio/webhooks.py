"""Addresses outside that are told what happens in a brand: registering them, and writing what they are told.

A message says what happened and to which rows, never what they say: the receiver asks the API for more, with a token of its own.
Messages are signed as standardwebhooks.com has it. Sending is studio.delivering's.
"""

import base64
import json
import secrets
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

import structlog
from django.db import transaction
from django.utils import timezone

from brand_styles.models import Brand
from brand_styles.words import Words
from generation import outbound
from studio import flows, secrets_store
from studio.models import Delivery, User, Webhook
from studio.people import Refused

log = structlog.get_logger(__name__)

EVENTS: dict[str, Words] = {
    "brief.finished": Words(en="Nothing of a brief waits any more", zh="简报的任务全部结束"),
    "asset.ready": Words(en="A picture was made and passed", zh="图片已完成并通过检查"),
    "asset.blocked": Words(en="A picture was made and preflight holds it back", zh="图片已完成，但被检查拦下"),
    "asset.failed": Words(en="A picture could not be made", zh="图片制作失败"),
    "late_change.done": Words(en="A late change is through", zh="临时修改已全部处理"),
    "comment.written": Words(en="Somebody commented on a picture", zh="图片有新评论"),
    "asset.signed_off": Words(en="A client approved a picture, or asked for changes", zh="客户对图片签批或要求修改"),
}
PING = "ping"
MOST = 20  # webhooks of one brand
LONGEST = 1000  # characters of an address
SECRET_BYTES = 32


def register(
    *, brand: Brand, made_by: User, url: str, name: str = "", events: Iterable[str] = ()
) -> tuple[Webhook, str]:
    """The row and its secret, which is shown this once. Refused with the field at fault."""
    if Webhook.objects.filter(brand=brand).count() >= MOST:
        raise Refused(f"A brand has {MOST} webhooks at most. Remove one first.", f"每个品牌最多 {MOST} 个 Webhook。")
    address, wanted, secret = checked_url(url), checked_events(events), _new_secret()
    with transaction.atomic():
        row = Webhook.objects.create(
            brand=brand, made_by=made_by, url=address, name=_name(name), events=wanted, hint=secret[-4:]
        )
        secrets_store.keep(secret_name(row), secret, made_by)
    log.info("webhooks.registered", webhook=row.pk, brand=brand.slug, by=made_by.pk)
    return row, secret


def change(row: Webhook, *, url: str, name: str, events: Iterable[str]) -> None:
    """Refused with the field at fault. What already waits goes to the new address."""
    address = row.url if url == row.url else checked_url(url)
    Webhook.objects.filter(pk=row.pk).update(url=address, name=_name(name), events=checked_events(events))
    row.refresh_from_db()


def remove(row: Webhook) -> None:
    """The webhook with all it was told, and its secret."""
    log.info("webhooks.removed", webhook=row.pk)
    with transaction.atomic():
        secrets_store.forget(secret_name(row))
        row.delete()


def switch_on(row: Webhook, by: User) -> None:
    """From now on `by` answers for it. What waited is sent."""
    with transaction.atomic():
        on = {"disabled_at": None, "why_en": "", "why_zh": "", "failing_since": None, "not_before": None}
        Webhook.objects.filter(pk=row.pk).update(made_by=by, **on)
        flows.send_deliveries()
    row.refresh_from_db()


def switch_off(row: Webhook, why: Words | None = None) -> None:
    """By a person, or (with `why`) by the studio."""
    said = {"why_en": why.en if why else "", "why_zh": why.zh if why else ""}
    Webhook.objects.filter(pk=row.pk, disabled_at=None).update(disabled_at=timezone.now(), **said)
    log.info("webhooks.off", webhook=row.pk, why=said["why_en"])
    row.refresh_from_db()


def new_secret(row: Webhook, by: User) -> str:
    """Another secret in place of the one before, shown this once."""
    secret = _new_secret()
    with transaction.atomic():
        secrets_store.keep(secret_name(row), secret, by)
        Webhook.objects.filter(pk=row.pk).update(hint=secret[-4:])
    return secret


def secret_name(row: Webhook) -> str:
    return f"webhook-{row.pk}"


def _new_secret() -> str:
    return f"whsec_{base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()}"


def checked_url(url: str) -> str:
    """Refused where the address may not be asked as things stand; it is judged again at each sending."""
    address = url.strip()
    if not 0 < len(address) <= LONGEST:
        raise Refused("Write the address to tell, 1000 characters at most.", "请填写接收地址，最多 1000 字符。", "url")
    try:
        outbound.check(address)
    except outbound.OutboundRefused as refused:
        raise Refused(refused.words.en, refused.words.zh, "url") from None
    return address


def checked_events(events: Iterable[str]) -> list[str]:
    """Each once, in their own order; empty means all."""
    wanted = set(events)
    if unknown := wanted - EVENTS.keys():
        first = sorted(unknown)[0][:40]
        raise Refused(f"There is no event {first}.", f"没有名为 {first} 的事件。", "events")
    return [event for event in EVENTS if event in wanted]


def _name(name: str) -> str:
    return " ".join(name.replace("\x00", "").split())[:100]


# What is told


def tell(brand_id: int, event: str, message_id: str, at: datetime, data: Mapping[str, Any]) -> int:
    """Write a delivery for each webhook of the brand that wants the event and was there `at` that time. Returns how many.

    In the transaction of what happened. A `message_id` that a webhook had before is not written again.
    """
    hooks = Webhook.objects.filter(brand_id=brand_id, disabled_at=None, created_at__lte=at)
    rows = [_delivery(row, event, message_id, at, data) for row in hooks if not row.events or event in row.events]
    if rows:
        Delivery.objects.bulk_create(rows, ignore_conflicts=True)
        flows.send_deliveries()
    return len(rows)


def _delivery(row: Webhook, event: str, message_id: str, at: datetime, data: Mapping[str, Any]) -> Delivery:
    body = {"type": event, "timestamp": at.isoformat(), "data": dict(data)}
    return Delivery(webhook=row, message_id=f"msg_{message_id}", event=event, body=json.dumps(body, ensure_ascii=False))


def ping(row: Webhook) -> Delivery:
    """A message that says nothing, sent once. Refused while the webhook is off."""
    _on(row)
    with transaction.atomic():
        now = timezone.now()
        delivery = _delivery(row, PING, f"ping_{secrets.token_hex(8)}", now, {"webhook": row.pk})
        delivery.save()
        Webhook.objects.filter(pk=row.pk).update(not_before=None)
        flows.send_deliveries()
    return delivery


def replay(delivery: Delivery) -> Delivery:
    """Send a message that came to an end once more, under its own id. Refused while the webhook is off."""
    _on(delivery.webhook)
    with transaction.atomic():
        again = {"state": Delivery.State.QUEUED, "attempts": 0, "not_before": None, "ended_at": None}
        ended = Delivery.objects.filter(pk=delivery.pk, state__in=(Delivery.State.SENT, Delivery.State.FAILED))
        if ended.update(**again):
            Webhook.objects.filter(pk=delivery.webhook_id).update(not_before=None)
            flows.send_deliveries()
    delivery.refresh_from_db()
    return delivery


def _on(row: Webhook) -> None:
    if row.disabled_at:
        raise Refused("This webhook is off. Switch it on first.", "该 Webhook 已停用，请先启用。")
