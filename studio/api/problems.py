"""Every refusal of the API as application/problem+json (RFC 9457), in the language that was asked for."""

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import get_language
from pydantic import ValidationError
from rest_framework import exceptions
from rest_framework.response import Response

from brand_styles.words import Words
from generation.errors import BriefProblems, GenerationError, TransientError
from generation.versions import EditedMeanwhile
from studio.access import NotAllowed
from studio.api.words import KINDS, SAYS, says
from studio.asking import OverLimit
from studio.people import Refused
from studio.sharing import TOO_OFTEN, TooOften

MEDIA_TYPE = "application/problem+json"
Errors = Mapping[str, Sequence[Words]]


class ApiProblem(exceptions.APIException):
    """A refusal: the code of its kind, a sentence, sentences by field, and members of its own."""

    def __init__(self, code: str, words: Words, errors: Errors | None = None, *, wait: int = 0, **more: Any) -> None:
        super().__init__(words.en)
        self.code, self.words, self.errors, self.wait, self.more = code, words, errors or {}, wait, more
        self.status_code = KINDS[code][0]


def handle(error: Exception, context: Mapping[str, Any]) -> Response | None:
    """For Django REST framework. None for what nobody foresaw: Django logs it, and handler500 answers."""
    problem = _problem(error)
    if problem is None:
        return None
    request = context["request"]
    response = Response(
        body_of(problem, request.path),
        status=problem.status_code,
        content_type=MEDIA_TYPE,
        headers=_headers(error, problem),
    )
    response.exception = True
    return response


def answer(request: HttpRequest, problem: ApiProblem) -> HttpResponse:
    """The same outside of a view of ours: an address that does not exist, an error that nobody foresaw."""
    said = json.dumps(body_of(problem, request.path), ensure_ascii=False)
    return HttpResponse(
        said, status=problem.status_code, content_type=MEDIA_TYPE, headers={"Cache-Control": "no-store"}
    )


def body_of(problem: ApiProblem, instance: str) -> dict[str, Any]:
    language = get_language() or "en"
    body: dict[str, Any] = {
        "type": f"/api/docs#{problem.code}",
        "title": KINDS[problem.code][1].in_language(language),
        "status": problem.status_code,
        "detail": problem.words.in_language(language),
        "instance": instance,
    }
    if problem.errors:
        body["errors"] = {
            field: [words.in_language(language) for words in said] for field, said in problem.errors.items()
        }
    return body | problem.more


def _headers(error: Exception, problem: ApiProblem) -> dict[str, str]:
    headers = {"Retry-After": str(problem.wait)} if problem.wait else {}
    if asks := getattr(error, "auth_header", ""):
        headers["WWW-Authenticate"] = asks
    return headers


def _problem(error: Exception) -> ApiProblem | None:
    """In words of ours. None for an error that is none of these."""
    if isinstance(error, ApiProblem):
        return error
    if isinstance(error, ValidationError):
        return invalid(errors_of(error))
    if isinstance(error, GenerationError):
        return _of_generation(error)
    if isinstance(error, Refused):
        return invalid({error.field: [error.words]}) if error.field else ApiProblem("not-now", error.words)
    if isinstance(error, NotAllowed):
        return ApiProblem("not-allowed", error.words)
    if isinstance(error, TooOften):
        return ApiProblem("too-many", TOO_OFTEN, wait=60)
    return _of_framework(error)


def _of_generation(error: GenerationError) -> ApiProblem:
    if isinstance(error, OverLimit):
        return ApiProblem("limit", error.words)
    if isinstance(error, EditedMeanwhile):
        return ApiProblem("edited-meanwhile", error.words, head=error.head.pk)
    if isinstance(error, TransientError):
        return ApiProblem("away", error.words, wait=5)
    if isinstance(error, BriefProblems):
        return invalid(by_field((problem.field or "brief", problem.words) for problem in error.problems))
    return invalid({error.field or "": [error.words]})


def _of_framework(error: Exception) -> ApiProblem | None:
    if isinstance(error, Http404 | exceptions.NotFound):
        return ApiProblem("not-found", says("not_found"))
    if isinstance(error, exceptions.Throttled):
        seconds = max(1, round(getattr(error, "wait", None) or 1))
        return ApiProblem("too-many", says("throttled", seconds=seconds), wait=seconds)
    if isinstance(error, exceptions.MethodNotAllowed):
        return ApiProblem("wrong-method", says("method", method=str(error.args[0]) if error.args else "It"))
    if isinstance(error, exceptions.UnsupportedMediaType):
        return ApiProblem("wrong-kind", says("kind", kind=str(error.args[0])[:80] if error.args else "It"))
    if isinstance(error, exceptions.ParseError):
        return ApiProblem("bad-request", says("form", why=str(error.detail)[:200]))
    if isinstance(error, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return ApiProblem("too-large", Words(en=str(error), zh="表单过大。"))
    if isinstance(error, PermissionDenied | exceptions.PermissionDenied):
        return ApiProblem("not-allowed", says("csrf"))
    return None


def invalid(errors: Errors) -> ApiProblem:
    """422. The only sentence there is stands as the detail, too."""
    sentences = [words for said in errors.values() for words in said]
    return ApiProblem("invalid", sentences[0] if len(sentences) == 1 else says("invalid"), errors)


def by_field(pairs: Any) -> dict[str, list[Words]]:
    told: dict[str, list[Words]] = {}
    for field, words in pairs:
        told.setdefault(field, []).append(words)
    return told


def errors_of(error: ValidationError) -> dict[str, list[Words]]:
    """By field, as "changes.2.text": places in lists count from 0, as programs count."""
    faults = error.errors(include_url=False, include_input=False)
    return by_field((".".join(str(part) for part in fault["loc"]), _said(fault)) for fault in faults)


def _said(fault: Any) -> Words:
    kind = fault["type"] if fault["type"] in SAYS else "other"
    context = {key: str(value)[:300] for key, value in fault.get("ctx", {}).items() if key != "error"}
    return says(kind, **context)
