"""Briefs by the API: submitted, listed in parts, followed, cancelled, made again, moved ahead."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile

from generation import rendering
from generation.models import Brief, Job, Status
from studio.models import Quota, User
from studio.signing import LASTS_SECONDS
from tests.studio.api.conftest import Program, problem

BRIEF: dict[str, Any] = {
    "brand": "demo",
    "prompt": "我需要一个热闹的营销活动页面",
    "copy": {"headline": "会员狂欢日", "cta": "立即参与"},
    "formats": ["300x250", "200x200"],
}


def test_from_brief_to_picture(program: Program, quick_pipeline: None) -> None:
    sent = program.post("briefs", BRIEF)
    assert sent.status_code == 201, sent.content
    brief = sent.json()
    assert brief["brand"] == "demo" and brief["jobs"] == {"total": 2, "waiting": 2, "made": 0, "troubled": 0}
    assert (
        brief["data"]["copy"]["headline"] == "会员狂欢日"
        and sent.headers["Location"] == f"/api/v1/briefs/{brief['id']}"
    )
    assert yaml.safe_load(Brief.objects.get(pk=brief["id"]).source)["brand"] == "demo"

    jobs = program.get(f"briefs/{brief['id']}/jobs").json()["results"]
    assert [(job["format"], job["status"], job["place"]) for job in jobs] == [
        ("300x250", "queued", 0),
        ("200x200", "queued", 1),
    ]
    while rendering.make_next():
        pass
    done = program.get(f"briefs/{brief['id']}").json()
    assert done["progress"] == 1 and done["jobs"]["made"] == 2 and done["seconds_left"] is None
    found = program.get(f"assets?brief={brief['id']}").json()["results"]
    assert {asset["format"] for asset in found} == {"300x250", "200x200"}
    files = found[0]["files"]
    assert program.client.get(files["picture"]["url"]).content.startswith(b"\x89PNG")
    assert program.get(f"jobs/{jobs[0]['id']}").json()["asset"] in {asset["id"] for asset in found}
    assert LASTS_SECONDS == 600 and files["picture"]["expires_at"]


def test_signed_addresses_need_no_token_and_end(program: Program, made_brief: Brief, monkeypatch: Any) -> None:
    from django.test import Client

    url = program.get("assets").json()["results"][0]["files"]["thumbnail"]["url"]
    assert Client().get(url).headers["Content-Type"] == "image/jpeg"
    import time as clock

    later = clock.time() + 2 * LASTS_SECONDS
    monkeypatch.setattr("studio.signing.time.time", lambda: later)
    assert Client().get(url).status_code == 410


def test_a_brief_as_yaml_and_one_with_its_files(program: Program) -> None:
    text = yaml.safe_dump(BRIEF, allow_unicode=True)
    answer = program.client.post("/api/v1/briefs", text.encode(), content_type="application/yaml")
    assert answer.status_code == 201 and Brief.objects.get(pk=answer.json()["id"]).source == text

    claim = BRIEF | {"evidence": [{"claim": "第一", "file": "report.pdf"}]}
    report = SimpleUploadedFile("report.pdf", b"%PDF-1.4\n%%EOF\n")
    for brief in (json.dumps(claim), yaml.safe_dump(claim, allow_unicode=True)):
        answer = program.client.post("/api/v1/briefs", {"brief": brief})
        assert "did not come along" in problem(answer, 422, "invalid")["errors"]["evidence[1].file"][0]
    report.seek(0)
    answer = program.client.post("/api/v1/briefs", {"brief": json.dumps(claim), "files": [report]})
    assert answer.status_code in (201, 422) and b"Traceback" not in answer.content


@pytest.mark.parametrize(
    ("sent", "field"),
    [
        ({}, "brand"),
        ([], "brief"),
        ("text", "brief"),
        (BRIEF | {"formats": ["10x10"]}, "formats[1]"),
        (BRIEF | {"variants": "2"}, "variants"),
        (BRIEF | {"brand": "larkmoor"}, "brand"),
        (BRIEF | {"brand": "demo@99"}, "brand"),
        (BRIEF | {"subject": {"element": "none-such"}}, "subject.element"),
        (BRIEF | {"subject": {"image": "../../etc/passwd"}}, "subject.image"),
        (BRIEF | {"surprise": 1}, "surprise"),
        (BRIEF | {"copy": {"headline": "\ud800"}}, "copy.headline"),
    ],
)
def test_every_fault_is_told_at_its_field(program: Program, sent: object, field: str) -> None:
    if sent == "text":
        answer = program.client.post("/api/v1/briefs", b'"text"', content_type="application/json")
        assert answer.status_code == 422
        return
    said = problem(program.post("briefs", sent), 422, "invalid")
    assert field in said["errors"] and all(said["errors"][field])
    assert not Brief.objects.exists()


def test_refusals_speak_the_language_that_was_asked_for(program: Program) -> None:
    for language, words in (("zh-CN", "内容有误"), ("en-GB", "Something in it is not right")):
        answer = program.post("briefs", {"brand": "demo"}, accept_language=language)
        assert problem(answer, 422, "invalid")["title"] == words


def test_lists_come_in_parts_that_stay_put(program: Program, owner: User, brief: Brief) -> None:
    ids = [program.post("briefs", BRIEF | {"seed": seed}).json()["id"] for seed in range(5)]
    first = program.get("briefs?limit=2&brand=demo").json()
    newer = program.post("briefs", BRIEF).json()["id"]
    second = program.get(first["next"]).json()
    third = program.get(second["next"]).json()
    seen = [row["id"] for part in (first, second, third) for row in part["results"]]
    assert seen == [*reversed(ids), brief.pk] and newer not in seen and third["next"] is None
    assert "brand=demo" in first["next"] and program.get("briefs?campaign=none").json()["results"] == []


@pytest.mark.parametrize(
    "query",
    [
        "limit=0",
        "limit=101",
        "limit=x",
        "limit=1.0",
        "cursor=x",
        "cursor=YWZ0ZXIteA",
        "cursor=é",
        "size=2",
        "brand=%00",
    ],
)
def test_bad_queries_are_told(program: Program, query: str) -> None:
    assert problem(program.get(f"briefs?{query}"), 422, "invalid")["errors"].keys() == {query.partition("=")[0]}


def test_cancel_take_back_retry_and_move_ahead(program: Program, brief: Brief) -> None:
    base = f"briefs/{brief.pk}"
    assert program.post(f"{base}/ahead").json()["can_go_ahead"] == 0
    assert all(job["is_ahead"] for job in program.get(f"{base}/jobs").json()["results"])
    assert program.post(f"{base}/cancel").json()["undoable"] == 2
    assert set(Job.objects.values_list("status", flat=True)) == {Status.CANCELLED}
    assert program.post(f"{base}/undo-cancel").json()["jobs"]["waiting"] == 2
    job = Job.objects.order_by("id")[0]
    assert program.post(f"jobs/{job.pk}/cancel").json()["status"] == "cancelled"
    assert program.post(f"jobs/{job.pk}/retry").json()["status"] == "queued"
    program.post(f"{base}/cancel")
    assert program.post(f"{base}/retry").json()["jobs"]["waiting"] == 2


def test_limits_and_quotas_are_told(program: Program, brief: Brief, settings: Any) -> None:
    settings.QUEUE_LIMIT = 3
    assert "wait" in problem(program.post("briefs", BRIEF), 429, "limit")["detail"]
    settings.QUEUE_LIMIT = 100
    Quota.objects.create(brand=brief.library.brand, day_seconds=1)
    assert "machine time" in problem(program.post("briefs", BRIEF), 429, "limit")["detail"]
    assert Brief.objects.count() == 1


def test_pages_and_api_are_the_same_brief(program: Program, as_person: Callable[[User], Any], owner: User) -> None:
    made = program.post("briefs", BRIEF).json()["id"]
    assert as_person(owner).get(f"/briefs/{made}").status_code == 200
