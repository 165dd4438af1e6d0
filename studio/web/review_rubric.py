"""A brand's own dimensions and defects: added and taken away on its review page, each time as a new version of its rubric."""

from __future__ import annotations

import re
from collections.abc import Callable

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_POST

from brand_styles.words import Words
from reviews import rubrics
from reviews.errors import ReviewRefused
from reviews.rubric import Defect, Dimension
from studio.access import Act, access_brand_by_slug, person
from studio.web.review_brand import brand_page
from studio.web.undo import offer
from studio.web.undo_review import Own, as_kept

MOST = 60  # characters of a name
MOST_END = 100  # of what 1 and 5 mean
CODE = "OWN_"  # before a brand's own codes, so that a later rubric of the studio's takes none of them


@require_POST
@login_required
def add_dimension(request: HttpRequest, slug: str) -> HttpResponse:
    return _changed(request, slug, "dimension", lambda own: ((*own[0], _dimension(request.POST)), own[1]))


@require_POST
@login_required
def add_defect(request: HttpRequest, slug: str) -> HttpResponse:
    return _changed(request, slug, "defect", lambda own: (own[0], (*own[1], _defect(request.POST))))


@require_POST
@login_required
def remove_from_rubric(request: HttpRequest, slug: str) -> HttpResponse:
    """`key`: of a dimension or a defect."""
    key = request.POST.get("key", "")
    return _changed(
        request,
        slug,
        "rubric",
        lambda own: (tuple(d for d in own[0] if d.key != key), tuple(d for d in own[1] if d.code != key)),
    )


def _changed(request: HttpRequest, slug: str, at: str, change: Callable[[Own], Own]) -> HttpResponse:
    user = person(request)
    brand = access_brand_by_slug(user, slug, Act.EDIT_BRAND)
    own = rubrics.own_of(rubrics.asked(brand.pk))
    try:
        dimensions, defects = change(own)
        rubrics.extend(brand_id=brand.pk, dimensions=dimensions, defects=defects, made_by_id=user.pk)
    except ReviewRefused as refused:
        return brand_page(request, brand, refused, at)
    return offer(user, "review-brand", "rubric", rubrics.asked(brand.pk).name, brand.slug, **as_kept(own))


def _dimension(sent: QueryDict) -> Dimension:
    name = _words(sent, "name")
    return Dimension(
        key=_key(name.en).lower(),
        name=name,
        scale="signed" if sent.get("scale") == "signed" else "quality",
        low=_words(sent, "low", MOST_END),
        high=_words(sent, "high", MOST_END),
    )


def _defect(sent: QueryDict) -> Defect:
    name = _words(sent, "name")
    severity, region = sent.get("severity", ""), sent.get("region", "")
    return Defect.model_validate(
        {
            "code": (CODE + _key(name.en))[:40],
            "group": "brand",
            "name": name,
            "severity": severity if severity in ("block", "major", "minor") else "major",
            "region": region if region in ("none", "box", "polygon") else "box",
        }
    )


def _words(sent: QueryDict, stem: str, most: int = MOST) -> Words:
    """Both languages of a field. ReviewRefused names the one that is empty or too long."""
    said = {language: " ".join(sent.get(f"{stem}_{language}", "").split()) for language in ("en", "zh")}
    for language, text in said.items():
        if not 0 < len(text) <= most:
            raise ReviewRefused(
                f"Write it in both languages, in up to {most} characters: reviewers read either.",
                f"中英文都需填写，各不超过 {most} 字：评审员使用两种语言。",
                field=f"{stem}_{language}",
            )
    return Words(**said)


def _key(name: str) -> str:
    """What the name is called in files and figures: its Latin letters and digits. It never changes."""
    key = re.sub(r"[^A-Z0-9]+", "_", name.upper()).strip("_")[:36]
    if not re.match(r"[A-Z].", key):
        raise ReviewRefused(
            "The English name begins with a letter and has two at least: the key in files is made of it.",
            "英文名须以字母开头且不少于两个字符：文件中的标识由它生成。",
            field="name_en",
        )
    return key
