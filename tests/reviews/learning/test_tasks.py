"""One wake does all that is due, in the right order: train, say what is expected, put the queue in order."""

from typing import Any

import pytest

from reviews.learning import tasks
from reviews.models import Features, Item, Ranking, ScorerVersion
from tests.reviews.learning.conftest import Make, judge, likes

pytestmark = pytest.mark.django_db


def test_what_is_due_is_done_once(make: Make, settings: Any) -> None:
    settings.REVIEW_SHARED_SCORER = False
    assets = make(45)
    judge(assets[:150], [likes(asset) for asset in assets[:150]])
    tasks.learn()
    row = ScorerVersion.objects.get()
    assert row.state == ScorerVersion.State.IN_USE
    assert set(Features.objects.values_list("scored_by", flat=True)) == {row.name}
    assert Ranking.objects.get().scorer == row.name and Item.objects.filter(strategy="doubt").exists()
    tasks.learn()
    assert ScorerVersion.objects.count() == 1 and Ranking.objects.get().seed == 1


def test_schedule_and_queue_are_those_of_the_media_worker(settings: Any) -> None:
    assert settings.CELERY_BEAT_SCHEDULE["learn"]["task"] == tasks.learn.name == "reviews.learn"
    assert settings.CELERY_TASK_ROUTES["reviews.*"] == {"queue": "media"}
    assert "reviews.learning.tasks" in settings.CELERY_IMPORTS
