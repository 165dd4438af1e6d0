"""Webhooks of the brands somebody may connect: adding, testing, switching off, and what was sent."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from brand_styles.words import Words
from studio import webhooks
from studio.access import Act, access_brand_by_slug, access_delivery_by_id, access_webhook_by_id, brands_of, person
from studio.models import Delivery, Webhook
from studio.people import Refused

SHOWN = 50


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def all_webhooks(request: HttpRequest) -> HttpResponse:
    """The list; posting registers one, whose secret is shown this once."""
    if request.method != "POST":
        return _list(request)
    user, sent = person(request), request.POST
    brand = access_brand_by_slug(user, str(sent.get("brand", "")), Act.CONNECT)
    try:
        row, secret = webhooks.register(
            brand=brand,
            made_by=user,
            url=str(sent.get("url", "")),
            name=str(sent.get("name", "")),
            events=sent.getlist("events"),
        )
    except Refused as refused:
        return _list(request, problem=refused.words, status=422)
    return _page(request, row, secret=secret)


def _list(request: HttpRequest, *, problem: Words | None = None, status: int = 200) -> HttpResponse:
    brands = brands_of(person(request), Act.CONNECT)
    rows = Webhook.objects.filter(brand__in=brands).select_related("brand", "made_by").order_by("brand__slug", "id")
    context = {
        "webhooks": rows,
        "brands": brands,
        "events": webhooks.EVENTS.items(),
        "problem": problem,
        "sent": request.POST,
        "sent_events": request.POST.getlist("events"),
        "room": "settings",
    }
    return render(request, "webhooks.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def webhook(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """One of them with its latest messages; posting changes it. The moving part alone when htmx asks."""
    row = access_webhook_by_id(person(request), webhook_id)
    if request.method != "POST":
        return _page(request, row)
    sent = request.POST
    try:
        webhooks.change(
            row, url=str(sent.get("url", "")).strip(), name=str(sent.get("name", "")), events=sent.getlist("events")
        )
    except Refused as refused:
        return _page(request, row, problem=refused.words, status=422)
    return redirect("webhook", row.pk)


def _page(
    request: HttpRequest, row: Webhook, *, problem: Words | None = None, secret: str = "", status: int = 200
) -> HttpResponse:
    deliveries = list(row.deliveries.order_by("-id")[:SHOWN])
    context: dict[str, Any] = {
        "webhook": row,
        "why": Words(en=row.why_en, zh=row.why_zh) if row.why_en else None,
        "deliveries": [(each, Words(en=each.error_en, zh=each.error_zh)) for each in deliveries],
        "moving": any(each.state in (Delivery.State.QUEUED, Delivery.State.RUNNING) for each in deliveries),
        "events": webhooks.EVENTS.items(),
        "problem": problem,
        "secret": secret,
        "sent": request.POST if problem else None,
        "room": "settings",
    }
    template = "parts/deliveries.html" if "HX-Request" in request.headers else "webhook.html"
    response = render(request, template, context, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


@require_POST
@login_required
def test(request: HttpRequest, webhook_id: int) -> HttpResponse:
    row = access_webhook_by_id(person(request), webhook_id)
    try:
        webhooks.ping(row)
    except Refused as refused:
        return _page(request, row, problem=refused.words, status=422)
    return redirect("webhook", row.pk)


@require_POST
@login_required
def switch(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """On where {on} is sent, else off."""
    user = person(request)
    row = access_webhook_by_id(user, webhook_id)
    if "on" in request.POST:
        webhooks.switch_on(row, user)
    else:
        webhooks.switch_off(row)
    return redirect("webhook", row.pk)


@require_POST
@login_required
def new_secret(request: HttpRequest, webhook_id: int) -> HttpResponse:
    user = person(request)
    row = access_webhook_by_id(user, webhook_id)
    return _page(request, row, secret=webhooks.new_secret(row, user))


@require_POST
@login_required
def remove(request: HttpRequest, webhook_id: int) -> HttpResponse:
    """For good. The page offers it only for one that is off."""
    with transaction.atomic():
        webhooks.remove(access_webhook_by_id(person(request), webhook_id))
    return redirect("webhooks")


@require_POST
@login_required
def replay(request: HttpRequest, delivery_id: int) -> HttpResponse:
    row = access_delivery_by_id(person(request), delivery_id)
    try:
        webhooks.replay(row)
    except Refused as refused:
        return _page(request, row.webhook, problem=refused.words, status=422)
    return redirect("webhook", row.webhook_id)
