"""Drafts, versions, differences: on rows, with the sample brand's own style."""

from copy import deepcopy
from typing import Any

import pytest

from brand_styles import drafts, sample
from brand_styles.comparing import changes
from brand_styles.drafts import DraftMoved
from brand_styles.models import Brand, StyleDraft
from brand_styles.problems import NotReady
from brand_styles.selectors import UnknownBrand, brand_slugs, brand_style
from brand_styles.services import publish_style
from brand_styles.words import Words

pytestmark = pytest.mark.django_db
NAME = Words(en="Kiln", zh="窑")


@pytest.fixture
def brand() -> Brand:
    return publish_style(style=sample.demo()).brand


def changed(draft: StyleDraft, **fields: Any) -> dict[str, Any]:
    return {**deepcopy(draft.style), **fields}


def logo() -> dict[str, Any]:
    return sample.demo().logos[0].model_dump(mode="json")


def swatch(role: str, colour: str) -> dict[str, Any]:
    return {"role": role, "hex": colour, "name": {"en": colour, "zh": colour}}


def test_a_new_brand_is_nobody_s_choice_until_it_is_published() -> None:
    draft = drafts.start_brand("kiln", NAME, by=None)
    assert "kiln" not in brand_slugs()
    told = {problem.field for problem in drafts.problems_of_draft(draft)}
    assert told == {"palette", "logos"}
    with pytest.raises(NotReady, match="No colour is a ground"):
        drafts.publish_draft(draft.brand, revision=1)
    palette = [swatch("ground", "#F4EFE6"), swatch("accent", "#B5432A"), swatch("ink", "#1E1A18")]
    saved = drafts.save_draft(draft.brand, changed(draft, palette=palette, logos=[logo()]), revision=1, by=None)
    library = drafts.publish_draft(draft.brand, revision=saved.revision)
    assert (library.version, brand_style("kiln").colors("accent")) == (1, ("#B5432A",))
    assert not StyleDraft.objects.exists()


@pytest.mark.parametrize("slug", ["", "Kiln", "a b", "-kiln", "../x", "k" * 51, "窑"])
def test_a_malformed_short_name_is_refused(slug: str) -> None:
    with pytest.raises(NotReady, match="lower-case letters"):
        drafts.start_brand(slug, NAME, by=None)
    assert not Brand.objects.filter(slug=slug).exists()


def test_a_taken_short_name_is_refused(brand: Brand) -> None:
    with pytest.raises(NotReady, match="There is a brand “demo” already"):
        drafts.start_brand("demo", NAME, by=None)


def test_a_draft_begins_as_the_newest_version_and_is_the_next(brand: Brand) -> None:
    draft = drafts.open_draft(brand, by=None)
    assert (draft.based_on, drafts.problems_of_draft(draft)) == (1, [])
    drafts.save_draft(brand, changed(draft, corner_radius=0.1), revision=1, by=None)
    assert drafts.publish_draft(brand, revision=2).version == 2
    assert (brand_style("demo").corner_radius, brand_style("demo", 1).corner_radius) == (0.1, 0.025)
    (change,) = drafts.compare_versions(brand, 1, 2)
    assert (change.field, change.kind, change.before, change.after) == ("corner_radius", "changed", 0.025, 0.1)


def test_the_second_of_two_designers_sees_the_difference_and_loses_nothing(brand: Brand) -> None:
    draft = drafts.open_draft(brand, by=None)
    drafts.save_draft(brand, changed(draft, industry="retail"), revision=1, by=None)
    with pytest.raises(DraftMoved) as met:
        drafts.save_draft(brand, changed(draft, corner_radius=0.2), revision=1, by=None)
    assert {change.field for change in met.value.changes} == {"industry", "corner_radius"}
    row = StyleDraft.objects.get()
    assert (row.style["industry"], row.style["corner_radius"], row.revision) == ("retail", 0.025, 2)
    for act in (drafts.publish_draft, drafts.discard_draft):
        with pytest.raises(DraftMoved):
            act(brand, revision=1)
    assert StyleDraft.objects.exists() and brand.libraries.count() == 1


def test_saving_what_is_there_is_no_change(brand: Brand) -> None:
    draft = drafts.open_draft(brand, by=None)
    assert drafts.save_draft(brand, changed(draft), revision=1, by=None).revision == 1


