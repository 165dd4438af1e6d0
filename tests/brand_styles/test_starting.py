"""What a logo, a style sheet and a guideline propose; hostile files among them; and what taking it over changes."""

import io
import zlib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from brand_styles.clusters import clustered, colors_of
from brand_styles.families import is_chinese, nearest_faces
from brand_styles.intake.guard import Refused
from brand_styles.starting import (
    Proposals,
    drop_proposals,
    keep_proposals,
    kept_proposals,
    proposals_from,
    taken,
)
from tests.brand_styles.papers import CSS, SVG, guideline, png_logo


def roles(found: Proposals) -> dict[str, str]:
    return {colour.hex: colour.role for colour in found.colours}


def test_a_drawing_proposes_its_exact_colours_by_area_and_itself() -> None:
    found = proposals_from([SVG.encode()])
    assert roles(found) == {"#0B3D2E": "ink", "#E4572E": "accent"}
    assert 0.6 < found.colours[1].share < 0.7  # 1600 of 2432 square units
    assert [logo["aspect"] for logo in found.logos] == [3.0] and found.logos[0]["ground"] == "light"


def test_a_png_proposes_its_colours_and_itself() -> None:
    found = proposals_from([png_logo()])
    assert {"#0B3D2E", "#E4572E"} <= set(roles(found))
    assert found.logos[0]["pixels"] == [120, 40] and "svg" not in found.logos[0]


def test_a_style_sheet_proposes_colours_by_use_and_faces_by_name() -> None:
    found = proposals_from([], CSS)
    assert roles(found) == {"#FBFAF7": "ground", "#C8321F": "accent", "#1B1A18": "ink"}
    assert {colour.said for colour in found.colours} == {"--paper", "--brand", "--ink"}
    assert [(family.name, family.use, family.key) for family in found.families] == [
        ("Helvetica Neue", "display_latin", "archivo"),
        ("Playfair Display", "display_latin", "noto-serif-sc"),
        ("PingFang SC", "display_zh", "noto-sans-sc"),
    ]


def test_names_decide_between_colours_that_fit_and_veils_count_for_nothing() -> None:
    sheet = (
        ":root { --bg: #F4EFE6; --card: #FFFFFF; --text: light-dark(#0B3D2E, #EDEAE3); --deep: #101010; --primary: #1E7F5C;"
        " --hot: #FF2200; --sans: Outfit, sans-serif } a { box-shadow: 0 0 2px rgb(200 0 200 / 0.1); color: rgba(0, 0, 255, 0.2) }"
        ".card { background: var(--card); border: 1px solid #FFFFFF; outline-color: #FFFFFF }"
    )
    found = proposals_from([], sheet)
    told = roles(found)
    assert {told["#F4EFE6"], told["#0B3D2E"], told["#1E7F5C"]} == {"ground", "ink", "accent"}
    assert told["#F4EFE6"] == "ground" and told["#1E7F5C"] == "accent"
    assert not {"#C800C8", "#0000FF", "#EDEAE3"} & set(told)
    assert [family.key for family in found.families if family.use == "display_latin"] == ["outfit"]


def test_a_guideline_proposes_what_it_paints_spells_out_and_is_set_in() -> None:
    found = proposals_from([guideline()])
    assert roles(found) == {"#F4EFE6": "ground", "#0B3D2E": "ink", "#E4572E": "accent"}
    assert found.families[0].name.startswith("Outfit") and found.families[0].key == "outfit"
    assert found.logos[0]["pixels"] == [90, 60] and found.logos[0]["ground"] == ""


def test_several_sources_are_weighed_alike() -> None:
    many = "".join(f".a{n} {{ color: #C8321F }}" for n in range(500))
    found = proposals_from([SVG.encode()], many)
    assert {"#0B3D2E", "#E4572E", "#C8321F"} & set(roles(found)) >= {"#0B3D2E", "#C8321F"}


@pytest.mark.parametrize(
    ("name", "latin", "han"),
    [
        ("FZYouSong", "noto-serif-sc", "noto-serif-sc"),
        ("Montserrat-Bold", "outfit", "noto-sans-sc"),
        ("Open Sans", "archivo", "noto-sans-sc"),
        ("Source Sans Serifless", "archivo", "noto-sans-sc"),
        ("思源宋体", "noto-serif-sc", "noto-serif-sc"),
        ("站酷快乐体", "fredoka", "zcool-kuaile"),
    ],
)
def test_a_family_is_nearest_to(name: str, latin: str, han: str) -> None:
    assert nearest_faces(name) == (latin, han)


def test_chinese_families_are_known_by_their_names() -> None:
    assert all(is_chinese(name) for name in ("PingFang SC", "SourceHanSansCN-Bold", "方正兰亭", "Microsoft YaHei"))
    assert not any(is_chinese(name) for name in ("Helvetica", "Scala Sans", "Outfit-ExtraBold"))


# Clusters


def test_near_colours_are_one_named_by_the_most_frequent() -> None:
    found = clustered({"#C8321F": 5, "#C93320": 2, "#C6311E": 1, "#1B1A18": 4})
    assert [h for h, _ in found] == ["#C8321F", "#1B1A18"] and found[0][1] == pytest.approx(8 / 12)
    assert clustered({}) == []


