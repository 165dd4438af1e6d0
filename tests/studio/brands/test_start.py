"""Starting a brand from a logo, a style sheet or a guideline through its pages: proposed, ticked, taken, and nothing unasked."""

import base64
import io
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from brand_styles.models import Brand, StyleDraft
from brand_styles.selectors import brand_style
from tests.brand_styles.papers import CSS, SVG, guideline, pixels_of, png_logo
from tests.studio.brands.test_drafts import NEW, publish, said, save, upload


def style_of(brand: Brand) -> dict[str, Any]:
    return dict(StyleDraft.objects.get(brand=brand).style)


def test_a_new_brand_starts_from_a_logo_and_a_style_sheet(client: Client) -> None:
    answer = client.post("/new-brand", NEW | {"start.files": upload(SVG), "start.css": CSS})
    assert answer.headers["Location"] == "/brands/kiln/draft/start"
    page = said(client.get("/brands/kiln/draft/start"))
    assert "#E4572E" in page and "--paper" in page and "Helvetica Neue" in page and "data:image/svg+xml" in page
    style = style_of(Brand.objects.get(slug="kiln"))
    assert style["palette"] == [] and style["logos"] == []  # nothing is applied unasked
    assert "Look at the proposals" in said(client.get("/brands/kiln/draft"))


def test_what_is_ticked_goes_into_the_draft_and_can_be_published(client: Client, kiln: Brand) -> None:
    sent = {"start.files": [upload(png_logo(), "logo.png"), upload(guideline(), "guide.pdf")]}
    assert client.post("/brands/kiln/draft/start", sent).headers["Location"] == "/brands/kiln/draft/start"
    page = said(client.get("/brands/kiln/draft/start"))
    places = {
        text: page.split(f"<code>{text}</code>")[0].rsplit('name="colour.', 1)[1][0] for text in ("#F4EFE6", "#0B3D2E")
    }
    ticked = {f"colour.{places['#F4EFE6']}": "1", f"colour.{places['#F4EFE6']}.role": "ground"}
    ticked |= {f"colour.{places['#0B3D2E']}": "1", f"colour.{places['#0B3D2E']}.role": "ink"}
    answer = client.post(
        "/brands/kiln/draft/start", ticked | {"take": "1", "revision": "1", "logo.0": "light", "family.0": "1"}
    )
    assert answer.headers["Location"] == "/brands/kiln/draft?saved"
    style = style_of(kiln)
    assert [(swatch["role"], swatch["hex"]) for swatch in style["palette"]] == [
        ("ground", "#F4EFE6"),
        ("ink", "#0B3D2E"),
    ]
    assert style["typefaces"]["display_latin"] == "outfit" and len(style["logos"]) == 1
    assert "Read them" in said(client.get("/brands/kiln/draft/start"))  # the proposals are gone
    assert publish(client).status_code == 302
    (logo,) = brand_style("kiln").logos
    assert (pixels_of(base64.b64decode(logo.png)) == pixels_of(png_logo())).all()
    shown = client.get("/brands/kiln/1/logos/0")
    assert shown.headers["Content-Type"] == "image/png" and shown.content == base64.b64decode(logo.png)


def test_a_draft_that_moved_meanwhile_keeps_what_was_saved(client: Client, kiln: Brand) -> None:
    client.post("/brands/kiln/draft/start", {"start.css": CSS})
    save(client, tone__en="Calm")
    answer = client.post(
        "/brands/kiln/draft/start", {"take": "1", "revision": "1", "colour.0": "1", "colour.0.role": "ink"}
    )
    assert (
        answer.status_code == 409 and "Somebody else changed this draft" in said(answer) and "--paper" in said(answer)
    )
    assert style_of(kiln)["tone"]["en"] == "Calm"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "Nothing was given"),
        ({"start.css": "hello"}, "no style sheet"),
        ({"start.files": upload(b"%PDF-1.4 rubbish", "a.pdf")}, "PDF breaks off"),
        ({"start.files": upload(SVG.replace("<path", "<script/><path"))}, "holds a script"),
        ({"take": "1", "revision": "1"}, "taken or dropped meanwhile"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_saved(
    client: Client, kiln: Brand, sent: dict[str, Any], words: str
) -> None:
    for value in sent.values():
        if isinstance(value, SimpleUploadedFile):
            value.seek(0)
    answer = client.post("/brands/kiln/draft/start", sent)
    assert answer.status_code == 422 and words in said(answer)
    assert StyleDraft.objects.get(brand=kiln).revision == 1


def test_a_source_that_cannot_be_read_starts_no_brand(client: Client) -> None:
    answer = client.post("/new-brand", NEW | {"start.files": upload(b"\x89PNG\r\n\x1a\n", "logo.png")})
    assert answer.status_code == 422 and "neither an SVG nor a PNG" in said(answer) and 'value="kiln"' in said(answer)
    assert not Brand.objects.filter(slug="kiln").exists()


def test_proposals_can_be_dropped(client: Client, kiln: Brand) -> None:
    client.post("/brands/kiln/draft/start", {"start.css": CSS})
    assert client.post("/brands/kiln/draft/start", {"drop": "1"}).headers["Location"] == "/brands/kiln/draft"
    assert "Look at the proposals" not in said(client.get("/brands/kiln/draft"))


def test_a_png_logo_goes_through_the_draft_with_its_forbidden_grounds(client: Client, kiln: Brand) -> None:
    save(client, logos__light__file=upload(png_logo(), "a.png"), logos__light__forbidden="#c8321f, tomato")
    (logo,) = style_of(kiln)["logos"]
    assert logo["forbidden"] == ["#C8321F", "#FF6347"] and logo["pixels"] == [120, 40]
    page = said(client.get("/brands/kiln/draft"))
    assert "data:image/png;base64," in page and "PNG 120 × 40 px" in page and 'value="#C8321F, #FF6347"' in page
    assert "PNG 120 × 40 · ≠ #C8321F ≠ #FF6347" in said(client.get("/brands/kiln/draft/publish"))
    save(client, revision="2", logos__light__file=upload(SVG), logos__light__forbidden="")
    (logo,) = style_of(kiln)["logos"]
    assert "png" not in logo and logo["aspect"] == 3.0 and logo["forbidden"] == []
    save(client, revision="3", logos__light__forbidden="reddish")
    assert "is not a colour" in said(client.get("/brands/kiln/draft"))


def test_a_png_that_was_not_saved_travels_with_the_form(client: Client, kiln: Brand) -> None:
    save(client, tone__en="Calm")
    page = said(save(client, tone__en="Loud", logos__light__file=upload(png_logo(), "a.png")))
    kept = page.split('name="logos.light.drawing" value="')[1].split('"')[0]
    assert kept.startswith("data:image/png;base64,")
    save(client, revision="2", logos__light__drawing=kept)
    (logo,) = style_of(kiln)["logos"]
    sent = pixels_of(png_logo())
    assert (pixels_of(io.BytesIO(base64.b64decode(logo["png"])).getvalue()) == sent).all()


def test_the_form_has_a_place_for_it(client: Client) -> None:
    page = said(client.get("/new-brand"))
    assert 'name="start.files"' in page and 'name="start.css"' in page
