"""A brand's own fonts: taken in whole or refused in words, kept under their hash, used as far as their licence goes."""

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fontTools.ttLib import TTFont

from brand_styles.checking import problems_of
from brand_styles.fonts import LostFont, font_bytes, font_file, keep_font
from brand_styles.intake.guard import Refused
from brand_styles.licences import BrandFont, keyed, rekeyed, uncovered, unlicensed
from brand_styles.sample import demo
from brand_styles.style import BrandStyle, Typefaces
from brand_styles.words import Words
from generation.errors import PermanentError
from generation.typography.faces import companion_of, covering_face, face_of, is_uploaded, missing_characters
from generation.typography.paragraphs import shape
from tests.brand_styles import typefaces


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT, settings.VAR_DIR = tmp_path / "files", tmp_path / "var"
    return tmp_path


def font(**more: Any) -> BrandFont:
    facts = {"file": "fonts/a.ttf", "sha256": "a" * 64, "family": Words(en="Kiln", zh="窑"), "weight": 400}
    return BrandFont.model_validate({**facts, "script": "latin", "latin": 95, "han": 0, "licence": "OFL", **more})


# Taking in


@pytest.mark.parametrize("given", [{}, {"otf": True}, {"flavor": "woff2"}, {"flavor": "woff"}])
def test_a_font_is_written_anew_and_says_what_it_is(given: dict[str, Any]) -> None:
    sent = typefaces.font_file(weight=500, **given)
    kept = keep_font(sent)
    assert (kept.family.en, kept.weight, kept.script, kept.latin, kept.han) == ("Kiln Sans", 500, "latin", 95, 0)
    assert kept.embedding == "installable" and "For Kiln only" in kept.terms and kept.licence == ""
    written = TTFont(io.BytesIO(font_bytes(kept)))
    assert written.flavor is None and len(written.getBestCmap()) == 95
    assert keep_font(sent) == kept


def test_coverage_counts_the_common_characters() -> None:
    kept = keep_font(typefaces.font_file(han=900))
    assert (kept.script, kept.han) == ("han", 900)
    assert keep_font(typefaces.font_file(han=100)).script == "latin"


def test_only_what_is_needed_is_kept() -> None:
    sent = typefaces.with_table("SVG ", b"\x00" * 10 + b"<script>alert(1)</script>")
    assert b"<script>" in sent
    content = font_bytes(keep_font(sent))
    assert b"<script>" not in content
    assert set(TTFont(io.BytesIO(content)).keys()) == {
        "GlyphOrder",
        "head",
        "hhea",
        "maxp",
        "OS/2",
        "hmtx",
        "cmap",
        "loca",
        "glyf",
    } | {
        "name",
        "post",
    }


def spoilt() -> bytes:
    """A font whose outlines' places point past its end."""
    whole = bytearray(typefaces.font_file())
    entry = whole.index(b"loca")
    place = int.from_bytes(whole[entry + 8 : entry + 12], "big")
    whole[place + 20 : place + 60] = b"\xff" * 40
    return bytes(whole)


def variable() -> bytes:
    made = typefaces.builder()
    made.setupFvar([("wght", 100, 400, 900, "Weight")], [])
    return typefaces.saved(made.font)


def woff_bomb() -> bytes:
    """Says that it unpacks to 4 GB."""
    packed = bytearray(typefaces.font_file(flavor="woff2"))
    packed[16:20] = b"\xff\xff\xff\xff"
    return bytes(packed)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "font-type"),
        (b"<svg/>" * 20, "font-type"),
        (b"ttcf" + b"\x00" * 60, "font-collection"),
        (typefaces.font_file()[:900], "font-broken"),
        (typefaces.font_file(flavor="woff2")[:-50], "font-broken"),
        (spoilt(), "font-broken"),
        (variable(), "font-variable"),
        (woff_bomb(), "font-size"),
        (typefaces.font_file(fs_type=2), "font-restricted"),
        (typefaces.font_file(fs_type=0x200), "font-restricted"),
    ],
)
def test_hostile_and_forbidden_fonts_are_refused_with_a_sentence(content: bytes, code: str, files: Path) -> None:
    with pytest.raises(Refused) as caught:
        keep_font(content)
    assert caught.value.code == code and caught.value.words.zh
    assert not (files / "files").exists()


def test_embedding_bits_are_told() -> None:
    assert keep_font(typefaces.font_file(fs_type=4)).embedding == "preview"
    assert keep_font(typefaces.font_file(fs_type=8)).embedding == "editable"
    assert not keep_font(typefaces.font_file(fs_type=0x100)).subset


# Files


