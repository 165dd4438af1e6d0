"""Inviting, letting in, changing roles, and showing out. Every change is one call that says in words why it cannot be."""

from collections.abc import Iterable
from datetime import timedelta

import structlog
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.contrib.sessions.backends.db import SessionStore
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import override

from brand_styles.models import Brand
from brand_styles.rules.folding import fold
from brand_styles.words import Words
from studio.access import managed_brands, may_answer_for
from studio.digests import digest, new_key
from studio.models import ApiToken, ClientLink, Invite, Membership, Role, SignedIn, User

log = structlog.get_logger(__name__)

INVITE_LASTS = timedelta(days=7)
RESET_LASTS = timedelta(days=1)


class Refused(Exception):
    """What was asked cannot be done; `words` say why and what to do. `field`: the form's field it belongs to."""

    def __init__(self, en: str, zh: str, field: str = "") -> None:
        super().__init__(en)
        self.words = Words(en=en, zh=zh)
        self.field = field


# Invitations and new passwords


def invite(*, brand: Brand, role: Role, made_by: User, note: str = "") -> str:
    """A one-time link's key, good for a week. It is not kept: show it now."""
    key = _new_link(INVITE_LASTS, brand=brand, role=role, note=note.strip()[:100], made_by=made_by)
    log.info("people.invited", brand=brand.slug, role=str(role), by=made_by.pk)
    return key


def reset_link(*, person: User, made_by: User) -> str:
    """A one-time link's key to a new password, good for a day; older ones of the same person end."""
    unused_invites().filter(person=person).update(revoked_at=timezone.now())
    key = _new_link(RESET_LASTS, person=person, made_by=made_by)
    log.info("people.reset_made", person=person.pk, by=made_by.pk)
    return key


def _new_link(lasts: timedelta, **fields: object) -> str:
    key = new_key("vmi")
    Invite.objects.create(digest=digest(key), expires_at=timezone.now() + lasts, **fields)
    return key


def unused_invites() -> QuerySet[Invite]:
    """Those that are neither used nor withdrawn; they may have expired."""
    return Invite.objects.filter(used_at=None, revoked_at=None)


def open_invite(key: str) -> Invite:
    """The invite of that key. Refused where there is none, or it is used, revoked or expired."""
    row = Invite.objects.filter(digest=digest(key)).select_related("brand", "person", "made_by").first()
    if row is None:
        raise Refused(
            "This link leads nowhere. Check that it was copied whole, or ask for a new one.",
            "该链接无效。请检查是否复制完整，或请对方重新生成。",
        )
    if row.used_at:
        raise Refused(
            "This link was used already; it works once. Sign in, or ask for a new one.",
            "该链接已被使用，只能用一次。请直接登录，或请对方重新生成。",
        )
    if row.revoked_at or not _still_may(row):
        raise Refused(
            "This link was withdrawn. Ask whoever sent it for a new one.", "该链接已被撤回。请向发送者索取新链接。"
        )
    if row.expires_at <= timezone.now():
        raise Refused(
            "This link has expired. Ask whoever sent it for a new one.", "该链接已过期。请向发送者索取新链接。"
        )
    return row


def _still_may(row: Invite) -> bool:
    """Whether its maker could still make it: somebody removed must not come back by a link of their own."""
    if row.person:
        return may_answer_for(row.made_by, row.person)
    return managed_brands(row.made_by).filter(pk=row.brand_id or 0).exists()


@transaction.atomic
def join(key: str, *, name: str, password: str) -> User:
    """Make the invited person and their membership. Refused where the link or the name or the password will not do."""
    row = _take(key)
    user = User(username=User.normalize_username(name.strip()))  # as it is read when they sign in: ｌｉｎ is lin
    _check_name(user)
    check_password(password, user)
    user.set_password(password)
    user.save()
    return _admit(row, user)


@transaction.atomic
def join_as(key: str, user: User) -> User:
    """Take somebody who has a login into the brand."""
    return _admit(_take(key), user)


def _take(key: str) -> Invite:
    """The invite, marked used: of two who press at once, one gets it."""
    row = open_invite(key)
    if not unused_invites().filter(pk=row.pk).update(used_at=timezone.now()):
        return open_invite(key)
    return row


def _admit(row: Invite, user: User) -> User:
    if row.brand is None:
        raise Refused("This link is for a new password.", "该链接用于重设密码。")
    Membership.objects.get_or_create(user=user, brand=row.brand, defaults={"role": row.role})
    Invite.objects.filter(pk=row.pk).update(used_by=user)
    log.info("people.joined", person=user.pk, brand=row.brand.slug, role=row.role)
    return user


@transaction.atomic
def new_password(key: str, password: str) -> User:
    """Set the password that a reset link is for, and end every session of the person."""
    row = _take(key)
    if row.person is None:
        raise Refused("This link is an invitation.", "该链接是加入邀请。")
    set_password(row.person, password)
    Invite.objects.filter(pk=row.pk).update(used_by=row.person)
    end_sessions(row.person)
    return row.person


