"""A product picture from a person: decoded in a child process, written again by us, or refused in a sentence."""

import io
import json
import struct
import zipfile
import zlib
from typing import Any

import numpy as np
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from generation.models import Brief
from tests.cast import BRIEF
from tests.studio.test_briefs import SOUND, problems


def cut_out() -> bytes:
    """A red disc on a transparent ground, 300 × 300."""
    y, x = np.mgrid[0:300, 0:300]
    pixels = np.zeros((300, 300, 4), np.uint8)
    pixels[np.hypot(x - 150, y - 150) < 120] = (200, 30, 30, 255)
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, "PNG")
    return out.getvalue()


def bomb() -> bytes:
    """A PNG that claims 30,000 × 30,000 pixels in a few bytes."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 6, 0, 0, 0)
    body = zlib.compress(bytes(1_000_000))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def send(client: Client, content: bytes, name: str = "../../product.png") -> Any:
    return client.post("/briefs/new", SOUND | {"product": SimpleUploadedFile(name, content)})


def test_a_cut_out_is_kept_as_our_own_png(client_of_owner: Client) -> None:
    assert send(client_of_owner, cut_out()).status_code == 302
    brief = Brief.objects.get()
    assert brief.product.startswith("products/") and brief.data["subject"] == {"image": "product.png"}
    with default_storage.open(brief.product) as file, Image.open(file) as image:
        assert image.mode == "RGBA" and image.getpixel((image.width // 2, image.height // 2)) == (200, 30, 30, 255)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(
    "content", [bomb(), cut_out()[:400], SVG, b"", b"not a picture"], ids=["bomb", "truncated", "svg", "empty", "text"]
)
def test_a_hostile_file_is_refused_beside_its_field(content: bytes, client_of_owner: Client) -> None:
    answer = send(client_of_owner, content)
    assert answer.status_code == 422
    assert problems(answer.content.decode())["subject-image"]
    assert not Brief.objects.exists()


def test_a_picture_over_the_limit_is_refused_before_it_is_decoded(client_of_owner: Client, settings: Any) -> None:
    settings.UPLOAD_MAX_BYTES = 100
    assert "larger than" in problems(send(client_of_owner, cut_out()).content.decode())["subject-image"]


PDF = b"%PDF-1.7\n1 0 obj <</Type /Catalog>> endobj\ntrailer <</Root 1 0 R>>\n%%EOF\n"


def upload(name: str, content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def test_claims_come_with_their_proofs_and_go_into_the_archive(client_of_owner: Client) -> None:
    rows = {
        "claim-1": "销量第一",
        "evidence-1": upload("report.pdf"),
        "claim-3": "好评",
        "evidence-3": upload("report.pdf"),
    }
    assert client_of_owner.post("/briefs/new", SOUND | rows).status_code == 302
    brief = Brief.objects.get()
    assert [e["file"] for e in brief.data["evidence"]] == ["report.pdf", "3-report.pdf"]
    assert [e["type"] for e in brief.evidence] == ["pdf", "pdf"]
    with default_storage.open(brief.evidence[0]["stored"]) as file:
        assert file.read() == PDF
    archive = zipfile.ZipFile(io.BytesIO(client_of_owner.get(f"/briefs/{brief.pk}/assets.zip").content))
    told = json.loads(archive.read("manifest.json"))["evidence"][1]
    assert archive.read(told["stored"]) == PDF and told["claim"] == "好评"


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ({"claim-1": "销量第一"}, "is empty"),
        ({"evidence-1": upload("report.pdf")}, "claim is empty"),
        ({"claim-1": "销量第一", "evidence-1": upload("report.pdf", b"PK a table")}, "not a PDF, PNG or JPEG"),
        ({"claim-1": "销量第一", "evidence-1": upload("report.pdf", PDF[:30])}, "breaks off"),
        ({"claim-1": "销量第一", "evidence-1": upload("证" * 60 + ".pdf")}, "name is too long"),
    ],
)
def test_a_claim_without_a_sound_proof_is_told_beside_its_field(
    rows: dict[str, Any], words: str, client_of_owner: Client
) -> None:
    answer = client_of_owner.post("/briefs/new", SOUND | rows)
    assert answer.status_code == 422 and words in problems(answer.content.decode())["evidence"]
    assert not Brief.objects.exists()
    assert not default_storage.exists("evidence")


def test_a_pasted_brief_brings_its_files_along(client_of_owner: Client) -> None:
    source = BRIEF + "subject: {image: bottle.png}\nevidence: [{claim: 销量第一, file: report.pdf}]\n"
    post = {"tab": "yaml", "source": source}
    bottle = upload("bottle.png", cut_out())
    some = client_of_owner.post("/briefs/new", post | {"attachments": [bottle]})
    assert "Line 8" in problems(some.content.decode())["source"] and not Brief.objects.exists()
    files = [upload("bottle.png", cut_out()), upload("report.pdf")]
    more = client_of_owner.post("/briefs/new", post | {"attachments": [*files, upload("other.pdf")]})
    assert "does not name this file" in problems(more.content.decode())["source"]
    files = [upload("bottle.png", cut_out()), upload("report.pdf")]
    assert client_of_owner.post("/briefs/new", post | {"attachments": files}).status_code == 302
    brief = Brief.objects.get()
    assert brief.product and brief.evidence[0]["claim"] == "销量第一"
