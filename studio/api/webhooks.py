"""Webhooks: registering addresses, and what they were told."""

from django.db import transaction
from pydantic import Field
from rest_framework.request import Request
from rest_framework.response import Response

from studio import models, webhooks
from studio.access import Act, access_brand_by_slug, access_delivery_by_id, access_webhook_by_id, brands_of
from studio.api import shapes, showing
from studio.api.authentication import who
from studio.api.base import Page, View, answer, made, query, read
from studio.api.idempotency import idempotent, keep
from studio.api.paging import Listed, page_of
from studio.api.problems import invalid
from studio.api.schema import operation
from studio.api.words import says

EXAMPLE = {"brand": "demo", "url": "https://example.com/vermilion", "name": "sheet", "events": ["brief.finished"]}


class WebhooksAsked(Listed):
    brand: shapes.Clean | None = Field(default=None, max_length=50, description="only of this brand")


class Webhooks(View):
    @operation("list-webhooks", {200: Page[shapes.Webhook]}, query=WebhooksAsked)
    def get(self, request: Request) -> Response:
        asked = query(request, WebhooksAsked)
        rows = models.Webhook.objects.filter(brand__in=brands_of(who(request), Act.CONNECT))
        if asked.brand is not None:
            rows = rows.filter(brand__slug=asked.brand)
        found = rows.select_related("brand", "made_by")
        return page_of(request, asked, found, lambda part: [showing.webhook(row) for row in part])

    @operation(
        "register-webhook",
        {201: shapes.WebhookWithSecret},
        sent=shapes.NewWebhook,
        refuses=(404,),
        once=True,
        example=EXAMPLE,
    )
    @idempotent
    def post(self, request: Request) -> Response:
        asks = who(request)
        sent = read(request, shapes.NewWebhook)
        brand = access_brand_by_slug(asks, sent.brand, Act.CONNECT)
        with transaction.atomic():
            row, secret = webhooks.register(
                brand=brand, made_by=asks.user, url=sent.url, name=sent.name, events=sent.events
            )
            return keep(request, made(showing.webhook_with_secret(row, secret), "webhook", row.pk))


class Webhook(View):
    @operation("show-webhook", {200: shapes.Webhook}, refuses=(403,))
    def get(self, request: Request, webhook_id: int) -> Response:
        return answer(showing.webhook(access_webhook_by_id(who(request), webhook_id)))

    @operation("change-webhook", {200: shapes.Webhook}, sent=shapes.WebhookChange, example={"active": True})
    def patch(self, request: Request, webhook_id: int) -> Response:
        asks = who(request)
        row = access_webhook_by_id(asks, webhook_id)
        sent = read(request, shapes.WebhookChange)
        if not sent.model_fields_set:
            raise invalid({"": [says("nothing")]})
        with transaction.atomic():
            webhooks.change(
                row,
                url=row.url if sent.url is None else sent.url,
                name=row.name if sent.name is None else sent.name,
                events=row.events if sent.events is None else sent.events,
            )
            _switch(row, sent.active, asks.user)
        return answer(showing.webhook(row))

    @operation("remove-webhook", {204: None})
    def delete(self, request: Request, webhook_id: int) -> Response:
        webhooks.remove(access_webhook_by_id(who(request), webhook_id))
        return Response(status=204)


def _switch(row: models.Webhook, active: bool | None, by: models.User) -> None:
    if active is True and row.disabled_at is not None:
        webhooks.switch_on(row, by)
    elif active is False:
        webhooks.switch_off(row)


class NewSecret(View):
    @operation("new-webhook-secret", {200: shapes.WebhookWithSecret})
    def post(self, request: Request, webhook_id: int) -> Response:
        asks = who(request)
        row = access_webhook_by_id(asks, webhook_id)
        secret = webhooks.new_secret(row, asks.user)
        row.refresh_from_db()
        return answer(showing.webhook_with_secret(row, secret))


class Ping(View):
    @operation("ping-webhook", {202: shapes.Delivery}, refuses=(409,))
    def post(self, request: Request, webhook_id: int) -> Response:
        return answer(showing.delivery(webhooks.ping(access_webhook_by_id(who(request), webhook_id))), 202)


class Deliveries(View):
    @operation("list-deliveries", {200: Page[shapes.Delivery]}, query=Listed, refuses=(403,))
    def get(self, request: Request, webhook_id: int) -> Response:
        asked = query(request, Listed)
        rows = models.Delivery.objects.filter(webhook=access_webhook_by_id(who(request), webhook_id))
        return page_of(request, asked, rows, lambda part: [showing.delivery(row) for row in part])


class Replay(View):
    @operation("replay-delivery", {202: shapes.Delivery}, refuses=(409,))
    def post(self, request: Request, delivery_id: int) -> Response:
        return answer(showing.delivery(webhooks.replay(access_delivery_by_id(who(request), delivery_id))), 202)
