"""A program with a token, and pictures it can ask for."""

import json
from collections.abc import Callable, Sequence
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from brand_styles.models import Brand
from generation.models import Asset
from generation.planning.brief import load_brief
from generation.services import submit_brief
from studio.access import Scope
from studio.models import User
from studio.tokens import make_token
from tests.studio import editable


class Program:
    """Somebody's token at work. Answers are as Django's client gives them; `said` their JSON."""

    def __init__(self, user: User, scopes: Sequence[Scope] = tuple(Scope), brands: Sequence[Brand] = ()) -> None:
        self.row, self.key = make_token(user=user, name="sheet", scopes=scopes, brands=brands)
        self.client = Client(headers={"authorization": f"Bearer {self.key}"})

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(self._whole(path), headers=self._named(headers))

    def post(self, path: str, sent: object = None, **headers: str) -> Any:
        body = b"" if sent is None else json.dumps(sent)
        return self.client.post(self._whole(path), body, content_type="application/json", headers=self._named(headers))

    def patch(self, path: str, sent: object) -> Any:
        return self.client.patch(self._whole(path), json.dumps(sent), content_type="application/json")

    def delete(self, path: str) -> Any:
        return self.client.delete(self._whole(path))

    def _whole(self, path: str) -> str:
        return path if path.startswith(("/", "http")) else f"/api/v1/{path}"

    def _named(self, headers: dict[str, str]) -> dict[str, str]:
        return {name.replace("_", "-"): value for name, value in headers.items()}


@pytest.fixture(autouse=True)
def _nobody_asked_before() -> None:
    cache.clear()


@pytest.fixture
def program(owner: User) -> Program:
    return Program(owner)


@pytest.fixture
def program_of() -> Callable[..., Program]:
    return Program


@pytest.fixture
def assets(owner: User) -> list[Asset]:
    """Two pictures that can be edited."""
    submit_brief(owner_id=owner.pk, data=load_brief(editable.BRIEF), source=editable.BRIEF)
    return editable.make_all()


def problem(answer: Any, status: int, code: str) -> dict[str, Any]:
    """The answer's problem, which is well formed and of that kind."""
    assert answer.status_code == status, answer.content.decode()
    assert answer.headers["Content-Type"] == "application/problem+json"
    said: dict[str, Any] = answer.json()
    assert said["status"] == status and said["type"] == f"/api/docs#{code}"
    assert said["title"] and said["detail"] and said["instance"].startswith("/api/")
    return said
