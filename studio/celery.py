"""The Celery application: worker `gpu` makes assets, worker `media` sweeps, the scheduler sends the sweep.

Its configuration is the CELERY_… part of studio.settings.
"""

import os
from typing import Any

from celery import Celery
from celery.signals import celeryd_after_setup, setup_logging, worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")

app = Celery("studio")
app.config_from_object("django.conf:settings", namespace="CELERY")


@setup_logging.connect  # type: ignore[untyped-decorator]
def _keep_our_logs(**kwargs: Any) -> None:
    """Celery configures no logging when this signal has a receiver; settings.LOGGING holds."""


@celeryd_after_setup.connect  # type: ignore[untyped-decorator]
def _note_queues(instance: Any, **kwargs: Any) -> None:
    app.makes_assets = "gpu" in instance.app.amqp.queues.consume_from


@worker_process_init.connect  # type: ignore[untyped-decorator]
def _start_process(**kwargs: Any) -> None:
    from generation import reporting, warming
    from studio.supervision import die_with_parent, note_renderer

    die_with_parent()
    if getattr(app, "makes_assets", False):
        note_renderer("")
        reporting.begin()
        warming.begin(_warmed)


def _warmed(seconds: float | None) -> None:
    from generation import reporting, warming
    from studio.supervision import note_renderer

    note_renderer("failed" if seconds is None else f"{seconds:.0f}")
    reporting.warmed(warming.fault())
