"""The Celery application: worker `gpu` makes assets, worker `media` sweeps, the scheduler sends the sweep.

Its configuration is the CELERY_… part of studio.settings.
"""

import os
from typing import Any

from celery import Celery
from celery.signals import setup_logging, worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")

app = Celery("studio")
app.config_from_object("django.conf:settings", namespace="CELERY")


@setup_logging.connect  # type: ignore[untyped-decorator]
def _keep_our_logs(**kwargs: Any) -> None:
    """Celery configures no logging when this signal has a receiver; settings.LOGGING holds."""


@worker_process_init.connect  # type: ignore[untyped-decorator]
def _die_with_parent(**kwargs: Any) -> None:
    from studio.supervision import die_with_parent

    die_with_parent()
