"""The bench through its HTTP doors: recomposition, versions, conflicts, and who may."""

import io
import json
import struct
import tempfile
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.test import Client
from PIL import Image

from generation.models import Asset, Brief, Status
from generation.planning.brief import load_brief
from generation.services import submit_brief
from studio.models import User
from tests.studio import editable

DUPED = {"changes": [{"kind": "retype", "id": "headline", "text": "金秋会员日"}]}


@pytest.fixture
def assets(owner: User) -> list[Asset]:
    submit_brief(owner_id=owner.pk, data=load_brief(editable.BRIEF), source=editable.BRIEF)
    return editable.make_all()


@pytest.fixture
def bench(settings: Any) -> Iterator[None]:
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, editable.bench_at(settings, Path(folder)):
        yield


def post(client: Client, address: str, body: object) -> Any:
    return client.post(address, json.dumps(body), content_type="application/json")


def frame(content: bytes) -> tuple[dict[str, Any], Image.Image]:
    length = struct.unpack(">I", content[:4])[0]
    return json.loads(content[4 : 4 + length]), Image.open(io.BytesIO(content[4 + length :]))


def test_a_headline_is_retyped_saved_and_the_old_version_restored(
    client_of_owner: Client, assets: list[Asset], bench: None
) -> None:
    first = assets[0]
    about, picture = frame(post(client_of_owner, f"/assets/{first.pk}/compose", DUPED).content)
    assert picture.size == (600, 600)
    assert {e["id"]: e["text"] for e in about["elements"]}["headline"] == "金秋会员日"

    answer = post(client_of_owner, f"/assets/{first.pk}/versions", DUPED)
    assert answer.status_code == 201, answer.content
    second = Asset.objects.get(pk=answer.json()["asset"])
    assert (second.version, second.is_head, second.previous_id) == (2, True, first.pk)
    assert second.made_by and second.made_by.username == "owner" and "金秋会员日" in second.note["zh"]
    assert second.report["read_back"], "the words are read back when saved"
    changed = (editable.pixels(first) != editable.pixels(second)).any(axis=2)
    x0, y0, x1, y1 = next(layer["box"] for layer in first.design["layers"] if layer["id"] == "headline")
    changed[int(y0) - 30 : int(y1) + 30, int(x0) - 30 : int(x1) + 30] = False
    assert not changed.any(), "nothing but the headline is drawn anew"

    wall = client_of_owner.get(f"/briefs/{first.job.variant.brief_id}").content.decode()
    assert f"/assets/{second.pk}/thumbnail.jpg" in wall and f"/assets/{first.pk}/thumbnail.jpg" not in wall
    client_of_owner.post(f"/assets/{first.pk}/restore")
    assert [a.is_head for a in Asset.objects.filter(job=first.job).order_by("version")] == [True, False]
    page = client_of_owner.get(f"/assets/{second.pk}").content.decode()
    assert "You are looking at an older version." in page


def test_the_later_saving_is_told_and_nothing_is_lost(
    client_of_owner: Client,
    teammate: User,
    as_person: Callable[[User], Client],
    assets: list[Asset],
    bench: None,
) -> None:
    first, hers = assets[0], as_person(teammate)
    moved = {"changes": [{"kind": "move", "id": "headline", "dx": 0, "dy": -4}]}
    assert post(hers, f"/assets/{first.pk}/versions", moved).status_code == 201
    answer = post(client_of_owner, f"/assets/{first.pk}/versions", DUPED)
    theirs = Asset.objects.get(job=first.job, version=2)
    assert answer.status_code == 409
    assert "teammate saved version 2" in answer.json()["problem"]
    assert answer.json()["head"] == f"/assets/{theirs.pk}"
    assert Asset.objects.filter(job=first.job).count() == 2
    assert post(client_of_owner, f"/assets/{first.pk}/versions", DUPED | {"anyway": True}).status_code == 201
    assert [a.version for a in Asset.objects.filter(job=first.job, is_head=True)] == [3]
    assert Asset.objects.filter(job=first.job, version=2, previous=first).exists()


