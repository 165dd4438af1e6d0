"""What clients see through a link, and what they and the team say about pictures."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import structlog
from django.core.cache import cache
from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404
from django.utils import timezone

from brand_styles.words import Words
from generation.models import Asset, Brief
from studio.digests import digest, new_key
from studio.models import ClientLink, Comment, SignOff, User
from studio.people import Refused
from studio.telling import tell_of_comment, tell_of_sign_off

log = structlog.get_logger(__name__)

LASTS_DAYS = (3, 7, 14, 30)
LONGEST = 2000
TWICE_WITHIN = timedelta(seconds=30)
WRITES_PER_HOUR = 60  # of one link
GUESSES = 8  # at the old password, in a quarter of an hour
OPENS_PER_MINUTE = 600  # of one address: pages and pictures


class TooOften(Exception):
    """More than a link or an address may ask for in that time."""


# Links


def make_link(*, brief: Brief, made_by: User, name: str, days: int = 7) -> tuple[ClientLink, str]:
    """The row and the link's key, which is not kept. Refused without a name."""
    if not name.strip():
        raise Refused("Say whom the link is for.", "请填写链接给谁使用。", "name")
    if days not in LASTS_DAYS:
        raise Refused("Choose how long the link lasts.", "请选择有效期。", "days")
    key = new_key("vmc")
    ends = timezone.now() + timedelta(days=days)
    row = ClientLink.objects.create(
        brief=brief, digest=digest(key), name=name.strip()[:100], made_by=made_by, expires_at=ends
    )
    log.info("sharing.link_made", link=row.pk, brief=brief.pk, by=made_by.pk)
    return row, key


def live_links() -> QuerySet[ClientLink]:
    rows = ClientLink.objects.filter(revoked_at=None, expires_at__gt=timezone.now())
    return rows.select_related("brief__library__brand", "made_by")


def open_link(key: str) -> ClientLink:
    """The link of that key. Refused, in words, where it is unknown, withdrawn or over."""
    row = ClientLink.objects.filter(digest=digest(key)).select_related("brief__library__brand").first()
    if row is None:
        raise Refused(
            "This link leads nowhere. Check that it was copied whole, or ask for a new one.",
            "该链接无效。请检查是否复制完整，或请对方重新生成。",
        )
    if row.revoked_at:
        raise Refused(
            "This link was withdrawn. Ask whoever sent it for a new one.", "该链接已被撤回，请向发送者索取新链接。"
        )
    if row.expires_at <= timezone.now():
        raise Refused(
            "This link has expired. Ask whoever sent it for a new one.", "该链接已过期，请向发送者索取新链接。"
        )
    if row.opened_at is None or timezone.now() - row.opened_at > timedelta(minutes=1):
        ClientLink.objects.filter(pk=row.pk).update(opened_at=timezone.now())
    return row


def revoke(link: ClientLink) -> None:
    ClientLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=timezone.now())
    log.info("sharing.link_revoked", link=link.pk)


def assets_of_link(link: ClientLink) -> QuerySet[Asset]:
    """What a client sees: the brief's pictures as they are now, those that passed, in the wall's order."""
    rows = Asset.objects.filter(job__variant__brief_id=link.brief_id, is_head=True, verdict="pass")
    return rows.select_related("job__variant").order_by("job__variant__number", "job_id")


def asset_of_link(link: ClientLink, asset_id: int) -> Asset:
    row = assets_of_link(link).filter(pk=asset_id).first()
    if row is None:
        raise Http404
    return row


# Words about pictures


@dataclass(frozen=True)
class Writer:
    """A member, or somebody behind a client link with the name they typed."""

    user: User | None = None
    link: ClientLink | None = None
    name: str = ""


