"""Starting, drafting, publishing and taking back a brand's style through its pages."""

import html
import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from brand_styles import sample
from brand_styles.models import Brand, StyleDraft, StyleLibrary
from brand_styles.selectors import brand_style
from studio.models import Membership, Role, User

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 120 40"><rect width="40" height="40" fill="#0B3D2E"/>'
    '<path d="M50 8h60v8H50zM50 24h44v8H50z" fill="#0B3D2E"/></svg>'
)
COLOURS = (("ground", "#F4EFE6"), ("ink", "#0B3D2E"), ("accent", "#E4572E"))
NEW = {"slug": "kiln", "name.en": "Kiln", "name.zh": "窑"}


def form(**more: Any) -> dict[str, Any]:
    """The draft's form as a browser sends it. A value of None leaves a field out."""
    rows = {
        f"palette.{place}.{key}": value
        for place, (role, colour) in enumerate(COLOURS)
        for key, value in (("role", role), ("hex", colour), ("was", ""), ("picker", "#000000"), ("weight", "1"))
    }
    faces = {
        "typefaces.text": "noto-sans-sc",
        "typefaces.display_zh": "noto-serif-sc",
        "typefaces.display_latin": "outfit",
    }
    plain = {"name.en": "Kiln", "name.zh": "窑", "market": "uk", "industry": "retail", "corner_radius": "4"}
    sent = {"revision": "1"} | plain | rows | faces | {key.replace("__", "."): value for key, value in more.items()}
    return {key: value for key, value in sent.items() if value is not None}


def upload(content: str | bytes, name: str = "logo.svg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content.encode() if isinstance(content, str) else content)


def said(answer: Any) -> str:
    return str(answer.content.decode())


def save(client: Client, **more: Any) -> Any:
    return client.post("/brands/kiln/draft", form(**more))


def colours(brand: Brand) -> list[str]:
    return [row["hex"] for row in StyleDraft.objects.get(brand=brand).style["palette"]]


def publish(client: Client) -> Any:
    revision = StyleDraft.objects.get(brand__slug="kiln").revision
    return client.post("/brands/kiln/draft/publish", {"revision": revision})


# Starting


def test_who_starts_a_brand_owns_it(client: Client, owner: User, kiln: Brand) -> None:
    assert Membership.objects.get(brand=kiln).user == owner
    assert Membership.objects.get(brand=kiln).role == Role.OWNER
    assert "Not published yet" in said(client.get("/brands"))
    assert client.get("/brands/kiln").headers["Location"] == "/brands/kiln/draft"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"slug": "Kiln 1"}, "lower-case letters"),
        ({"slug": "demo"}, "There is a brand “demo” already"),
        ({"name.en": ""}, "in this language too"),
        ({"name.zh": "窑" * 101}, "longer than 100"),
    ],
)
def test_what_a_brand_cannot_be_called_is_told_and_what_was_typed_stays(
    client: Client, sent: dict[str, str], words: str
) -> None:
    answer = client.post("/new-brand", NEW | sent)
    assert answer.status_code == 422 and words in said(answer)
    kept = NEW | sent
    assert all(f'value="{value}"' in said(answer) for value in kept.values())
    assert not Brand.objects.filter(slug="kiln").exists()


@pytest.mark.parametrize(("role", "status"), [("viewer", 403), ("operator", 403), ("designer", 302), ("owner", 302)])
def test_designers_and_owners_start_brands(
    brands: None, as_person: Callable[[User], Client], role: str, status: int
) -> None:
    user = User.objects.create_user("somebody")
    Membership.objects.create(user=user, brand=Brand.objects.get(slug="demo"), role=role)
    client = as_person(user)
    assert client.post("/new-brand", NEW).status_code == status
    assert ("/new-brand" in said(client.get("/brands"))) == (status == 302)


def test_a_drafted_brand_is_no_brand_to_write_briefs_for(client: Client, kiln: Brand) -> None:
    for url in ("/", "/briefs/new", "/elements", "/people", "/settings", "/account"):
        assert client.get(url).status_code == 200, url
    assert 'value="kiln"' not in said(client.get("/briefs/new"))
    assert client.post("/briefs/headlines", {"brand": "kiln"}).status_code == 404


# Drafting