def test_what_does_not_fit_is_said_in_pixels_and_characters(
    client_of_owner: Client, assets: list[Asset], bench: None
) -> None:
    long = {
        "changes": [{"kind": "retype", "id": "cta", "text": "这是一个长得无论如何也放不进按钮里去的行动按钮文案" * 2}]
    }
    answer = post(client_of_owner, f"/assets/{assets[1].pk}/compose", long)
    assert answer.status_code == 422
    assert "728×90: the call to action needs" in answer.json()["problem"] and answer.json()["field"] == "cta"


def test_findings_follow_the_edit_and_a_blocked_version_blocks_its_job(
    client_of_owner: Client, assets: list[Asset], bench: None
) -> None:
    first = assets[0]
    over = next(layer["box"] for layer in first.design["layers"] if layer["id"] == "subline")
    home = next(layer["box"] for layer in first.design["layers"] if layer["id"] == "headline")
    onto = {"changes": [{"kind": "move", "id": "subline", "dx": home[0] - over[0], "dy": home[1] - over[1]}]}
    found = post(client_of_owner, f"/assets/{first.pk}/findings", onto).json()["findings"]
    assert any(f["severity"] == "block" and "overlap" in f["words"] for f in found)
    answer = post(client_of_owner, f"/assets/{first.pk}/versions", onto)
    saved = Asset.objects.select_related("job").get(pk=answer.json()["asset"])
    assert saved.verdict == "blocked" and saved.job.status == Status.BLOCKED


BAD = [
    b"",
    b"[]",
    b"nonsense",
    b'{"changes": {}}',
    b'{"changes": [{"kind": "explode", "id": "headline"}]}',
    b'{"changes": [{"kind": "move", "id": "headline", "dx": 1e999, "dy": 0}]}',
    b'{"changes": [{"kind": "recolour", "id": "headline", "color": "#123456"}]}',
    b'{"changes": [{"kind": "hide", "id": "headline"}]}',
    b'{"changes": [{"kind": "move", "id": "scene", "dx": 1, "dy": 1}]}',
    b'{"changes": [{"kind": "swap", "id": "headline", "other": "headline"}]}',
    b'{"changes": [{"kind": "retype", "id": "headline", "text": " \\n "}]}',
    b'{"changes": [{"kind": "retype", "id": "headline", "text": "half a character: \\ud83d"}]}',
    b'{"changes": ' + b"[" * 100 + b"]" * 100 + b"}",
]


def test_bad_changes_are_told_and_save_nothing(client_of_owner: Client, assets: list[Asset], bench: None) -> None:
    missed = []
    for body, what in product(BAD, ("compose", "versions")):
        address = f"/assets/{assets[0].pk}/{what}"
        answer = client_of_owner.post(address, body, content_type="application/json")
        if answer.status_code != 422 or not answer.json()["problem"] or Asset.objects.count() != 2:
            missed.append((what, body, answer.status_code))
    assert missed == []


def test_without_the_bench_the_page_is_told_to_wait(
    client_of_owner: Client, assets: list[Asset], settings: Any, tmp_path: Path
) -> None:
    settings.RUN_DIR = tmp_path
    answer = post(client_of_owner, f"/assets/{assets[0].pk}/compose", DUPED)
    assert answer.status_code == 503 and "restarted" in answer.json()["problem"]


def test_a_stranger_finds_nothing_and_old_scenes_are_told(
    client_of_owner: Client, stranger: User, as_person: Callable[[User], Client], made_brief: Brief, bench: None
) -> None:
    asset = Asset.objects.order_by("id")[0]  # of the quick pipeline, which keeps no scene
    for what in ("compose", "findings", "versions"):
        assert post(as_person(stranger), f"/assets/{asset.pk}/{what}", DUPED).status_code == 404
    assert as_person(stranger).post(f"/assets/{asset.pk}/restore").status_code == 404
    answer = post(client_of_owner, f"/assets/{asset.pk}/compose", DUPED)
    assert answer.status_code == 422 and "Make it anew" in answer.json()["problem"]


def test_recomposition_is_the_pictures_own_pixels(assets: list[Asset], bench: None) -> None:
    from generation.editing.composing import Bench
    from generation.editing.version import Version
    from generation.versions import payload_of

    for asset in assets:
        row = Asset.objects.select_related("job__variant__brief__library").get(pk=asset.pk)
        version = Version.model_validate(payload_of(row))
        again = Bench().picture(version.document(), version.files)
        assert np.array_equal(again, editable.pixels(asset))
