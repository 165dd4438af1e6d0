"""What a worker says of itself: from the engine it really holds, and what its settings name that is not there."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from generation import jobs, reporting
from generation.engines import loading
from generation.engines.cards import card_beside
from generation.engines.loading import asked_for, load_engine
from generation.errors import PermanentError
from generation.missing import missing_parts
from generation.models import WorkerReport


def test_the_report_is_of_the_engine_that_is_loaded() -> None:
    facts = reporting.facts_of(load_engine("embedded"))
    assert facts["name"] == "vermilion-embedded-v0" and len(facts["weights"]) == 64
    assert (facts["licence"], facts["ours"], facts["control"], facts["safety_checker"]) == (
        "Apache-2.0",
        True,
        "dense",
        "none",
    )
    assert facts["parameters"] > 4_000_000 and facts["device"] in ("cpu", "cuda")
    assert "stays out unless asked for" in facts["unused"]["en"]
    assert reporting.facts_of(load_engine("embedded", options=asked_for("embedded")))["unused"] is None
    assert "From noise it is of no use" in facts["card"]["limits"]


@pytest.mark.django_db
def test_a_row_goes_from_loading_to_ready_and_tells_its_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reporting, "EVERY", 3600.0)
    monkeypatch.setattr(loading, "default_engine", lambda: load_engine("embedded"))
    old = timezone.now() - timedelta(days=2)
    WorkerReport.objects.create(worker="gone", state="ready", started_at=old, seen_at=old)
    reporting.begin()
    row = WorkerReport.objects.get()
    assert (row.worker, row.state, row.facts) == (jobs.worker_name(), "loading", {})
    reporting.warmed()
    row.refresh_from_db()
    assert row.state == "ready" and row.facts["loaded_at"] and row.memory["resident"] > 50_000_000


@pytest.mark.django_db
def test_a_model_that_is_not_there_is_told_in_the_engines_own_words() -> None:
    with pytest.raises(PermanentError) as found:
        load_engine("/nowhere/model")
    reporting.warmed(found.value)
    row = WorkerReport.objects.get()
    assert row.state == "failed" and row.missing[0]["setting"] == "ENGINE" and "/nowhere/model" in row.missing[0]["en"]
    reporting.warmed(RuntimeError("secret path /home/x"))
    assert "secret" not in str(WorkerReport.objects.get().missing)


def test_what_is_configured_and_missing_is_told(settings: Any, tmp_path: Path) -> None:
    assert missing_parts() == []
    settings.ENGINE_LORAS = f"demo={tmp_path}/a.safetensors@0.5, nonsense"
    settings.ENGINE_STYLE_ADAPTER = settings.MATTING_MODEL = settings.LANGUAGE_MODEL = str(tmp_path / "none")
    settings.ENGINE_ANNOTATORS = str(tmp_path)
    (tmp_path / "depth").mkdir()
    told = missing_parts()
    assert [each["setting"] for each in told] == [
        "ENGINE_STYLE_ADAPTER",
        "ENGINE_LORAS",
        "ENGINE_LORAS",
        "ENGINE_ANNOTATORS",
        "MATTING_MODEL",
        "LANGUAGE_MODEL",
    ]
    assert "a.safetensors" in told[1]["en"] and "depth" not in told[3]["en"] and "pose" in told[3]["zh"]
    settings.LANGUAGE_MODEL = "http://127.0.0.1:9/v1"
    assert "OUTBOUND_ALLOW" in missing_parts()[-1]["en"]


def test_a_card_tells_its_licence_and_its_limits(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text(
        "---\nlicense: other\nlicense_name: open-x\n---\n# M\n## Limitations\n- Hands.\n\n## Next\nno"
    )
    assert card_beside(tmp_path) == {"licence": "open-x", "limits": "- Hands."}
    inner = tmp_path / "weights"
    inner.mkdir()
    assert card_beside(inner) == {"licence": "", "limits": ""}, "the folder above is not its own"
    (tmp_path / "README.md").write_text("---\n: [broken\n---\n")
    assert card_beside(tmp_path)["licence"] == ""