def test_half_a_draft_is_kept_and_says_what_it_lacks(client: Client, kiln: Brand) -> None:
    answer = save(client, palette__1__hex="dark gren", corner_radius="round", palette__2__weight="inf")
    assert answer.status_code == 302
    page = said(client.get("/brands/kiln/draft"))
    assert 'value="dark gren"' in page and 'value="round"' in page and "is not a colour" in page
    assert 'href="#f-palette-1"' in page and 'id="f-palette-1"' in page
    for target in re.findall(r'href="#(f-[\w-]+)"', page):
        assert f'id="{target}"' in page, target
    assert publish(client).status_code == 422 and not StyleLibrary.objects.filter(brand=kiln).exists()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Before it can be published", "There is no logo", "Colours"]),
        ("zh-hans", ["发布前需完成", "没有标志", "色彩"]),
    ],
)
def test_the_draft_is_in_both_languages(client: Client, kiln: Brand, language: str, words: list[str]) -> None:
    for url in ("/brands/kiln/draft", "/brands/kiln/draft/publish", "/brands/kiln/versions", "/new-brand"):
        page = said(client.get(url, headers={"accept-language": language}))
        assert 'style="' not in page, "the policy allows none"
    page = said(client.get("/brands/kiln/draft", headers={"accept-language": language}))
    assert [word for word in words if word not in page] == []


def test_rows_are_added_and_taken_out_without_script(client: Client, kiln: Brand) -> None:
    assert save(client, add="second").headers["Location"].endswith("#f-palette-3")
    assert said(client.get("/brands/kiln/draft")).count('class="colour-row"') == 4
    assert save(client, revision="2", remove="1", palette__3__hex="").status_code == 302
    assert colours(kiln) == ["#F4EFE6", "#E4572E", ""], "a row that waits to be filled in stays"
    assert save(client, revision="3", palette__3__hex="").status_code == 302
    assert colours(kiln) == ["#F4EFE6", "#0B3D2E", "#E4572E"], "and goes where it was saved empty"


def test_the_picker_counts_where_only_it_moved(client: Client, kiln: Brand) -> None:
    save(client, palette__0__hex="#F4EFE6", palette__0__was="#F4EFE6", palette__0__picker="#123456")
    save(client, revision="2", palette__0__hex="tomato", palette__0__was="#123456", palette__0__picker="#123456")
    assert StyleDraft.objects.get(brand=kiln).style["palette"][0]["hex"] == "#FF6347"


def marks_in(page: str) -> str:
    found = re.search(r'name="was" value="([^"]+)"', page)
    assert found
    return html.unescape(found[1])


def test_what_only_the_other_changed_is_taken_over_and_what_both_did_is_told(client: Client, kiln: Brand) -> None:
    save(client, tone__en="Calm", required_legal="Terms apply")
    was = marks_in(said(client.get("/brands/kiln/draft")))
    save(client, revision="2", tone__en="Warm", required_legal="See the page", banned_words="free", was=was)
    answer = save(
        client, revision="2", tone__en="Loud", required_legal="Terms apply", glossary="nest = piggy bank", was=was
    )
    page = said(answer)
    assert answer.status_code == 409
    merged = page[page.index("problem moved") : page.index("</section>", page.index("problem moved"))]
    assert "Required lines" in merged and "Banned words" in merged
    assert "Warm" in merged and "Loud" in merged and "See the page" not in merged
    assert ">Loud</textarea>" in page and "See the page" in page and "nest = piggy-bank" in page
    fields = {
        "tone__en": "Loud",
        "required_legal": "See the page",
        "banned_words": "free",
        "glossary": "nest = piggy-bank",
    }
    assert save(client, revision="3", was=marks_in(page), **fields).status_code == 302
    style = StyleDraft.objects.get(brand=kiln).style
    assert (style["tone"]["en"], style["required_legal"], style["banned_words"]) == ("Loud", ["See the page"], ["free"])


@pytest.mark.parametrize("was", ["", "[]", "{", "null", '{"tone": 3}'])
def test_marks_that_do_not_come_back_whole_lose_nothing(client: Client, kiln: Brand, was: str) -> None:
    save(client, tone__en="Calm")
    answer = save(client, tone__en="Loud", was=was)
    assert answer.status_code == 409 and ">Loud</textarea>" in said(answer)


