"""The cast: an owner and a teammate of brand demo, and a stranger who works for another brand."""

from collections.abc import Callable

import pytest
from django.test import Client

from brand_styles.models import Brand
from brand_styles.services import load_sample_brands
from generation import rendering
from generation.models import Brief
from generation.planning.brief import load_brief
from generation.services import submit_brief
from studio.models import Membership, Role, User
from tests.studio import quick

BRIEF = """\
version: 1
brand: demo
prompt: 我需要一个热闹的营销活动页面
copy: {headline: 会员狂欢日, cta: 立即参与}
formats: [300x250, 200x200]
seed: 7
"""


@pytest.fixture
def brands(db: None) -> None:
    load_sample_brands()


def _person(name: str, brand: str, role: Role) -> User:
    user = User.objects.create_user(name, password=f"a-password-for-{name}")
    Membership.objects.create(user=user, brand=Brand.objects.get(slug=brand), role=role)
    return user


@pytest.fixture
def owner(brands: None) -> User:
    return _person("owner", "demo", Role.OWNER)


@pytest.fixture
def teammate(brands: None) -> User:
    return _person("teammate", "demo", Role.OPERATOR)


@pytest.fixture
def stranger(brands: None) -> User:
    return _person("stranger", "larkmoor", Role.OWNER)


@pytest.fixture
def as_person() -> Callable[[User], Client]:
    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def client_of_owner(owner: User, as_person: Callable[[User], Client]) -> Client:
    return as_person(owner)


@pytest.fixture
def brief(owner: User) -> Brief:
    """A submitted brief of two formats, nothing made yet."""
    return submit_brief(owner_id=owner.pk, data=load_brief(BRIEF), source=BRIEF)


@pytest.fixture
def quick_pipeline(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generation.pipeline.make_asset", quick.make_asset)
    monkeypatch.setattr("generation.laying.lay_out", quick.lay_out)
    monkeypatch.setattr("generation.engines.loading.default_engine", quick.NoEngine)


@pytest.fixture
def made_brief(brief: Brief, quick_pipeline: None) -> Brief:
    """The brief with both assets made, as a worker makes them."""
    while rendering.make_next():
        pass
    return brief
