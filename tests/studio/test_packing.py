"""Pages are packed on their way, rightly: who can't unpack gets them plain, and what stands still is still told so."""

import gzip
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from generation import jobs
from generation.models import Asset, Brief

GZIP = {"accept-encoding": "gzip, deflate, br"}


@pytest.mark.parametrize("address", ["/", "/briefs/{}", "/briefs/{}/live", "/api/schema/"])
def test_a_page_is_packed_for_who_unpacks_and_plain_for_others(
    client_of_owner: Client, brief: Brief, address: str
) -> None:
    url = address.format(brief.pk)
    packed, plain = client_of_owner.get(url, headers=GZIP), client_of_owner.get(url)
    assert packed["Content-Encoding"] == "gzip" and packed["Content-Length"] == str(len(packed.content))
    assert "Content-Encoding" not in plain and len(packed.content) < len(plain.content)
    assert "Accept-Encoding" in packed["Vary"] and "Accept-Encoding" in plain["Vary"]
    assert gzip.decompress(packed.content)[:40] == plain.content[:40]


@pytest.mark.parametrize("address", ["/briefs/{}/live", "/home/now"])
def test_a_packed_page_that_stands_still_is_not_sent_again(client_of_owner: Client, brief: Brief, address: str) -> None:
    url = address.format(brief.pk)
    seen = client_of_owner.get(url, headers=GZIP)
    again = {**GZIP, "if-none-match": seen["ETag"]}
    assert seen["Content-Encoding"] == "gzip" and client_of_owner.get(url, headers=again).status_code == 304
    jobs.claim_next()
    assert client_of_owner.get(url, headers=again).status_code == 200


def test_the_length_of_a_packed_page_tells_nothing_of_its_secrets(client_of_owner: Client, brief: Brief) -> None:
    """A guess that is in the page twice packs better; a length that changes by itself hides that (BREACH)."""
    pages = [client_of_owner.get(f"/briefs/{brief.pk}", headers=GZIP).content for _ in range(12)]
    assert len({len(page) for page in pages}) > 4


def test_pictures_archives_and_streams_go_as_they_are(client_of_owner: Client, made_brief: Brief) -> None:
    picture = Asset.objects.filter(job__variant__brief=made_brief)[0]
    for url in (
        f"/assets/{picture.pk}/picture.png",
        f"/briefs/{made_brief.pk}/assets.zip",
        f"/briefs/{made_brief.pk}/events",
    ):
        assert "Content-Encoding" not in client_of_owner.get(url, headers=GZIP), url


def test_static_files_are_packed_under_their_hashed_names_and_whole_fonts_are_not(
    settings: Any, tmp_path: Path
) -> None:
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "studio.web.packing.HashedFiles"}}
    call_command("collectstatic", interactive=False, verbosity=0)
    names = [str(path.relative_to(tmp_path)) for path in tmp_path.rglob("*") if path.is_file()]
    assert [name for name in names if name != "staticfiles.json" and not re.search(r"\.[0-9a-f]{12}\.", name)] == []
    packed = {name.rpartition(".")[0] for name in names if name.endswith(".br")}
    assert {Path(name).suffix for name in packed} >= {".css", ".js"}
    assert [name for name in packed if name.endswith((".ttf", ".woff", ".png"))] == []
    (style,) = tmp_path.glob("css/fonts.????????????.css")
    for address in set(re.findall(r'url\("\.\./([^"]+)"\)', style.read_text())):
        assert (tmp_path / address).is_file()
