"""Nothing secret in the logs: known values, keys of our own make, and every field that is named like one, are blacked out."""

import re
from collections.abc import Mapping, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from studio.digests import KEY

MASK = "•••"
FIELDS = re.compile(
    r"(?i)(^|[_-])(key|keys|apikey|token|password|passwd|secret|authorization|cookie|sessionid|session_key)$"
)
BEARER = re.compile(r"(?i)\b(bearer|basic)\s+[\w.~+/=-]{8,}")
SHORTEST = 6  # a shorter value would black out ordinary words
_known: set[str] = set()


def remember(value: str) -> None:
    """Black this value out from now on, in this process."""
    if len(value) >= SHORTEST:
        _known.add(value)


def remember_settings() -> None:
    """Black out what the environment or VAR_DIR gave this process."""
    from django.conf import settings

    for name in ("SECRET_KEY", "LANGUAGE_MODEL_KEY", "OIDC_CLIENT_SECRET"):
        value = getattr(settings, name)
        if isinstance(value, str):  # else it is where to ask for one, and is remembered when it is asked for
            remember(value)
    for value in settings.SECRETS_KEY:
        remember(value)
    password = urlsplit(str(settings.CELERY_BROKER_URL)).password
    remember(password or "")


def masked(value: Any) -> Any:
    """The value without what is secret: in texts, and in mappings and lists to any depth."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return {
            key: MASK if FIELDS.search(str(key)) and inner not in (None, "") else masked(inner)
            for key, inner in value.items()
        }
    if isinstance(value, list | tuple | set):
        return [masked(inner) for inner in value]
    return value


def _text(text: str) -> str:
    for known in _known:
        text = text.replace(known, MASK)
    return BEARER.sub(rf"\1 {MASK}", KEY.sub(MASK, text))


def processor(logger: Any, method: str, event: MutableMapping[str, Any]) -> Mapping[str, Any]:
    """For structlog: the last step before a line is written."""
    clean: Mapping[str, Any] = masked(event)
    return clean
