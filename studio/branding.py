"""Drafting a brand's style in the studio: what asks for people, the lexicon and the draft at once."""

from __future__ import annotations

from typing import Any, TypeVar

from annotated_types import MaxLen
from django.db import transaction
from pydantic import BaseModel, ValidationError

from brand_styles import drafts
from brand_styles.licences import BrandFont, uncovered, used_fonts
from brand_styles.manners import Manners
from brand_styles.models import Brand, StyleDraft, StyleLibrary
from brand_styles.own_rules import Override, OwnRule
from brand_styles.pixel_rules import PixelRule
from brand_styles.problems import NotReady, Problem
from brand_styles.rules.own_checking import runs
from brand_styles.style import BrandStyle, GlossaryTerm, Logo, ReferencePicture, Swatch, Typefaces
from brand_styles.words import Words
from generation.errors import PermanentError
from generation.planning.concepts import by_name, nearest
from generation.planning.drawables import kind_slugs
from generation.typography.faces import FACES, face_of, is_uploaded
from studio.access import ACTS, Act
from studio.models import Membership, Role, User

Json = dict[str, Any]
LONGEST_NAME = 100
Value = TypeVar("Value", bound=BaseModel)


@transaction.atomic
def start_brand(slug: str, name: Words, *, user: User, style: Json | None = None) -> StyleDraft:
    """A new brand that `user` owns, its draft filled with `style` where one is given. NotReady as `drafts.start_brand`."""
    found = list(_problems_of_name(name))
    if found:
        raise NotReady(found)
    draft = drafts.start_brand(slug, name, by=user.pk)
    Membership.objects.create(user=user, brand=draft.brand, role=Role.OWNER)
    if style is None:
        return draft
    named = style | {"name": name.model_dump()}
    return drafts.save_draft(draft.brand, named, revision=draft.revision, by=user.pk)


def _problems_of_name(name: Words) -> list[Problem]:
    sides = {"name.en": name.en, "name.zh": name.zh}
    missing = [Problem(field, NO_NAME) for field, text in sides.items() if not text]
    return missing + [Problem(field, LONG_NAME) for field, text in sides.items() if len(text) > LONGEST_NAME]


def problems_of(draft: StyleDraft) -> list[Problem]:
    """What keeps the draft from being published, with what only the studio knows: names as long as rows hold, words of the lexicon."""
    found = drafts.problems_of_draft(draft)
    name = draft.style.get("name") or {}
    told = _problems_of_name(Words(en=str(name.get("en", "")), zh=str(name.get("zh", ""))))
    return (
        found
        + [each for each in told if each.field not in {f.field for f in found}]
        + _unknown(draft.style)
        + _seats(draft)
    )


def _unknown(style: Json) -> list[Problem]:
    """Senses that the lexicon does not have, and faces that are not shipped."""
    terms = [entry for entry in style.get("glossary") or [] if by_name(str(entry.get("concept", ""))) is None]
    faces = [(use, key) for use, key in (style.get("typefaces") or {}).items() if not _is_face(str(key))]
    shown = {
        str(name)
        for entry in style.get("glossary") or []
        for name in entry.get("show") or []
        if str(name) not in kind_slugs()
    }
    return (
        [Problem("glossary", _no_sense(entry)) for entry in terms]
        + [Problem("glossary", _no_kind(name)) for name in sorted(shown)]
        + [Problem(f"typefaces.{use}", NO_FACE) for use, _ in faces]
    )


def _no_kind(name: str) -> Words:
    near = ", ".join(nearest(name, slugs=kind_slugs()))
    return Words(
        en=f"Nothing called “{name[:40]}” can be drawn. Near it: {near}.",
        zh=f"无法绘制“{name[:40]}”。相近的有：{near}。",
    )


def _is_face(key: str) -> bool:
    """An uploaded one is judged with the fonts (licence_checking), unless its file is gone."""
    if not is_uploaded(key):
        return key in FACES
    try:
        face_of(key)
    except PermanentError:
        return False
    return True


def makers_of(slug: str) -> int:
    """How many people make pictures for the brand: those whom a font's seats are for."""
    return Membership.objects.filter(
        brand__slug=slug, role__in=[r for r, acts in ACTS.items() if Act.MAKE in acts]
    ).count()


