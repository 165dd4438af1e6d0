"""The element library and the cut-out page over HTTP: brands apart, nothing half-made, nothing spent before a photo is confirmed."""

import io
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from brand_styles.elements import UnknownElement, element, keep_element
from brand_styles.models import Brand, BrandElement
from brand_styles.words import Words
from generation import tasks
from generation.models import Brief, CutOut, ElementOrder, Job, Status
from generation.products import cutouts, orders
from generation.products.elements import draw
from studio.models import User
from tests.brand_styles.intake.test_photos import RECTANGLE, photo
from tests.studio.test_briefs import SOUND, problems
from tests.studio.test_uploads import bomb, cut_out


def send(client: Client, content: bytes, brand: str = "demo", name: str = "jug") -> Any:
    file = SimpleUploadedFile("../IMG 01.jpg", content)
    return client.post("/cutouts/new", {"brand": brand, "name": name, "photo": file})


@pytest.fixture
def draft(client_of_owner: Client) -> CutOut:
    """A photo sent in, cut out as far as it goes by itself."""
    assert send(client_of_owner, photo()[0]).status_code == 302
    return CutOut.objects.get()


def recut(client: Client, draft: CutOut, rectangle: object = None, strokes: object = ()) -> Any:
    wishes = json.dumps({"rectangle": rectangle, "strokes": strokes})
    return client.post(f"/cutouts/{draft.pk}/cut", wishes, content_type="application/json")


def test_a_photo_is_cut_corrected_confirmed_and_used(client_of_owner: Client, draft: CutOut) -> None:
    answer = recut(client_of_owner, draft, list(RECTANGLE), [{"keep": False, "size": 24, "points": [[258, 240]]}])
    assert answer.status_code == 200 and answer.json()["rectangle"] == list(RECTANGLE)
    alpha = Image.open(io.BytesIO(client_of_owner.get(answer.json()["alpha"]).content))
    assert alpha.mode == "LA" and alpha.getpixel((258, 240)) == (0, 0) and alpha.getpixel((180, 250)) == (0, 255)
    page = client_of_owner.get(f"/cutouts/{draft.pk}").content.decode()
    assert '"strokes": [{"keep": false' in page
    assert client_of_owner.post(f"/cutouts/{draft.pk}/confirm", {"name": "Blue jug"}).status_code == 302
    kept = BrandElement.objects.get()
    assert (kept.slug, kept.source, kept.brand.slug) == ("blue-jug", "photo", "demo")
    with default_storage.open(kept.file) as file, Image.open(file) as image:
        assert image.mode == "RGBA" and image.size == (kept.width, kept.height)
        assert image.getchannel("A").getextrema() == (0, 255)
    assert client_of_owner.post("/briefs/new", SOUND | {"element": "blue-jug"}).status_code == 302
    brief = Brief.objects.get()
    assert brief.data["subject"] == {"element": "blue-jug"} and brief.product.startswith("products/")


def test_confirmed_is_confirmed(client_of_owner: Client, draft: CutOut) -> None:
    recut(client_of_owner, draft, list(RECTANGLE))
    for _ in range(2):
        assert client_of_owner.post(f"/cutouts/{draft.pk}/confirm", {"name": "Jug"}).status_code == 302
    assert BrandElement.objects.count() == 1
    answer = recut(client_of_owner, draft, [0, 0, 50, 50])
    assert answer.status_code == 422 and "confirmed" in answer.json()["problem"]


def test_a_brief_with_an_unconfirmed_photo_spends_nothing_and_leads_to_the_page(client_of_owner: Client) -> None:
    answer = client_of_owner.post("/briefs/new", SOUND | {"product": SimpleUploadedFile("jug.jpg", photo()[0])})
    page = answer.content.decode()
    assert answer.status_code == 422 and "cut the product out" in str(problems(page)["subject-image"])
    kept = CutOut.objects.get()
    assert f'href="/cutouts/{kept.pk}"' in page
    assert not Brief.objects.exists() and not Job.objects.exists() and not BrandElement.objects.exists()


def test_the_same_photo_sent_again_is_the_one_that_waits(client_of_owner: Client, draft: CutOut) -> None:
    recut(client_of_owner, draft, list(RECTANGLE), [{"keep": False, "size": 24, "points": [[258, 240]]}])
    assert send(client_of_owner, photo()[0])["Location"] == f"/cutouts/{draft.pk}"
    assert len(CutOut.objects.get().strokes) == 1


def test_what_the_page_cannot_use_is_told_and_the_last_cut_stays(client_of_owner: Client, draft: CutOut) -> None:
    assert recut(client_of_owner, draft, list(RECTANGLE)).status_code == 200
    before = CutOut.objects.get().alpha
    deep = b'{"rectangle": null, "strokes": ' + b"[" * 50_000 + b"]" * 50_000 + b"}"
    for body in (b"", b"[]", b'{"rectangle": 3, "strokes": []}', b'{"strokes": []}', b"\xff", deep):
        answer = client_of_owner.post(f"/cutouts/{draft.pk}/cut", body, content_type="application/json")
        assert answer.status_code == 422 and answer.json()["problem"]
    assert "small" in recut(client_of_owner, draft, [5, 5, 6, 6]).json()["problem"]
    assert "brush" in recut(client_of_owner, draft, None, [{"keep": 1}]).json()["problem"].lower()
    assert CutOut.objects.get().alpha == before and default_storage.exists(before)


