"""The pages on which designers start a brand and draft its style: everything typed is kept, whatever is wrong with it."""

import json
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from brand_styles.comparing import changes
from brand_styles.drafts import DraftMoved, draft_to_read, open_draft, save_draft
from brand_styles.intake.guard import Refused
from brand_styles.merging import marks_of, merged
from brand_styles.models import Brand, StyleDraft
from brand_styles.portable import unpacked
from brand_styles.problems import NotReady, Problem
from brand_styles.starting import keep_proposals, kept_proposals
from brand_styles.style import BrandStyle
from brand_styles.words import Words
from studio.access import Act, access_brand_by_slug, may, person, require_may_start
from studio.branding import as_far_as_it_goes, problems_of, start_brand
from studio.specimens import SAMPLES, lead_colours, specimen_face, specimen_of, stylesheet
from studio.web.brand_fields import Difference, beside, differences, fields_of, logo_picture, placed
from studio.web.brand_form import KEPT_SVG, LOST_FILE, ROLES, Reading, number_of, palette_of
from studio.web.brand_start import proposals_of
from studio.web.words import SENTENCES

Json = dict[str, Any]
KEPT = "private, max-age=3600"


@dataclass(frozen=True)
class Moved:
    """What is told to the second of two: the fields that the other alone changed, and where both did, from theirs to what was typed."""

    words: Words
    taken: tuple[str, ...]
    differences: list[Difference]


@require_http_methods(["GET", "POST"])
@login_required
def new_brand(request: HttpRequest) -> HttpResponse:
    """The short name and the two names; a brand's file may fill the draft, a logo or a guideline propose what is in it."""
    user = person(request)
    require_may_start(user)
    sent = request.POST
    if request.method == "GET":
        return render(request, "new_brand.html", {"sent": sent, "room": "brands"})
    name = Words(en=sent.get("name.en", "").strip(), zh=sent.get("name.zh", "").strip())
    field = "file"
    try:
        style = _from_file(request)
        field = "start"
        proposals = proposals_of(request)
        draft = start_brand(sent.get("slug", "").strip(), name, user=user, style=style)
    except NotReady as fault:
        return _not_started(request, fault.problems)
    except Refused as refused:
        return _not_started(request, [Problem(field, refused.words)])
    if proposals is None:
        return redirect("brand-draft", draft.brand.slug)
    keep_proposals(draft.brand.slug, proposals)
    return redirect("start-brand", draft.brand.slug)


def _not_started(request: HttpRequest, problems: list[Problem]) -> HttpResponse:
    context = {"sent": request.POST, "beside": beside(placed(problems, {})), "room": "brands"}
    return render(request, "new_brand.html", context, status=422)


def _from_file(request: HttpRequest) -> Json | None:
    file = request.FILES.get("file")
    return unpacked(file.file) if file and file.file else None


@require_http_methods(["GET", "POST"])
@login_required
def draft(request: HttpRequest, slug: str) -> HttpResponse:
    brand = access_brand_by_slug(person(request), slug, Act.EDIT_BRAND)
    if request.method == "POST":
        return _save(request, brand)
    return page(request, draft_to_read(brand))


def _save(request: HttpRequest, brand: Brand) -> HttpResponse:
    """Keep what was typed; told where somebody else saved in between, and nothing is lost then."""
    post = request.POST
    reading = Reading(post, request.FILES, open_draft(brand, by=person(request).pk).style)
    if "add" in post or "remove" in post:
        reading.style["palette"] = palette_of(post, blank=True) + ([_blank(post)] if "add" in post else [])
    try:
        saved = save_draft(brand, reading.style, revision=number_of(post, "revision"), by=person(request).pk)
    except DraftMoved as moved:
        return _merged(request, moved, reading)
    except NotReady as fault:
        return page(request, draft_to_read(brand), reading=reading, problems=fault.problems, status=422)
    if reading.problems:
        return page(request, saved, problems=reading.problems, status=422)
    if "add-rule" in post:
        return redirect(f"{reverse('brand-draft', args=[brand.slug])}?saved#f-rules-{len(saved.style['rules']) - 1}")
    if "add-pixel-rule" in post:
        last = len(saved.style["pixel_rules"]) - 1
        return redirect(f"{reverse('brand-draft', args=[brand.slug])}?saved#f-pixel_rules-{last}")
    if post.get("act") == "review":
        return redirect("publish-brand", brand.slug)
    anchor = (
        f"#f-palette-{len(saved.style['palette']) - 1}" if "add" in post else "#palette" if "remove" in post else ""
    )
    return redirect(f"{reverse('brand-draft', args=[brand.slug])}?saved{anchor}")


def _merged(request: HttpRequest, moved: DraftMoved, reading: Reading) -> HttpResponse:
    """What only the other changed is taken over into what was typed; where both did, the difference is told. Nothing is saved yet."""
    merge = merged(_marks(request.POST), reading.style, moved.draft.style)
    reading.style = merge.style
    theirs = [
        change for change in changes(moved.draft.style, merge.style) if change.field.partition(".")[0] in merge.both
    ]
    return page(
        request, moved.draft, reading=reading, moved=Moved(moved.words, merge.taken, differences(theirs)), status=409
    )


def _marks(post: QueryDict) -> dict[str, str]:
    """The marks of the fields as the form's page read them; none where they don't come back whole."""
    try:
        told = json.loads(post.get("was", "")[:4000])
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in told.items()} if isinstance(told, dict) else {}


def _blank(post: QueryDict) -> Json:
    role = post.get("add", "")
    return {"role": role if role in ROLES else "second", "hex": "", "name": {"en": "", "zh": ""}, "weight": 1.0}


