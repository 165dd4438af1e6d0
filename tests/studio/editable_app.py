"""The studio's Celery application whose workers make editable assets in seconds: CELERY_APP=tests.studio.editable_app."""

from typing import Any

from celery.signals import celeryd_after_setup

from studio.celery import app

__all__ = ["app"]


@celeryd_after_setup.connect  # type: ignore[untyped-decorator]
def _install(**kwargs: Any) -> None:
    from generation import pipeline, warming
    from generation.engines import loading
    from tests.studio import editable, quick

    pipeline.make_asset = editable.make_asset  # type: ignore[assignment]
    loading.default_engine = quick.NoEngine  # type: ignore[assignment]
    warming.warm_up = lambda: None
