"""A brief through the form and the YAML tab: what is made of a sound one, what is said of a faulty one."""

import re
from typing import Any

import pytest
from django.test import Client

from generation.models import Brief, Job, Variant
from studio.forms.brief import slot_of
from studio.models import User
from tests.cast import BRIEF

SOUND: dict[str, Any] = {
    "tab": "form",
    "brand": "demo",
    "headline": "会员狂欢日",
    "prompt": "我需要一个热闹的营销活动页面",
    "formats": ["1080x1920", "300x250"],
    "other_formats": "640x100, 200×200",
    "variants": "2",
    "campaign": "spring-18",
    "legal": "第一条。\n第二条。",
}


def problems(html: str) -> dict[str, str]:
    """The text of each field's list of problems, by the slot it stands at."""
    lists = re.findall(r'id="problems-([\w-]+)"[^>]*>(.*?)</ul>', html, re.S)
    return {slot: re.sub(r"<[^>]+>", " ", body).strip() for slot, body in lists if "<li>" in body}


def test_a_sound_brief_becomes_one_job_for_each_format_of_each_variant(client_of_owner: Client) -> None:
    answer = client_of_owner.post("/briefs/new", SOUND)
    brief = Brief.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, f"/briefs/{brief.pk}")
    assert brief.title == "会员狂欢日" and brief.campaign and brief.campaign.slug == "spring-18"
    assert brief.data["copy"]["legal"] == ["第一条。", "第二条。"]
    assert [v.number for v in Variant.objects.all()] == [1, 2]
    sizes = sorted(Job.objects.values_list("width", "height"))
    assert sizes == sorted([(1080, 1920), (300, 250), (640, 100), (200, 200)] * 2)
    assert str(brief.library) == "demo@1"


def test_the_yaml_tab_is_the_same_door(client_of_owner: Client) -> None:
    assert client_of_owner.post("/briefs/new", {"tab": "yaml", "source": BRIEF}).status_code == 302
    brief = Brief.objects.get()
    assert brief.source == BRIEF
    assert client_of_owner.get(f"/briefs/{brief.pk}/brief.yaml").content.decode() == BRIEF


@pytest.mark.parametrize(
    ("change", "slot", "words"),
    [
        ({"headline": "长" * 5000}, "copy-headline", "5,000"),
        ({"headline": ""}, "copy", "at least one line"),
        ({"brand": "nobody"}, "brand", "demo"),
        ({"brand": "larkmoor"}, "brand", "demo"),
        ({"formats": [], "other_formats": ""}, "formats", "at least one"),
        ({"other_formats": "1x1"}, "formats", "1x1"),
        ({"other_formats": "30000x30000"}, "formats", "30000x30000"),
        ({"other_formats": "large"}, "formats", "large"),
        ({"variants": "many"}, "variants", "whole number"),
        ({"variants": "2000"}, "variants", "20"),
        ({"mood": "wild"}, "mood", "wild"),
        ({"starts": "2026-12-20", "ends": "2026-12-18"}, "ends", "2026-12-20"),
        ({"concept": "gift-bax"}, "subject", "gift-box"),
        ({"landing_url": "javascript:alert(1)"}, "landing_url", "https"),
    ],
)
def test_a_fault_is_told_beside_its_field_and_nothing_is_half_made(
    change: dict[str, Any], slot: str, words: str, client_of_owner: Client
) -> None:
    answer = client_of_owner.post("/briefs/new", SOUND | change)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in problems(page)[slot]
    assert "我需要一个热闹的营销活动页面" in page, "what was typed is still there"
    assert not Brief.objects.exists() and not Job.objects.exists()


def test_problems_as_you_type_are_the_same_and_say_how_many_pictures(client_of_owner: Client) -> None:
    faulty = client_of_owner.post("/briefs/check", SOUND | {"headline": "长" * 5000}).content.decode()
    assert "5,000" in problems(faulty)["copy-headline"]
    sound = client_of_owner.post("/briefs/check", SOUND).content.decode()
    assert not problems(sound) and "<strong>8</strong>" in sound
    assert not Brief.objects.exists()


def test_a_fault_in_yaml_is_told_with_its_line(client_of_owner: Client) -> None:
    source = BRIEF.replace("prompt:", "promt:")
    page = client_of_owner.post("/briefs/new", {"tab": "yaml", "source": source}).content.decode()
    told = problems(page)["source"]
    assert "Line 3" in told and "prompt" in told
    assert "promt:" in page