def test_of_two_designers_the_second_sees_the_difference_and_loses_nothing(client: Client, kiln: Brand) -> None:
    save(client, tone__en="Calm")
    answer = save(client, tone__en="Loud", banned_words="cheap\nbest", logos__light__file=upload(SVG))
    page = said(answer)
    assert answer.status_code == 409 and "Somebody else changed this draft" in page
    assert "Calm" in page and ">Loud</textarea>" in page and "cheap\nbest" in page and "taken out" not in page
    assert StyleDraft.objects.get(brand=kiln).style["tone"]["en"] == "Calm"
    kept = re.search(r'name="logos.light.drawing" value="([^"]+)"', page)
    assert kept and 'name="revision" value="2"' in page
    assert save(client, revision="2", tone__en="Loud", logos__light__drawing=SVG).status_code == 302
    style = StyleDraft.objects.get(brand=kiln).style
    assert style["tone"]["en"] == "Loud" and len(style["logos"]) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (SVG.replace("<path", "<script>alert(1)</script><path"), "holds a script"),
        (SVG.replace("<rect", '<rect onload="alert(1)"'), "holds a script"),
        ('<!DOCTYPE s [<!ENTITY a "b">]>' + SVG, "DOCTYPE"),
        (SVG.replace("<path", '<image href="https://x.example/a.png"/><path'), "which a logo may not"),
        (SVG.replace(' viewBox="0 0 120 40"', ""), "states no size"),
        (b"\x89PNG\r\n\x1a\n", "neither an SVG nor a PNG"),
        ("not a drawing", "cannot be read"),
    ],
)
def test_hostile_and_unfit_logos_are_refused_and_the_rest_is_kept(
    client: Client, kiln: Brand, content: str | bytes, words: str
) -> None:
    answer = save(client, logos__light__file=upload(content), tone__en="Calm")
    assert answer.status_code == 422 and words in said(answer)
    style = StyleDraft.objects.get(brand=kiln).style
    assert style["logos"] == [] and style["tone"]["en"] == "Calm"


def test_text_that_no_row_can_hold_is_told(client: Client, kiln: Brand) -> None:
    answer = save(client, tone__en="a\0b")
    assert answer.status_code == 422 and "no text or number" in said(answer)


def test_words_of_the_glossary_are_those_of_the_lexicon(client: Client, kiln: Brand) -> None:
    term = sample.demo().glossary[0]
    save(client, glossary=f"pot = {term.concept}\nglaze = no such thing\nclay")
    page = said(client.get("/brands/kiln/draft"))
    assert "the lexicon has no “no such thing”" in page and "“clay” has no sense yet" in page and "“pot”" not in page
    assert f"pot = {term.concept}" in page


def test_the_specimen_is_drawn_from_what_the_form_says_and_nothing_is_saved(client: Client, kiln: Brand) -> None:
    answer = client.post("/brands/kiln/draft/preview", form())
    page = said(answer)
    assert "bg-F4EFE6" in page and "fg-0B3D2E" in page and 'style="' not in page
    sheet = re.search(r'href="([^"]+specimen.css[^"]+)"', page)
    assert sheet
    css = said(client.get(sheet[1].replace("&amp;", "&")))
    assert ".bg-E4572E { background: #E4572E; }" in css and "brand-outfit" in css
    face = re.search(r'url\("([^"]+)"\)', css)
    assert face and client.get(face[1]).headers["Content-Type"] == "font/woff"
    assert StyleDraft.objects.get(brand=kiln).style["palette"] == []


def test_strange_addresses_of_the_stylesheet_say_nothing_of_theirs(client: Client, kiln: Brand) -> None:
    css = said(client.get("/brands/kiln/draft/specimen.css", {"c": "}body{}-FFFFFF", "f": "</style>,x", "v": '"'}))
    assert "body" not in css and "</style>" not in css and "#FFFFFF" in css


# Publishing


def test_a_logo_and_three_colours_are_published_and_edited(client: Client, kiln: Brand) -> None:
    answer = save(client, act="review", logos__light__file=upload(SVG), logos__light__clear_space="0.5")
    assert answer.headers["Location"] == "/brands/kiln/draft/publish"
    page = said(client.get("/brands/kiln/draft/publish"))
    assert "What the first version says" in page and "#E4572E" in page and 'id="publish"' in page
    assert publish(client).headers["Location"] == "/brands/kiln"
    style = brand_style("kiln")
    assert style.version == 1 and style.market == "uk" and style.corner_radius == 0.04
    assert style.logos[0].aspect == 3.0 and style.logos[0].clear_space == 0.5
    assert style.colors("accent") == ("#E4572E",) and style.palette[0].name.zh == "#F4EFE6"
    assert client.get("/brands/kiln").status_code == 200 and 'value="kiln"' in said(client.get("/briefs/new"))
    assert not StyleDraft.objects.exists()
    assert save(client, tone__en="Calm", palette__2__hex="#101010").status_code == 302
    page = said(client.get("/brands/kiln/draft/publish"))
    assert "What changes from version 1" in page and "#101010" in page and "taken out" in page and "0B3D2E" not in page
    publish(client)
    assert brand_style("kiln").version == 2 and brand_style("kiln").logos == style.logos