def test_a_noisy_picture_has_few_colours_and_edges_count_for_nothing() -> None:
    rng = np.random.default_rng(3)
    pixels = np.full((200, 200, 3), (200, 50, 31), np.float64)
    pixels[:, 100:] = (30, 90, 200)
    noisy = np.clip(pixels + rng.normal(0, 4, pixels.shape), 0, 255).astype(np.uint8)
    found = colors_of(noisy)
    assert len(found) == 2 and all(share == pytest.approx(0.5, abs=0.02) for _, share in found)
    assert colors_of(np.zeros((4, 4, 4), np.uint8)) == []


# Hostile files


def bomb() -> bytes:
    """A PNG of 30,000 × 30,000 pixels in a few kilobytes."""
    out = io.BytesIO()
    Image.new("1", (1, 1)).save(out, "PNG")
    small = out.getvalue()
    header = b"IHDR" + (30_000).to_bytes(4, "big") * 2 + small[24:29]
    return small[:12] + header + zlib.crc32(header).to_bytes(4, "big") + small[33:]


def pdf_bomb() -> bytes:
    """A stream that unpacks to 400 MB."""
    packed = zlib.compress(b"0 0 1 1 re f\n" * 32_000_000, 1)
    return pdf(b"<</Length %d/Filter/FlateDecode>>stream\n" % len(packed) + packed + b"\nendstream")


def pdf(content: bytes) -> bytes:
    """A page with that content stream, and a table of where its objects are."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>",
        content,
    )
    out, places = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, each)
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + table + b"trailer\n<</Size 5/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(out)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "css-type"),
        (b"hello", "css-type"),
        (b"\x00\x01\x02:{", "css-type"),
        (b"a { margin: 0 }", "css-empty"),
        (b":" * 4_100_000, "css-size"),
        (b"%PDF-1.4 rubbish %%EOF", "pdf-broken"),
        (b"%PDF-1.4 rubbish", "pdf-end"),
        (b"%PDF-1.4 /JavaScript %%EOF", "pdf-active"),
        (pdf(b"<</Length 0>>stream\n\nendstream"), "pdf-empty"),
        (SVG.replace("<path", "<script/><path").encode(), "script"),
        (SVG.replace(' viewBox="0 0 120 40"', "").encode(), "svg-no-size"),
        (b"\x89PNG\r\n\x1a\nrest", "logo-type"),
        (bomb(), "pixels"),
    ],
)
def test_hostile_files_are_refused_with_a_sentence(content: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        proposals_from([content])
    assert caught.value.code == code and caught.value.words.zh


def test_a_pdf_that_unpacks_to_too_much_is_put_down_or_read_in_part() -> None:
    try:
        found = proposals_from([pdf_bomb()])
    except Refused as refused:
        assert refused.code in ("memory", "time", "pdf-empty", "pdf-broken")
    else:
        assert len(found.colours) <= 1


@pytest.mark.parametrize("piece", ["/*", "--x:", "font: 1px ", "color:rgb(", "a:{", "font-family:,", "var(--a", "#fff"])
def test_no_style_sheet_takes_long(piece: str) -> None:
    try:
        proposals_from([], f"a:{{}} {piece * (500_000 // len(piece))}")
    except Refused as refused:
        assert refused.code.startswith("css-")  # and not “time”: the child has 15 seconds


def test_too_many_files_and_none_are_told() -> None:
    for files, code in (([SVG.encode()] * 7, "many"), ([], "none")):
        with pytest.raises(Refused) as caught:
            proposals_from(files)
        assert caught.value.code == code


# Taking over


def draft() -> dict[str, Any]:
    return {
        "palette": [{"role": "ink", "hex": "#0B3D2E", "name": {"en": "Pine", "zh": "松"}, "weight": 1.0}],
        "logos": [{"ground": "light", "svg": "<svg/>", "aspect": 1.0, "clear_space": 0.5, "min_height": 20}],
        "tone": {"en": "Calm", "zh": "平"},
    }


def test_only_what_is_ticked_is_taken_and_the_rest_stays() -> None:
    proposals = proposals_from([SVG.encode()]).as_json() | {"families": proposals_from([], CSS).as_json()["families"]}
    nothing = taken(draft(), proposals, colours={}, families=[], logos={})
    assert nothing["palette"] == draft()["palette"] and nothing["logos"] == draft()["logos"]
    colours = {place: colour["role"] for place, colour in enumerate(proposals["colours"])}
    style = taken(draft(), proposals, colours=colours, families=[1, 0, 2, 40], logos={0: "light", 9: "dark"})
    assert style["palette"][0] == draft()["palette"][0] and style["tone"] == draft()["tone"]
    assert len([1 for swatch in style["palette"] if swatch["hex"] == "#0B3D2E"]) == 1
    assert style["typefaces"]["display_latin"] == "archivo" and style["typefaces"]["display_zh"] == "noto-sans-sc"
    (logo,) = style["logos"]
    assert logo["clear_space"] == 0.5 and logo["aspect"] == 3.0 and "E4572E" in logo["svg"]


def test_proposals_wait_until_they_are_taken(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path
    found = proposals_from([SVG.encode()])
    assert kept_proposals("kiln") is None
    keep_proposals("kiln", proposals_from([], CSS))
    keep_proposals("kiln", found)
    told = kept_proposals("kiln")
    assert told is not None and [c["hex"] for c in told["colours"]] == [c.hex for c in found.colours]
    drop_proposals("kiln")
    assert kept_proposals("kiln") is None and list((tmp_path / "starts").iterdir()) == []
