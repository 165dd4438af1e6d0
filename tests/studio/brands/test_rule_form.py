"""A brand's own rules as rows of the draft's form, and back."""

from typing import Any

import pytest
from django.http import QueryDict

from brand_styles.own_rules import OwnRule
from studio.web.brand_rule_form import rule_rows, rules_of


def posted(**fields: str) -> Any:
    query = QueryDict(mutable=True)
    query.update({f"rules.0.{name}": value for name, value in {"id": "a-1", "title.zh": "一", **fields}.items()})
    return query


def test_pairs_and_required_text_read_as_they_were_typed() -> None:
    (rule,) = rules_of(
        posted(
            kind="pairing",
            phrases="会员价",
            against="折上折\n第二件{半价|免费}",
            product_types="fund，茶叶, ",
            least_height="3%",
            least_contrast="4.5:1",
        ),
        [],
    )
    own = OwnRule.model_validate(rule)
    assert own.against == ("折上折", "第二件{半价|免费}") and own.product_types == ("fund", "茶叶")
    assert (own.least_height, own.least_contrast) == (0.03, 4.5)
    (row,) = rule_rows([rule])
    assert (row.against, row.product_types) == ("折上折\n第二件{半价|免费}", "fund, 茶叶")
    assert (row.least_height, row.least_contrast) == ("3", "4.5")


@pytest.mark.parametrize(
    ("typed", "kept", "shown"), [("", None, ""), ("tall", "tall", "tall"), ("2.25", 0.0225, "2.25")]
)
def test_what_is_no_number_stays_as_typed(typed: str, kept: Any, shown: str) -> None:
    (rule,) = rules_of(posted(kind="required", unless_said="热线", least_height=typed), [])
    assert rule["least_height"] == kept
    assert rule_rows([rule])[0].least_height == shown
