"""Pictures by the API: listed, explained, changed, changed late, commented."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from generation import late_changes
from generation.models import Asset, Brief, LateItem
from studio.models import User
from tests.studio import editable
from tests.studio.api.conftest import Program, problem

RETYPE = {"kind": "retype", "id": "headline", "text": "金秋会员日"}


@pytest.fixture
def bench(settings: Any) -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, editable.bench_at(settings, Path(folder)):
        yield


def test_what_a_picture_is_and_what_made_it(program: Program, made_brief: Brief) -> None:
    found = program.get("assets?verdict=pass&format=300x250&brand=demo&campaign=autumn").json()["results"]
    assert found == []
    (listed,) = program.get("assets?verdict=pass&format=300x250&brand=demo").json()["results"]
    shown = program.get(f"assets/{listed['id']}").json()
    assert shown["sha256"] == Asset.objects.get(pk=shown["id"]).sha256 and shown["made_by"] is None
    assert program.get(f"assets/{shown['id']}/recipe").json()["model"]["name"] == "quick"
    assert program.get(f"assets/{shown['id']}/design").json()["width"] == 300
    findings = program.get(f"assets/{shown['id']}/findings").json()
    assert findings["verdict"] == "pass" and findings["findings"][0]["words"]["zh"] == "底板比画面更浅。"
    assert len(findings["findings"][0]["box"]) == 4


def test_retype_nudge_conflict_and_restore(program: Program, assets: list[Asset], bench: None) -> None:
    base = f"assets/{assets[0].pk}"
    checked = program.post(f"{base}/check", {"changes": [RETYPE]})
    assert checked.status_code == 200 and isinstance(checked.json()["findings"], list)
    saved = program.post(f"{base}/versions", {"changes": [RETYPE]}, idempotency_key="one")
    assert saved.status_code == 201, saved.content
    version = saved.json()
    assert (version["version"], version["is_head"], version["made_by"]) == (2, True, "owner")
    assert "金秋会员日" in version["note"]["zh"] and version["previous"] == assets[0].pk
    assert program.post(f"{base}/versions", {"changes": [RETYPE]}, idempotency_key="one").json() == version
    nudge = {"changes": [{"kind": "move", "id": "headline", "dx": 0, "dy": -4}]}
    refused = problem(program.post(f"{base}/versions", nudge), 409, "edited-meanwhile")
    assert refused["head"] == version["id"] and "owner saved version 2" in refused["detail"]
    assert program.post(f"{base}/versions", nudge | {"anyway": True}).json()["version"] == 3
    assert program.post(f"{base}/restore").json()["is_head"]
    versions = program.get(f"{base}/versions?limit=2").json()
    assert [row["version"] for row in versions["results"]] == [3, 2] and versions["next"]
    assert [row["is_head"] for row in program.get(versions["next"]).json()["results"]] == [True]


def test_rerolls_and_more_like_one(program: Program, assets: list[Asset], settings: Any) -> None:
    brief = assets[0].job.variant.brief_id
    sent = {"assets": [row.pk for row in assets], "keep": ["copy", "palette"]}
    asked = program.post(f"briefs/{brief}/reroll", sent, idempotency_key="again")
    assert asked.status_code == 201, asked.content
    jobs = asked.json()["jobs"]
    assert {job["format"] for job in jobs} == {"600x600", "728x90"} and {job["variant"] for job in jobs} == {2}
    assert program.post(f"briefs/{brief}/reroll", sent, idempotency_key="again").json()["jobs"] == jobs
    more = program.post(f"assets/{assets[0].pk}/more", {"count": 2}).json()["jobs"]
    assert [job["variant"] for job in more] == [3, 4]
    everything = sent | {"keep": ["layout", "scene", "copy", "palette"]}
    problem(program.post(f"briefs/{brief}/reroll", everything), 422, "invalid")
    for ids in ([], [2**63]):
        told = problem(program.post(f"briefs/{brief}/reroll", {"assets": ids}), 422, "invalid")
        assert any(field.startswith("assets") for field in told["errors"])
    settings.QUEUE_LIMIT = 1
    problem(program.post(f"assets/{assets[0].pk}/more", {"count": 2}), 429, "limit")


def test_changes_that_cannot_be_made_are_told_at_their_field(
    program: Program, assets: list[Asset], bench: None, settings: Any, tmp_path: Path
) -> None:
    for changes, field in (
        ([], "changes"),
        ([{"kind": "explode", "id": "headline"}], "changes.0"),
        ([{"kind": "move", "id": "headline", "dx": "4", "dy": 0}], "changes.0.move.dx"),
        ([{"kind": "retype", "id": "headline", "text": ""}], "changes.0.retype.text"),
        ([{"kind": "hide", "id": "headline"}], "headline"),
        ([RETYPE | {"text": "很长很长的标题" * 40}], "headline"),
    ):
        said = problem(program.post(f"assets/{assets[0].pk}/versions", {"changes": changes}), 422, "invalid")
        assert field in said["errors"], said
    assert Asset.objects.count() == 2
    settings.RUN_DIR = tmp_path  # where no bench listens
    answer = program.post(f"assets/{assets[0].pk}/versions", {"changes": [RETYPE]}, idempotency_key="later")
    problem(answer, 503, "away")
    assert answer.headers["Retry-After"] == "5"


def test_a_late_change_is_ordered_followed_and_taken_back(program: Program, assets: list[Asset], bench: None) -> None:
    brief = assets[0].job.variant.brief_id
    sent = {"field": "price", "new": "¥45"}
    answer = program.post(f"briefs/{brief}/late-changes", sent)
    assert answer.status_code == 201, answer.content
    change = answer.json()
    assert change["total"] == change["waiting"] == 2 and {item["after"] for item in change["items"]} == {"¥45"}
    while late_changes.make_next():
        pass
    done = program.get(f"late-changes/{change['id']}").json()
    assert done["waiting"] == 0 and done["changed"] + done["failed"] == 2
    assert [row["id"] for row in program.get(f"briefs/{brief}/late-changes").json()["results"]] == [change["id"]]
    assert program.post(f"late-changes/{change['id']}/undo").json()["undone_at"]
    assert program.post(f"late-changes/{change['id']}/redo").json()["undone_at"] is None
    nothing = program.post(f"briefs/{brief}/late-changes", {"old": "¥99", "new": "¥45"})
    assert "No picture" in problem(nothing, 422, "invalid")["errors"]["old"][0]
    said = problem(program.post(f"briefs/{brief}/late-changes", {"new": ""}), 422, "invalid")
    assert said["errors"].keys() == {"new"} and LateItem.objects.count() == 2


def test_comments_are_written_resolved_and_opened_again(
    program: Program, program_of: Callable[..., Program], made_brief: Brief, teammate: User
) -> None:
    asset = Asset.objects.all()[0].pk
    text = "<script>alert(1)</script> bolder"
    written = program.post(f"assets/{asset}/comments", {"text": text, "x": 0.5, "y": 1})
    assert written.status_code == 201 and written.json()["text"] == text
    program_of(teammate).post(f"assets/{asset}/comments", {"text": "Yes"})
    assert [row["writer"] for row in program.get(f"assets/{asset}/comments").json()["results"]] == ["owner", "teammate"]
    base = f"comments/{written.json()['id']}"
    assert program.post(f"{base}/resolve").json()["resolved_by"] == "owner"
    assert program.post(f"{base}/reopen").json()["resolved_at"] is None
    for sent, field in (
        ({"text": " "}, "text"),
        ({"text": "x", "x": 0.5}, "point"),
        ({"text": "x", "x": 2, "y": 0}, "x"),
    ):
        assert field in problem(program.post(f"assets/{asset}/comments", sent), 422, "invalid")["errors"]
