"""Downloads: kinds of file, names, archives and contact sheets."""

import io
import urllib.parse
import zipfile
from collections.abc import Callable

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from generation.models import Asset, Brief
from studio.models import User
from studio.web.file_names import LONGEST, different, safe


@given(st.text(max_size=300))
def test_any_name_is_made_safe(name: str) -> None:
    made = safe(name)
    assert made and len(made.encode()) <= LONGEST
    assert not set(made) & set('<>:"/\\|?*\n\r\t\0') and made.strip(" .") == made.rstrip(" .").strip(" ")


@pytest.mark.parametrize(
    ("given_name", "made"),
    [
        ("../../etc/passwd", "etc-passwd"),
        ("CON", "_CON"),
        ("a\u202egnp.exe", "agnp.exe"),
        ("秋季 / 大促: 50%", "秋季 - 大促- 50%"),
        ("...", "picture"),
        ("_campaign__brief_", "campaign_brief"),
    ],
)
def test_hostile_names(given_name: str, made: str) -> None:
    assert safe(given_name) == made


def test_names_are_told_apart() -> None:
    assert different(["A.png", "a.png", "b.png", "A.png"]) == ["A.png", "a-2.png", "b.png", "A-3.png"]


@pytest.mark.parametrize(("kind", "form", "ext"), [("jpeg", "JPEG", "jpg"), ("webp", "WEBP", "webp")])
def test_one_picture_in_another_kind(
    client_of_owner: Client, made_brief: Brief, kind: str, form: str, ext: str
) -> None:
    asset = Asset.objects.order_by("id")[0]
    address = f"/assets/{asset.pk}/picture.png?download&kind={kind}&names={{w}}-{{h}}"
    sizes = []
    for quality in (40, 95):
        answer = client_of_owner.get(f"{address}&quality={quality}")
        assert f'filename="300-250.{ext}"' in answer["Content-Disposition"]
        with Image.open(io.BytesIO(answer.content)) as image:
            assert (image.format, image.size) == (form, (300, 250))
        sizes.append(len(answer.content))
    assert sizes[0] < sizes[1]


def test_a_selection_under_a_template(client_of_owner: Client, made_brief: Brief) -> None:
    first, _ = Asset.objects.order_by("id")
    base = f"/briefs/{made_brief.pk}/pictures.zip"
    whole = client_of_owner.get(f"{base}?names={{brand}}_v{{version}}")
    archive = zipfile.ZipFile(io.BytesIO(b"".join(whole)))
    assert archive.namelist() == ["demo_v1.png", "demo_v1-2.png"]
    one = client_of_owner.get(f"{base}?chosen=1&asset={first.pk}&kind=jpeg&names={{w}}x{{h}}.{{ext}}")
    assert zipfile.ZipFile(io.BytesIO(b"".join(one))).namelist() == ["300x250.jpg"]
    again = client_of_owner.get(f"/assets/{first.pk}/picture.png?download")
    assert "300x250.png" in again["Content-Disposition"], "the last template is remembered"


def test_wrong_wishes_are_told(client_of_owner: Client, made_brief: Brief) -> None:
    base = f"/briefs/{made_brief.pk}"
    for address in ("pictures.zip?chosen=1", "contact-sheet.pdf?chosen=1", "pictures.zip?chosen=1&asset=999999"):
        answer = client_of_owner.get(f"{base}/{address}")
        assert answer.status_code == 422 and "Choose at least one picture." in answer.content.decode()
    answer = client_of_owner.get(f"{base}/pictures.zip?names={{secret}}<script>")
    assert answer.status_code == 422
    assert (
        "“secret” is no part of a file name" in answer.content.decode()
        and b"<script>" not in answer.content.split(b"</head>")[1]
    )


def test_the_page_and_the_contact_sheet(client_of_owner: Client, made_brief: Brief) -> None:
    page = client_of_owner.get(f"/briefs/{made_brief.pk}/download").content.decode()
    assert page.count('name="asset"') == 2 and "会员狂欢日_300x250_v1_" in page
    answer = client_of_owner.get(f"/briefs/{made_brief.pk}/contact-sheet.pdf")
    assert answer.content[:5] == b"%PDF-" and len(answer.content) > 5000
    assert "会员狂欢日.pdf" in urllib.parse.unquote(answer["Content-Disposition"])


def test_a_stranger_downloads_nothing(stranger: User, as_person: Callable[[User], Client], made_brief: Brief) -> None:
    client = as_person(stranger)
    for address in ("download", "pictures.zip", "contact-sheet.pdf", "changes"):
        assert client.get(f"/briefs/{made_brief.pk}/{address}").status_code == 404
