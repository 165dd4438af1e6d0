"""A product picture from a person: decoded in a child process, written again by us, or refused in a sentence."""

import io
import struct
import zlib
from typing import Any

import numpy as np
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from generation.models import Brief
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
