"""A brand's pictures through its pages: taken in one by one or many, described, ordered, and handed to a trainer where the rights are."""

import io
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from brand_styles import sample
from brand_styles.dataset import training_examples, training_pictures
from brand_styles.models import Brand, StyleDraft
from brand_styles.references import LostReference, content_of, keep_reference
from brand_styles.selectors import brand_style
from brand_styles.style import BrandStyle, ReferencePicture
from tests.studio.brands.test_drafts import SVG, publish, said, save, upload


def picture(seed: int = 1, colours: tuple[str, str] = ("#C8321F", "#FBFAF7")) -> bytes:
    """Two colours, a third and two thirds of it, and a dot that tells it from others."""
    image = Image.new("RGB", (120, 90), colours[1])
    image.paste(colours[0], (0, 0, 40, 90))
    image.putpixel((seed, 5), (0, 0, 0))
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()


def file(seed: int = 1, name: str = "") -> SimpleUploadedFile:
    return SimpleUploadedFile(name or f"{seed}.png", picture(seed))


def entries(brand: Brand) -> list[dict[str, Any]]:
    return list(StyleDraft.objects.get(brand=brand).style.get("references") or [])


def seals(page: str) -> dict[str, str]:
    return dict(re.findall(r'name="(references\.\d+\.sealed)" value="([^"]+)"', page)) | {"references": "1"}


def digest(seed: int) -> str:
    return keep_reference(picture(seed)).sha256


def test_pictures_are_taken_in_described_published_and_shown(client: Client, kiln: Brand) -> None:
    sent = {"references": "1", "references.new": [file(1), file(2)], "logos.light.file": upload(SVG)}
    assert save(client, **sent).status_code == 302
    first, second = entries(kiln)
    assert first["palette"] == ["#FBFAF7", "#C8321F"] and len(first["likeness"]) == 63
    assert (first["look"], first["rights"], first["kind"]) == (False, "unconfirmed", "reference")
    page = said(client.get("/brands/kiln/draft"))
    thumbnail = re.findall(r'src="(/brands/kiln/draft/references/[^"]+)"', page)[0]
    assert Image.open(io.BytesIO(client.get(thumbnail).content)).size == (120, 90)
    typed = {"references.0.caption.en": "A red kiln", "references.0.caption.zh": "红窑", "references.0.rights": "owned"}
    typed |= {
        "references.0.look": "1",
        "references.1.rights": "licensed",
        "references.1.note": "Contract 7",
        "references.1.kind": "work",
    }
    assert save(client, revision="2", **seals(page), **typed).status_code == 302
    assert "A red kiln · 红窑 · owned · #FBFAF7 · #C8321F" in said(client.get("/brands/kiln/draft/publish"))
    assert publish(client).status_code == 302
    shown = said(client.get("/brands/kiln"))
    assert "A red kiln · owned by the brand · steers the look" in shown
    style = brand_style("kiln")
    assert [reference.sha256 for reference in style.look_references] == [first["sha256"]]
    assert [(example.caption, example.sha256) for example in training_examples(style, "zh")] == [
        ("红窑", first["sha256"]),
        ("", second["sha256"]),
    ]


def test_one_is_taken_in_by_itself_and_stands_in_no_draft_until_it_is_saved(client: Client, kiln: Brand) -> None:
    answer = client.post("/brands/kiln/draft/references", {"file": file(3), "place": "7"})
    row = said(answer)
    assert answer.status_code == 200 and 'name="references.7.sealed"' in row and "<html" not in row
    assert entries(kiln) == []
    save(client, **seals(row))
    assert [entry["sha256"] for entry in entries(kiln)] == [digest(3)]


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"hello", "not a PNG, JPEG or WebP"), (picture()[:-30], "breaks off"), (b"", "not a PNG, JPEG or WebP")],
)
def test_what_is_no_picture_is_told(client: Client, kiln: Brand, content: bytes, words: str, files: Path) -> None:
    bad = SimpleUploadedFile("bad.png", content or b" ")
    answer = client.post("/brands/kiln/draft/references", {"file": bad, "place": "0"})
    assert words in said(answer) and "sealed" not in said(answer)
    bad.seek(0)
    answer = save(client, **{"references": "1", "references.new": [bad, file(4)]})
    assert answer.status_code == 422 and "bad.png: " in said(answer) and len(entries(kiln)) == 1


