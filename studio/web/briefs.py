"""The list of briefs and the form for a new one."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from brand_styles.elements import elements_of
from brand_styles.licences import MEDIA
from generation.errors import PermanentError
from generation.models import CutOut
from generation.planning.concepts import lexicon
from generation.planning.moods import MOOD_NAMES
from generation.planning.occasions import OCCASIONS
from generation.products.cutouts import start_cut_out
from generation.selectors import brief_summaries
from studio.access import Act, access_brief_by_id, brands_to_write_for, briefs_of, person, require_somewhere
from studio.estimates import Estimate, estimate_of
from studio.forms.brief import EVIDENCE_ROWS, PRESETS, SLOTS, Draft, draft_of
from studio.forms.coming import coming_rows
from studio.models import User
from studio.sending import digest_of, new_token, remember, sent_before, token_in
from studio.submitting import brand_of, over_limit, slugs_of, submit
from studio.web.words import sentence
from studio.web.words_brief import BRIEF

PER_PAGE = 20


@require_safe
@login_required
def brief_list(request: HttpRequest) -> HttpResponse:
    user = person(request)
    page = Paginator(briefs_of(user), PER_PAGE).get_page(request.GET.get("page"))
    briefs = briefs_of(user).filter(id__in=[brief.pk for brief in page.object_list])
    return render(request, "briefs.html", {"page": page, "briefs": brief_summaries(briefs)})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new_brief(request: HttpRequest) -> HttpResponse:
    """The form; a sound brief is submitted and its wall shown."""
    user = person(request)
    require_somewhere(user, Act.MAKE)
    if request.method != "POST":
        wanted = request.GET.get("occasion", "")
        known = {"occasion": wanted if wanted in OCCASIONS else "", "brand": request.GET.get("brand", "")}
        return render(request, "brief_form.html", form_context(user) | {"sent": known, "wanted": wanted})
    draft = draft_of(request.POST, slugs_of(user), request.FILES)
    over = over_limit(user, draft)
    if draft.brief is None or not draft.is_sound or over:
        context = form_context(user) | {"draft": draft, "sent": request.POST, "over": over}
        context["cut_out"] = _kept_photo(user, draft)
        context["sent_formats"] = request.POST.getlist("formats")
        context["sent_media"] = request.POST.getlist("media")
        return render(request, "brief_form.html", context, status=422)
    return _sent_once(request, user, draft)


def _sent_once(request: HttpRequest, user: User, draft: Draft) -> HttpResponse:
    """The wall of the brief that this form makes, or made before. One that was sent and then changed is shown again, with words."""
    token, digest = token_in(request), digest_of(request)
    before = sent_before(user, token)
    if before is None:
        with transaction.atomic():
            row = submit(user, draft)
            if remember(user, token, digest, row):
                return redirect("wall", row.pk)
            transaction.set_rollback(True)  # a second click was faster: its brief is the one
        before = sent_before(user, token)
    if before is not None and before.digest == digest:
        return redirect(f"{reverse('wall', args=[before.brief_id])}?again")
    context = form_context(user) | {"draft": draft, "sent": request.POST, "before": before}
    context["sent_formats"] = request.POST.getlist("formats")
    context["sent_media"] = request.POST.getlist("media")
    return render(request, "brief_form.html", context, status=409)


def _kept_photo(user: User, draft: Draft) -> CutOut | None:
    """A photo that came with its ground, kept for its cut-out page; None where there was none or it cannot be used."""
    brand = brands_to_write_for(user).filter(slug=str(draft.data.get("brand", "")).partition("@")[0]).first()
    if draft.photo is None or brand is None:
        return None
    try:
        return start_cut_out(brand=brand, owner_id=user.pk, name="product", file=draft.photo)
    except PermanentError as error:
        draft.blame("subject.image", error.words)
        return None


@require_POST
@login_required
def check(request: HttpRequest) -> HttpResponse:
    """The problems of what is typed so far, each for its own field, as fragments. No file comes along, so what is said of one stays."""
    require_somewhere(person(request), Act.MAKE)
    user = person(request)
    draft = draft_of(request.POST, slugs_of(user))
    slots = sorted(SLOTS - {"subject.image"})
    return render(request, "parts/problems.html", {"draft": draft, "slots": slots} | estimate(user, draft))


@require_safe
@login_required
def source(request: HttpRequest, brief_id: int) -> HttpResponse:
    """The brief as it was sent, as YAML."""
    brief = access_brief_by_id(person(request), brief_id)
    response = HttpResponse(brief.source, content_type="application/yaml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="brief-{brief.pk}.yaml"'
    return response


def estimate(user: User, draft: Draft) -> dict[str, Estimate | None]:
    """What a draft would cost and how long it would take here; nothing while it names no brand and formats of theirs."""
    brand = brand_of(user, draft)
    return {"estimate": estimate_of(draft.brief, brand) if draft.brief and brand else None}


def form_context(user: User) -> dict[str, object]:
    return {
        "once": new_token(),
        "brands": list(brands_to_write_for(user)),
        "presets": PRESETS,
        "evidence_rows": EVIDENCE_ROWS,
        "media": MEDIA,
        "moods": MOOD_NAMES,
        "occasions": sorted(OCCASIONS),
        "concepts": [concept for concept in lexicon().values() if concept.drawable],
        "elements": elements_of(brands_to_write_for(user)),
        "coming": coming_rows(),
        "help": {
            "fit": reverse("fit-brief"),
            "pasted": reverse("pasted-brief"),
            "headlines": reverse("brief-headlines"),
            "say": {key: sentence(key, get_language()) for key in BRIEF},
        },
        "draft": None,
        "sent": {},
        "sent_formats": ["1080x1920", "1080x1080"],
    }
