"""Sending deliveries: claimed by compare-and-set, signed, sent to a judged address, tried again with longer and longer pauses.

The scheme is Standard Webhooks: `webhook-signature` is "v1," and the base64 of HMAC-SHA256 over "{id}.{timestamp}.{body}" with the
bytes of the secret after its "whsec_". An address that fails is left alone for a while as a whole, so that it holds nobody else up.
"""

import base64
import hashlib
import hmac
import time
from collections.abc import Mapping
from datetime import timedelta

import structlog
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from brand_styles.words import Words
from generation import outbound
from generation.claims import UNCLAIMED, take_first
from studio import secrets_store
from studio.access import Act, may
from studio.models import Delivery, Webhook
from studio.webhooks import PING, secret_name, switch_off

log = structlog.get_logger(__name__)

State = Delivery.State
PAUSES = (5, 300, 1800, 7200, 18000, 36000, 50400, 72000)  # seconds before each further try, 52 hours in all
APART = 300  # seconds at most that an address rests after a failure before another message is tried
TIMEOUT = 10.0
MOST_BYTES = 200_000  # of an answer, which is not kept
LEASE = timedelta(seconds=60)
GIVE_UP = timedelta(days=3)  # of nothing but failures, then the webhook is switched off
KEPT = timedelta(days=30)
GONE = 410


def send_next() -> bool:
    """Claim the oldest delivery whose time has come and send it. False when none waits. What goes wrong ends up on it, in words."""
    mine = take_first(waiting().order_by("id"), LEASE, state="state")
    if mine is None:
        return False
    row = mine.select_related("webhook__made_by").first()
    if row is not None:
        _send(row, mine)
    return True


def waiting() -> QuerySet[Delivery]:
    """What may be sent now: of each address that is on and not resting, one at a time."""
    now = timezone.now()
    due = Q(not_before=None) | Q(not_before__lte=now)
    rested = Q(webhook__not_before=None) | Q(webhook__not_before__lte=now)
    busy = Exists(Delivery.objects.filter(webhook=OuterRef("webhook"), state=State.RUNNING))
    return Delivery.objects.filter(due, rested, ~busy, state=State.QUEUED, webhook__disabled_at=None)


def _send(row: Delivery, mine: QuerySet[Delivery]) -> None:
    hook = row.webhook
    if not (hook.made_by.is_active and may(hook.made_by, hook.brand_id, Act.CONNECT)):
        _put_back(mine)
        switch_off(hook, orphaned(hook))
        return
    begun = time.monotonic()
    try:
        status, words, after = _exchange(row)
    except Exception:  # the person sees a sentence, the log the whole story
        log.exception("webhooks.failed", delivery=row.pk)
        status, words, after = None, UNEXPECTED, 0
    spent = {"status": status, "milliseconds": round((time.monotonic() - begun) * 1000)}
    if words is None:
        mine.update(state=State.SENT, ended_at=timezone.now(), error_en="", error_zh="", **spent, **UNCLAIMED)
        Webhook.objects.filter(pk=hook.pk).update(failing_since=None, not_before=None)
        return
    mine.update(error_en=words.en, error_zh=words.zh, **spent)
    _try_later(mine, row, after)
    _blame(hook, row, gone=status == GONE)


def _put_back(mine: QuerySet[Delivery]) -> None:
    mine.update(state=State.QUEUED, attempts=F("attempts") - 1, **UNCLAIMED)


def _exchange(row: Delivery) -> tuple[int | None, Words | None, int]:
    """(status, what is wrong with the answer, seconds that it asks us to wait)."""
    try:
        secret = secrets_store.value_of(secret_name(row.webhook))
    except secrets_store.CannotOpen:
        secret = ""
    if not secret:
        return None, NO_SECRET, 0
    try:
        answer = outbound.request(
            "POST",
            row.webhook.url,
            body=row.body.encode(),
            headers=signed_headers(row, secret),
            timeout=TIMEOUT,
            max_bytes=MOST_BYTES,
        )
    except (outbound.OutboundRefused, outbound.OutboundFailed) as error:
        return None, error.words, 0
    if 200 <= answer.status < 300:
        return answer.status, None, 0
    said = Words(en=f"The address answered {answer.status}.", zh=f"接收地址返回 {answer.status}。")
    return answer.status, said, _asked_to_wait(answer.headers)


