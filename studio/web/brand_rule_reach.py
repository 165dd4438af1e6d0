"""Where a brand's rule applies and who answers for it, as the rows of both kinds of rules have it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from brand_styles.rules.loader import industry_tag, market_tag

Json = dict[str, Any]
_COMMAS = re.compile("[,，、\n]")


@dataclass(frozen=True)
class Reach:
    """As text: markets and industries with commas between them, everywhere if empty."""

    markets: str
    industries: str
    owner: str
    source: str


def reach(rule: Json) -> Reach:
    return Reach(
        ", ".join(map(str, rule.get("markets") or [])),
        ", ".join(map(str, rule.get("industries") or [])),
        str(rule.get("owner") or ""),
        str(rule.get("source") or ""),
    )


def reach_of(post: QueryDict, at: str) -> Json:
    """What the row tells; {} where the form has none of these fields."""
    if f"{at}.markets" not in post:
        return {}
    return {
        "markets": [market_tag(each) for each in _listed(post, f"{at}.markets")],
        "industries": [industry_tag(each) or each for each in _listed(post, f"{at}.industries")],
        "owner": post.get(f"{at}.owner", "").strip(),
        "source": post.get(f"{at}.source", "").strip(),
    }


def _listed(post: QueryDict, name: str) -> Iterator[str]:
    return filter(None, (each.strip() for each in _COMMAS.split(post.get(name, ""))))
