"""The brands' specimens: what is in the published style, and for nobody else's eyes."""

import io
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from django.test import Client
from fontTools.ttLib import TTFont
from PIL import Image

from brand_styles import sample
from brand_styles.colors import contrast
from brand_styles.references import keep_reference
from brand_styles.services import publish_style
from brand_styles.style import Logo
from studio.models import User
from studio.specimens import READABLE, characters, specimen_of, stylesheet, weights_shown


def said(client: Client, url: str, language: str = "en") -> str:
    return client.get(url, headers={"accept-language": language}).content.decode()


def test_the_list_holds_ones_own_brands(
    client_of_owner: Client, stranger: User, as_person: Callable[[User], Client]
) -> None:
    page = said(client_of_owner, "/brands")
    assert "Sheaf" in page and "Larkmoor" not in page
    assert "Larkmoor" in said(as_person(stranger), "/brands")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            "en",
            [
                "Warm and plain",
                "Ripe wheat",
                "Never said",
                "AI生成",
                "稳赚",
                "See the offer page",
                "piggy",
                "Noto Sans SC",
            ],
        ),
        ("zh-hans", ["亲切、朴实", "麦黄", "禁止", "AI生成", "稳赚", "小穗罐", "思源黑体", "必须标注"]),
    ],
)
def test_a_specimen_shows_the_style_in_plain_words(client_of_owner: Client, language: str, words: list[str]) -> None:
    page = said(client_of_owner, "/brands/demo", language)
    assert [word for word in words if word not in page] == []
    assert 'style="' not in page, "the policy allows none"


def test_contrasts_are_those_of_wcag_and_grounds_get_the_fitting_logo() -> None:
    specimen = specimen_of(sample.demo())
    tiles = {tile.swatch.hex: tile for _, found in specimen.palette for tile in found}
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    on = tiles["#14284B"].on[0]
    assert (
        on.swatch.role == "paper" and on.grade == "text" and on.ratio == pytest.approx(contrast("#14284B", "#FFF9F0"))
    )
    assert all(each.ratio >= READABLE for tile in specimen.grounds for each in tile.on[:1] if each.grade == "text")
    logos = specimen.style.logos
    assert logos[tiles["#14284B"].logo or 0].ground == "dark" and logos[tiles["#FFEFDA"].logo or 0].ground == "light"


def test_rules_are_grouped_by_what_they_ask() -> None:
    rules = specimen_of(sample.demo()).rules
    assert {rule.kind for rule in rules.needed} == {"required"} and rules.never and rules.care
    assert all(rule.severity == "block" or rule.raised for rule in rules.never)
    assert not specimen_of(sample.larkmoor()).label.required


def test_its_stylesheet_and_faces_hold_what_it_says_and_little_more(client_of_owner: Client) -> None:
    css = client_of_owner.get("/brands/demo/1/specimen.css")
    assert (
        css.headers["Content-Type"].startswith("text/css")
        and ".bg-D7301F { background: #D7301F; }" in css.content.decode()
    )
    total = 0
    for face, weight in weights_shown(sample.demo()):
        url = f"/brands/demo/1/faces/{face}-{weight}.woff"
        assert f'url("{url}")' in css.content.decode()
        answer = client_of_owner.get(url)
        total += len(answer.content)
        known = TTFont(io.BytesIO(answer.content)).getBestCmap()
        assert set(map(ord, "拾穗天地" if face.startswith("noto") else "Sphinx")) <= set(known)
    assert total < 60_000
    for wrong in ("noto-sans-sc-401", "none-400"):
        assert client_of_owner.get(f"/brands/demo/1/faces/{wrong}.woff").status_code == 404


def test_nothing_of_a_style_can_leave_its_stylesheet() -> None:
    style = sample.demo().model_copy(update={"name": {"en": "}</style>", "zh": "x"}})
    assert "</style>" not in stylesheet(style, "/f/KEY-WEIGHT.woff") and characters(sample.demo())


def test_a_logo_opened_by_itself_can_run_nothing(client_of_owner: Client) -> None:
    answer = client_of_owner.get("/brands/demo/1/logos/0")
    assert answer.headers["Content-Type"] == "image/svg+xml" and "sandbox" in answer.headers["Content-Security-Policy"]
    assert client_of_owner.get("/brands/demo/1/logos/9").status_code == 404


def test_versions_and_references(client_of_owner: Client, settings: Any) -> None:
    out = io.BytesIO()
    Image.fromarray(np.full((200, 300, 3), 90, np.uint8)).save(out, "PNG")
    reference = keep_reference(out.getvalue())
    publish_style(style=sample.demo().model_copy(update={"version": 2, "references": (reference,), "tone": None}))
    page = said(client_of_owner, "/brands/demo")
    assert (
        "/brands/demo/2/references/0.jpg" in page and 'href="?version=1"' in page and "Nobody has written yet" in page
    )
    assert Image.open(io.BytesIO(client_of_owner.get("/brands/demo/2/references/0.jpg").content)).size == (300, 200)
    assert "Warm and plain" in said(client_of_owner, "/brands/demo?version=1")
    for url in (
        "/brands/demo?version=9",
        "/brands/demo?version=x",
        "/brands/demo/1/references/0.jpg",
        "/brands/demo/7/specimen.css",
    ):
        assert client_of_owner.get(url).status_code == 404


def test_a_brand_is_for_those_who_work_for_it(client_of_owner: Client) -> None:
    for url in ("", "/1/specimen.css", "/1/logos/0", "/1/faces/archivo-400.woff", "/1/references/0.jpg"):
        assert client_of_owner.get(f"/brands/larkmoor{url}").status_code == 404


def test_a_brief_can_start_at_its_brand(client_of_owner: Client) -> None:
    assert "/briefs/new?brand=demo" in said(client_of_owner, "/brands/demo")
    assert '<option value="demo" selected>' in said(client_of_owner, "/briefs/new?brand=demo")


def test_no_plate_shows_a_logo_on_a_ground_it_must_not_stand_on() -> None:
    style = sample.demo()
    ground = style.colors("ground")[0]
    light, dark = (next(logo for logo in style.logos if logo.ground == kind) for kind in ("light", "dark"))
    bad = {"forbidden": (ground,)}

    def shown(*logos: Logo) -> int | None:
        tiles = specimen_of(style.model_copy(update={"logos": logos})).grounds
        return next((tile.logo for tile in tiles if tile.swatch.hex == ground), None)

    assert shown(light.model_copy(update=bad), dark) == 1
    assert shown(light.model_copy(update=bad), dark.model_copy(update=bad)) is None
    assert shown(light) == 0