def test_an_alias_bomb_is_refused(client_of_owner: Client) -> None:
    bomb = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
        f"{b}: &{b} [{', '.join(['*' + a] * 9)}]\n" for a, b in zip("abcdefgh", "bcdefghi", strict=True)
    )
    answer = client_of_owner.post("/briefs/new", {"tab": "yaml", "source": bomb})
    assert answer.status_code == 422 and "alias" in problems(answer.content.decode())["source"]


def test_a_pasted_brief_names_no_file_of_the_server(client_of_owner: Client) -> None:
    source = BRIEF + "subject: {image: ../../etc/passwd.png}\n"
    page = client_of_owner.post("/briefs/new", {"tab": "yaml", "source": source}).content.decode()
    assert "Line 7" in problems(page)["source"] and "did not come along" in problems(page)["source"]
    typing = client_of_owner.post("/briefs/check", {"tab": "yaml", "source": source}).content.decode()
    assert not problems(typing), "no file is asked for while somebody types"


def test_a_version_that_was_never_published_is_told(client_of_owner: Client) -> None:
    source = BRIEF.replace("brand: demo", "brand: demo@9")
    answer = client_of_owner.post("/briefs/new", {"tab": "yaml", "source": source})
    assert answer.status_code == 422 and "demo@9" in problems(answer.content.decode())["brand"]
    assert not Brief.objects.exists()


@pytest.mark.parametrize("post", [SOUND | {"prompt": "长" * 700_000}, SOUND | {f"x{n}": "1" for n in range(6500)}])
def test_more_than_a_form_may_hold_is_told(post: dict[str, Any], client_of_owner: Client) -> None:
    answer = client_of_owner.post("/briefs/new", post)
    assert answer.status_code == 413 and "kept on this device" in answer.content.decode()


def test_markup_in_a_brief_stays_text(client_of_owner: Client) -> None:
    client_of_owner.post("/briefs/new", SOUND | {"headline": "<script>alert(1)</script>"})
    for url in ("/briefs", f"/briefs/{Brief.objects.get().pk}"):
        page = client_of_owner.get(url).content.decode()
        assert "<script>alert" not in page and "&lt;script&gt;alert" in page


def test_more_than_may_wait_is_refused_and_kept_on_the_page(client_of_owner: Client, settings: Any) -> None:
    settings.QUEUE_LIMIT = 7
    answer = client_of_owner.post("/briefs/new", SOUND)
    assert answer.status_code == 422 and "more than may wait" in answer.content.decode()
    assert "会员狂欢日" in answer.content.decode() and not Job.objects.exists()


def test_too_many_briefs_in_an_hour(client_of_owner: Client, settings: Any) -> None:
    settings.BRIEFS_PER_HOUR = 1
    assert client_of_owner.post("/briefs/new", SOUND).status_code == 302
    assert client_of_owner.post("/briefs/new", SOUND).status_code == 422


def test_empty_lists_start_the_work(client_of_owner: Client) -> None:
    for url in ("/", "/briefs"):
        assert 'href="/briefs/new"' in client_of_owner.get(url).content.decode()


def test_a_person_without_a_brand_is_told(db: None) -> None:
    client = Client()
    client.force_login(User.objects.create_user("new"), backend="django.contrib.auth.backends.ModelBackend")
    assert "Ask whoever runs this studio" in client.get("/briefs/new").content.decode()


def test_problems_without_a_field_of_their_own_are_told_at_the_top() -> None:
    assert slot_of("copy.legal[2]") == "copy.legal"
    assert slot_of("subject.concept") == "subject"
    assert slot_of("evidence[1].file") == "evidence"
    assert slot_of("segments[1].name") == "segments"
    assert slot_of("languages[1]") == "brief"


def test_far_too_many_rows_are_told_and_what_was_typed_stays(client_of_owner: Client) -> None:
    """With a size each for a third of a megabyte, the answer would hold hundreds of thousands of problems."""
    sent = SOUND | {"legal": "第一条。\n" * 20_000, "other_formats": "1x1," * 80_000}
    told = problems(client_of_owner.post("/briefs/check", sent).content.decode())
    assert told["copy-legal"] and told["formats"].count("1x1") <= 200
    assert "第一条。\n" * 3 in client_of_owner.post("/briefs/new", sent).content.decode().replace("\r", "")
