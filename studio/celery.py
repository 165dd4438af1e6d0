"""The Celery application: worker `gpu` makes assets, worker `media` sweeps, the scheduler sends the sweep."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "studio.settings")

app = Celery("studio")


@app.on_configure.connect
def _configure(sender: Any, **kwargs: Any) -> None:
    from django.conf import settings

    sender.conf.update(
        broker_url=settings.CELERY_BROKER_URL,
        broker_connection_retry_on_startup=True,
        broker_connection_max_retries=None,
        broker_transport_options={"socket_connect_timeout": 2, "socket_timeout": 5, "visibility_timeout": 3600},
        task_serializer="json",
        accept_content=["json"],
        task_acks_late=True,
        task_reject_on_worker_lost=True,
        task_ignore_result=True,
        task_default_queue="gpu",
        task_routes={"generation.make_next": {"queue": "gpu"}, "generation.sweep": {"queue": "media"}},
        worker_prefetch_multiplier=1,
        worker_hijack_root_logger=False,
        beat_schedule={
            "sweep": {
                "task": "generation.sweep",
                "schedule": settings.JOB_SWEEP_SECONDS,
                "options": {"expires": max(settings.JOB_SWEEP_SECONDS, 5)},
            }
        },
        imports=["generation.tasks"],
        timezone="UTC",
    )


@worker_process_init.connect
def _die_with_parent(**kwargs: Any) -> None:
    from studio.supervision import die_with_parent

    die_with_parent()
