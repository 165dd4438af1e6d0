"""From a draft to a published version and back: the only writers of a brand's style.

A draft may be half filled in; what is published is whole and never changes again.
"""

from __future__ import annotations

import json
import re
from typing import Any

from django.db import IntegrityError, transaction

from brand_styles.checking import problems_of
from brand_styles.comparing import APART, FIELDS, Change, changes
from brand_styles.models import Brand, StyleDraft, StyleLibrary
from brand_styles.problems import NotReady, Problem
from brand_styles.selectors import UnknownBrand, library
from brand_styles.services import publish_style
from brand_styles.style import BrandStyle
from brand_styles.words import Words

MAX_BYTES = 4 * 1024 * 1024  # of a draft as JSON; a logo's drawing is most of it
SLUG = re.compile(r"[a-z0-9][a-z0-9-]{0,49}")
NO_FIELD = Words(en="There is no such field. Take it out.", zh="没有这个字段。请删除。")
NO_TEXT = Words(
    en="The draft holds something that is no text or number. Type it anew.",
    zh="草稿中含有非文字、非数字的内容。请重新输入。",
)
TOO_LARGE = Words(
    en="The draft is larger than 4 MB. Simplify its logos or shorten its lists.",
    zh="草稿超过 4 MB。请简化标志或缩短列表。",
)
NEW = {"market": "cn", "industry": "general", "palette": [], "logos": []}

Json = dict[str, Any]


class DraftMoved(ValueError):
    """Somebody else saved the draft since it was read. `changes`: from what is there now to what was to be saved."""

    def __init__(self, draft: StyleDraft, changes: list[Change]) -> None:
        super().__init__(f"{draft} is newer than the one that was changed")
        self.draft = draft
        self.changes = changes
        self.words = Words(
            en="Somebody else changed this draft while you did. Nothing was saved: look at the differences, then save again.",
            zh="你编辑期间，草稿已被他人修改。尚未保存：请查看差异后再次保存。",
        )


def start_brand(slug: str, name: Words, *, by: int | None) -> StyleDraft:
    """A new brand, as a draft with nothing in it but its name. NotReady where the slug is malformed or taken."""
    if not SLUG.fullmatch(slug):
        raise NotReady(
            [
                Problem(
                    "slug",
                    Words(
                        en="Write the short name with lower-case letters, digits and hyphens, 50 at most, such as “sheaf”.",
                        zh="短名称只能使用小写字母、数字和连字符，最多 50 个字符，例如 sheaf。",
                    ),
                )
            ]
        )
    try:
        with transaction.atomic():
            brand = Brand.objects.create(slug=slug, name_en=name.en, name_zh=name.zh)
    except IntegrityError:
        taken = Words(en=f"There is a brand “{slug}” already. Choose another.", zh=f"已有品牌“{slug}”。请换一个。")
        raise NotReady([Problem("slug", taken)]) from None
    return StyleDraft.objects.create(brand=brand, style={"name": name.model_dump(), **NEW}, changed_by_id=by)


def open_draft(brand: Brand, *, by: int | None) -> StyleDraft:
    """The brand's draft; begun as its newest version where there is none."""
    draft, _ = StyleDraft.objects.get_or_create(brand=brand, defaults=_begun(brand) | {"changed_by_id": by})
    return draft


def draft_to_read(brand: Brand) -> StyleDraft:
    """The brand's draft; where there is none, what `open_draft` would begin, not saved."""
    found = StyleDraft.objects.filter(brand=brand).select_related("brand", "changed_by").first()
    return found or StyleDraft(brand=brand, **_begun(brand))


def _begun(brand: Brand) -> Json:
    newest = brand.libraries.order_by("-version").first()
    return {"style": _without(newest.style), "based_on": newest.version} if newest else {"style": dict(NEW)}


