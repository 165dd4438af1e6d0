"""The models: the page says what a worker said of itself, and nothing that only a setting says."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from generation import reporting
from generation.engines.loading import load_engine
from generation.models import Asset, Brief, WorkerReport
from studio.models import User


def page(client: Client, language: str = "en") -> str:
    return client.get("/models", headers={"accept-language": language}).content.decode()


def report(seconds_ago: float = 1, **fields: Any) -> WorkerReport:
    at = timezone.now() - timedelta(seconds=seconds_ago)
    given = {"worker": "host:7", "state": "ready", "started_at": at, "seen_at": at, "memory": {"resident": 4 * 10**8}}
    return WorkerReport.objects.create(**given | fields)


@pytest.fixture(scope="module")
def facts() -> dict[str, Any]:
    return reporting.facts_of(load_engine("embedded")) | {"loaded_at": timezone.now().isoformat()}


def test_it_shows_the_loaded_engine_as_the_worker_told_it(
    client_of_owner: Client, facts: dict[str, Any], made_brief: Brief
) -> None:
    report(facts=facts)
    said = page(client_of_owner)
    for words in (
        "vermilion-embedded-v0",
        facts["weights"],
        "Yes. Pictures may be used and sold.",
        "Apache-2.0",
        "400 MB",
    ):
        assert words in said
    assert "needs none" in said and "None was made with it yet." in said and "From noise" in said
    assert "Pictures are the renderer&#x27;s own · the built-in model" in said
    asset = Asset.objects.latest("id")
    recipe = asset.recipe | {"model": asset.recipe["model"] | {"weights": facts["weights"]}}
    Asset.objects.filter(pk=asset.pk).update(recipe=recipe, timings={"layout": 0.5, "diffusion": 2.0})
    assert f"{asset.width}×{asset.height}: 2.5 s" in page(client_of_owner)
    assert "可以。图片可商用" in page(client_of_owner, "zh-hans")


@pytest.mark.parametrize(
    ("family", "variant", "verdict"),
    [
        ("flux1", "", "No. Not without a licence"),
        ("flux1", "schnell", "Yes."),
        ("sd3", "", "Only below a yearly revenue"),
        ("kolors", "", "Only after registering"),
        ("", "", "Nobody knows here."),
    ],
)
def test_the_licence_is_told_in_plain_words(client_of_owner: Client, family: str, variant: str, verdict: str) -> None:
    report(facts={"name": "m", "family": family, "variant": variant, "ours": False, "safety_checker": "none"})
    said = page(client_of_owner)
    assert verdict in said and "Nobody but people looks at what it draws." in said


def test_settings_alone_load_nothing(client_of_owner: Client, settings: Any) -> None:
    settings.ENGINE = "stabilityai/stable-diffusion-xl-base-1.0"
    assert "No worker reports" in page(client_of_owner) and "stabilityai" not in page(client_of_owner)
    report(seconds_ago=120, facts={"name": "gone"})
    said = page(client_of_owner)
    assert "The last one was heard at" in said and "gone" not in said


def test_what_is_missing_is_told_with_what_to_do_to_whoever_runs_the_studio(
    client_of_owner: Client, owner: User
) -> None:
    lack = {"setting": "ENGINE", "en": "There is no checkpoint at /srv/x: point elsewhere.", "zh": "没有检查点。"}
    report(state="failed", missing=[lack])
    report(worker="host:8", state="failed", missing=[lack])
    said = page(client_of_owner)
    assert "/srv/x" not in said and said.count("Whoever runs the studio sees here what to do.") == 1
    User.objects.filter(pk=owner.pk).update(is_staff=True)
    assert page(client_of_owner).count("/srv/x") == 1 and "没有检查点" in page(client_of_owner, "zh-hans")


def test_a_worker_that_loads_says_so(client_of_owner: Client) -> None:
    report(state="loading", facts={})
    assert "A worker is loading its model" in page(client_of_owner)


def test_the_language_model_is_named_and_its_place_kept_from_others(
    client_of_owner: Client, owner: User, settings: Any
) -> None:
    assert "Headlines come from the phrase grammar" in page(client_of_owner)
    settings.LANGUAGE_MODEL, settings.LANGUAGE_MODEL_NAME = "https://llm.internal.example:8443/v1", "qwen-x"
    said = page(client_of_owner)
    assert "qwen-x" in said and "llm.internal" not in said
    User.objects.filter(pk=owner.pk).update(is_staff=True)
    assert "llm.internal.example" in page(client_of_owner)
    settings.LANGUAGE_MODEL = "/srv/models/tiny-chat/"
    assert "<strong>tiny-chat</strong>" in page(client_of_owner)
