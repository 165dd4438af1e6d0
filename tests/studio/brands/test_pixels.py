"""A brand's rules on pictures: written on its draft's page, shown on its own, tried on what it has made."""

from typing import Any

from django.test import Client

from brand_styles.models import Brand, StyleDraft
from brand_styles.pixel_rules import PixelRule
from brand_styles.selectors import brand_style
from brand_styles.words import Words
from generation.models import Asset, Brief
from studio.shadow import latest_of_brand, try_rules
from studio.web.brand_pixel_form import pixel_rule_in_words
from tests.studio.brands.test_drafts import said
from tests.studio.brands.test_shadow import fields

GREEN = {
    "pixel_rules.0.id": "no-neon",
    "pixel_rules.0.was": "",
    "pixel_rules.0.kind": "colour",
    "pixel_rules.0.severity": "block",
    "pixel_rules.0.unchecked": "warn",
    "pixel_rules.0.title.zh": "不用荧光色",
    "pixel_rules.0.looks_for": "#39ff14\nlime",
    "pixel_rules.0.most": "2.5",
    "pixel_rules.0.tolerance": "10",
}


def rules(brand: Brand) -> list[dict[str, Any]]:
    return list(StyleDraft.objects.get(brand=brand).style.get("pixel_rules") or [])


def test_a_rule_on_pictures_is_kept_shown_and_taken_out(client: Client, demo: Brand) -> None:
    assert client.post("/brands/demo/draft", fields(client, **GREEN)).status_code == 302
    (rule,) = rules(demo)
    assert (rule["id"], rule["colours"]) == ("NO-NEON", ["#39FF14", "#00FF00"])
    assert (rule["most"], rule["tolerance"]) == (0.025, 10.0)
    page = said(client.get("/brands/demo/draft"))
    assert "不用荧光色" in page and "A colour that may not take up much" in page
    assert PixelRule.model_validate(rule).title.en == "不用荧光色"
    client.post("/brands/demo/draft", fields(client, **{"remove-pixel-rule": "0"}))
    assert rules(demo) == []


def test_things_are_known_by_their_names_in_both_languages(client: Client, demo: Brand) -> None:
    things = GREEN | {"pixel_rules.0.kind": "thing", "pixel_rules.0.looks_for": "灯笼\nLantern\na red sports car"}
    client.post("/brands/demo/draft", fields(client, **things))
    assert rules(demo)[0]["things"] == ["lantern", "lantern", "a red sports car"]


def test_a_row_is_added_and_what_it_lacks_is_told(client: Client, demo: Brand) -> None:
    answer = client.post("/brands/demo/draft", fields(client, **{"add-pixel-rule": "1"}))
    assert answer.status_code == 302 and answer["Location"].endswith("#f-pixel_rules-0")
    assert "looks for nothing" in said(client.get("/brands/demo/draft/publish"))


def test_what_is_no_number_stays_as_typed_and_is_told(client: Client, demo: Brand) -> None:
    client.post("/brands/demo/draft", fields(client, **GREEN | {"pixel_rules.0.most": "a lot"}))
    assert 'value="a lot"' in said(client.get("/brands/demo/draft"))
    assert "is not a number" in said(client.get("/brands/demo/draft/publish"))


def test_the_brands_page_shows_the_packs_rules_and_what_is_not_looked_for(client: Client, demo: Brand) -> None:
    page = said(client.get("/brands/demo"))
    assert "CN-IMG-TEXT" in page and "No detector for it is installed" in page


def test_shadow_mode_measures_colours_and_tells_what_it_left_out(demo: Brand, made_brief: Brief) -> None:
    now = brand_style("demo")
    made = Asset.objects.filter(is_head=True, job__variant__brief=made_brief).count()
    title = Words(en="Ours", zh="本品牌")
    everything = PixelRule(id="ALL", kind="palette", tolerance=1.0, most=0.0, title=title)
    faces = PixelRule(id="FACES", kind="face", title=title)
    trial = try_rules(latest_of_brand(demo.pk, 50), now, now.model_copy(update={"pixel_rules": (everything, faces)}))
    assert trial.looked_at == trial.blocked == made > 0 and trial.untried == (faces,)
    assert all(row.new[0].code == "pixel.ALL" for row in trial.rows)
    assert try_rules(latest_of_brand(demo.pk, 50), now, now).rows == ()


def test_shadow_mode_knows_what_a_scene_held(demo: Brand, made_brief: Brief) -> None:
    now = brand_style("demo")
    asset = Asset.objects.filter(is_head=True, job__variant__brief=made_brief).first()
    assert asset is not None
    asset.recipe = asset.recipe | {"scene": {"objects": [{"kind": "lantern"}]}}
    asset.save(update_fields=["recipe"])
    lanterns = PixelRule(id="LANTERNS", kind="thing", things=("lantern",), title=Words(en="Ours", zh="本品牌"))
    trial = try_rules(latest_of_brand(demo.pk, 50), now, now.model_copy(update={"pixel_rules": (lanterns,)}))
    assert [row.asset.pk for row in trial.rows] == [asset.pk] and trial.untried == ()


def test_the_page_of_shadow_mode_names_what_wants_a_detector(client: Client, demo: Brand, made_brief: Brief) -> None:
    faces = GREEN | {"pixel_rules.0.kind": "face", "pixel_rules.0.title.en": "No faces"}
    client.post("/brands/demo/draft", fields(client, **faces))
    assert "want a detector" in said(client.get("/brands/demo/draft/shadow"))


def test_a_rule_reads_as_one_line_of_a_comparison() -> None:
    line = pixel_rule_in_words(
        {"id": "X", "kind": "colour", "colours": ["#39FF14"], "most": 0.025, "title": {"en": "No neon"}}
    )
    assert line == "X · No neon · colour · #39FF14 · most 0.025"