def test_without_a_file_that_is_told(client: Client, kiln: Brand) -> None:
    assert "No picture was sent" in said(client.post("/brands/kiln/draft/references"))


def test_order_is_that_of_the_page_and_moves_without_script(client: Client, kiln: Brand) -> None:
    save(client, **{"references": "1", "references.new": [file(n) for n in (1, 2, 3)]})
    kept = seals(said(client.get("/brands/kiln/draft")))
    turned = dict(reversed(list(kept.items())))
    save(client, revision="2", **turned)
    assert [entry["sha256"] for entry in entries(kiln)] == [digest(n) for n in (3, 2, 1)]
    kept = seals(said(client.get("/brands/kiln/draft")))
    save(client, revision="3", **kept, **{"move-reference": "2:up"})
    assert [entry["sha256"] for entry in entries(kiln)] == [digest(n) for n in (3, 1, 2)]
    kept = seals(said(client.get("/brands/kiln/draft")))
    save(client, revision="4", **kept, **{"remove-reference": "0"})
    assert [entry["sha256"] for entry in entries(kiln)] == [digest(n) for n in (1, 2)]


def test_they_stay_where_a_form_has_none_and_forged_ones_are_passed_over(client: Client, kiln: Brand) -> None:
    save(client, **{"references": "1", "references.new": file()})
    save(client, revision="2", tone__en="Calm")
    assert len(entries(kiln)) == 1
    save(client, revision="3", **{"references": "1", "references.0.sealed": "forged"})
    assert entries(kiln) == []


def test_a_thumbnail_is_for_whoever_got_its_token(client: Client, kiln: Brand) -> None:
    assert client.get("/brands/kiln/draft/references/made-up.jpg").status_code == 404


def many(count: int, **more: Any) -> list[dict[str, Any]]:
    return [{"file": f"references/{n}.png", "sha256": f"{n:064x}", **more} for n in range(count)]


def test_what_keeps_pictures_from_being_published(client: Client, kiln: Brand) -> None:
    draft = StyleDraft.objects.get(brand=kiln)
    draft.style |= {"references": many(9)}
    draft.save()
    assert "9 pictures steer the look; 8 at most can" in said(client.get("/brands/kiln/draft"))
    draft.style |= {"references": [*many(1), *many(1, look=False, rights="licensed")]}
    draft.save()
    page = said(client.get("/brands/kiln/draft"))
    assert "is there twice" in page and "from whom" in page


# The trainer's door


def style(*references: ReferencePicture) -> BrandStyle:
    return sample.demo().model_copy(update={"references": references})


def test_only_confirmed_pictures_train_and_lost_ones_are_told(files: Path) -> None:
    kept = [keep_reference(picture(n)) for n in range(3)]
    rights = ("owned", "unconfirmed", "licensed")
    given = style(*(k.model_copy(update={"rights": r}) for k, r in zip(kept, rights, strict=True)))
    assert [reference.sha256 for reference in training_pictures(given)] == [kept[0].sha256, kept[2].sha256]
    assert [example.content for example in training_examples(given)] == [content_of(kept[0]), content_of(kept[2])]
    for found in (files / "references").iterdir():
        found.unlink()
    with pytest.raises(LostReference):
        list(training_examples(given))


def test_eight_of_them_steer_the_look() -> None:
    given = style(*(ReferencePicture.model_validate(each) for each in many(12)))
    assert len(given.look_references) == 8
    assert np.array_equal([r.look for r in given.references], [True] * 12)  # as older versions have them
