"""The studio's Celery application with the quick pipeline in its workers: CELERY_APP=tests.studio.quick_app."""

from typing import Any

from celery.signals import celeryd_after_setup

from studio.celery import app

__all__ = ["app"]


@celeryd_after_setup.connect  # type: ignore[untyped-decorator]
def _install(**kwargs: Any) -> None:
    from tests.studio import quick

    quick.install()
