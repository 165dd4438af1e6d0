"""Comparing pictures of a brief: the page, its address, and the common scale."""

import re
from collections.abc import Callable

from django.test import Client

from generation.models import Asset, Brief
from studio.models import User
from studio.web.compare import side_by_side


def sized(*sizes: tuple[int, int]) -> list[Asset]:
    return [Asset(width=width, height=height) for width, height in sizes]


def test_pictures_stand_on_one_canvas_in_the_order_of_the_address(client_of_owner: Client, made_brief: Brief) -> None:
    first, second = Asset.objects.order_by("id")
    page = client_of_owner.get(f"/briefs/{made_brief.pk}/compare?a={second.pk}&a={first.pk}&a={second.pk}")
    shown = re.findall(r'href="/assets/(\d+)/thumbnail.jpg" x="(\d+)" y="(\d+)" width="(\d+)"', page.content.decode())
    assert shown == [(str(second.pk), "0", "50", "200"), (str(first.pk), "206", "0", "300")]
    assert 'viewBox="0 0 506 250"' in page.content.decode()


def test_others_pictures_and_nonsense_are_left_out(
    client_of_owner: Client, made_brief: Brief, stranger: User, as_person: Callable[[User], Client]
) -> None:
    first = Asset.objects.order_by("id")[0]
    for query in ("", f"a={first.pk}", f"a={first.pk}&a=999999", "a=x&a=-1&a=²&a=" + "9" * 40):
        answer = client_of_owner.get(f"/briefs/{made_brief.pk}/compare?{query}")
        assert answer.status_code == 200 and "Fewer than two" in answer.content.decode()
    assert as_person(stranger).get(f"/briefs/{made_brief.pk}/compare?a={first.pk}").status_code == 404


def test_wide_pictures_stand_below_one_another() -> None:
    canvas = side_by_side(sized((728, 90), (970, 90)))
    assert [(p.x, p.y) for p in canvas.pictures] == [(0, 0), (0, 109)] and canvas.width == 970
    assert [p.y for p in side_by_side(sized((1080, 1920), (1080, 1080))).pictures] == [0, 840]


def test_a_made_tile_can_be_selected(client_of_owner: Client, made_brief: Brief) -> None:
    page = client_of_owner.get(f"/briefs/{made_brief.pk}").content.decode()
    assert page.count('type="checkbox" name="a"') == 2 and f'action="/briefs/{made_brief.pk}/compare"' in page
