"""System checks: a misconfiguration has an id and a hint."""

import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register


@register()
def var_is_writable(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    folders = {Path(settings.VAR_DIR), Path(settings.MEDIA_ROOT)}
    return [
        Error(
            f"{folder} cannot be written to.",
            hint="Give this account the right to write there, or set VAR_DIR and FILES_DIR to folders it may write to.",
            id="studio.E001",
        )
        for folder in sorted(folders)
        if not os.access(next(p for p in (folder, *folder.parents) if p.exists()), os.W_OK)
    ]


@register()
def broker_address_is_known(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    address = str(settings.CELERY_BROKER_URL)
    schemes = ("redis://", "rediss://", "redis+socket://", "amqp://", "amqps://", "memory://")
    if address.startswith(schemes):
        return []
    return [
        Error(
            f"CELERY_BROKER_URL {address!r} names no broker this studio knows.",
            hint=f"It starts with one of: {', '.join(schemes)}. Leave it unset to use the broker that `make run` starts.",
            id="studio.E002",
        )
    ]


@register()
def lease_outlives_its_renewals(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.JOB_LEASE_SECONDS >= settings.JOB_SWEEP_SECONDS:
        return []
    return [
        Warning(
            "JOB_SWEEP_SECONDS is longer than JOB_LEASE_SECONDS, so the work of a killed worker waits longer than needed.",
            hint="Keep the sweep at a third of the lease or less.",
            id="studio.W001",
        )
    ]


@register()
def open_address_is_protected(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    if settings.HOST in {"127.0.0.1", "localhost", "::1"} or settings.SECURE_COOKIES:
        return []
    return [
        Warning(
            f"HOST is {settings.HOST}: the studio can be reached from other machines, and logins travel unencrypted.",
            hint="Put a proxy that speaks HTTPS in front of it and set SECURE_COOKIES=1, ALLOWED_HOSTS and CSRF_TRUSTED_ORIGINS.",
            id="studio.W002",
        )
    ]
