"""What helps to write a brief. Nothing here submits or stores anything."""

from dataclasses import asdict, replace

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from brand_styles.selectors import style_for
from brand_styles.style import BrandStyle
from brand_styles.words import Words
from generation.editing.asking import BenchAway, ask_fit, ask_headlines
from generation.planning.copy import language_of
from generation.planning.headlines import Language
from generation.planning.pasted import Row, TooMuch, read_pasted
from generation.planning.proposing import About, Proposals, allowed, from_grammar
from studio.access import Act, access_brand_by_slug, brands_to_write_for, person, require_somewhere
from studio.forms.brief import draft_of, slot_of
from studio.submitting import slugs_of
from studio.templatetags.studio import dom
from studio.web.words import sentence


@require_POST
@login_required
def fit(request: HttpRequest) -> HttpResponse:
    """Whether what is typed so far fits one format, as JSON. 204 while the brief is not yet sound.

    Nobody can say while the bench process starts: a state to wait through, answered with 200 and `away`, since a browser
    writes every 5xx into the console as a failure of the page.
    """
    user = person(request)
    require_somewhere(user, Act.MAKE)
    draft, name = draft_of(request.POST, slugs_of(user)), request.POST.get("fit", "")
    if draft.brief is None or not draft.is_sound or name not in draft.brief.formats:
        return HttpResponse(status=204)
    brief = draft.brief.model_dump(mode="json", by_alias=True, exclude_none=True)
    try:
        found = ask_fit(brief, style_for(draft.brief.brand).model_dump(mode="json"), name)
    except BenchAway as away:
        return JsonResponse({"away": _spoken(away.words)})
    words = Words.model_validate(found["words"]) if found["words"] else None
    slot = dom(slot_of(f"copy.{found['role']}")) if found["role"] else ""
    return JsonResponse({**found, "slot": slot, "words": _spoken(words) if words else ""})


@require_POST
@login_required
def headlines(request: HttpRequest) -> HttpResponse:
    """Headlines for one segment of what is typed so far, as JSON: {lines, source, held, why}. Nothing is put into the brief.

    `segment`: the segment as it is written, empty for everybody. Each line is held against the brand's rules now, whoever proposed it.
    404 for a brand that this person does not write for.
    """
    user = person(request)
    require_somewhere(user, Act.MAKE)
    brand = access_brand_by_slug(user, request.POST.get("brand", ""), Act.MAKE)
    style = style_for(get_object_or_404(brands_to_write_for(user), pk=brand.pk).slug)
    about = _about(request.POST)
    found = _by_model(about, style) if settings.LANGUAGE_MODEL else Proposals(())
    if not found.lines:
        found = replace(from_grammar(about, style), why=found.why)
    why = _spoken(found.why) if found.why else ""
    return JsonResponse({"lines": found.lines, "source": found.source, "held": found.held, "why": why})


def _about(post: QueryDict) -> About:
    """What the form says so far. The lines are asked for in the language of its words, or of the page where it has none."""
    words = "\n".join(value for name in WORDS if (value := post.get(name, "").strip()))
    page: Language = "zh" if (get_language() or "en").startswith("zh") else "en"
    return About(
        text=words,
        occasion=post.get("occasion", "").strip(),
        segment=post.get("segment", "").strip()[:80],
        language=language_of(words + post.get("segment", ""), page),
        market=post.get("market", "").strip(),
        industry=post.get("industry", "").strip(),
        product_type=post.get("product_type", "").strip(),
    )


def _by_model(about: About, style: BrandStyle) -> Proposals:
    """The language model's, asked through the bench's process, since this one holds no weights."""
    try:
        told = ask_headlines(asdict(about), style.model_dump(mode="json"))
    except BenchAway as away:
        return Proposals((), why=away.words)
    why = Words.model_validate(told["why"]) if told["why"] else None
    found = allowed(told["lines"], about, style, told["model"])
    if told["lines"] and not found.lines:
        why = ALL_HELD
    return replace(found, why=why)


@require_POST
@login_required
def pasted(request: HttpRequest) -> HttpResponse:
    """Pasted text as drafts: for each its fields, and what was not understood. 422, with words, where it is too much."""
    user = person(request)
    require_somewhere(user, Act.MAKE)
    try:
        rows = read_pasted(request.POST.get("text", ""))
    except TooMuch:
        return JsonResponse({"problem": sentence("paste.too_much", get_language())}, status=422)
    known: dict[str, str] = {}
    for brand in brands_to_write_for(user):
        known |= dict.fromkeys((brand.slug, brand.name_en.casefold(), brand.name_zh), brand.slug)
    return JsonResponse({"rows": [_draft(row, known) for row in rows]})


def _draft(row: Row, brands: dict[str, str]) -> dict[str, object]:
    """A draft for the page; a brand that this person does not work for is not understood."""
    fields, left = dict(row.fields), list(row.left)
    if name := fields.pop("brand", ""):
        if slug := brands.get(name.casefold()):
            fields["brand"] = slug
        else:
            left.append(name)
    return {"fields": fields, "left": left}


WORDS = ("prompt", "goal", "subline", "price", "cta", "legal", "headline")
ALL_HELD = Words(
    en="Nothing that the language model proposed may be shown under the brand's rules.",
    zh="语言模型给出的标题均不符合品牌规则，未予显示。",
)


def _spoken(words: Words) -> str:
    return words.in_language(get_language() or "en")
