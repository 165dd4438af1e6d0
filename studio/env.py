"""Settings from the environment: four typed readers, and the secret that is made once and kept.

A value that cannot be read raises `BadSetting`, which names the variable, what it held and what was expected.
"""

import os
import re
import secrets
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"", "0", "false", "no", "off"}
POSTGRESQL = "an address such as postgresql://name:password@host:5432/database"
JIT_OFF = "-c jit=off"  # compiling a page's query takes longer than the query


class BadSetting(ImproperlyConfigured):
    """An environment variable holds something else than what it should."""

    def __init__(self, name: str, value: str, expected: str) -> None:
        super().__init__(f"{name} is {value!r}; expected {expected}.")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, default)


def flag(name: str, default: bool = False) -> bool:
    value = os.environ.get(name)
    if value is None:
        return default
    if value.lower() not in YES | NO:
        raise BadSetting(name, value, "1 or 0")
    return value.lower() in YES


def number(name: str, default: float, *, least: float = 0) -> float:
    """A number of at least `least`."""
    value = os.environ.get(name, str(default))
    try:
        result = float(value)
    except ValueError:
        raise BadSetting(name, value, "a number") from None
    if not result >= least:
        raise BadSetting(name, value, f"a number from {least:g} up")
    return result


def words(name: str, default: str = "") -> list[str]:
    """A list of words separated by commas."""
    return [part.strip() for part in text(name, default).split(",") if part.strip()]


def events_of(broker: str) -> str:
    """The address for events that a Valkey or Redis broker serves beside its queues; "" for a broker of another kind."""
    if broker.startswith("redis+socket://"):
        return f"unix://{Path(broker.removeprefix('redis+socket://')).absolute()}"
    return broker if broker.startswith(("redis://", "rediss://")) else ""


def postgresql(name: str, connections: int) -> dict[str, Any]:
    """Django's settings for the PostgreSQL database at the address in `name`, with up to `connections` open to it from each process.

    Requests run in threads of their own, so connections are kept in a pool; each is asked whether it still lives before it is used.
    What stands behind "?" goes to libpq as it is (sslmode, host for a socket's folder, options).
    """
    address = text(name)
    try:
        parts = urlsplit(address)
        port, more = parts.port, dict(parse_qsl(parts.query, strict_parsing=bool(parts.query)))
    except ValueError:
        raise BadSetting(name, _without_password(address), POSTGRESQL) from None
    database = unquote(parts.path.removeprefix("/"))
    if parts.scheme not in {"postgresql", "postgres"} or not database:
        raise BadSetting(name, _without_password(address), POSTGRESQL)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": database,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": more.pop("host", "") or parts.hostname or "",
        "PORT": str(port or ""),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"options": JIT_OFF} | more | {"pool": {"min_size": 1, "max_size": connections, "timeout": 30}},
        "TEST": {"NAME": f"test_{database}_{os.getpid()}"},
    }


def _without_password(address: str) -> str:
    """A misconfiguration is told on screens and in logs."""
    return re.sub(r"(://[^:/@]*):.*@", r"\1:…@", address)


def kept_secret(path: Path) -> str:
    """The secret in `path`, made on first use and readable by its owner only. Safe when two processes start at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    if not path.exists():
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(50))
        try:
            os.link(draft, path)  # fails when another process was first: then its secret holds
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    return path.read_text().strip()
