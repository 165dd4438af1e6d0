"""What helps to write a brief. Nothing here submits or stores anything."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST

from brand_styles.selectors import style_for
from brand_styles.words import Words
from generation.editing.asking import BenchAway, ask_fit
from studio.access import Act, person, require_somewhere
from studio.forms.brief import draft_of, slot_of
from studio.templatetags.studio import dom
from studio.web.briefs import slugs_of


@require_POST
@login_required
def fit(request: HttpRequest) -> HttpResponse:
    """Whether what is typed so far fits one format, as JSON. 204 while the brief is not yet sound, 503 while nobody can say."""
    user = person(request)
    require_somewhere(user, Act.MAKE)
    draft, name = draft_of(request.POST, slugs_of(user)), request.POST.get("fit", "")
    if draft.brief is None or not draft.is_sound or name not in draft.brief.formats:
        return HttpResponse(status=204)
    brief = draft.brief.model_dump(mode="json", by_alias=True, exclude_none=True)
    try:
        found = ask_fit(brief, style_for(draft.brief.brand).model_dump(mode="json"), name)
    except BenchAway as away:
        return JsonResponse({"problem": _spoken(away.words)}, status=503)
    words = Words.model_validate(found["words"]) if found["words"] else None
    slot = dom(slot_of(f"copy.{found['role']}")) if found["role"] else ""
    return JsonResponse({**found, "slot": slot, "words": _spoken(words) if words else ""})


def _spoken(words: Words) -> str:
    return words.in_language(get_language() or "en")