def plain(size: tuple[int, int] = (300, 300), mode: str = "RGB") -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [bomb(), photo()[0][:700], b"", b"no picture", plain((1, 1)), plain((9000, 9)), plain((4, 20_000))],
    ids=["bomb", "truncated", "empty", "text", "one pixel", "flat", "too long"],
)
def test_a_photo_that_cannot_be_used_is_told_and_nothing_is_kept(content: bytes, client_of_owner: Client) -> None:
    answer = send(client_of_owner, content)
    assert answer.status_code == 422 and 'role="alert"' in answer.content.decode()
    assert not CutOut.objects.exists()
    assert not default_storage.exists("cutouts")


def test_a_photo_in_which_nothing_is_found_waits_for_its_person(client_of_owner: Client) -> None:
    assert send(client_of_owner, plain()).status_code == 302
    row = CutOut.objects.get()
    assert row.alpha == "" and client_of_owner.get(f"/cutouts/{row.pk}").status_code == 200
    answer = client_of_owner.post(f"/cutouts/{row.pk}/confirm", {"name": "x"})
    assert answer.status_code == 422 and "Nothing is cut out yet" in answer.content.decode()
    assert not BrandElement.objects.exists()


def test_an_all_clear_cut_out_is_told(client_of_owner: Client) -> None:
    send(client_of_owner, plain(mode="RGBA"))
    row = CutOut.objects.get()
    answer = client_of_owner.post(f"/cutouts/{row.pk}/confirm", {"name": "x"})
    assert answer.status_code == 422 and "transparent" in answer.content.decode()


def test_a_cut_out_with_its_own_alpha_keeps_it(client_of_owner: Client) -> None:
    send(client_of_owner, cut_out(), name="disc")
    row = CutOut.objects.get()
    assert row.method == "own" and 0.4 < row.share < 0.6
    client_of_owner.post(f"/cutouts/{row.pk}/confirm", {})
    assert BrandElement.objects.get().slug == "disc"


@pytest.fixture
def larkmoors(brands: None) -> BrandElement:
    pixels = np.zeros((90, 80, 4), np.uint8)
    pixels[5:-5, 5:-5] = (10, 90, 60, 255)
    brand = Brand.objects.get(slug="larkmoor")
    words = Words(en="Secret tin", zh="秘密罐")
    return keep_element(brand=brand, slug="secret-tin", name=words, source="photo", pixels=pixels, recipe={})


def test_one_brand_never_sees_anothers(client_of_owner: Client, larkmoors: BrandElement, owner: User) -> None:
    assert "secret-tin" not in client_of_owner.get("/elements").content.decode()
    assert "secret-tin" not in client_of_owner.get("/briefs/new").content.decode()
    for address in ("picture.png", "thumbnail.png"):
        assert client_of_owner.get(f"/elements/{larkmoors.pk}/{address}").status_code == 404
    assert client_of_owner.post(f"/elements/{larkmoors.pk}/remove").status_code == 404
    assert client_of_owner.get(f"/elements?removed={larkmoors.pk}").status_code == 404
    told = problems(client_of_owner.post("/briefs/new", SOUND | {"element": "secret-tin"}).content.decode())
    assert "not in the library of demo" in str(told["subject"]) and not Brief.objects.exists()
    assert send(client_of_owner, photo()[0], brand="larkmoor").status_code == 404
    assert (
        client_of_owner.post("/elements/order", {"brand": "larkmoor", "concept": "coin", "count": 1}).status_code == 404
    )
    with pytest.raises(UnknownElement):
        element("demo", "secret-tin")


def test_removing_can_be_taken_back(
    larkmoors: BrandElement, stranger: User, as_person: Callable[[User], Client]
) -> None:
    client = as_person(stranger)
    page = client.post(f"/elements/{larkmoors.pk}/remove", follow=True).content.decode()
    assert 'data-element="secret-tin"' not in page and 'id="restore"' in page
    page = client.post(f"/elements/{larkmoors.pk}/restore", follow=True).content.decode()
    assert 'data-element="secret-tin"' in page
    answer = client.get(f"/elements/{larkmoors.pk}/picture.png?download")
    assert answer["Content-Disposition"] == 'attachment; filename="secret-tin.png"'


def test_a_photo_is_discarded_and_taken_back(client_of_owner: Client, draft: CutOut) -> None:
    page = client_of_owner.post(f"/cutouts/{draft.pk}/discard", follow=True).content.decode()
    assert 'id="undiscard"' in page and f'href="/cutouts/{draft.pk}"' not in page
    tasks.sweep()
    assert client_of_owner.post(f"/cutouts/{draft.pk}/restore")["Location"] == f"/cutouts/{draft.pk}"
    assert f'href="/cutouts/{draft.pk}"' in client_of_owner.get("/elements").content.decode()