def _seats(draft: StyleDraft) -> list[Problem]:
    """Fonts in use by more people than their licence has seats for."""
    style, people = as_far_as_it_goes(draft.brand, draft.style), makers_of(draft.brand.slug)
    return [
        Problem(f"fonts.{_place(draft.style, font)}", words)
        for _, font in used_fonts(style)
        for words in uncovered(font, people=people)
    ]


def _place(style: Json, font: BrandFont) -> int:
    return next((n for n, each in enumerate(style.get("fonts") or []) if each.get("sha256") == font.sha256), 0)


def _no_sense(entry: Json) -> Words:
    term, concept = str(entry.get("term", ""))[:40], str(entry.get("concept", ""))[:40]
    if not concept:
        return Words(
            en=f"“{term}” has no sense yet. Write what it stands for after “=”.",
            zh=f"“{term}”还没有含义。请在“=”后写明它代表什么。",
        )
    near = ", ".join(nearest(concept))
    return Words(
        en=f"“{term}”: the lexicon has no “{concept}”. Near it: {near}.",
        zh=f"“{term}”：词库中没有“{concept}”。相近的有：{near}。",
    )


@transaction.atomic
def publish(brand: Brand, *, revision: int) -> StyleLibrary:
    """The draft as the brand's next version. NotReady with everything in its way, DraftMoved as `drafts.publish_draft`."""
    draft = StyleDraft.objects.select_for_update().select_related("brand").get(brand=brand)
    found = problems_of(draft) if draft.revision == revision else []
    if found:
        raise NotReady(found)
    return drafts.publish_draft(brand, revision=revision)


def as_far_as_it_goes(brand: Brand, style: Json) -> BrandStyle:
    """A draft to look at: what is well formed of it, the rest left out. It is never published."""
    name = style.get("name") or {}
    told = {
        "name": {side: str(name.get(side) or getattr(brand, f"name_{side}")) for side in ("en", "zh")},
        "palette": _sound(Swatch, style.get("palette")),
        "logos": _sound(Logo, style.get("logos")),
        "glossary": _sound(GlossaryTerm, style.get("glossary")),
        "references": _sound(ReferencePicture, style.get("references")),
        "fonts": _sound(BrandFont, style.get("fonts")),
        "typefaces": (_sound(Typefaces, [style.get("typefaces") or {}]) or [Typefaces()])[0],
        "corner_radius": _radius(style.get("corner_radius")),
        "tone": style.get("tone"),
        "required_legal": style.get("required_legal") or [],
        "banned_words": style.get("banned_words") or [],
        "rules": [rule for rule in _sound(OwnRule, style.get("rules")) if runs(rule)],
        "pixel_rules": _sound(PixelRule, style.get("pixel_rules")),
        "overrides": _sound(Override, style.get("overrides")),
        "manners": (_sound(Manners, [style.get("manners") or {}]) or [Manners()])[0],
        "market": style.get("market") or "cn",
    }
    fitting = {field: value[: _most(field)] if isinstance(value, list) else value for field, value in told.items()}
    return BrandStyle.model_validate({**fitting, "slug": brand.slug, "version": 1})


def _most(field: str) -> int | None:
    """How many entries a list of the style may have."""
    return next((rule.max_length for rule in BrandStyle.model_fields[field].metadata if isinstance(rule, MaxLen)), None)


def _sound(kind: type[Value], entries: Any) -> list[Value]:
    """Those of the entries that are one of that kind."""
    found = []
    for entry in entries or []:
        try:
            found.append(kind.model_validate(entry))
        except ValidationError:
            continue
    return found


def _radius(value: Any) -> float:
    return min(max(float(value), 0.0), 0.5) if isinstance(value, int | float) else 0.02


NO_FACE = Words(en="Choose one of the typefaces listed.", zh="请从列表中选择字体。")
NO_NAME = Words(en="Write the brand's name in this language too.", zh="请同时填写该语言的品牌名称。")
LONG_NAME = Words(
    en=f"It is longer than {LONGEST_NAME} characters. Shorten it.", zh=f"超过 {LONGEST_NAME} 个字符，请缩短。"
)
