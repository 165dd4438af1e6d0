"""A brief whose words a rule forbids is refused at its form, with what may stand instead; nothing is spent on it."""

from typing import Any

import pytest
from django.test import Client

from brand_styles.models import Brand
from brand_styles.own_rules import OwnRule
from brand_styles.selectors import brand_style
from brand_styles.services import publish_style
from generation.models import Brief
from generation.planning.brief import load_brief
from generation.planning.forbidden import forbidden
from tests.cast import BRIEF
from tests.studio.test_briefs import SOUND, problems


@pytest.mark.parametrize(
    ("field", "words", "rule"),
    [
        ("headline", "全网最低价", "CN-ABS-02"),
        ("headline", "保·本·保·息", "CN-FIN-25"),
        ("subline", "稳赚的好生意", "BRAND-BANNED"),
        ("cta", "全网第一", "CN-ABS-02"),
    ],
)
def test_forbidden_words_are_refused_beside_their_field(
    field: str, words: str, rule: str, client_of_owner: Client
) -> None:
    answer = client_of_owner.post("/briefs/new", SOUND | {field: words, "industry": "finance"})
    told = problems(answer.content.decode())[f"copy-{field}"]
    assert answer.status_code == 422 and (rule in told or "banned words" in told)
    assert not Brief.objects.exists()
    typing = client_of_owner.post("/briefs/check", SOUND | {field: words, "industry": "finance"}).content.decode()
    assert problems(typing)[f"copy-{field}"] == told, "told while it is typed, too"


def test_a_rewrite_stands_on_a_button(client_of_owner: Client) -> None:
    page = client_of_owner.post("/briefs/check", SOUND | {"headline": "全网最低价"}).content.decode()
    assert 'data-swap="copy.headline"' in page and page.count('data-instead="优惠价"') == 1, "two rules, one wording"


def test_a_pasted_brief_and_a_program_are_refused_too(client_of_owner: Client) -> None:
    source = BRIEF.replace("headline: ", "headline: 全网最低价")
    answer = client_of_owner.post("/briefs/new", {"tab": "yaml", "source": source})
    assert answer.status_code == 422 and "CN-ABS-02" in problems(answer.content.decode())["source"]


def test_the_brands_own_rule_and_its_rewrite(client_of_owner: Client) -> None:
    brand = brand_style("demo")
    rule: dict[str, Any] = {"id": "SHEAF-CALM", "title": {"en": "Calm", "zh": "不催促"}, "phrases": ["手慢无"]}
    rule["rewrites"] = [{"instead_of": "手慢无", "say": "数量有限"}]
    style = brand.model_copy(update={"version": brand.version + 1, "rules": (OwnRule.model_validate(rule),)})
    publish_style(style=style)
    assert Brand.objects.get(slug="demo").libraries.count() == 2
    answer = client_of_owner.post("/briefs/new", SOUND | {"headline": "好券手慢无", "industry": "retail"})
    assert answer.status_code == 422 and 'data-instead="数量有限"' in answer.content.decode()
    assert (
        client_of_owner.post("/briefs/new", SOUND | {"headline": "好券数量有限", "industry": "retail"}).status_code
        == 302
    )


def test_what_is_missing_is_left_to_preflight(client_of_owner: Client) -> None:
    brief = load_brief(BRIEF)
    assert forbidden(brief, brand_style("demo")) == ()
