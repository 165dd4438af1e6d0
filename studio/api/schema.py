"""The OpenAPI document: written from the shapes and from what each operation declares, by drf-spectacular."""

import inspect
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any, ClassVar, TypeVar

from django.http import HttpRequest, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from drf_spectacular.extensions import OpenApiAuthenticationExtension, OpenApiSerializerExtension
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from pydantic import BaseModel
from rest_framework.permissions import SAFE_METHODS

from generation.planning.brief import Brief as BriefData
from studio.api.idempotency import HEADER, REPLAYED
from studio.api.problems import MEDIA_TYPE
from studio.api.shapes import Problem
from studio.api.summaries import ABOUT, OPERATIONS, SECTIONS
from studio.api.words import KINDS
from studio.webhooks import EVENTS

Method = TypeVar("Method", bound=Callable[..., Any])
JSON = "application/json"


def operation(
    name: str,
    gives: Mapping[int, type[BaseModel] | None],
    *,
    sent: type[BaseModel] | Mapping[str, Any] | None = None,
    query: type[BaseModel] | None = None,
    refuses: Sequence[int] = (),
    once: bool = False,
    example: Mapping[str, Any] | None = None,
) -> Callable[[Method], Method]:
    """Declare a view's method. `refuses`: statuses beside those that follow from what it takes; `once`: it heeds Idempotency-Key."""

    def declare(method: Method) -> Method:
        statuses = _refusals(method, sent is not None, query is not None, once) | set(refuses)
        responses: dict[Any, Any] = {(status, JSON): shape for status, shape in gives.items() if shape}
        responses |= {status: OpenApiResponse(description="") for status, shape in gives.items() if not shape}
        responses |= {(status, MEDIA_TYPE): _refusal(status) for status in sorted(statuses)}
        declared: Method = extend_schema(
            operation_id=name,
            request=sent,
            responses=responses,
            parameters=[*_parameters(query), *([_once()] if once else [])],
            examples=[OpenApiExample("example", value=dict(example), request_only=True)] if example else [],
        )(method)
        return declared

    return declare


def _refusals(method: Callable[..., Any], body: bool, query: bool, once: bool) -> set[int]:
    statuses = {401, 429}
    names = set(inspect.signature(method).parameters) - {"self", "request"}
    if names:
        statuses.add(404)
    if method.__name__.upper() not in SAFE_METHODS:
        statuses.add(403)
    if body:
        statuses |= {400, 413, 415, 422}
    if once:
        statuses |= {409, 422}
    return statuses | ({422} if query else set())


def _refusal(status: int) -> OpenApiResponse:
    kinds = [f"`{code}`: {title.en}" for code, (at, title) in KINDS.items() if at == status]
    return OpenApiResponse(Problem, description="; ".join(kinds))


def _parameters(query: type[BaseModel] | None) -> list[OpenApiParameter]:
    """One for each field; null in a schema means that the parameter is left out."""
    properties = query.model_json_schema()["properties"] if query else {}
    return [
        OpenApiParameter(
            name,
            type=_without_null({key: value for key, value in about.items() if key not in ("title", "description")}),
            location=OpenApiParameter.QUERY,
            description=about.get("description", ""),
        )
        for name, about in properties.items()
    ]


def _without_null(about: dict[str, Any]) -> dict[str, Any]:
    """pydantic's "anyOf something or null, default null" as the something."""
    if "anyOf" not in about:
        return about
    return {key: value for key, value in about["anyOf"][0].items() if key != "title"}


def _once() -> OpenApiParameter:
    return OpenApiParameter(
        HEADER,
        type={"type": "string", "pattern": "^[\\x21-\\x7e]{1,255}$"},
        location=OpenApiParameter.HEADER,
        description=f"Of your choice. For 24 hours the same request with the same key gets the same answer, marked `{REPLAYED}: true`.",
    )


class Shapes(OpenApiSerializerExtension):  # type: ignore[no-untyped-call]
    """pydantic models: as they validate where they are sent, as they serialise where they are answers."""

    target_class = "pydantic.BaseModel"
    match_subclasses = True
    priority = 1

    parts: ClassVar[dict[str, Any]] = {}  # shapes inside of shapes, which `finish` puts beside them

    def get_name(self, auto_schema: Any, direction: Any) -> str:
        return "NewBrief" if self.target is BriefData else str(self.target.__name__)

    def map_serializer(self, auto_schema: Any, direction: Any) -> dict[str, Any]:
        mode = "validation" if direction == "request" else "serialization"
        found: dict[str, Any] = self.target.model_json_schema(ref_template="#/components/schemas/{model}", mode=mode)
        Shapes.parts |= found.pop("$defs", {})
        return found


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "studio.api.authentication.ByToken"
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": ABOUT["token"].in_language(get_language() or "en")}


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = "studio.api.authentication.BySession"
    name = "session"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        said = ABOUT["session"].in_language(get_language() or "en")
        return {"type": "apiKey", "in": "cookie", "name": "sessionid", "description": said}


def finish(result: dict[str, Any], generator: Any, request: Any, public: bool) -> dict[str, Any]:
    """drf-spectacular's last step: sentences in the language asked for, the webhooks' messages, one tag for each noun."""
    language = get_language() or "en"
    result["info"]["description"] = ABOUT["api"].in_language(language)
    for path, methods in result["paths"].items():
        for about in methods.values():
            about["summary"] = OPERATIONS[about["operationId"]].in_language(language)
            about["tags"] = [_section(path)]
            if "requestBody" in about:
                about["requestBody"]["required"] = True
    result["components"]["schemas"] = dict(sorted((Shapes.parts | result["components"]["schemas"]).items()))
    result["tags"] = [{"name": name, "description": words.in_language(language)} for name, words in SECTIONS.items()]
    result["webhooks"] = {event: _message(event, words.in_language(language)) for event, words in EVENTS.items()}
    return result


def _section(path: str) -> str:
    """The noun at the end of a path, as far as it is a section's; else the first one."""
    nouns = [part for part in path.removeprefix("/api/v1/").split("/") if part in SECTIONS]
    return nouns[-1]


def _message(event: str, summary: str) -> dict[str, Any]:
    properties = {
        "type": {"type": "string", "const": event},
        "timestamp": {"type": "string", "format": "date-time"},
        "data": {"type": "object"},
    }
    schema = {"type": "object", "properties": properties, "required": list(properties)}
    headers = ("webhook-id", "webhook-timestamp", "webhook-signature")
    return {
        "post": {
            "summary": summary,
            "parameters": [
                {"name": name, "in": "header", "required": True, "schema": {"type": "string"}} for name in headers
            ],
            "requestBody": {"content": {JSON: {"schema": schema}}},
            "responses": {"2XX": {"description": "received"}},
        }
    }


@require_safe
def document(request: HttpRequest) -> JsonResponse:
    """The OpenAPI document. Open to everyone: it says what the studio's code says anyway."""
    return JsonResponse(written(get_language() or "en"), json_dumps_params={"ensure_ascii": False})


@lru_cache(maxsize=8)
def written(language: str) -> dict[str, Any]:
    """The document in the language that is active, which `language` names."""
    found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return found