def test_a_strange_field_and_a_giant_draft_are_refused_whole(brand: Brand) -> None:
    draft = drafts.open_draft(brand, by=None)
    for style, said in (
        (changed(draft, slug="other"), "no such field"),
        (changed(draft, banned_words=["x" * drafts.MAX_BYTES]), "larger than 4 MB"),
        (changed(draft, banned_words=["\ud800"]), "no text or number"),
        (changed(draft, banned_words=["\x00"]), "no text or number"),
        (changed(draft, corner_radius=float("nan")), "no text or number"),
    ):
        with pytest.raises(NotReady, match=said):
            drafts.save_draft(brand, style, revision=1, by=None)
    assert StyleDraft.objects.get().style == draft.style


def test_rolling_back_publishes_the_old_style_as_the_newest(brand: Brand) -> None:
    drafts.save_draft(brand, changed(drafts.open_draft(brand, by=None), industry="retail"), revision=1, by=None)
    drafts.publish_draft(brand, revision=2)
    assert drafts.roll_back(brand, 1).version == 3
    assert brand_style("demo").industry == "finance"
    assert drafts.roll_back(brand, 1).version == 3  # it says so already
    with pytest.raises(UnknownBrand):
        drafts.roll_back(brand, 9)


def test_a_draft_is_thrown_away_but_not_a_brand_s_only_one(brand: Brand) -> None:
    drafts.open_draft(brand, by=None)
    drafts.discard_draft(brand, revision=1)
    new = drafts.start_brand("kiln", NAME, by=None)
    with pytest.raises(UnknownBrand):
        drafts.discard_draft(new.brand, revision=1)
    assert StyleDraft.objects.get() == new


@pytest.mark.parametrize(
    ("fields", "field", "said"),
    [
        ({"palette": [swatch("ground", "#777777"), swatch("ink", "#666666")]}, "palette.0", "can be read on #777777"),
        ({"palette": [swatch("ground", "red"), swatch("ink", "#000000")]}, "palette.0.hex", "not a colour"),
        ({"palette": [swatch("ground", "#FFFFFF")] * 2}, "palette.1", "listed twice"),
        ({"palette": [swatch("ground", "#FFFFFF")] * 65}, "palette", "64 at most"),
        ({"palette": [swatch("back", "#FFFFFF")]}, "palette.0.role", "is none of"),
        ({"glossary": [{"term": "A", "concept": "x"}, {"term": "a ", "concept": "y"}]}, "glossary", "twice"),
        ({"banned_words": ["活动"]}, "banned_words", "required line"),
        ({"banned_words": [" "]}, "banned_words", "is empty"),
        ({"industry": "piracy"}, "industry", "not one we know"),
        ({"corner_radius": 0.9}, "corner_radius", "0.5 or less"),
        ({"corner_radius": "wide"}, "corner_radius", "not a number"),
        ({"market": 7}, "market", "not text"),
    ],
)
def test_what_contradicts_itself_or_is_malformed_is_told_with_its_place(
    brand: Brand, fields: dict[str, Any], field: str, said: str
) -> None:
    draft = drafts.open_draft(brand, by=None)
    drafts.save_draft(brand, changed(draft, **fields), revision=1, by=None)
    with pytest.raises(NotReady) as met:
        drafts.publish_draft(brand, revision=2)
    told = {problem.field: problem.words for problem in met.value.problems}
    assert said in told[field].en and told[field].zh != told[field].en
    assert brand.libraries.count() == 1


def test_two_logos_for_one_ground_are_told(brand: Brand) -> None:
    draft = drafts.open_draft(brand, by=None)
    saved = drafts.save_draft(brand, changed(draft, logos=[logo(), logo()]), revision=1, by=None)
    assert [problem.field for problem in drafts.problems_of_draft(saved)] == ["logos"]


def test_entries_are_told_apart_by_what_they_are_not_by_where_they_stand() -> None:
    before = {"palette": [swatch("ground", "#FFFFFF"), swatch("ink", "#000000")], "banned_words": ["a", "b"]}
    named = {**swatch("ink", "#000000"), "weight": 2}
    after = {"palette": [swatch("accent", "#FF0000"), swatch("ground", "#FFFFFF"), named], "banned_words": ["b", "a"]}
    told = [(change.field, change.entry, change.kind) for change in changes(before, after)]
    assert told == [
        ("palette", "ink #000000", "changed"),
        ("palette", "accent #FF0000", "added"),
        ("banned_words", "", "changed"),
    ]
    assert changes(before, {**before, "tone": None, "glossary": []}) == []
