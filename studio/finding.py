"""Everything a person may reach, found by name: briefs, campaigns, brands, elements, pictures by number, pages, and what one does often.

Chinese is matched as it is written, any part of a name; Latin without regard to case. Every word of the question must be in the name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain

from django.db.models import Q, QuerySet
from django.urls import reverse

from brand_styles.models import Brand, BrandElement
from generation.models import Asset, Brief
from studio.access import Act, assets_by_ids, brands_of, briefs_of, may_somewhere
from studio.models import User
from studio.web.words import SENTENCES

MOST = 6  # of one kind
LONGEST = 80  # characters of a question


@dataclass(frozen=True)
class Found:
    """One thing to go to. `kind`: action, page, brief, brand, picture or element; `more` tells two of one name apart."""

    kind: str
    name: str
    address: str
    more: str = ""
    icon: str = ""


def find(user: User, question: str, language: str) -> list[Found]:
    """What fits, actions and pages first, then objects; without a question the actions, pages and the latest briefs."""
    words = question.casefold().split()[:8]
    parts = (_actions, _pages, _pictures, _briefs, _brands, _elements)
    return list(chain.from_iterable(part(user, words, language) for part in parts))


def asked(text: str) -> str:
    """A question as it may be put: one line, not endless."""
    return " ".join(text.split())[:LONGEST]


def _fits(words: Iterable[str], *names: str) -> bool:
    said = " ".join(names).casefold()
    return all(word in said for word in words)


_PAGES = (
    ("home", "home", "house", "start 首页"),
    ("briefs", "briefs", "layout-grid", "walls 任务"),
    ("brands", "brands", "palette", "styles logo colour 风格"),
    ("review", "review", "stamp", "queue approve reject 审核 打分"),
    ("elements", "elements", "shapes", "cut-outs library 素材"),
    ("models", "models", "cpu", "checkpoint licence engine 许可"),
    ("people", "people", "users", "members roles invite 邀请 角色"),
    ("settings", "settings", "settings", "quota secrets keys 额度 密钥"),
    ("account", "account", "user", "password sessions tokens 密码 令牌"),
)


def _pages(user: User, words: list[str], language: str) -> list[Found]:
    return [
        Found("page", SENTENCES[key].in_language(language), reverse(route), icon=icon)
        for key, route, icon, more in _PAGES
        if _fits(words, SENTENCES[key].en, SENTENCES[key].zh, more)
        and (key != "review" or may_somewhere(user, Act.REVIEW))
    ]


def _actions(user: User, words: list[str], language: str) -> list[Found]:
    """What one does often; only what this person may."""
    making: Callable[[], bool] = lambda: may_somewhere(user, Act.MAKE)  # noqa: E731
    offered = (
        ("new_brief", reverse("new-brief"), "plus", making),
        ("find.paste", reverse("new-brief") + "#paste-text", "copy", making),
        ("find.cut_out", reverse("elements"), "image", making),
        (
            "find.invite",
            reverse("people"),
            "user-plus",
            lambda: user.is_staff or brands_of(user, Act.MANAGE).exists(),
        ),
        ("find.token", reverse("account") + "#tokens", "key-round", lambda: True),
    )
    return [
        Found("action", SENTENCES[key].in_language(language), address, icon=icon)
        for key, address, icon, allowed in offered
        if _fits(words, SENTENCES[key].en, SENTENCES[key].zh) and allowed()
    ]


def _pictures(user: User, words: list[str], language: str) -> list[Found]:
    """A picture by its number: "128", "#128"."""
    number = re.fullmatch(r"#?(\d{1,15})", words[0], re.ASCII) if len(words) == 1 else None
    rows = assets_by_ids(user, [int(number[1])]) if number else Asset.objects.none()
    return [
        Found(
            "picture",
            f"#{row.pk} · {row.width}×{row.height}",
            reverse("asset", args=[row.pk]),
            row.job.variant.brief.title,
            "image",
        )
        for row in rows.select_related("job__variant__brief").defer("design", "recipe", "report")
    ]


def _all(words: list[str], *fields: str) -> Q:
    """Every word in one of the fields."""
    found = Q()
    for word in words:
        found &= Q(*((f"{name}__icontains", word) for name in fields), _connector=Q.OR)
    return found


def _briefs(user: User, words: list[str], language: str) -> list[Found]:
    rows: QuerySet[Brief] = briefs_of(user)
    if words:
        rows = rows.filter(_all(words, "title", "campaign__slug", "library__brand__name_en", "library__brand__name_zh"))
    return [
        Found(
            "brief",
            row.title,
            reverse("wall", args=[row.pk]),
            f"{row.library.brand.slug} · {row.created_at:%Y-%m-%d}",
            "layout-grid",
        )
        for row in rows.defer("source", "data", "evidence")[:MOST]
    ]


def _brands(user: User, words: list[str], language: str) -> list[Found]:
    if not words:
        return []
    rows: QuerySet[Brand] = brands_of(user).filter(_all(words, "slug", "name_en", "name_zh"), libraries__isnull=False)
    return [
        Found(
            "brand", _name(row.name_en, row.name_zh, language), reverse("brand", args=[row.slug]), row.slug, "palette"
        )
        for row in rows.distinct()[:MOST]
    ]


def _elements(user: User, words: list[str], language: str) -> list[Found]:
    if not words:
        return []
    rows = BrandElement.objects.filter(
        _all(words, "slug", "name_en", "name_zh"), brand__in=brands_of(user), removed_at=None
    )
    return [
        Found(
            "element",
            _name(row.name_en, row.name_zh, language),
            f"{reverse('elements')}#{row.brand.slug}",
            row.slug,
            "shapes",
        )
        for row in rows.select_related("brand").order_by("-id")[:MOST]
    ]


def _name(en: str, zh: str, language: str) -> str:
    return zh if language.startswith("zh") else en
