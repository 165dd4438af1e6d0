"""What the API reads and writes: JSON, whatever a client says it accepts; a brief also as YAML or as a form with files."""

import json
from collections.abc import Mapping
from typing import Any, NoReturn

from rest_framework.exceptions import ParseError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.parsers import BaseParser, MultiPartParser
from rest_framework.renderers import BaseRenderer
from rest_framework.request import Request

from studio.api.problems import ApiProblem
from studio.api.words import says

MOST_BYTES = 1_000_000
DEEPEST = 32  # lists and objects in each other


class AlwaysJson(DefaultContentNegotiation):
    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[BaseRenderer, str]:
        return renderers[0], renderers[0].media_type


def read_bounded(stream: Any) -> bytes:
    """The whole body, whatever length its sender claims. ApiProblem where it is longer than may be."""
    raw = bytes(stream.read(MOST_BYTES + 1))
    if len(raw) > MOST_BYTES:
        raise too_large(MOST_BYTES)
    return raw


def too_large(most: int) -> ApiProblem:
    return ApiProblem("too-large", says("too_large", most=most))


class Json(BaseParser):
    """Strict: UTF-8, no NaN, no endless nesting."""

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        return read_json(read_bounded(stream))


def read_json(raw: bytes | str) -> Any:
    try:
        text = raw.decode() if isinstance(raw, bytes) else raw
        read = json.loads(text, parse_constant=_no_constant)
        _bound_depth(read)
    except (ValueError, RecursionError):
        raise ApiProblem("bad-request", says("json")) from None
    return read


def _bound_depth(value: Any) -> None:
    """ValueError for nesting that nothing sound has and that whoever writes it again would stumble over."""
    level = [value]
    for _ in range(DEEPEST):
        level = [
            inner
            for each in level
            if isinstance(each, dict | list)
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
        if not level:
            return
    raise ValueError


def _no_constant(name: str) -> NoReturn:
    raise ValueError(name)


class Yaml(BaseParser):
    """The text itself: what it says is read where its lines can be named."""

    media_type = "application/yaml"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        try:
            return read_bounded(stream).decode()
        except UnicodeDecodeError:
            raise ParseError("UTF-8") from None


class Form(MultiPartParser):
    """Files are bounded one by one where they are read; Django bounds the rest (DATA_UPLOAD_MAX_MEMORY_SIZE)."""
