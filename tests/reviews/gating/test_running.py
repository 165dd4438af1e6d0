"""Trials by the real pipeline: judged by the brand's scorer, resumed pair by pair, cancelled, and told plainly where they can't be held."""

from __future__ import annotations

import hashlib
import json
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone

from brand_styles.models import Brand
from generation import claims, jobs
from generation.errors import PermanentError
from generation.models import Job, Status
from reviews import promoting, tasks
from reviews.gating import gates, judging, packs, running
from reviews.models import Gate, GatePair, LearnerVersion, ScorerVersion
from tests.reviews.conftest import MakeVersion
from tests.reviews.gating.conftest import MakeBriefs, Tinting

State = LearnerVersion.State
LEASE = timedelta(seconds=30)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixteen pairs in place of two hundred. Of so few, one blocked picture more would be beyond the margin."""
    monkeypatch.setattr(packs, "PAIRS", 16)
    monkeypatch.setitem(judging.MARGINS, "blocked", 0.5)


def claimed(gate: Gate) -> gates.Mine:
    mine = claims.take_first(Gate.objects.filter(pk=gate.pk), LEASE)
    assert mine is not None
    return mine


def held(version: LearnerVersion) -> Gate:
    gate = gates.ask(version=version)
    running.run(claimed(gate))
    gate.refresh_from_db()
    version.refresh_from_db()
    return gate


@pytest.mark.timeout(900)
@pytest.mark.usefixtures("small", "scorer")
def test_what_the_reviewers_like_passes_and_what_they_dislike_is_refused(
    version: MakeVersion, briefs: MakeBriefs
) -> None:
    briefs(8)
    red, blue = version("1.06 1.0 0.9"), version("0.9 1.0 1.06")
    good = held(red)
    assert (good.error_en, good.passed, red.state) == ("", True, State.TRAINED)
    assert good.report["wins"]["low"] > 0.5 and good.report["briefs"] == 8
    promoting.promote(version=red)
    bad = held(blue)
    assert (bad.passed, blue.state) == (False, State.REFUSED)
    assert [pin["number"] for pin in bad.against] == [1]  # against what is in use
    assert "wins" in bad.report["failures"] and bad.report["worst"]
    with default_storage.open(bad.file) as file:
        whole = json.load(file)
    assert len(whole["made"]) == 16 and whole["pack"]["sha256"] == bad.pack.sha256  # type: ignore[union-attr]
    assert good.pack == bad.pack  # the same pack for both
    assert all(default_storage.exists(name) for name in bad.made.all()[0].shown.values())
    with pytest.raises(PermanentError, match="has not passed"):
        promoting.promote(version=blue)


@pytest.mark.timeout(900)
@pytest.mark.usefixtures("small", "scorer")
def test_a_killed_trial_goes_on_where_it_was_and_comes_out_the_same(version: MakeVersion, briefs: MakeBriefs) -> None:
    briefs(8)
    gate, made = gates.ask(version=version("1.06 1.0 0.9")), []

    def killed(done: int, pairs: int) -> None:
        if done == 3:
            raise SystemExit

    with pytest.raises(SystemExit):
        running.run(claimed(gate), killed)
    assert (Gate.objects.get().status, GatePair.objects.count()) == (Status.RUNNING, 3)
    before = list(GatePair.objects.values("number", "against", "candidate"))
    Gate.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    tasks.sweep()
    running.run(claimed(gate), lambda done, pairs: made.append(done))
    gate.refresh_from_db()
    assert (len(made), gate.passed, GatePair.objects.count()) == (13, True, 16)
    assert list(GatePair.objects.filter(number__lt=3).values("number", "against", "candidate")) == before
    again = Gate.objects.create(version=gate.version, against=gate.against, candidate=gate.candidate)
    running.run(claimed(again))
    again.refresh_from_db()
    assert again.report == gate.report


@pytest.mark.timeout(900)
@pytest.mark.usefixtures("small", "scorer")
def test_a_cancelled_trial_stops_and_its_version_stands_as_before(version: MakeVersion, briefs: MakeBriefs) -> None:
    briefs(8)
    row = version()
    gate = gates.ask(version=row)

    def stop(done: int, pairs: int) -> None:
        gates.cancel(Gate.objects.all())

    running.run(claimed(gate), stop)
    gate.refresh_from_db()
    row.refresh_from_db()
    assert (gate.status, gate.passed, row.state) == (Status.CANCELLED, None, State.TRAINED)
    assert gate.made.count() == 2  # it noticed at the next pair


@pytest.mark.timeout(900)
@pytest.mark.usefixtures("small", "scorer")
def test_pictures_that_people_wait_for_get_their_turn(
    version: MakeVersion, briefs: MakeBriefs, monkeypatch: Any
) -> None:
    monkeypatch.setattr(running, "BITE", 2)
    briefs(8)  # whose jobs wait
    gate = gates.ask(version=version())
    assert running.make_next()
    gate.refresh_from_db()
    assert (gate.status, gate.done) == (Status.QUEUED, 2)
    jobs.cancel(Job.objects.all())
    assert running.make_next()
    gate.refresh_from_db()
    assert gate.status == Status.FINISHED
    assert not running.make_next()


def test_without_a_scorer_it_is_told_plainly(version: MakeVersion, briefs: MakeBriefs, engine: Tinting) -> None:
    briefs(8)
    row = version()
    gate = held(row)
    assert (gate.status, row.state) == (Status.FAILED, State.TRAINED)
    assert "no scorer" in gate.error_en and "40" in gate.error_en and "评分模型" in gate.error_zh


@pytest.mark.usefixtures("scorer")
def test_too_few_briefs_are_told_plainly(version: MakeVersion, briefs: MakeBriefs) -> None:
    gate = held(version())  # the scorer's three briefs are there
    assert gate.status == Status.FAILED
    assert "8 past briefs" in gate.error_en and "has 3" in gate.error_en


def test_a_version_is_gated_once_at_a_time_and_only_when_trained(version: MakeVersion) -> None:
    row = version()
    assert gates.ask(version=row).pk == gates.ask(version=row).pk
    row.refresh_from_db()
    assert row.state == State.GATING
    with pytest.raises(PermanentError, match="is failed"):
        gates.ask(version=version(state="failed"))


def test_a_trial_that_kills_its_worker_three_times_is_given_up(version: MakeVersion) -> None:
    row = version()
    gate = gates.ask(version=row)
    for _ in range(claims.MOST_ATTEMPTS):
        claimed(gate)
        Gate.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        gates.release_expired()
    gate.refresh_from_db()
    row.refresh_from_db()
    assert (gate.status, row.state) == (Status.FAILED, State.TRAINED)
    assert "three times" in gate.error_en


@pytest.mark.usefixtures("small", "engine")
def test_a_pack_is_frozen_held_out_briefs_first(brand: Brand, briefs: MakeBriefs) -> None:
    made = briefs(30)
    pack = packs.pack_for(brand)
    places = packs.places_of(pack)
    splits = [place.split for place in places]
    assert splits == sorted(splits, key=lambda split: packs.ORDER[split]) and "holdout" in splits
    assert {place.brief for place in places} == {brief.pk for brief in made}
    assert packs.pack_for(brand) == pack == packs.freeze(brand)
    with default_storage.open(pack.file) as file:
        assert hashlib.sha256(file.read()).hexdigest() == pack.sha256
    default_storage.delete(pack.file)
    default_storage.save(pack.file, ContentFile(b"{}"))
    with pytest.raises(PermanentError, match="was changed"):
        packs.places_of(pack)


@pytest.mark.usefixtures("engine")
def test_a_whole_pack_has_two_hundred_pairs_on_small_canvases(brand: Brand, briefs: MakeBriefs) -> None:
    made = briefs(8)
    for brief in made[:4]:
        brief.data = brief.data | {"formats": ["1080x1080", "1080x1920"]}
        brief.save()
    pack = packs.pack_for(brand)
    places = packs.places_of(pack)
    assert pack.pairs == len(places) == len({(p.brief, p.variant, p.format) for p in places}) >= 200
    sizes = {tuple(int(side) for side in place.format.split("x")) for place in places}
    assert all(width * height <= 512 * 512 * 1.01 for width, height in sizes)
    assert len(sizes) >= 3


def test_another_scorer_begins_the_trial_anew(version: MakeVersion, scorer: ScorerVersion) -> None:
    gate = gates.ask(version=version())
    GatePair.objects.create(gate=gate, number=0)
    Gate.objects.update(scorer=scorer)
    ScorerVersion.objects.filter(pk=scorer.pk).update(state=ScorerVersion.State.RETIRED)
    scorer.pk, scorer.number, scorer.state = None, 2, ScorerVersion.State.IN_USE
    scorer.save(force_insert=True)
    running.run(claimed(gate))  # fails for want of briefs, but what the other judged is gone
    assert not GatePair.objects.exists()
