"""/health: the process answers. /ready: it can do its work."""

from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from studio.celery import app


def health(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


def ready(request: HttpRequest) -> JsonResponse:
    """200 when database, broker and files answer, 503 otherwise; the body says which does not."""
    parts = {"database": database_answers(), "broker": broker_answers()}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM django_migrations")
    except DatabaseError:
        return False
    return True


def broker_answers() -> bool:
    options = {"socket_connect_timeout": 1, "socket_timeout": 1}
    try:
        with app.connection_for_write(str(settings.CELERY_BROKER_URL), transport_options=options) as link:
            link.ensure_connection(max_retries=1, interval_start=0, timeout=2)
    except Exception:  # every transport has errors of its own; all mean the same here
        return False
    return True
