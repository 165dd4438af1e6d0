"""The only room with HTTP: settings, pages, access, the Celery application and the commands."""

from studio.celery import app as celery_app

__all__ = ["celery_app"]
