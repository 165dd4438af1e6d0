"""A brand begun on its pages: the owner's client in English, brand kiln with nothing decided yet, and a browser before both."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page

from brand_styles.drafts import open_draft
from brand_styles.models import Brand
from studio.models import User
from tests.studio.brands.test_drafts import NEW
from tests.studio.browsing import at_desk, opened


@pytest.fixture
def client(client_of_owner: Client) -> Client:
    client_of_owner.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client_of_owner


@pytest.fixture
def kiln(client: Client) -> Brand:
    assert client.post("/new-brand", NEW).status_code == 302
    return Brand.objects.get(slug="kiln")


@pytest.fixture
def demo(client: Client, owner: User) -> Brand:
    """The sample brand, with a draft open."""
    brand = Brand.objects.get(slug="demo")
    open_draft(brand, by=owner.pk)
    return brand


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    """Where the test's files lie."""
    settings.MEDIA_ROOT, settings.VAR_DIR = tmp_path / "files", tmp_path / "var"
    return tmp_path / "files"


@pytest.fixture
def page(chromium: Browser, live_server: Any, client_of_owner: Client) -> Iterator[Page]:
    yield from opened(at_desk(chromium, live_server, client_of_owner))
