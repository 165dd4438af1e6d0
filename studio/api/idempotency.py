"""A request that carries an Idempotency-Key happens once, however often it is sent within a day.

The first one writes a row for its key before it is worked on, and the answer to that row, in the same transaction as the work
where the work is a transaction. Whoever sends the same again gets that answer; other content under the same key is refused, and so
is a request that comes while the first is being answered. A refused request keeps nothing: mended, it may use its key again.
"""

import hashlib
import json
import re
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any, TypeVar

from django.db import IntegrityError, transaction
from django.http import QueryDict
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from studio.access import Principal
from studio.api.authentication import holder_of, who
from studio.api.problems import ApiProblem, invalid
from studio.api.words import says
from studio.models import IdempotentCall
from studio.secrets_store import seal, unseal

KEPT = timedelta(hours=24)
PATIENCE = timedelta(minutes=3)  # after which a request that is still being answered counts as cut off
KEY = re.compile(r"[\x21-\x7e]{1,255}")
HEADER = "Idempotency-Key"
REPLAYED = "Idempotent-Replayed"

View = TypeVar("View")
Method = Callable[..., Response]


def idempotent(method: Method) -> Method:
    """For a method of a view that makes something."""

    @wraps(method)
    def once(view: Any, request: Request, **kwargs: Any) -> Response:
        key = request.headers.get(HEADER)
        if key is None:
            return method(view, request, **kwargs)
        begun = _begin(request, key)
        if isinstance(begun, Response):
            return begun
        request._request.idempotent_call = begun  # type: ignore[attr-defined]
        try:
            response = method(view, request, **kwargs)
        except BaseException:
            _forget(begun)
            raise
        keep(request, response)
        return response

    return once


def keep(request: Request, response: Response) -> Response:
    """Keep the answer, in the caller's transaction; nothing where the request has no key or its answer was kept."""
    row: IdempotentCall | None = getattr(request._request, "idempotent_call", None)
    if row is not None and row.status is None:
        headers = {name: response[name] for name in ("Location",) if name in response}
        row.status, row.sealed = response.status_code, seal(json.dumps([response.data, headers]))
        IdempotentCall.objects.filter(pk=row.pk).update(status=row.status, sealed=row.sealed)
    return response


def _begin(request: Request, key: str) -> IdempotentCall | Response:
    if not KEY.fullmatch(key):
        raise invalid({HEADER: [says("key")]})
    asks: Principal = who(request)
    same = {"user": asks.user, "holder": holder_of(request), "key": key}
    print_ = fingerprint(request)
    IdempotentCall.objects.filter(**same, begun_at__lt=timezone.now() - KEPT).delete()
    try:
        with transaction.atomic():
            return IdempotentCall.objects.create(**same, fingerprint=print_, begun_at=timezone.now())
    except IntegrityError:
        first = IdempotentCall.objects.filter(**same).first()
    if first is None:  # the first was refused between the two
        return _begin(request, key)
    return _again(first, print_)


def _again(first: IdempotentCall, print_: str) -> Response:
    if first.fingerprint != print_:
        raise ApiProblem("key-used", says("key_used"))
    if first.status is None:
        cut_off = timezone.now() - first.begun_at > PATIENCE
        raise ApiProblem("being-answered", says("never_answered" if cut_off else "being_answered"), wait=1)
    data, headers = json.loads(unseal(first.sealed))
    return Response(data, status=first.status, headers={**headers, REPLAYED: "true"})


def _forget(row: IdempotentCall) -> None:
    IdempotentCall.objects.filter(pk=row.pk, status=None).delete()


def fingerprint(request: Request) -> str:
    """SHA-256 of the method, the address and what was sent: JSON by its values, a form by its fields and files."""
    mark = hashlib.sha256(f"{request.method} {request.get_full_path()}\0".encode())
    data = request.data
    if isinstance(data, QueryDict):
        _mark_form(mark, data)
    else:
        mark.update(json.dumps(data, sort_keys=True).encode(errors="surrogatepass"))
    return mark.hexdigest()


def _mark_form(mark: Any, data: QueryDict) -> None:
    for name, values in sorted(data.lists()):
        for value in values:
            mark.update(f"\0{name}\0{getattr(value, 'name', '')}\0".encode(errors="surrogatepass"))
            for chunk in value.chunks() if hasattr(value, "chunks") else [str(value).encode(errors="surrogatepass")]:
                mark.update(chunk)
            if hasattr(value, "seek"):
                value.seek(0)


def forget_old() -> int:
    """Delete what was kept for a day."""
    return IdempotentCall.objects.filter(begun_at__lt=timezone.now() - KEPT).delete()[0]
