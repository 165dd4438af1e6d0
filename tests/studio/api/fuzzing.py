"""Requests made up from the OpenAPI document by schemathesis, sound and unsound ones, against the studio's own WSGI application.

Each is sent in a savepoint that is rolled back, so that the rows they name stay; half of them name rows that are there.
"""

import socket
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections, transaction
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from studio.api.schema import written

CHECKS = [
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]


class Fuzzer:
    """`rows`: real values of path parameters, by name. `statuses` and `troubles` are what came of it."""

    def __init__(self, key: str, rows: Mapping[str, Any]) -> None:
        self.headers = {"Authorization": f"Bearer {key}", "Accept-Encoding": "identity"}  # it unpacks no answer
        self.rows = rows
        self.schema = schemathesis.openapi.from_dict(written("en"))
        self.schema.app = get_wsgi_application()
        self.statuses: Counter[int] = Counter()
        self.troubles: list[str] = []

    def run(self, examples: int, part: int = 0, parts: int = 1) -> int:
        """Ask every operation, or every so manieth of them, about `examples` times each way. Returns how many requests were sent."""
        for found in list(self.schema.get_all_operations())[part::parts]:
            operation = found.ok()  # type: ignore[union-attr]  # the document is sound
            for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
                for given_rows in self._given(operation):
                    self._ask(operation, mode, given_rows, examples)
        return self.statuses.total()

    def _given(self, operation: Any) -> list[dict[str, Any] | None]:
        """With the rows that are there, and with whatever comes to mind."""
        names = {parameter.name for parameter in operation.path_parameters}
        return [{name: self.rows[name] for name in names}, None] if names else [None]

    def _ask(self, operation: Any, mode: GenerationMode, rows: dict[str, Any] | None, examples: int) -> None:
        try:
            strategy = operation.as_strategy(generation_mode=mode, path_parameters=rows)
        except Exception:  # nothing unsound can be made up for an operation that takes nothing
            if mode is GenerationMode.POSITIVE:
                raise
            return
        share = max(1, examples // 2) if rows is not None or operation.path_parameters else examples

        @hypothesis_settings(
            max_examples=share,
            derandomize=True,
            database=None,
            deadline=None,
            phases=(Phase.generate,),
            suppress_health_check=list(HealthCheck),
        )
        @given(case=strategy)
        def send(case: Any) -> None:
            self._send(case)

        try:
            send()
        except schemathesis.errors.SchemathesisError:
            if mode is GenerationMode.POSITIVE:
                raise

    def _send(self, case: Any) -> None:
        with transaction.atomic():
            response = case.call(headers=self.headers)
            transaction.set_rollback(True)
        self.statuses[response.status_code] += 1
        if response.status_code >= 500 and response.status_code != 503:  # 503: the bench is away, as the document says
            self.troubles.append(f"{case.as_curl_command()} {response.status_code}")
        try:
            case.validate_response(response, checks=CHECKS)
        except (AssertionError, schemathesis.errors.SchemathesisError, BaseExceptionGroup) as failure:
            self.troubles.append(f"{case.method} {case.path} {response.status_code}\n{failure}")


@contextmanager
def kept_connection() -> Iterator[None]:
    """The test's connection outlives the requests, as Django's own test client has it."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


def resolved(host: str, port: int, *args: Any, **kwargs: Any) -> Any:
    """In place of a name server: numbers are what they are, example.com is public, other names are unknown."""
    if host == "example.com":
        host = "93.184.216.34"
    if host.replace(".", "").isdecimal() or ":" in host:
        return _numeric(host, port, socket.AF_UNSPEC, socket.SOCK_STREAM, 0, socket.AI_NUMERICHOST)
    raise socket.gaierror(socket.EAI_NONAME, "unknown")


_numeric = socket.getaddrinfo
