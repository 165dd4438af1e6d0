"""The bench and its files."""

import hashlib
import io
import json
import urllib.parse
import zipfile

from django.core.files.storage import default_storage
from django.test import Client
from PIL import Image

from generation.models import Asset, Brief


def test_the_bench_shows_picture_findings_and_recipe(client_of_owner: Client, made_brief: Brief) -> None:
    asset = Asset.objects.order_by("id").first()
    assert asset
    page = client_of_owner.get(f"/assets/{asset.pk}").content.decode()
    assert f"/assets/{asset.pk}/picture.png" in page
    assert "The panel is paler than its picture." in page
    x, y, width, height = 24.0, 25.0, 156.0, 30.0  # quick.design_of on 300 × 250
    assert f'x="{x:.2f}" y="{y:.2f}" width="{width:.2f}" height="{height:.2f}"' in page
    assert str(asset.seed) in page and "demo@1" in page
    assert 'rel="next"' in page and 'rel="prev"' not in page


def test_the_picture_is_the_file_that_was_made(client_of_owner: Client, made_brief: Brief) -> None:
    for asset in Asset.objects.all():
        answer = client_of_owner.get(f"/assets/{asset.pk}/picture.png?download")
        assert hashlib.sha256(answer.content).hexdigest() == asset.sha256
        assert Image.open(io.BytesIO(answer.content)).size == (asset.width, asset.height)
        name = urllib.parse.unquote(answer["Content-Disposition"])
        assert f"会员狂欢日_{asset.width}x{asset.height}_v1_{asset.created_at:%Y-%m-%d}.png" in name
        assert client_of_owner.get(f"/assets/{asset.pk}/thumbnail.jpg").content[:2] == b"\xff\xd8"


def test_documents_are_json(client_of_owner: Client, made_brief: Brief) -> None:
    asset = Asset.objects.first()
    assert asset
    for kind, key in (("design", "layers"), ("recipe", "seed"), ("preflight", "verdict")):
        assert key in json.loads(client_of_owner.get(f"/assets/{asset.pk}/{kind}.json").content)
    assert client_of_owner.get(f"/assets/{asset.pk}/secrets.json").status_code == 404


def test_the_archive_holds_everything_and_a_manifest(client_of_owner: Client, made_brief: Brief) -> None:
    answer = client_of_owner.get(f"/briefs/{made_brief.pk}/assets.zip")
    archive = zipfile.ZipFile(io.BytesIO(answer.content))
    manifest = json.loads(archive.read("manifest.json"))
    assert [a["format"] for a in manifest["assets"]] == ["300x250", "200x200"]
    named = {a[key] for a in manifest["assets"] for key in ("file", "design", "recipe", "preflight")}
    assert named | {"manifest.json", "brief.yaml"} == set(archive.namelist())


def test_a_lost_file_is_not_a_crash(client_of_owner: Client, made_brief: Brief) -> None:
    asset = Asset.objects.first()
    assert asset
    default_storage.delete(asset.file)
    assert client_of_owner.get(f"/assets/{asset.pk}/picture.png").status_code == 404