def test_after_half_a_minute_a_discarded_photo_is_gone_with_its_files(client_of_owner: Client, draft: CutOut) -> None:
    files = (draft.photo, draft.alpha)
    client_of_owner.post(f"/cutouts/{draft.pk}/discard")
    CutOut.objects.update(discarded_at=timezone.now() - timedelta(seconds=31))
    assert client_of_owner.post(f"/cutouts/{draft.pk}/restore").status_code == 404
    assert 'id="undiscard"' not in client_of_owner.get(f"/elements?discarded={draft.pk}").content.decode()
    assert all(default_storage.exists(name) for name in files)
    tasks.sweep()
    assert not CutOut.objects.exists() and not any(default_storage.exists(name) for name in files)


def test_files_that_another_photo_names_stay(client_of_owner: Client, draft: CutOut, owner: User) -> None:
    same = CutOut.objects.get()
    same.pk = None
    same.save()
    CutOut.objects.filter(pk=draft.pk).update(discarded_at=timezone.now() - timedelta(seconds=31))
    assert cutouts.forget_discarded() == 1
    assert default_storage.exists(same.photo) and default_storage.exists(same.alpha)


def test_a_confirmed_photo_is_not_discarded(client_of_owner: Client, draft: CutOut) -> None:
    recut(client_of_owner, draft, list(RECTANGLE))
    client_of_owner.post(f"/cutouts/{draft.pk}/confirm", {"name": "Jug"})
    answer = client_of_owner.post(f"/cutouts/{draft.pk}/discard")
    assert answer.status_code == 422 and CutOut.objects.get().discarded_at is None


def test_the_same_photo_sent_again_is_taken_back(client_of_owner: Client, draft: CutOut) -> None:
    client_of_owner.post(f"/cutouts/{draft.pk}/discard")
    assert send(client_of_owner, photo()[0])["Location"] == f"/cutouts/{draft.pk}"
    assert CutOut.objects.get().discarded_at is None


def test_two_of_a_name_get_a_number(larkmoors: BrandElement) -> None:
    pixels = np.full((70, 70, 4), 200, np.uint8)
    again = keep_element(
        brand=larkmoors.brand,
        slug="secret-tin",
        name=Words(en="Tin", zh="罐"),
        source="photo",
        pixels=pixels,
        recipe={},
    )
    assert again.slug == "secret-tin-2"


def test_an_order_is_drawn_by_a_worker(client_of_owner: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    real = draw
    monkeypatch.setattr(orders, "draw", lambda recipe: real(recipe.model_copy(update={"side": 96})))
    monkeypatch.setattr(tasks, "wake_elements", lambda: True)
    assert (
        client_of_owner.post("/elements/order", {"brand": "demo", "concept": "红包", "count": "2"}).status_code == 302
    )
    assert "0 / 2" in client_of_owner.get("/elements").content.decode()
    assert orders.make_next() and not orders.make_next()
    assert ElementOrder.objects.get().status == Status.FINISHED
    first, second = BrandElement.objects.order_by("id")
    assert (first.slug, second.slug) == ("red-envelope", "red-envelope-2")
    assert first.recipe["palette"]["subject"] in {"#E2331F", "#D7301F"}
    page = client_of_owner.get("/elements").content.decode()
    assert 'data-element="red-envelope-2"' in page and "0 / 2" not in page


@pytest.mark.parametrize(
    ("concept", "count"), [("gibberish-xyz", "2"), ("", "2"), ("coin", "0"), ("coin", "99"), ("coin", "x")]
)
def test_an_order_that_cannot_be_is_told(client_of_owner: Client, concept: str, count: str) -> None:
    answer = client_of_owner.post("/elements/order", {"brand": "demo", "concept": concept, "count": count})
    assert answer.status_code == 422 and 'id="problem"' in answer.content.decode()
    assert not ElementOrder.objects.exists()


def test_an_order_dropped_by_a_killed_worker_goes_on_where_it_stopped(
    client_of_owner: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn: list[int] = []

    def killed(recipe: Any) -> Any:
        drawn.append(recipe.seed)
        if len(drawn) == 2:
            raise KeyboardInterrupt
        return np.full((70, 70, 4), 255, np.uint8)

    monkeypatch.setattr(orders, "draw", killed)
    monkeypatch.setattr(tasks, "wake_elements", lambda: True)
    client_of_owner.post("/elements/order", {"brand": "demo", "concept": "coin", "count": "3"})
    with pytest.raises(KeyboardInterrupt):
        orders.make_next()
    ElementOrder.objects.update(lease_until="2020-01-01T00:00:00Z")
    assert orders.release_expired() == 1 and orders.make_next()
    assert len(drawn) == 4 and drawn[1] == drawn[2] and len(set(drawn)) == 3
    assert BrandElement.objects.count() == 3 and ElementOrder.objects.get().status == Status.FINISHED


def test_what_is_said_of_a_file_stays_while_one_types_on(client_of_owner: Client, larkmoors: BrandElement) -> None:
    answer = client_of_owner.post("/briefs/check", SOUND | {"element": "secret-tin"}).content.decode()
    assert "problems-subject-image" not in answer
    assert "not in the library of demo" in str(problems(answer)["subject"])
