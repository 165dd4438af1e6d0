"""What helps to write a brief. Nothing here submits or stores anything."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from brand_styles.selectors import style_for
from brand_styles.words import Words
from generation.editing.asking import BenchAway, ask_fit
from generation.planning.pasted import Row, TooMuch, read_pasted
from studio.access import Act, brands_of, person, require_somewhere
from studio.forms.brief import draft_of, slot_of
from studio.templatetags.studio import dom
from studio.web.briefs import slugs_of
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
def pasted(request: HttpRequest) -> HttpResponse:
    """Pasted text as drafts: for each its fields, and what was not understood. 422, with words, where it is too much."""
    user = person(request)
    require_somewhere(user, Act.MAKE)
    try:
        rows = read_pasted(request.POST.get("text", ""))
    except TooMuch:
        return JsonResponse({"problem": sentence("paste.too_much", get_language())}, status=422)
    known: dict[str, str] = {}
    for brand in brands_of(user, Act.MAKE):
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


def _spoken(words: Words) -> str:
    return words.in_language(get_language() or "en")
