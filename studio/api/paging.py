"""Lists in parts: stable while rows come and go, since a part begins after a row and not at a number."""

import base64
from collections.abc import Callable, Sequence
from typing import Annotated, Any, TypeVar

from django.db.models import Model, QuerySet
from pydantic import BeforeValidator, ConfigDict, Field
from rest_framework.request import Request
from rest_framework.response import Response

from studio.api.base import Item, listed
from studio.api.shapes import Shape

USUAL, MOST = 50, 100
Row = TypeVar("Row", bound=Model)


def _whole(value: Any) -> Any:
    """A query holds text: digits become a number, anything else is refused as what it is."""
    return int(value) if isinstance(value, str) and value.isascii() and value.isdecimal() and len(value) < 19 else value


Whole = Annotated[int, BeforeValidator(_whole)]


class Listed(Shape):
    """How much of a list, and from where."""

    model_config = ConfigDict(extra="forbid", strict=True)

    limit: Whole = Field(default=USUAL, ge=1, le=MOST, description="how many at most")
    cursor: str | None = Field(default=None, max_length=100, description="from the `next` of the part before")

    @property
    def after(self) -> int | None:
        return None if self.cursor is None else _opened(self.cursor)


def _opened(cursor: str) -> int:
    from studio.api.problems import invalid
    from studio.api.words import says

    try:
        text = base64.urlsafe_b64decode(cursor.encode("ascii") + b"==").decode("ascii")
        if text.startswith("after-") and text[6:].isdecimal() and len(text) < 26:
            return int(text[6:])
    except ValueError:
        pass
    raise invalid({"cursor": [says("cursor")]})


def _cursor(row_id: int) -> str:
    return base64.urlsafe_b64encode(f"after-{row_id}".encode()).decode().rstrip("=")


def page_of(
    request: Request,
    asked: Listed,
    rows: QuerySet[Row],
    shown: Callable[[list[Row]], Sequence[Item]],
    *,
    newest_first: bool = True,
) -> Response:
    """A part of `rows` in the order of their ids. `shown`: rows to shapes, all at once."""
    if asked.after is not None:
        rows = rows.filter(**{"id__lt" if newest_first else "id__gt": asked.after})
    found = list(rows.order_by("-id" if newest_first else "id")[: asked.limit + 1])
    part = found[: asked.limit]
    return listed(shown(part), _next(request, part[-1].pk) if len(found) > len(part) else None)


def page_of_values(request: Request, asked: Listed, values: Sequence[Item], key: Callable[[Item], int]) -> Response:
    """A part of values that ascend by `key`."""
    rest = [value for value in values if asked.after is None or key(value) > asked.after]
    part = rest[: asked.limit]
    return listed(part, _next(request, key(part[-1])) if len(rest) > len(part) else None)


def _next(request: Request, row_id: int) -> str:
    given = request.GET.copy()
    given["cursor"] = _cursor(row_id)
    return request.build_absolute_uri(f"{request.path}?{given.urlencode()}")