def signed_headers(row: Delivery, secret: str, now: float | None = None) -> Mapping[str, str]:
    """The headers of one try: the time, and with it the signature, is new each time."""
    at = str(int(time.time() if now is None else now))
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": "Vermilion-Webhooks/1",
        "webhook-id": row.message_id,
        "webhook-timestamp": at,
        "webhook-signature": f"v1,{signature(secret, row.message_id, at, row.body)}",
    }


def signature(secret: str, message_id: str, timestamp: str, body: str) -> str:
    key = base64.b64decode(secret.removeprefix("whsec_"))
    return base64.b64encode(
        hmac.new(key, f"{message_id}.{timestamp}.{body}".encode(), hashlib.sha256).digest()
    ).decode()


def _asked_to_wait(headers: Mapping[str, str]) -> int:
    after = headers.get("retry-after", "")
    return min(int(after), 24 * 3600) if after.isascii() and after.isdecimal() and len(after) < 9 else 0


def _try_later(mine: QuerySet[Delivery], row: Delivery, after: int) -> None:
    now = timezone.now()
    if row.event == PING or row.attempts > len(PAUSES):
        mine.update(state=State.FAILED, ended_at=now, **UNCLAIMED)
        return
    pause = timedelta(seconds=max(PAUSES[row.attempts - 1], after))
    mine.update(state=State.QUEUED, not_before=now + pause, **UNCLAIMED)


def _blame(hook: Webhook, row: Delivery, *, gone: bool) -> None:
    """Let the address rest; switch it off where it is gone, or failed for days."""
    now = timezone.now()
    pause = timedelta(seconds=min(PAUSES[min(row.attempts, len(PAUSES)) - 1], APART))
    rows = Webhook.objects.filter(pk=hook.pk)
    rows.update(failing_since=Coalesce(F("failing_since"), now), not_before=now + pause)
    if gone:
        switch_off(hook, IS_GONE)
    elif rows.filter(failing_since__lte=now - GIVE_UP).exists():
        switch_off(hook, FAILED_LONG)


def release_expired() -> int:
    """Queue again what a killed worker was sending. The receiver may have had it: its id says so."""
    expired = Delivery.objects.filter(state=State.RUNNING, lease_until__lt=timezone.now())
    return expired.update(state=State.QUEUED, **UNCLAIMED)


def forget_old() -> int:
    """Delete deliveries that ended, or were written, long ago."""
    return Delivery.objects.filter(created_at__lt=timezone.now() - KEPT).delete()[0]


def orphaned(hook: Webhook) -> Words:
    name = hook.made_by.get_username()
    return Words(
        en=f"{name}, who answered for this webhook, may not connect webhooks here any more. Switch it on to answer for it yourself.",
        zh=f"负责该 Webhook 的 {name} 已无此权限。如需继续使用，请启用它并由你负责。",
    )


NO_SECRET = Words(
    en="Its secret cannot be opened any more, so nothing can be signed. Make a new secret.",
    zh="签名密钥已无法打开，无法签名。请生成新的密钥。",
)
UNEXPECTED = Words(
    en="Sending failed for a reason the studio did not foresee; its log has the details.",
    zh="发送因意外原因失败，详情见日志。",
)
IS_GONE = Words(
    en="The address answered 410 Gone, so nothing more is sent there. Correct the address, then switch it on.",
    zh="接收地址返回 410（已不存在），已停止发送。请更正地址后再启用。",
)
FAILED_LONG = Words(
    en="Nothing arrived there for three days, so the studio stopped. Mend the receiver, then switch it on: what waits is sent.",
    zh="连续三天发送失败，已停止发送。请修复接收端后再启用，等待中的消息会继续发送。",
)