def set_password(user: User, password: str) -> None:
    """Refused with the reason where it is too weak."""
    check_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    log.info("people.password_set", person=user.pk)


def _check_name(user: User) -> None:
    try:
        user.clean_fields(exclude=["password"])
    except ValidationError:
        raise Refused(
            "A name has letters, digits and @ . + - _ only, 150 at most.",
            "用户名只能包含文字、数字和 @ . + - _，最多 150 个字符。",
            "name",
        ) from None
    if User.objects.filter(username__iexact=user.username).exists():
        raise Refused("That name is taken. Choose another one.", "该用户名已被使用，请换一个。", "name")
    looks = _look_of(user.username)
    if any(_look_of(name) == looks for name in User.objects.values_list("username", flat=True)):
        raise Refused(
            "Somebody here has a name that looks the same. Choose one that nobody takes for theirs.",
            "已有外观相同的用户名。请换一个不会混淆的名字。",
            "name",
        )


def _look_of(name: str) -> str:
    """The name with look-alike letters put back: one written with a Cyrillic а is not another person."""
    return fold(name).text.casefold()


def check_password(password: str, user: User | None = None) -> None:
    if user is not None and password.casefold() == user.username.casefold():
        raise Refused("The password is the name. Choose another one.", "密码与用户名相同，请换一个。", "password")
    try:
        with override("en"):
            validate_password(password, user)
    except ValidationError:
        raise Refused(
            "Choose a password of 8 characters or more that is not a common one.",
            "请选择至少 8 个字符且不常见的密码。",
            "password",
        ) from None


# Members


def set_role(member: Membership, role: Role) -> None:
    """Refused where the brand would lose its last owner."""
    with transaction.atomic():
        _keep_an_owner(member, role)
        Membership.objects.filter(pk=member.pk).update(role=role)
    log.info("people.role", person=member.user_id, brand=member.brand_id, role=str(role))


def remove(member: Membership) -> list[int]:
    """Refused for the brand's last owner. Returns the client links that end with it: whoever made one could go on looking through it."""
    theirs = ClientLink.objects.filter(made_by=member.user_id, brief__library__brand=member.brand_id, revoked_at=None)
    with transaction.atomic():
        _keep_an_owner(member, None)
        Membership.objects.filter(pk=member.pk).delete()
        ended = list(theirs.values_list("id", flat=True))
        ClientLink.objects.filter(id__in=ended).update(revoked_at=timezone.now())
    log.info("people.removed", person=member.user_id, brand=member.brand_id, links=ended)
    return ended


def _keep_an_owner(member: Membership, role: Role | None) -> None:
    owners = Membership.objects.select_for_update().filter(
        brand_id=member.brand_id, role=Role.OWNER, user__is_active=True
    )
    if role != Role.OWNER and {row.pk for row in owners} == {member.pk}:
        raise Refused(
            "Every brand keeps one owner. Make somebody else an owner first.",
            "每个品牌至少保留一位所有者。请先把其他人设为所有者。",
        )


# Whole people


def deactivate(other: User) -> None:
    """Nobody enters as them from this moment on: sessions, tokens and links end. What they made stays.

    Refused for the last who runs the studio.
    """
    with transaction.atomic():
        if other.is_staff and not User.objects.filter(is_staff=True, is_active=True).exclude(pk=other.pk).exists():
            raise Refused(
                "This is the last person who runs the studio. Let somebody else run it first.",
                "这是最后一位工坊管理员，请先指定其他管理员。",
            )
        User.objects.filter(pk=other.pk).update(is_active=False)
        end_sessions(other)
        now = timezone.now()
        ApiToken.objects.filter(user=other, revoked_at=None).update(revoked_at=now)
        ClientLink.objects.filter(made_by=other, revoked_at=None).update(revoked_at=now)
        unused_invites().filter(Q(person=other) | Q(made_by=other)).update(revoked_at=now)
    log.info("people.deactivated", person=other.pk)


def reactivate(other: User) -> None:
    """Let them in again; their tokens stay revoked."""
    User.objects.filter(pk=other.pk).update(is_active=True)
    log.info("people.reactivated", person=other.pk)


# Sessions


def sessions_of(user: User) -> QuerySet[SignedIn]:
    since = timezone.now() - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return SignedIn.objects.filter(user=user, seen_at__gt=since).order_by("-seen_at")


def end_sessions(user: User, *, keep: str = "") -> int:
    """End every session of a person but the one of key `keep`. Returns how many."""
    return end(sessions_of(user).exclude(session_key=keep))


def end(rows: Iterable[SignedIn]) -> int:
    ended = [row.session_key for row in rows]
    for key in ended:
        SessionStore(session_key=key).delete()
    SignedIn.objects.filter(session_key__in=ended).delete()
    return len(ended)
