"""The face of the studio's own pages: its stylesheet asks for slices that are there and hold what it says."""

import io
import re
from pathlib import Path

import pytest
from django.test import Client
from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parents[2]
SHEET = (ROOT / "static" / "css" / "fonts.css").read_text(encoding="utf-8")
SLICE = re.compile(r'url\("(/faces/[^"]+)"\) format\("woff"\); unicode-range: ([^;]+);')
PLACES = (0, 60, -2, -1)  # two blocks, and the last slices, which the rules name last


def codes(ranges: str) -> set[int]:
    ends = [part.removeprefix("U+").partition("-") for part in ranges.split(",")]
    return {code for first, _, last in ends for code in range(int(first, 16), int(last or first, 16) + 1)}


@pytest.mark.parametrize("place", PLACES)
def test_a_slice_holds_the_characters_that_the_stylesheet_promises(client: Client, place: int) -> None:
    address, ranges = SLICE.findall(SHEET)[place]
    answer = client.get(address)
    assert (
        answer.status_code == 200 and answer["Content-Type"] == "font/woff" and "immutable" in answer["Cache-Control"]
    )
    held = set(TTFont(io.BytesIO(answer.content)).getBestCmap())
    assert held and (held < codes(ranges) if "," not in ranges else held == codes(ranges))
    assert len(answer.content) < 40_000


def test_the_stylesheet_is_read_to_its_end() -> None:
    said = re.sub(r"/\*.*?\*/", "", SHEET, flags=re.DOTALL).strip()
    assert said.startswith("@layer base {") and said.endswith("}") and said.count("{") == said.count("}")


def test_bold_is_a_face_of_its_own(client: Client) -> None:
    normal, bold = (TTFont(io.BytesIO(client.get(f"/faces/han-1-{weight}.woff").content)) for weight in (400, 700))
    assert bold["OS/2"].usWeightClass > normal["OS/2"].usWeightClass


@pytest.mark.parametrize("address", ["/faces/han-0-400.woff", "/faces/han-999-400.woff", "/faces/han-1-450.woff"])
def test_a_slice_or_weight_that_is_not_is_not_found(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_every_han_character_of_the_font_is_in_one_slice() -> None:
    slices = (ROOT / "studio" / "web" / "han_slices.txt").read_text(encoding="utf-8").split("\n")
    held = [ord(character) for text in slices for character in text]
    font = TTFont(ROOT / "static" / "fonts" / "noto-sans-sc" / "NotoSansSC_400Regular.ttf").getBestCmap()
    assert len(held) == len(set(held)) and {code for code in font if 0x3000 <= code < 0xA000} <= set(held)
    asked = set().union(*(codes(ranges) for _, ranges in SLICE.findall(SHEET)))
    assert set(held) <= asked
