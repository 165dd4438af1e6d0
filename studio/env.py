"""Settings from the environment: four typed readers, and the secret that is made once and kept.

A value that cannot be read raises `BadSetting`, which names the variable, what it held and what was expected.
"""

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"", "0", "false", "no", "off"}


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
