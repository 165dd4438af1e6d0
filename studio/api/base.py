"""What every view of the API has, and how it reads what it was sent."""

import json
from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from django.http import HttpRequest
from django.shortcuts import resolve_url
from pydantic import BaseModel
from rest_framework.parsers import BaseParser
from rest_framework.permissions import IsAuthenticated
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from studio.api.authentication import BySession, ByToken
from studio.api.negotiation import MOST_BYTES, AlwaysJson, Json, too_large
from studio.api.problems import handle
from studio.api.shapes import Out
from studio.api.throttles import Requests, Writes

Wanted = TypeVar("Wanted", bound=BaseModel)
Item = TypeVar("Item", bound=BaseModel)


class View(APIView):
    """One address. Nothing of it is cached, and nothing longer than may be is read."""

    authentication_classes = (ByToken, BySession)
    permission_classes = (IsAuthenticated,)
    throttle_classes = (Requests, Writes)
    content_negotiation_class = AlwaysJson
    renderer_classes = (JSONRenderer,)
    parser_classes: tuple[type[BaseParser], ...] = (Json,)
    http_method_names = ("get", "head", "post", "patch", "delete")
    metadata_class = None
    most_bytes = MOST_BYTES

    def get_exception_handler(self) -> Any:
        return handle

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)
        claimed = request.META.get("CONTENT_LENGTH") or "0"
        if claimed.isdecimal() and int(claimed[:18]) > self.most_bytes:
            raise too_large(self.most_bytes)

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        finished = super().finalize_response(request, response, *args, **kwargs)
        finished["Cache-Control"] = "private, no-store"
        return finished


class Page(Out, Generic[Item]):
    """A part of a list. `next`: the address of the following part, null at the end."""

    results: tuple[Item, ...]
    next: str | None

    @classmethod
    def model_parametrized_name(cls, params: tuple[Any, ...]) -> str:
        return f"{params[0].__name__}Page"


def read(request: Request, shape: type[Wanted]) -> Wanted:
    """The body as `shape`. pydantic's ValidationError, which becomes a 422, where it is none."""
    return shape.model_validate_json(json.dumps(request.data), strict=True)


def query(request: HttpRequest | Request, shape: type[Wanted]) -> Wanted:
    """The address's query as `shape`; of a name given twice the last counts."""
    return shape.model_validate(dict(request.GET.items()))


def answer(shape: BaseModel, status: int = 200, location: str = "") -> Response:
    headers = {"Location": location} if location else None
    return Response(shape.model_dump(mode="json"), status=status, headers=headers)


def made(shape: BaseModel, name: str, row_id: int) -> Response:
    """201, with the address of what was made."""
    return answer(shape, 201, resolve_url(f"api:{name}", row_id))


def listed(results: Sequence[Item], following: str | None) -> Response:
    said = [result.model_dump(mode="json") for result in results]
    return Response({"results": said, "next": following})