def comment(*, asset: Asset, writer: Writer, text: str, x: float | None = None, y: float | None = None) -> Comment:
    """Write a comment, at a point (shares of width and height) or on the whole. Refused with the field at fault.

    The same again within TWICE_WITHIN is a form that was sent twice: the comment that is there.
    """
    said = text.replace("\x00", "").strip()
    if not said:
        raise Refused("Write what you would like to say.", "请填写评论内容。", "text")
    if len(said) > LONGEST:
        raise Refused(f"A comment has {LONGEST} characters at most.", f"评论最多 {LONGEST} 字。", "text")
    if (x is None) != (y is None) or not all(share is None or 0 <= share <= 1 for share in (x, y)):
        raise Refused("The point is outside the picture.", "标记点不在图片内。", "point")
    same: dict[str, Any] = {"asset": asset, "author": writer.user, "link": writer.link, "text": said, "x": x, "y": y}
    same["client_name"] = _client_name(writer)
    with transaction.atomic():
        lately = Comment.objects.filter(created_at__gte=timezone.now() - TWICE_WITHIN, resolved_at=None)
        if (again := lately.filter(**same).first()) is not None:
            return again
        row = Comment.objects.create(**same)
        tell_of_comment(row)
    return row


def sign_off(*, asset: Asset, link: ClientLink, name: str, approved: bool) -> SignOff:
    """A client's word on one picture. Saying the same twice is one row."""
    said = {
        "asset": asset,
        "link": link,
        "client_name": _client_name(Writer(link=link, name=name)),
        "approved": approved,
    }
    last = SignOff.objects.filter(asset=asset, link=link).order_by("-id").first()
    if last and (last.client_name, last.approved) == (said["client_name"], approved):
        return last
    log.info("sharing.signed_off", asset=asset.pk, link=link.pk, approved=approved)
    with transaction.atomic():
        row = SignOff.objects.create(**said)
        tell_of_sign_off(row)
    return row


def _client_name(writer: Writer) -> str:
    if writer.link is None:
        return ""
    name = " ".join(writer.name.replace("\x00", "").split())[:80]
    if not name:
        raise Refused(
            "Type your name, so that the team knows who says it.", "请填写姓名，方便团队了解是谁的意见。", "name"
        )
    return name


def comments_of(asset: Asset) -> QuerySet[Comment]:
    """Every comment on the asset and its other versions, oldest first."""
    rows = Comment.objects.filter(asset__job_id=asset.job_id)
    return rows.select_related("author", "link", "asset", "resolved_by").order_by("id")


def sign_offs_of(brief: Brief) -> dict[int, SignOff]:
    """By asset id, the latest word of a client on each of the brief's pictures."""
    rows = SignOff.objects.filter(asset__job__variant__brief=brief).select_related("link").order_by("id")
    return {row.asset_id: row for row in rows}


def open_comments(brief: Brief) -> QuerySet[Comment]:
    """What was said about the brief's pictures and is not resolved, newest first."""
    rows = Comment.objects.filter(asset__job__variant__brief=brief, resolved_at=None)
    return rows.select_related("author", "link", "asset").order_by("-id")


def resolve(row: Comment, by: User, *, resolved: bool = True) -> None:
    wanted = Q(resolved_at=None) if resolved else Q(resolved_at__isnull=False)
    change = (
        {"resolved_at": timezone.now(), "resolved_by": by} if resolved else {"resolved_at": None, "resolved_by": None}
    )
    Comment.objects.filter(wanted, pk=row.pk).update(**change)


# Limits


def count_open(address: str) -> None:
    _count(f"client-open:{address}", OPENS_PER_MINUTE, 60)


def count_write(link: ClientLink) -> None:
    """Comments and sign-offs of a link within an hour, from the rows: it holds over restarts and processes."""
    since = timezone.now() - timedelta(hours=1)
    written = Comment.objects.filter(link=link, created_at__gte=since).count()
    written += SignOff.objects.filter(link=link, created_at__gte=since).count()
    if written >= WRITES_PER_HOUR:
        raise TooOften


def count_guess(user: User) -> None:
    """Tries at one's own old password: whoever found an open browser must not try them all."""
    _count(f"old-password:{user.pk}", GUESSES, 900)


def _count(key: str, limit: int, seconds: int) -> None:
    cache.add(key, 0, seconds)
    try:
        asked = cache.incr(key)
    except ValueError:  # it ended between the two
        return
    if asked > limit:
        raise TooOften


TOO_OFTEN = Words(
    en="That was a lot in a short time. Wait a little, then go on; nothing you wrote before is lost.",
    zh="短时间内操作过多，请稍候再继续。之前提交的内容都已保存。",
)
