"""API tokens: made for a purpose, for a time, never reaching farther than their person."""

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from brand_styles.models import Brand
from brand_styles.words import Words
from studio.access import Principal, Scope, brands_of
from studio.digests import digest, new_key
from studio.models import ApiToken, User
from studio.people import Refused

LASTS_DAYS = (7, 30, 90, 365)
MOST = 50  # live tokens of one person
SEEN_EVERY = timedelta(minutes=1)


class NotSignedIn(Exception):
    """The request shows nobody, or a token that is not good (any more). For a 401; `words` say which."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.words = Words(en=en, zh=zh)


def make_token(
    *, user: User, name: str, scopes: Iterable[Scope], brands: Iterable[Brand] = (), days: int = 90
) -> tuple[ApiToken, str]:
    """The row and the token itself, which is not kept. `brands` empty: all that the person works for. Refused with the field at fault."""
    chosen, wanted = list(brands), sorted(set(scopes))
    if not name.strip():
        raise Refused("Give the token a name that says what uses it.", "请给令牌起名，说明用途。", "name")
    if not wanted:
        raise Refused("Choose at least one thing that the token may do.", "请至少选择一项权限。", "scopes")
    if days not in LASTS_DAYS:
        raise Refused("Choose how long the token lasts.", "请选择有效期。", "days")
    if not {brand.pk for brand in chosen} <= set(brands_of(user).values_list("id", flat=True)):
        raise Refused("Choose among the brands you work for.", "请在你所属的品牌中选择。", "brands")
    if live_tokens(user).count() >= MOST:
        raise Refused("You have 50 tokens. Revoke one that is not used any more.", "已有 50 个令牌，请先撤销不用的。")
    key = new_key("vmt")
    row = ApiToken.objects.create(
        user=user,
        name=name.strip()[:100],
        digest=digest(key),
        hint=key[-4:],
        scopes=wanted,
        limited=bool(chosen),
        expires_at=timezone.now() + timedelta(days=days),
    )
    row.brands.set(chosen)
    return row, key


def live_tokens(user: User) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(user=user, revoked_at=None, expires_at__gt=timezone.now()).order_by("-id")


def principal_of(request: HttpRequest) -> Principal:
    """Who a request is from: its bearer token where it carries one, else whoever is signed in. NotSignedIn otherwise.

    Signed in by cookie: the caller must check CSRF, as Django's middleware does for every view that is not exempt.
    """
    header = request.headers.get("Authorization", "")
    scheme, _, key = header.partition(" ")
    if header:
        if scheme.lower() != "bearer":
            raise NotSignedIn(
                "Send the token as `Authorization: Bearer …`.", "请以 `Authorization: Bearer …` 发送令牌。"
            )
        return principal_of_token(key.strip())
    if isinstance(request.user, User):
        return Principal(request.user)
    raise NotSignedIn(
        "Sign in, or send a token as `Authorization: Bearer …`.", "请登录，或以 `Authorization: Bearer …` 发送令牌。"
    )


def principal_of_token(key: str) -> Principal:
    """Whom a token stands for. NotSignedIn where it is unknown, revoked, expired, or its person is shut out."""
    row = ApiToken.objects.filter(digest=digest(key)).select_related("user").first()
    now = timezone.now()
    if row is None or not row.user.is_active:
        raise NotSignedIn("This token is not known here.", "令牌无效。")
    if row.revoked_at:
        raise NotSignedIn(
            "This token was revoked. Make a new one under My account.", "令牌已撤销，请在“我的账户”中新建。"
        )
    if row.expires_at <= now:
        raise NotSignedIn(
            "This token has expired. Make a new one under My account.", "令牌已过期，请在“我的账户”中新建。"
        )
    if row.used_at is None or now - row.used_at > SEEN_EVERY:
        ApiToken.objects.filter(pk=row.pk).update(used_at=now)
    limits = frozenset(row.brands.values_list("id", flat=True)) if row.limited else None
    return Principal(row.user, frozenset(Scope(name) for name in row.scopes), limits)
