"""A brand's own rules on the pages of its draft, and what they would have said of what was made."""

import html
import re
from typing import Any

from django.test import Client

from brand_styles.models import Brand, StyleDraft
from brand_styles.selectors import brand_style
from generation.models import Asset, Brief
from studio.shadow import latest_of_brand, try_rules
from tests.studio.brands.test_drafts import said

CALM = {
    "rules.0.id": "sheaf-calm",
    "rules.0.was": "",
    "rules.0.kind": "phrase",
    "rules.0.severity": "block",
    "rules.0.title.zh": "不催促",
    "rules.0.title.en": "",
    "rules.0.phrases": "狂欢\n手慢无",
    "rules.0.rewrites": "狂欢 = 欢聚",
    "rules.0.until": "2099-12-31",
}


def fields(client: Client, **more: Any) -> dict[str, Any]:
    """The draft's form as the page shows it, with these on top."""
    page = said(client.get("/brands/demo/draft"))
    form = page[page.index('<form id="draft"') : page.index("</form>", page.index('<form id="draft"'))]
    found = {m[1]: html.unescape(m[2]) for m in re.finditer(r'<input[^>]*? name="([^"]+)"[^>]*? value="([^"]*)"', form)}
    found |= {m[1]: html.unescape(m[2]) for m in re.finditer(r'<textarea[^>]*? name="([^"]+)"[^>]*>([^<]*)', form)}
    for m in re.finditer(r'<select[^>]*? name="([^"]+)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', m[2])
        found[m[1]] = chosen[1] if chosen else ""
    return found | more


def test_a_rule_written_on_the_page_is_kept_shown_and_taken_out(client: Client, demo: Brand) -> None:
    assert client.post("/brands/demo/draft", fields(client, **CALM)).status_code == 302
    rule = StyleDraft.objects.get(brand=demo).style["rules"][0]
    assert (rule["id"], rule["title"]) == ("SHEAF-CALM", {"zh": "不催促", "en": "不催促"})
    assert rule["phrases"] == ["狂欢", "手慢无"] and rule["rewrites"] == [{"instead_of": "狂欢", "say": "欢聚"}]
    page = said(client.get("/brands/demo/draft"))
    assert "SHEAF-CALM" in page and "狂欢 = 欢聚" in page and "2099-12-31" in page
    assert client.post("/brands/demo/draft", fields(client)).status_code == 302, "sent as shown, it stays as it was"
    everywhere = {"markets": [], "industries": [], "owner": "", "source": ""}
    assert StyleDraft.objects.get(brand=demo).style["rules"][0] == rule | everywhere
    client.post("/brands/demo/draft", fields(client, **{"remove-rule": "0"}))
    assert StyleDraft.objects.get(brand=demo).style["rules"] == []


def test_a_style_may_have_as_many_rules_as_it_says(client: Client, demo: Brand) -> None:
    draft = StyleDraft.objects.get(brand=demo)
    rule = {"title": {"en": "Calm", "zh": "不催促"}, "phrases": ["手慢无"]}
    draft.style["rules"] = [rule | {"id": f"R-{n}"} for n in range(200)]
    draft.save()
    assert client.post("/brands/demo/draft", fields(client, overrides="")).status_code == 302
    assert len(StyleDraft.objects.get(brand=demo).style["rules"]) == 200


def test_more_than_a_style_may_hold_is_kept_and_told(client: Client, demo: Brand) -> None:
    lines = "\n".join(f"line {n}" for n in range(60))
    over = "\n".join(f"CN-ABS-02 warn reason {n}" for n in range(210))
    sent = fields(client, required_legal=lines, overrides=over, **CALM)
    assert client.post("/brands/demo/draft", sent).status_code == 302
    page = said(client.get("/brands/demo/draft"))
    assert "line 59" in page and "50 at most" in page and "200 at most" in page


def test_a_rule_that_cannot_run_keeps_the_draft_and_is_told(client: Client, demo: Brand) -> None:
    sent = CALM | {"rules.0.kind": "pattern", "rules.0.pattern": "(?=a)", "rules.0.phrases": ""}
    client.post("/brands/demo/draft", fields(client, **sent, overrides="CN-NONE off because I say so"))
    page = said(client.get("/brands/demo/draft"))
    assert "(?=a)" in page and 'href="#f-rules-0"' in page
    assert "No pack has a rule CN-NONE" in page and 'href="#f-overrides"' in page
    shadow = said(client.get("/brands/demo/draft/shadow"))
    assert "Mend these first" in shadow and "No pack has a rule CN-NONE" in shadow


def test_shadow_mode_tells_what_would_have_been_blocked(client: Client, demo: Brand, made_brief: Brief) -> None:
    pictures = Asset.objects.filter(is_head=True, job__variant__brief=made_brief).count()
    assert "are judged as they are today" in said(client.get("/brands/demo/draft/shadow"))
    headline = made_brief.data["copy"]["headline"]
    client.post("/brands/demo/draft", fields(client, **CALM | {"rules.0.phrases": headline, "rules.0.rewrites": ""}))
    page = said(client.get("/brands/demo/draft/shadow"))
    assert page.count("SHEAF-CALM") == pictures > 0 and f"<dd>{pictures}</dd>" in page
    assert Asset.objects.filter(verdict="pass").count() == pictures, "it holds nothing up"


def test_what_a_draft_lets_through_is_told_too(demo: Brand, made_brief: Brief) -> None:
    now = brand_style("demo")
    headline = made_brief.data["copy"]["headline"]
    strict = now.model_copy(update={"banned_words": (*now.banned_words, headline)})
    rows = try_rules(latest_of_brand(demo.pk, 50), strict, now).rows
    assert rows and all(row.gone and not row.new and not row.would_block for row in rows)


def test_a_brand_sees_its_own_pictures_only(client: Client, made_brief: Brief) -> None:
    other = Brand.objects.exclude(slug="demo").first()
    assert other and not latest_of_brand(other.pk, 50).exists()
