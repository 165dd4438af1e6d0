"""What a brand has learnt from its reviews: trained, tried, promoted, rolled back, recalled. Designers act, reviewers look."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from brand_styles.models import Brand
from brand_styles.words import Words
from generation.errors import PermanentError
from reviews import ordering, promoting, recalling
from reviews.finetune import versions
from reviews.finetune.config import Method
from reviews.gating import gates
from reviews.models import Gate, Kind, LearnerVersion
from studio import flows
from studio.access import (
    Act,
    access_brand_by_slug,
    access_gate_by_id,
    access_version_by_id,
    brands_of,
    may,
    person,
    require_somewhere,
)
from studio.learners_room import rooms_of
from studio.web.files import KEEP

SIDES = ("against", "candidate")


@require_safe
@login_required
def learners(request: HttpRequest) -> HttpResponse:
    """The first of their brands; with none, a page that says so."""
    user = person(request)
    require_somewhere(user, Act.REVIEW)
    first = brands_of(user, Act.REVIEW).first()
    if first is None:
        return render(request, "learners.html", {"room": "learners"})
    return redirect("brand-learners", first.slug)


@require_safe
@login_required
def brand_learners(request: HttpRequest, slug: str) -> HttpResponse:
    return page(request, access_brand_by_slug(person(request), slug, Act.REVIEW))


def page(request: HttpRequest, brand: Brand, refused: Words | None = None) -> HttpResponse:
    user = person(request)
    rooms = rooms_of(brand)
    context = {
        "brand": brand,
        "choices": brands_of(user, Act.REVIEW),
        "rooms": rooms,
        "moving": any(room.moves for room in rooms),
        "methods": list(Method),
        "may_act": may(user, brand, Act.EDIT_BRAND),
        "refused": refused,
        "room": "learners",
    }
    return render(request, "learners.html", context, status=422 if refused else 200)


@require_POST
@login_required
def train(request: HttpRequest, slug: str, learner: str) -> HttpResponse:
    """`method`: of an adapter."""
    user = person(request)
    brand = access_brand_by_slug(user, slug, Act.EDIT_BRAND)
    method = str(request.POST.get("method", ""))
    if learner not in Kind.values or (learner == Kind.ADAPTER and method not in list(Method)):
        raise Http404
    ordering.order(brand_id=brand.pk, kind=Kind(learner), method=method, asked_by_id=user.pk)
    flows.prepare_training()
    return redirect("brand-learners", slug)


@require_POST
@login_required
def roll_back(request: HttpRequest, slug: str, learner: str) -> HttpResponse:
    user = person(request)
    brand = access_brand_by_slug(user, slug, Act.EDIT_BRAND)
    if learner not in Kind.values:
        raise Http404
    try:
        promoting.roll_back(brand_id=brand.pk, kind=learner, by_id=user.pk)
    except PermanentError as error:
        return page(request, brand, error.words)
    return redirect("brand-learners", slug)


@require_POST
@login_required
def act(request: HttpRequest, version_id: int, what: str) -> HttpResponse:
    """One of `ACTS` on a version."""
    user = person(request)
    version = access_version_by_id(user, version_id, Act.EDIT_BRAND)
    if what not in ACTS:
        raise Http404
    try:
        ACTS[what](version, user.pk)
    except PermanentError as error:
        return page(request, version.learner.brand, error.words)
    return redirect("brand-learners", version.learner.brand.slug)


def _cancel(version: LearnerVersion, by_id: int) -> None:
    versions.cancel(LearnerVersion.objects.filter(pk=version.pk))
    gates.cancel(Gate.objects.filter(version=version))


def _gate(version: LearnerVersion, by_id: int) -> None:
    gates.ask(version=version, asked_by_id=by_id)
    flows.hold_gates()


def _promote(version: LearnerVersion, by_id: int) -> None:
    promoting.promote(version=version, by_id=by_id)


def _recall(version: LearnerVersion, by_id: int) -> None:
    recalling.recall(brand_id=version.learner.brand_id, kind=version.learner.kind, number=version.number)


ACTS = {"cancel": _cancel, "gate": _gate, "promote": _promote, "recall": _recall}


@require_safe
@login_required
def sample(request: HttpRequest, version_id: int, place: int) -> HttpResponse:
    """One of the pictures drawn while it was trained."""
    version = access_version_by_id(person(request), version_id, Act.REVIEW)
    if place >= len(version.samples):
        raise Http404
    return _file(version.samples[place]["file"], "image/jpeg")


@require_safe
@login_required
def gate_picture(request: HttpRequest, gate_id: int, number: int, side: str) -> HttpResponse:
    """One side of a pair."""
    gate = access_gate_by_id(person(request), gate_id, Act.REVIEW)
    pair = gate.made.filter(number=number).first()
    if pair is None or side not in SIDES or side not in pair.shown:
        raise Http404
    return _file(pair.shown[side], "image/jpeg")


@require_safe
@login_required
def gate_report(request: HttpRequest, gate_id: int) -> HttpResponse:
    """All that came of a trial, pair by pair."""
    gate = access_gate_by_id(person(request), gate_id, Act.REVIEW)
    if not gate.file:
        raise Http404
    answer = _file(gate.file, "application/json")
    answer["Content-Disposition"] = f'attachment; filename="gate-{gate.pk}.json"'
    return answer


def _file(name: str, content_type: str) -> HttpResponse:
    try:
        with default_storage.open(name) as file:
            content = file.read()
    except FileNotFoundError:
        raise Http404 from None
    answer = HttpResponse(content, content_type=content_type)
    answer["Cache-Control"] = KEEP
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
