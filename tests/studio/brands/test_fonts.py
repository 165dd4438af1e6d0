"""A brand's own fonts through its pages: uploaded, licensed, chosen, shown, and refused where the licence ends."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client

from brand_styles import sample
from brand_styles.fonts import keep_font
from brand_styles.licences import BrandFont, keyed
from brand_styles.models import Brand, StyleDraft
from brand_styles.selectors import brand_style
from brand_styles.services import publish_style
from brand_styles.style import BrandStyle, Typefaces
from generation import rendering
from generation.models import Job
from generation.planning.brief import load_brief
from generation.services import submit_brief
from studio.models import Membership, Role, User
from tests.brand_styles.typefaces import font_file
from tests.studio.brands.test_drafts import SVG, publish, said, save, upload


def file(name: str = "a.ttf", **more: Any) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, font_file(**more))


def fonts_of(brand: Brand) -> list[dict[str, Any]]:
    return list(StyleDraft.objects.get(brand=brand).style.get("fonts") or [])


def sealed(client: Client) -> dict[str, str]:
    """The hidden fields of the fonts on the page, as a browser sends them back."""
    page = said(client.get("/brands/kiln/draft"))
    return dict(re.findall(r'name="(fonts\.\d+\.sealed)" value="([^"]+)"', page)) | {"fonts": "1"}


def test_a_font_is_uploaded_licensed_chosen_published_and_shown(client: Client, kiln: Brand) -> None:
    sent = {"fonts": "1", "fonts.new": [file(weight=400), file(weight=700, side=600)], "logos.light.file": upload(SVG)}
    assert save(client, **sent).status_code == 302
    assert [font["weight"] for font in fonts_of(kiln)] == [400, 700]
    (key,) = keyed(BrandFont.model_validate(font) for font in fonts_of(kiln))
    page = said(client.get("/brands/kiln/draft"))
    assert f'<option value="{key}">Kiln Sans</option>' in page and "95 of 95 Latin characters" in page
    typed = {"fonts.0.licence": "Kiln 7", "fonts.0.expires": "2099-01-31", "fonts.0.media": ["web", "print"]}
    typed |= {"fonts.1.licence": "Kiln 7", "fonts.1.seats": "5"}
    chosen = {"typefaces.display_latin": key}
    assert save(client, revision="2", **sealed(client), **typed, **chosen).status_code == 302
    assert fonts_of(kiln)[0]["media"] == ["web", "print"] and fonts_of(kiln)[1]["seats"] == 5
    css = said(
        client.get(
            re.findall(r'href="([^"]+specimen\.css[^"]+)"', said(client.get("/brands/kiln/draft")))[0].replace(
                "&amp;", "&"
            )
        )
    )
    assert f".face-{key}" in css and ".w700 { font-weight: 700; }" in css
    assert client.get(f"/brands/kiln/draft/faces/{key}-700.woff").content.startswith(b"wOFF")
    assert publish(client).status_code == 302
    shown = said(client.get("/brands/kiln"))
    assert (
        "Licences of the brand" in shown
        and "web, print" in shown
        and "until 2099-01-31" in shown
        and "5 people" in shown
    )
    assert client.get(f"/brands/kiln/1/faces/{key}-400.woff").content.startswith(b"wOFF")
    assert client.get(f"/brands/kiln/1/faces/{key}-500.woff").status_code == 404
    assert brand_style("kiln").typefaces.display_latin == key


def test_a_font_of_another_brand_is_not_shown(client: Client, kiln: Brand) -> None:
    (key,) = keyed([keep_font(font_file())])
    assert client.get(f"/brands/kiln/draft/faces/{key}-400.woff").status_code == 404


def test_what_a_maker_lets_nobody_show_on_a_page_is_not(client: Client, kiln: Brand) -> None:
    save(client, **{"fonts": "1", "fonts.new": file(fs_type=4)})
    (key,) = keyed(BrandFont.model_validate(font) for font in fonts_of(kiln))
    assert client.get(f"/brands/kiln/draft/faces/{key}-400.woff").status_code == 404
    assert "its specimen is left out" in said(client.get("/brands/kiln/draft"))


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"ttcf" + b"\0" * 60, "several fonts (TTC)"),
        (b"hello", "no TTF, OTF or WOFF2"),
        (font_file()[:700], "cannot be read to its end"),
    ],
)
def test_a_font_that_is_not_taken_is_told_by_name_and_the_rest_is_kept(
    client: Client, kiln: Brand, content: bytes, words: str
) -> None:
    bad = SimpleUploadedFile("bad.ttf", content)
    answer = save(client, tone__en="Calm", **{"fonts": "1", "fonts.new": [bad, file()]})
    assert answer.status_code == 422 and "bad.ttf: " in said(answer) and words in said(answer)
    assert len(fonts_of(kiln)) == 1 and StyleDraft.objects.get(brand=kiln).style["tone"]["en"] == "Calm"


def test_a_weight_that_comes_or_goes_takes_the_typeface_along(client: Client, kiln: Brand) -> None:
    save(client, **{"fonts": "1", "fonts.new": file()})
    (key,) = keyed(BrandFont.model_validate(font) for font in fonts_of(kiln))
    save(
        client,
        revision="2",
        **sealed(client),
        **{"typefaces.display_latin": key, "fonts.new": file(weight=900, side=700)},
    )
    style = StyleDraft.objects.get(brand=kiln).style
    assert len(style["fonts"]) == 2 and style["typefaces"]["display_latin"].startswith(f"{key}-")
    chosen = {"typefaces.display_latin": style["typefaces"]["display_latin"], "remove-font": "1"}
    save(client, revision="3", **sealed(client), **chosen)
    assert StyleDraft.objects.get(brand=kiln).style["typefaces"]["display_latin"] == key


def test_fonts_stay_where_a_form_has_none_and_forged_ones_are_passed_over(client: Client, kiln: Brand) -> None:
    save(client, **{"fonts": "1", "fonts.new": file()})
    save(client, revision="2", tone__en="Calm")
    assert len(fonts_of(kiln)) == 1
    save(client, revision="3", **{"fonts": "1", "fonts.0.sealed": json.dumps(fonts_of(kiln)[0])})
    assert fonts_of(kiln) == []


def test_an_unsaved_font_travels_with_the_form(client: Client, kiln: Brand) -> None:
    save(client, tone__en="Calm")
    page = said(save(client, tone__en="Loud", **{"fonts": "1", "fonts.new": file()}))
    (seal,) = re.findall(r'name="fonts\.0\.sealed" value="([^"]+)"', page)
    save(client, revision="2", **{"fonts": "1", "fonts.0.sealed": seal})
    assert fonts_of(kiln)[0]["family"]["en"] == "Kiln Sans"


def test_seats_are_counted_against_those_who_make_pictures(client: Client, kiln: Brand, files: Path) -> None:
    save(client, **{"fonts": "1", "fonts.new": file()})
    (key,) = keyed(BrandFont.model_validate(font) for font in fonts_of(kiln))
    Membership.objects.create(user=User.objects.create_user("second"), brand=kiln, role=Role.DESIGNER)
    Membership.objects.create(user=User.objects.create_user("third"), brand=kiln, role=Role.VIEWER)
    typed = {"fonts.0.licence": "Kiln 7", "fonts.0.seats": "1", "typefaces.display_latin": key}
    save(client, revision="2", **sealed(client), **typed)
    assert "is for 1 people, and 2 make pictures" in said(client.get("/brands/kiln/draft"))
    assert publish(client).status_code == 422


def licensed(**more: Any) -> BrandStyle:
    """The sample as version 2, its Latin headlines in an uploaded font."""
    font = keep_font(font_file()).model_copy(update={"licence": "Kiln 7"})
    font = BrandFont.model_validate(font.model_dump() | more)
    faces = Typefaces(display_latin=next(iter(keyed([font]))))
    return sample.demo().model_copy(update={"version": 2, "fonts": (font,), "typefaces": faces})


BRIEF = "version: 1\nbrand: demo\nprompt: 会员日\ncopy: {headline: 会员日}\nformats: [600x600]\n"


@pytest.mark.parametrize(
    ("more", "asked", "words"),
    [
        ({"expires": "2020-01-01"}, "", "ended on 2020-01-01"),
        ({"media": ["print"]}, "", "does not cover web"),
        ({"media": ["web"]}, "media: [web, outdoor]\n", "does not cover outdoor"),
    ],
)
def test_a_brief_beyond_the_licence_is_refused(client: Client, more: dict[str, Any], asked: str, words: str) -> None:
    publish_style(style=licensed(**more))
    answer = client.post("/briefs/new", {"tab": "yaml", "source": BRIEF + asked})
    assert answer.status_code == 422 and words in said(answer)


def test_the_brand_s_page_says_so_before_a_brief_is_refused(client: Client) -> None:
    publish_style(style=licensed(expires="2020-01-01"))
    page = said(client.get("/brands/demo"))
    assert "Briefs are refused until this is mended" in page and "ended on 2020-01-01" in page
    assert "Briefs are refused" not in said(client.get("/brands/demo?version=1"))


def test_the_form_asks_where_it_is_shown(client: Client) -> None:
    publish_style(style=licensed(media=["web"]))
    fields = {"brand": "demo", "headline": "会员日", "formats": "600x600", "media": ["web", "outdoor"]}
    answer = client.post("/briefs/new", fields)
    assert answer.status_code == 422 and "does not cover outdoor" in said(answer)
    assert re.search(r'name="media" value="outdoor" checked', said(answer))
    assert client.post("/briefs/new", fields | {"media": "web", "prompt": "会员日"}).status_code == 302


def test_a_brief_within_the_licence_is_taken(client: Client) -> None:
    publish_style(style=licensed(media=["web"], expires="2099-01-01"))
    assert client.post("/briefs/new", {"tab": "yaml", "source": BRIEF}).status_code == 302


def test_the_command_refuses_it_too(client: Client, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    publish_style(style=licensed(expires="2020-01-01"))
    (tmp_path / "brief.yaml").write_text(BRIEF, encoding="utf-8")
    with pytest.raises(SystemExit) as ended:
        call_command("produce", str(tmp_path / "brief.yaml"), "--out", str(tmp_path / "out"))
    assert ended.value.code == 2 and "ended on 2020-01-01" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


def test_a_job_whose_licence_ended_while_it_waited_is_refused_in_words(
    client: Client, owner: User, quick_pipeline: None
) -> None:
    publish_style(style=licensed(expires="2020-01-01"))
    submit_brief(owner_id=owner.pk, data=load_brief(BRIEF), source=BRIEF)  # as it was taken before that day
    assert rendering.make_next()
    job = Job.objects.get()
    assert job.status == "failed" and "ended on 2020-01-01" in job.error_en and "到期" in job.error_zh
