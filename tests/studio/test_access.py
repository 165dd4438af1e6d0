"""Every address, asked by each of the cast."""

from collections.abc import Callable

import numpy as np
import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from brand_styles.elements import bytes_of, keep_element
from brand_styles.models import BrandElement
from brand_styles.words import Words
from generation.models import Asset, Brief, CutOut, Job
from generation.products.cutouts import start_cut_out
from studio.models import User

OPEN = {"sign-in", "sign-out", "preferences", "health", "ready"}
OF_ANYONE = {"home", "briefs", "new-brief", "check-brief", "elements"}
POSTS = {"check-brief", "cancel-brief", "undo-cancel", "retry-brief", "cancel-job", "retry-job"}
POSTS |= {"order-elements", "remove-element", "restore-element", "new-cut-out", "recut", "confirm-cut-out"}


NEED_MORE = {"preview", "order-elements", "new-cut-out"}  # a running job; a brand among the fields (see test_elements)


def address(name: str, brief: Brief) -> str:
    job = Job.objects.filter(variant__brief=brief).first()
    asset = Asset.objects.filter(job__variant__brief=brief).first()
    assert job and asset
    ids = {"brief_id": brief.pk, "job_id": job.pk, "asset_id": asset.pk, "step": 1, "kind": "design"}
    ids |= library_of(brief)
    pattern = next(p for p in get_resolver().url_patterns if getattr(p, "name", None) == name)
    wanted = set(pattern.pattern.converters) | set(getattr(pattern.pattern.regex, "groupindex", {}))
    return reverse(name, kwargs={key: value for key, value in ids.items() if key in wanted})


def library_of(brief: Brief) -> dict[str, int]:
    """An element and a cut-out of the brief's brand."""
    brand = brief.library.brand
    element, draft = BrandElement.objects.filter(brand=brand).first(), CutOut.objects.filter(brand=brand).first()
    if element is None or draft is None:
        pixels = np.zeros((200, 200, 4), np.uint8)
        pixels[40:160, 40:160] = (180, 40, 30, 255)
        words = Words(en="Block", zh="方块")
        element = keep_element(brand=brand, slug="block", name=words, source="photo", pixels=pixels, recipe={})
        draft = start_cut_out(brand=brand, owner_id=brief.owner_id, name="block", file=bytes_of(element))
    return {"element_id": element.pk, "cut_out_id": draft.pk}


def names() -> list[str]:
    return [str(name) for p in get_resolver().url_patterns if (name := getattr(p, "name", None))]


def ask(client: Client, name: str, brief: Brief) -> int:
    url = address(name, brief)
    return (client.post(url) if name in POSTS else client.get(url)).status_code


@pytest.mark.parametrize("name", [n for n in names() if n not in OPEN])
def test_nobody_enters_without_signing_in(name: str, made_brief: Brief) -> None:
    url = address(name, made_brief)
    answer = Client().post(url) if name in POSTS else Client().get(url)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in")


@pytest.mark.parametrize("name", [n for n in names() if n not in OPEN | OF_ANYONE])
def test_for_a_stranger_it_does_not_exist(
    name: str, made_brief: Brief, stranger: User, as_person: Callable[[User], Client]
) -> None:
    assert ask(as_person(stranger), name, made_brief) == 404


@pytest.mark.parametrize("name", [n for n in names() if n not in OPEN | NEED_MORE])
def test_owner_and_teammate_get_in(
    name: str, made_brief: Brief, owner: User, teammate: User, as_person: Callable[[User], Client]
) -> None:
    for person in (owner, teammate):
        assert ask(as_person(person), name, made_brief) in {200, 302, 422}


def test_a_stranger_s_lists_are_empty(made_brief: Brief, stranger: User, as_person: Callable[[User], Client]) -> None:
    for url in ("/", "/briefs"):
        assert "会员狂欢日" not in as_person(stranger).get(url).content.decode()


def test_a_stranger_cannot_change_anything(brief: Brief, stranger: User, as_person: Callable[[User], Client]) -> None:
    client = as_person(stranger)
    assert client.post(f"/briefs/{brief.pk}/cancel").status_code == 404
    assert set(Job.objects.values_list("status", flat=True)) == {"queued"}