def test_a_lost_or_changed_file_is_told(files: Path) -> None:
    kept = keep_font(typefaces.font_file())
    (file,) = (files / "files" / "fonts").iterdir()
    assert font_file(kept.digits).read_bytes() == file.read_bytes()
    file.write_bytes(b"another")
    with pytest.raises(LostFont, match=kept.digits):
        font_bytes(kept)
    with pytest.raises(PermanentError, match="missing"):
        face_of("font-" + "0" * 24)


# As a typeface


def test_an_uploaded_family_sets_type() -> None:
    light, bold = keep_font(typefaces.font_file(weight=300)), keep_font(typefaces.font_file(weight=800, side=550))
    (key,) = keyed([bold, light])
    assert is_uploaded(key) and key == f"font-{light.digits}-{bold.digits}"
    face = face_of(key)
    assert (sorted(face.files), face.script, face.companion) == ([300, 800], "latin", "noto-sans-sc")
    line = shape("KILN 5折", language="zh", face=key, weight=900)
    assert {glyph.glyph.file.name for glyph in line.glyphs} == {f"{bold.digits}.ttf", "NotoSansSC_900Black.ttf"}
    assert missing_characters("Kiln 会员", key) == []


def test_a_chinese_font_lends_its_own_latin_and_yields_where_it_lacks_a_character() -> None:
    kept = keep_font(typefaces.font_file(han=600))
    (key,) = keyed([kept])
    assert face_of(key).script == "han" and companion_of(key, 400)[0] == key
    assert covering_face("啊", key) == key  # the first of GB 2312
    assert covering_face("鼯", key) == "noto-sans-sc"


def test_a_key_follows_its_family_when_a_weight_comes_or_goes() -> None:
    one, two = font(), font(sha256="b" * 64, weight=700)
    old, (new,) = next(iter(keyed([one]))), keyed([one, two])
    assert rekeyed(old, [one, two]) == new and rekeyed(new, [two]) == next(iter(keyed([two])))
    assert rekeyed("archivo", [one]) == "archivo" and rekeyed(old, []) == old


# Licences

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("more", "asked", "words"),
    [
        ({"expires": "2026-11-21"}, {"on": DAY}, "ended on 2026-11-21"),
        ({"expires": "2026-11-22"}, {"on": DAY}, None),
        (
            {"media": ["web", "app"]},
            {"media": ("web", "print", "video")},
            "does not cover print, video: it is for web, app",
        ),
        ({"media": ["web"]}, {"media": ("web",)}, None),
        ({}, {"media": ("print",)}, None),
        ({"seats": 2}, {"people": 3}, "is for 2 people, and 3 make"),
        ({"seats": 3}, {"people": 3}, None),
    ],
)
def test_what_a_licence_covers(more: dict[str, Any], asked: dict[str, Any], words: str | None) -> None:
    found = list(uncovered(font(**more), **asked))
    assert len(found) == (words is not None)
    assert words is None or (words in found[0].en and found[0].zh)


def style(*fonts: BrandFont, **faces: str) -> BrandStyle:
    return demo().model_copy(update={"fonts": fonts, "typefaces": Typefaces(**faces)})


def test_only_fonts_in_use_are_asked_for_their_licence() -> None:
    old = font(expires=date(2020, 1, 1), licence="")
    (key,) = keyed([old])
    assert unlicensed(style(old), on=DAY) == [] and problems_of(style(old).model_dump(mode="json")) == []
    used = style(old, display_latin=key)
    assert [place for place, _ in unlicensed(used, on=DAY)] == [0]
    told = {problem.field: problem.words.en for problem in problems_of(used.model_dump(mode="json"))}
    assert set(told) == {"fonts.0"}
    assert [p.words.en.split(".")[0] for p in problems_of(used.model_dump(mode="json"))] == [
        "Kiln 400 has no licence",
        "The licence of Kiln 400 ended on 2020-01-01",
    ]


def test_contradictions_among_fonts_are_told() -> None:
    twin = font(sha256="b" * 64)
    problems = problems_of(style(font(), twin).model_dump(mode="json"))
    assert [(p.field, "is there twice" in p.words.en) for p in problems] == [("fonts.1", True)]
    gone = problems_of(style(display_latin="font-" + "c" * 24).model_dump(mode="json"))
    assert [(p.field, "no longer among" in p.words.en) for p in gone] == [("typefaces.display_latin", True)]
    (key,) = keyed([font()])
    latin = problems_of(style(font(), text=key).model_dump(mode="json"))
    assert [(p.field, "too few Chinese" in p.words.en) for p in latin] == [("typefaces.text", True)]
    assert (
        "is not a day"
        in problems_of(
            style().model_dump(mode="json") | {"fonts": [font().model_dump(mode="json") | {"expires": "soon"}]}
        )[0].words.en
    )