@transaction.atomic
def save_draft(brand: Brand, style: Json, *, revision: int, by: int | None) -> StyleDraft:
    """Write the draft that was read at `revision`. `style` may lack fields, but have no strange ones.

    DraftMoved where somebody saved in between; NotReady where it is too large or has fields that no style has. Neither writes anything.
    """
    _refuse_strange(style)
    draft = StyleDraft.objects.select_for_update().get(brand=brand)
    if draft.revision != revision:
        raise DraftMoved(draft, changes(draft.style, style))
    if changes(draft.style, style):
        draft.style, draft.revision, draft.changed_by_id = style, revision + 1, by
        draft.save()
    return draft


def problems_of_draft(draft: StyleDraft) -> list[Problem]:
    """What keeps it from being published."""
    return problems_of(_whole(draft))


@transaction.atomic
def publish_draft(brand: Brand, *, revision: int) -> StyleLibrary:
    """The draft as the brand's next version; the draft is gone then. NotReady with all that is in its way; DraftMoved as in
    `save_draft`."""
    draft = StyleDraft.objects.select_for_update().select_related("brand").get(brand=brand)
    if draft.revision != revision:
        raise DraftMoved(draft, [])
    problems = problems_of_draft(draft)
    if problems:
        raise NotReady(problems)
    style = BrandStyle.model_validate(_whole(draft))
    row = publish_style(style=style)
    Brand.objects.filter(pk=brand.pk).update(name_en=style.name.en, name_zh=style.name.zh)
    draft.delete()
    return row


@transaction.atomic
def roll_back(brand: Brand, version: int) -> StyleLibrary:
    """Publish what `version` says again, as the newest. A draft stays as it is. UnknownBrand where there is no such version."""
    Brand.objects.select_for_update().get(pk=brand.pk)
    old, newest = library(brand.slug, version), library(brand.slug)
    if not changes(_read(old), _read(newest)):
        return newest
    style = BrandStyle.model_validate(old.style).model_copy(update={"version": newest.version + 1})
    return publish_style(style=style)


def compare_versions(brand: Brand, before: int, after: int) -> list[Change]:
    """From one published version to another. UnknownBrand where one is none."""
    return changes(*(_read(library(brand.slug, version)) for version in (before, after)))


def discard_draft(brand: Brand, *, revision: int) -> None:
    """Throw the draft away. DraftMoved where it changed since it was read; a brand without a version keeps its draft."""
    with transaction.atomic():
        draft = StyleDraft.objects.select_for_update().select_related("brand").get(brand=brand)
        if draft.revision != revision:
            raise DraftMoved(draft, [])
        if not brand.libraries.exists():
            raise UnknownBrand(brand.slug, None, [])
        draft.delete()


def _whole(draft: StyleDraft) -> Json:
    newest = draft.brand.libraries.order_by("-version").first()
    return {**draft.style, "slug": draft.brand.slug, "version": newest.version + 1 if newest else 1}


def _read(row: StyleLibrary) -> Json:
    """With fields that came after it was published at their defaults, so that they are no difference."""
    return BrandStyle.model_validate(row.style).model_dump(mode="json")


def _without(style: Json) -> Json:
    return {field: value for field, value in style.items() if field not in APART}


def _refuse_strange(style: Json) -> None:
    """NotReady where the fields are not a style's, or can't be kept as text of a bounded size."""
    strange = [str(field)[:40] for field in style if field not in FIELDS]
    if strange:
        raise NotReady([Problem(field, NO_FIELD) for field in strange[:10]])
    try:
        text = json.dumps(style, ensure_ascii=False, allow_nan=False)
        size = len(text.encode())
    except (ValueError, TypeError, RecursionError):  # NaN, half a character, a tower of brackets
        raise NotReady([Problem("", NO_TEXT)]) from None
    if "\\u0000" in text:
        raise NotReady([Problem("", NO_TEXT)])
    if size > MAX_BYTES:
        raise NotReady([Problem("", TOO_LARGE)])
