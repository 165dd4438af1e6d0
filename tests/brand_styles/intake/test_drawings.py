"""Logos as SVG: shapes pass, whatever is active or reaches outside is refused with its line."""

import pytest
import skia

from brand_styles.intake.drawings import color_of, sanitise_svg
from brand_styles.intake.guard import Refused
from brand_styles.sample import demo, larkmoor

SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" viewBox="0 0 10 10">\n{}\n</svg>'

HOSTILE = [
    ("<script>alert(1)</script>", "script"),
    ('<rect width="1" height="1" onload="x()"/>', "script"),
    ('<g onclick="x()"/>', "script"),
    ('<image href="https://example.com/a.png"/>', "element"),
    ('<image xlink:href="data:image/png;base64,AAAA"/>', "element"),
    ("<foreignObject/>", "element"),
    ("<text>name</text>", "element"),
    ('<use href="#a"/>', "element"),
    ('<animate attributeName="x"/>', "element"),
    ('<rect fill="url(https://example.com/#a)"/>', "href"),
    ('<linearGradient xlink:href="https://example.com/#g"/>', "href"),
    ("<style>@import url(https://example.com/a.css);</style>", "style"),
    ("<style>.a{fill:url(https://example.com/a)}</style>", "href"),
    ('<path style="fill:url(javascript:x)" d="M0 0"/>', "href"),
    ('<rect fill="reddish"/>', "color"),
    ('<rect fill="#12345"/>', "color"),
]


@pytest.mark.parametrize(("body", "code"), HOSTILE)
def test_hostile_drawings_are_refused_with_their_line(body: str, code: str) -> None:
    with pytest.raises(Refused) as caught:
        sanitise_svg(SVG.format(body).encode())
    assert caught.value.code == code
    assert "line 2" in caught.value.words.en and "第 2 行" in caught.value.words.zh


def test_entities_that_expand_are_refused() -> None:
    laughs = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "ha"}">' for i in range(9))
    with pytest.raises(Refused) as caught:
        sanitise_svg(f'<!DOCTYPE svg [{laughs}]><svg xmlns="http://www.w3.org/2000/svg">&a8;</svg>'.encode())
    assert caught.value.code == "doctype"


@pytest.mark.parametrize(("data", "code"), [(b"<html/>", "not-svg"), (b"<svg", "not-xml"), (b"", "not-xml")])
def test_what_is_no_drawing_is_refused(data: bytes, code: str) -> None:
    with pytest.raises(Refused) as caught:
        sanitise_svg(data)
    assert caught.value.code == code


def test_a_tower_of_groups_is_refused() -> None:
    with pytest.raises(Refused) as caught:
        sanitise_svg(SVG.format("<g>" * 200 + "</g>" * 200).encode())
    assert caught.value.code == "svg-size"


def test_editors_leftovers_go_and_class_styles_become_attributes() -> None:
    body = (
        "<!-- made by an editor --><title>x</title><metadata><rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>"
        "</metadata><style>.a,.b{fill:#FF0000;font-family:x}</style><rect class='b' width='5' height='4' data-x='1'/>"
    )
    clean = sanitise_svg(SVG.format(body).encode())
    assert 'fill="#FF0000"' in clean
    for gone in ("title", "metadata", "class", "style", "data-x", "editor"):
        assert gone not in clean


def test_cleaning_twice_changes_nothing_and_the_sample_logos_pass() -> None:
    for brand in (demo(), larkmoor()):
        for logo in brand.logos:
            clean = sanitise_svg(logo.svg.encode())
            assert sanitise_svg(clean.encode()) == clean
            assert drawn(clean) == drawn(logo.svg)


def drawn(svg: str) -> bytes:
    surface = skia.Surface(300, 60)
    dom = skia.SVGDOM.MakeFromStream(skia.MemoryStream.MakeCopy(svg.encode()))
    dom.setContainerSize(skia.Size(300, 60))
    dom.render(surface.getCanvas())
    pixels = bytes(surface.makeImageSnapshot().tobytes())
    assert any(pixels)
    return pixels


def test_a_colour_that_is_not_one_is_told() -> None:
    assert color_of("#d7301f") == "#D7301F"
    with pytest.raises(Refused) as caught:
        color_of("vermillionish")
    assert "vermillionish" in caught.value.words.en and "#RRGGBB" in caught.value.words.zh
