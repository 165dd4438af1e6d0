"""Pictures waiting to be judged, and two people who judge them."""

import hashlib
from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from brand_styles.models import Brand
from generation.models import Brief
from reviews import enlisting, queue, services
from reviews.answers import Answer
from reviews.models import Dataset, Item, Learner, LearnerVersion, Review
from studio.models import Membership, Role, User

Say = Callable[..., Review]
MakeVersion = Callable[..., LearnerVersion]
WEIGHTS = "a" * 64  # hash of what adapters are trained on here


@pytest.fixture(autouse=True)
def no_slips(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is slipped in to measure reviewers comes by chance; tests of it ask for it."""
    monkeypatch.setattr("reviews.queue.slip_in", lambda *args: None)


def _reviewer(name: str) -> User:
    user = User.objects.create_user(name, password=f"a-password-for-{name}")
    Membership.objects.create(user=user, brand=Brand.objects.get(slug="demo"), role=Role.REVIEWER)
    return user


@pytest.fixture
def lin(brands: None) -> User:
    return _reviewer("lin")


@pytest.fixture
def mei(brands: None) -> User:
    return _reviewer("mei")


@pytest.fixture
def brand(brands: None) -> Brand:
    return Brand.objects.get(slug="demo")


@pytest.fixture
def waiting(made_brief: Brief) -> list[Item]:
    """The brief's two pictures, in the queue."""
    enlisting.enlist_new()
    return list(Item.objects.order_by("pk"))


@pytest.fixture
def say(brand: Brand) -> Say:
    """Take the next picture as somebody, and answer."""

    def answered(who: User, verdict: str = "approve", kind: str = Item.Kind.SINGLE, **given: object) -> Review:
        (seat,) = queue.take(who.pk, [brand.pk], kind, want=1)
        assert seat.token is not None
        said = Answer(verdict=verdict, **given)  # type: ignore[arg-type]
        return services.answer(seat_id=seat.pk, token=seat.token, reviewer_id=who.pk, given=said)

    return answered


@pytest.fixture
def make_third(brands: None) -> Callable[[], User]:
    """A third reviewer, where two are not enough."""
    return lambda: _reviewer("wu")


@pytest.fixture
def version(brand: Brand) -> MakeVersion:
    """A trained version of the next number, of any kind."""

    def made(content: str = "1 1 1", kind: str = "adapter", state: str = "trained") -> LearnerVersion:
        learner = Learner.objects.get_or_create(brand=brand, kind=kind)[0]
        number = learner.versions.count() + 1
        dataset = Dataset.objects.get_or_create(
            brand=brand, kind=kind, method="sft", sha256=hashlib.sha256(kind.encode()).hexdigest(), manifest="none"
        )[0]
        name = default_storage.save(f"learners/{kind}-{number}.safetensors", ContentFile(content.encode()))
        return LearnerVersion.objects.create(
            learner=learner,
            number=number,
            method="sft",
            state=state,
            dataset=dataset,
            base=WEIGHTS if kind == "adapter" else "",
            files={"weights": name},
            sha256=hashlib.sha256(content.encode()).hexdigest(),
        )

    return made
