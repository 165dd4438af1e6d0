"""A scorer learns a planted taste and nothing from shuffled labels; it is used only where it is no worse, and told why."""

from typing import Any

import numpy as np
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from generation.models import Asset
from reviews.learning import labels as labelling
from reviews.learning import ranking, training, verdicts
from reviews.learning.scorer import BadScorer
from reviews.models import Features, ScorerVersion
from tests.reviews.conftest import Say
from tests.reviews.learning.conftest import Make, judge, likes

pytestmark = pytest.mark.django_db
State = ScorerVersion.State


def brand_of(assets: list[Asset]) -> int:
    return assets[0].job.variant.brief.library.brand_id


@pytest.fixture
def unlike(settings: Any) -> None:
    settings.REVIEW_SHARED_SCORER = False


def test_a_planted_taste_is_learnt_and_used(make: Make, settings: Any) -> None:
    settings.REVIEW_SHARED_SCORER = True
    assets = make(65)
    judge(assets[:240], [likes(asset) for asset in assets[:240]])
    brand = brand_of(assets)
    own, shared = training.train_due()
    assert (own.state, own.brand_id, shared.brand_id) == (State.IN_USE, brand, None)
    assert own.metrics["on"] == "holdout" and own.metrics["auc"]["value"] > 0.9 and own.metrics["auc"]["low"] > 0.7
    assert own.metrics["brier"]["value"] < 0.15 and own.reason["en"] and own.reason["zh"] and own.metrics["told"]["zh"]
    assert (own.labels, own.briefs, len(own.sha256), len(own.rubric)) == (240, 60, 64, 16)
    assert training.train_due() == []  # nothing new
    # pictures nobody judged: likely ones first on the wall
    assert ranking.score_next(brand) == Features.objects.count() and ranking.score_next(brand) == 0
    unseen = assets[240:]
    liked = np.array([likes(asset) for asset in unseen])
    said = np.array([Features.objects.get(asset=asset).usable for asset in unseen], np.float64)
    assert said[liked].mean() > said[~liked].mean() + 0.4
    first = ranking.best_first(unseen[0].job.variant.brief_id)
    chances = [each.usable or 0.0 for each in first]
    assert chances == sorted(chances, reverse=True) and len(chances) == 4
    assert first[0].scored_by == own.name


def test_shuffled_labels_teach_nothing(make: Make) -> None:
    assets = make(40)
    truth = np.array([likes(asset) for asset in assets])
    for seed in range(6):
        judge(assets, np.random.default_rng(seed).permutation(truth).tolist())
        row = training.train(brand_of(assets))
        assert row is not None and row.state == State.REFUSED and "isn't surely better" in row.reason["en"]
        assert (
            row.metrics["against_guess"]["worse"] > 1 - verdicts.BEATEN or row.metrics["auc"]["low"] <= verdicts.CHANCE
        )
    assert training.scorer_for(brand_of(assets)) is None


def test_few_labels_or_one_kind_alone_make_no_scorer(make: Make) -> None:
    assets = make(12)
    brand = brand_of(assets)
    judge(assets[:39], [True, False] * 19 + [True])
    told = training.few_labels(brand)
    assert told is not None and "39" in told.en and "39" in told.zh
    assert training.train_due() == [] and training.train(brand) is None
    judge(assets, [True] * 48)
    told = training.few_labels(brand)
    assert told is not None and "48" in told.en and training.train_due() == []


def test_a_scorer_that_forgot_is_refused_and_the_one_before_stays(make: Make, unlike: None) -> None:
    assets = make(50)
    judge(assets[:160], [likes(asset) for asset in assets[:160]])
    brand = brand_of(assets)
    (good,) = training.train_due()
    held = labelling.held_out(np.array([asset.job.variant.brief_id for asset in assets]))
    wrong = [likes(asset) if kept else not likes(asset) for asset, kept in zip(assets, held, strict=True)]
    for asset, usable in zip(assets, wrong, strict=True):
        if asset in assets[160:] or not held[assets.index(asset)]:
            judge([asset], [usable if assets.index(asset) % 3 else not usable])
    (bad,) = training.train_due()
    assert bad.state == State.REFUSED and bad.number == 2
    assert training.in_use(brand) == good and training.train_due() == []  # not again on the same labels


def test_a_better_one_takes_its_place(make: Make, unlike: None) -> None:
    assets = make(60)
    judge(
        assets[:100], [likes(asset) is not (i % 9 == 0) for i, asset in enumerate(assets[:100])]
    )  # one answer in nine is a slip
    (first,) = training.train_due()
    judge(assets[100:115], [likes(asset) for asset in assets[100:115]])
    assert training.train_due() == []  # fifteen more aren't enough
    judge(assets, [likes(asset) for asset in assets])
    (second,) = training.train_due()
    first.refresh_from_db()
    assert (first.state, second.state) == (State.RETIRED, State.IN_USE)
    assert second.metrics["against_last"]["worse"] < verdicts.SURE


def test_brands_share_only_where_they_may(make: Make, settings: Any) -> None:
    assets = make(40)
    judge(assets, [likes(asset) for asset in assets])
    settings.REVIEW_SHARED_SCORER = True
    training.train_due()
    elsewhere = brand_of(assets) + 1
    found = training.scorer_for(elsewhere)
    assert found is not None and found.brand is None and found.name.startswith("studio/")
    settings.REVIEW_SHARED_SCORER = False
    assert training.scorer_for(elsewhere) is None


def test_a_file_that_was_changed_is_not_read(make: Make, unlike: None) -> None:
    assets = make(40)
    judge(assets, [likes(asset) for asset in assets])
    (row,) = training.train_due()
    assert row.state == State.IN_USE and training.loaded(row).names_hash == row.names_hash
    with default_storage.open(row.file) as file:
        data = file.read()
    default_storage.save(row.file, ContentFile(data[:-1] + b"x"))
    with pytest.raises(BadScorer, match="not the file"):
        training.loaded(row)
    default_storage.delete(row.file)
    with pytest.raises(BadScorer, match="can't be read"):
        training.loaded(row)


def test_what_reviewers_scored_comes_with_the_labels(make: Make, say: Say, lin: Any) -> None:
    make(1, per_brief=1)
    review = say(lin, scores={"hue": 4, "layout": 2})
    features = Features.objects.get(asset=review.item.asset_id)
    found = labelling.labels_of(review.brand_id, features.names_hash, features.embedder_hash)
    assert len(found) == 1 and found.usable.tolist() == [True]
    assert {key: values.tolist() for key, values in found.scores.items()} == {"hue": [4.0], "layout": [2.0]}
