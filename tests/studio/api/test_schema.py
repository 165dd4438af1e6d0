"""The OpenAPI document is whole, and in both languages."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern

from studio.api.summaries import OPERATIONS
from studio.api.urls import V1
from studio.api.words import KINDS, SAYS
from studio.webhooks import EVENTS

HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture
def document(client: Client) -> dict[str, Any]:
    said: dict[str, Any] = client.get("/api/schema/", headers={"accept-language": "en"}).json()
    return said


def operations(document: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [(path, method, about) for path, methods in document["paths"].items() for method, about in methods.items()]


@pytest.mark.django_db
def test_every_address_and_operation_is_in_it(document: dict[str, Any]) -> None:
    assert document["openapi"] == "3.1.0"
    patterns = {
        re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", f"/api/v1/{row.pattern}") for row in V1 if isinstance(row, URLPattern)
    }
    assert document["paths"].keys() == patterns
    assert {about["operationId"] for _, _, about in operations(document)} == OPERATIONS.keys()
    assert document["webhooks"].keys() == EVENTS.keys()


@pytest.mark.django_db
def test_every_operation_says_how_it_refuses(document: dict[str, Any]) -> None:
    for path, method, about in operations(document):
        answers = about["responses"]
        assert {"401", "429"} <= answers.keys() and about["summary"] and about["security"], path
        assert ("404" in answers) >= ("{" in path) and ("403" in answers) >= (method != "get")
        assert {"400", "413", "415", "422"} <= answers.keys() or "requestBody" not in about
        for status, answer in answers.items():
            wanted = "application/problem+json" if status >= "400" else "application/json"
            assert list(answer.get("content", {wanted: 0})) == [wanted]
    assert document["components"]["securitySchemes"].keys() == {"token", "session"}


@pytest.mark.django_db
def test_no_reference_leads_nowhere(document: dict[str, Any]) -> None:
    known = {f"#/components/schemas/{name}" for name in document["components"]["schemas"]}
    assert set(re.findall(r"'\$ref': '([^']+)'", str(document))) <= known


@pytest.mark.django_db
def test_it_speaks_both_languages(client: Client) -> None:
    said = client.get("/api/schema/", headers={"accept-language": "zh-CN"}).json()
    assert all(HAN.search(about["summary"]) for _, _, about in operations(said) if "Webhook" not in about["summary"])
    page = client.get("/api/docs", headers={"accept-language": "zh-CN"}).content.decode()
    assert "提交简报" in page and 'id="edited-meanwhile"' in page


def test_sentences_are_written_twice_and_calm() -> None:
    said = [*OPERATIONS.values(), *SAYS.values(), *(title for _, title in KINDS.values())]
    assert [words for words in said if not words.en or not (HAN.search(words.zh) or "Webhook" in words.zh)] == []
    assert [words for words in said if re.search(r"[!！]", words.en + words.zh)] == []
