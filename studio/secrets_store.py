"""Keys of the studio's own, encrypted at rest. They go in through a page and never come out through one.

The key to the keys lies in VAR_DIR/secrets.key, made at first start, or comes from SECRETS_KEY: several with commas between, the
first of which seals, all of which open. `manage.py rotate_secrets` seals everything anew with the first.
"""

import base64
import hashlib
from collections.abc import Iterator

import structlog
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.db import DatabaseError
from django.utils import timezone

from brand_styles.words import Words
from studio import env
from studio.masking import remember
from studio.models import Secret, User

log = structlog.get_logger(__name__)

# What the settings page offers, and the setting from the environment that wins over it.
KNOWN: dict[str, tuple[str, Words]] = {
    "language-model": ("LANGUAGE_MODEL_KEY", Words(en="Key of the language model", zh="语言模型密钥")),
    "sign-in": ("OIDC_CLIENT_SECRET", Words(en="Client secret of the sign-in provider", zh="登录服务的客户端密钥")),
}
HINT = 4
LONGEST = 4000


class CannotOpen(Exception):
    """A secret was sealed with a key that is not among ours any more."""


def keep(name: str, value: str, by: User | None = None) -> Secret:
    """Seal and store a secret in place of the one of that name."""
    remember(value)
    fields = {
        "sealed": seal(value),
        "hint": value[-HINT:] if len(value) >= 4 * HINT else "",
        "set_at": timezone.now(),
        "set_by": by,
    }
    log.info("secrets.set", name=name, by=by.pk if by else None)
    return Secret.objects.update_or_create(name=name, defaults=fields)[0]


def forget(name: str) -> bool:
    log.info("secrets.forgotten", name=name)
    return bool(Secret.objects.filter(name=name).delete()[0])


def value_of(name: str) -> str:
    """The secret, or "" where none is kept. CannotOpen where our keys don't open it."""
    try:
        row = Secret.objects.filter(name=name).first()
    except DatabaseError:  # a command that runs before the tables are there
        return ""
    if row is None:
        return ""
    value = _open(row)
    remember(value)
    return value


def seal(text: str) -> str:
    """Encrypt a text that is kept in a row of its own."""
    return _sealer().encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """CannotOpen where our keys don't open it."""
    try:
        return _sealer().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise CannotOpen("It was sealed with another key. Put the old key back.") from None


def reseal() -> int:
    """Seal every secret anew with the first key. Returns how many."""
    sealer = _sealer()
    rows = list(Secret.objects.all())
    for row in rows:
        _open(row)  # says which, where none of our keys does
        Secret.objects.filter(pk=row.pk, sealed=row.sealed).update(sealed=sealer.rotate(row.sealed.encode()).decode())
    return len(rows)


def _open(row: Secret) -> str:
    try:
        return _sealer().decrypt(row.sealed.encode()).decode()
    except InvalidToken:
        raise CannotOpen(
            f"The secret {row.name!r} was sealed with another key. Set it anew, or put the old key back."
        ) from None


def _sealer() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in _keys()])


def _keys() -> Iterator[bytes]:
    """Fernet keys (32 bytes, base64) made of the configured texts, whatever their length."""
    given = settings.SECRETS_KEY or [env.kept_secret(settings.VAR_DIR / "secrets.key")]
    for text in given:
        yield base64.urlsafe_b64encode(hashlib.sha256(b"vermilion secrets\0" + text.encode()).digest())