def test_designers_draft_and_owners_publish(client: Client, kiln: Brand, as_person: Callable[[User], Client]) -> None:
    designer = User.objects.create_user("designer")
    Membership.objects.create(user=designer, brand=kiln, role=Role.DESIGNER)
    theirs = as_person(designer)
    assert save(theirs, logos__light__file=upload(SVG)).status_code == 302
    page = said(theirs.get("/brands/kiln/draft/publish", headers={"accept-language": "en"}))
    assert "An owner of the brand publishes it" in page and 'id="publish"' not in page
    assert publish(theirs).status_code == 403
    assert publish(client).status_code == 302


def test_a_stale_page_neither_publishes_nor_discards(client: Client, kiln: Brand) -> None:
    save(client, logos__light__file=upload(SVG))
    assert client.post("/brands/kiln/draft/publish", {"revision": "1"}).status_code == 409
    assert client.post("/brands/kiln/draft/discard", {"revision": "1"}).status_code == 409
    assert StyleDraft.objects.get(brand=kiln).revision == 2


def test_a_draft_is_discarded_but_not_a_brand(client: Client, kiln: Brand) -> None:
    client.post("/brands/kiln/draft/discard", {"revision": "1"})
    assert StyleDraft.objects.filter(brand=kiln).exists(), "nothing else is there of this brand"
    save(client, logos__light__file=upload(SVG))
    publish(client)
    save(client, tone__en="Calm")
    revision = StyleDraft.objects.get(brand=kiln).revision
    assert "Discard this draft" in said(client.get("/brands/kiln/draft"))
    assert client.post("/brands/kiln/draft/discard", {"revision": revision}).status_code == 302
    assert not StyleDraft.objects.exists() and brand_style("kiln").tone is None


def test_versions_are_compared_and_rolled_back(client: Client, kiln: Brand) -> None:
    save(client, logos__light__file=upload(SVG))
    publish(client)
    save(client, tone__en="Calm", tone__zh="平和")
    publish(client)
    page = said(client.get("/brands/kiln/versions", {"before": "1", "after": "2"}))
    assert "Calm · 平和" in page and "Roll back to this" in page
    assert client.get("/brands/kiln/versions", {"before": "1", "after": "9"}).status_code == 404
    page = said(client.get("/brands/kiln/1/roll-back"))
    assert "No version is lost" in page and "taken out" in page
    assert client.post("/brands/kiln/1/roll-back").status_code == 302
    assert brand_style("kiln").version == 3 and brand_style("kiln").tone is None
    assert client.get("/brands/kiln/9/roll-back").status_code == 404


# As a file


def test_a_brand_goes_out_as_a_file_and_comes_in_again(client: Client, kiln: Brand) -> None:
    answer = client.get("/brands/demo/1/brand.zip")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="demo-1.brand.zip"'
    content = answer.getvalue()
    file = upload(content, "demo.zip")
    assert client.post("/brands/kiln/draft/import", {"file": file, "revision": "1"}).status_code == 302
    assert len(StyleDraft.objects.get(brand=kiln).style["palette"]) == len(sample.demo().palette)
    again = NEW | {"slug": "oven", "file": upload(content, "demo.zip")}
    assert client.post("/new-brand", again).status_code == 302
    style = StyleDraft.objects.get(brand__slug="oven").style
    assert style["name"] == {"en": "Kiln", "zh": "窑"} and style["logos"]
    assert client.get("/brands/oven/draft").status_code == 200


def test_files_that_are_no_brand_are_refused(client: Client, kiln: Brand) -> None:
    out = io.BytesIO()
    Image.new("RGB", (4, 4)).save(out, "PNG")
    for url, more in (("/new-brand", NEW | {"slug": "oven"}), ("/brands/kiln/draft/import", {"revision": "1"})):
        answer = client.post(url, more | {"file": upload(out.getvalue(), "demo.zip")})
        assert answer.status_code == 422 and "no brand exported by a studio" in said(answer)
    assert client.post("/brands/kiln/draft/import", {"revision": "1"}).status_code == 422
    assert not Brand.objects.filter(slug="oven").exists()
    assert json.loads(json.dumps(StyleDraft.objects.get(brand=kiln).style))["palette"] == []