def page(
    request: HttpRequest,
    row: StyleDraft,
    *,
    reading: Reading | None = None,
    problems: list[Problem] | None = None,
    moved: Moved | None = None,
    status: int = 200,
) -> HttpResponse:
    """The draft's form, filled with what was read from it where that is not saved, else with the draft."""
    style = reading.style if reading else row.style
    unsaved = {ground: svg for ground, svg in reading.unsaved.items() if len(svg) <= KEPT_SVG} if reading else {}
    lost = [
        Problem(f"logos.{ground}", LOST_FILE)
        for ground in (reading.unsaved if reading else {})
        if ground not in unsaved
    ]
    told = placed([*(problems or []), *lost], style)
    context = _shown(row.brand, style, row.revision) | {
        "draft": row,
        "form": fields_of(style, unsaved),
        "failed": told,
        "moved": moved,
        "differences": moved.differences if moved else [],
        "marks": json.dumps(marks_of(row.style), separators=(",", ":")),
        "saved": "saved" in request.GET,
        "may_publish": may(person(request), row.brand, Act.PUBLISH),
        "published": row.brand.libraries.exists(),
        "proposed": kept_proposals(row.brand.slug) is not None,
        "room": "brands",
    }
    context["beside"] = beside([*told, *context["told"]])
    return render(request, "brand_draft.html", context, status=status)


def _shown(brand: Brand, style: Json, revision: int) -> Json:
    """What stands beside the form: the specimen as far as it goes, and what keeps the draft from being published."""
    seen = as_far_as_it_goes(brand, style)
    return {
        "brand": brand,
        "specimen": specimen_of(seen),
        "logo_addresses": {place: logo_picture(logo.model_dump()) for place, logo in enumerate(seen.logos)},
        "logo_grounds": {place: logo.ground for place, logo in enumerate(seen.logos)},
        "samples": SAMPLES,
        "sheet": _sheet_address(seen, revision),
        "told": placed(problems_of(StyleDraft(brand=brand, style=style)), style),
        "lead": list(lead_colours(seen, 10)),
    }


def _sheet_address(style: BrandStyle, revision: int) -> str:
    faces = style.typefaces
    asked: dict[str, str | int] = {
        "c": "-".join(dict.fromkeys(swatch.hex[1:] for swatch in style.palette)),
        "f": ",".join((faces.display_zh, faces.display_latin, faces.text)),
        "v": revision,
    }
    return f"{reverse('brand-draft-css', args=[style.slug])}?{urlencode(asked)}"


@require_POST
@login_required
def preview(request: HttpRequest, slug: str) -> HttpResponse:
    """The specimen and the problems of what the form says now. Nothing is saved, and files are not read."""
    brand = access_brand_by_slug(person(request), slug, Act.EDIT_BRAND)
    row = draft_to_read(brand)
    reading = Reading(request.POST, MultiValueDict(), row.style)
    return render(request, "parts/draft_preview.html", _shown(brand, reading.style, row.revision))


@require_safe
@login_required
def draft_css(request: HttpRequest, slug: str) -> HttpResponse:
    """The colours and faces that the address names, as the specimen's stylesheet."""
    brand = access_brand_by_slug(person(request), slug, Act.EDIT_BRAND)
    zh, latin, text = [*request.GET.get("f", "").split(","), "", "", ""][:3]
    palette = [
        {"role": "ground", "hex": f"#{colour}", "name": {"en": "", "zh": ""}}
        for colour in request.GET.get("c", "")[:600].split("-")
    ]
    faces = {"display_zh": zh, "display_latin": latin, "text": text}
    fonts = draft_to_read(brand).style.get("fonts")
    style = as_far_as_it_goes(brand, {"palette": palette, "typefaces": faces, "fonts": fonts})
    address = reverse("brand-draft-face", args=[slug, "KEY", 1]).replace("KEY-1.", "KEY-WEIGHT.")
    version = number_of(request.GET, "v")
    address += f"?v={version}" if version else ""
    return _kept(HttpResponse(stylesheet(style, address), content_type="text/css; charset=utf-8"))


@require_safe
@login_required
def draft_face(request: HttpRequest, slug: str, face: str, weight: int) -> HttpResponse:
    """A face cut to what the draft's specimen says."""
    brand = access_brand_by_slug(person(request), slug, Act.EDIT_BRAND)
    style = as_far_as_it_goes(brand, draft_to_read(brand).style)
    try:
        return _kept(HttpResponse(specimen_face(style, face, weight), content_type="font/woff"))
    except KeyError:
        raise Http404 from None


@require_POST
@login_required
def import_style(request: HttpRequest, slug: str) -> HttpResponse:
    """Fill the draft from a brand's file. What was in the draft is replaced."""
    brand = access_brand_by_slug(person(request), slug, Act.EDIT_BRAND)
    row = open_draft(brand, by=person(request).pk)
    try:
        style = _from_file(request)
        if style is None:
            raise Refused("none", SENTENCES["draft.import.none"])
        save_draft(brand, style, revision=number_of(request.POST, "revision"), by=person(request).pk)
    except DraftMoved as moved:
        return page(request, moved.draft, problems=[Problem("import", moved.words)], status=409)
    except (NotReady, Refused) as fault:
        words = fault.words if isinstance(fault, Refused) else fault.problems[0].words
        return page(request, row, problems=[Problem("import", words)], status=422)
    return redirect(f"{reverse('brand-draft', args=[slug])}?saved")


def _kept(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = KEPT
    return response
