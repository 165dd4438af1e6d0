"""Who works for which brand: members, roles, one-time links."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from brand_styles.models import Brand
from brand_styles.words import Words
from studio.access import (
    ACTS,
    Act,
    access_invite_by_id,
    access_managed_brand,
    access_member_by_id,
    access_person_by_id,
    brands_of,
    managed_brands,
    may_answer_for,
    person,
    require_staff,
)
from studio.models import Invite, Membership, Role, User
from studio.people import Refused, deactivate, invite, reactivate, remove, reset_link, set_role, unused_invites
from studio.web.undo import offer, offered
from studio.web.words import SENTENCES


@require_safe
@login_required
def people(request: HttpRequest) -> HttpResponse:
    return page(request)


def page(
    request: HttpRequest, *, problem: Words | None = None, made: dict[str, Any] | None = None, status: int = 200
) -> HttpResponse:
    """The page, with what went wrong or the link that was just made: it is shown this once and kept nowhere."""
    user = person(request)
    context = {
        "shelves": [_shelf(user, brand) for brand in _brands(user)],
        "everyone": _everyone(user),
        "roles": list(Role),
        "acts": matrix(),
        "problem": problem,
        "made": made,
        "undo": offered(request) if request.method in {"GET", "HEAD"} else None,
        "room": "people",
    }
    response = render(request, "people.html", context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def _brands(user: User) -> QuerySet[Brand]:
    return (managed_brands(user) | brands_of(user)).distinct() if user.is_staff else brands_of(user)


def _shelf(user: User, brand: Brand) -> dict[str, Any]:
    members = Membership.objects.filter(brand=brand).select_related("user").order_by("user__username")
    manages = managed_brands(user).filter(pk=brand.pk).exists()
    rows = [
        {"member": member, "answers": manages and member.user != user and may_answer_for(user, member.user)}
        for member in members
    ]
    return {"brand": brand, "rows": rows, "manages": manages, "invites": _open_invites(brand) if manages else []}


def _open_invites(brand: Brand) -> QuerySet[Invite]:
    rows = unused_invites().filter(brand=brand, expires_at__gt=timezone.now())
    return rows.select_related("made_by").order_by("-id")


def _everyone(user: User) -> list[User]:
    if not user.is_staff:
        return []
    return list(User.objects.prefetch_related("memberships__brand").order_by("-is_active", "username"))


def matrix() -> list[dict[str, Any]]:
    """Rows of the table of what each role may do."""
    return [{"act": act, "cells": [act in ACTS[role] for role in Role]} for act in Act]


@require_POST
@login_required
def make_invite(request: HttpRequest) -> HttpResponse:
    user = person(request)
    brand = access_managed_brand(user, str(request.POST.get("brand", "")))
    role = _role(request)
    if role is None:
        return page(request, problem=SENTENCES["people.old_choice"], status=422)
    key = invite(brand=brand, role=role, made_by=user, note=str(request.POST.get("note", "")))
    return page(request, made={"words": "people.link_made", "link": _address(request, key), "brand": brand.slug})


def _address(request: HttpRequest, key: str) -> str:
    return request.build_absolute_uri(f"/join/{key}")


def _role(request: HttpRequest) -> Role | None:
    role = str(request.POST.get("role", ""))
    return Role(role) if role in Role.values else None


@require_POST
@login_required
def withdraw_invite(request: HttpRequest, invite_id: int) -> HttpResponse:
    row = access_invite_by_id(person(request), invite_id)
    unused_invites().filter(pk=row.pk).update(revoked_at=timezone.now())
    return offer(person(request), "people", "invite", row.note or row.role, id=row.pk)


@require_POST
@login_required
def change_role(request: HttpRequest, member_id: int) -> HttpResponse:
    member = access_member_by_id(person(request), member_id)
    role = _role(request)
    if role is None:
        return page(request, problem=SENTENCES["people.old_choice"], status=422)
    try:
        set_role(member, role)
    except Refused as refused:
        return page(request, problem=refused.words, status=422)
    return redirect("people")


@require_POST
@login_required
def remove_member(request: HttpRequest, member_id: int) -> HttpResponse:
    member = access_member_by_id(person(request), member_id)
    try:
        links = remove(member)
    except Refused as refused:
        return page(request, problem=refused.words, status=422)
    return offer(
        person(request),
        "people",
        "member",
        member.user.get_username(),
        person=member.user_id,
        brand=member.brand.slug,
        role=member.role,
        links=links,
    )


@require_POST
@login_required
def make_reset(request: HttpRequest, person_id: int) -> HttpResponse:
    other = access_person_by_id(person(request), person_id)
    key = reset_link(person=other, made_by=person(request))
    made = {"words": "people.reset_made", "link": _address(request, key), "whom": other.get_username()}
    return page(request, made=made)


@require_POST
@login_required
def shut_out(request: HttpRequest, person_id: int) -> HttpResponse:
    other = access_person_by_id(person(request), person_id)
    try:
        deactivate(other)
    except Refused as refused:
        return page(request, problem=refused.words, status=422)
    return redirect("people")


@require_POST
@login_required
def let_in(request: HttpRequest, person_id: int) -> HttpResponse:
    """Back in. Only by whoever runs the studio, who sees those that are shut out."""
    require_staff(person(request))
    reactivate(access_person_by_id(person(request), person_id))
    return redirect("people")
