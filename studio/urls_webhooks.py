"""Addresses of the webhooks' pages."""

from django.urls import path

from studio.web import webhooks

urlpatterns = [
    path("settings/webhooks", webhooks.all_webhooks, name="webhooks"),
    path("settings/webhooks/<int:webhook_id>", webhooks.webhook, name="webhook"),
    path("settings/webhooks/<int:webhook_id>/test", webhooks.test, name="test-webhook"),
    path("settings/webhooks/<int:webhook_id>/switch", webhooks.switch, name="switch-webhook"),
    path("settings/webhooks/<int:webhook_id>/secret", webhooks.new_secret, name="new-secret"),
    path("settings/webhooks/<int:webhook_id>/remove", webhooks.remove, name="remove-webhook"),
    path("settings/deliveries/<int:delivery_id>/replay", webhooks.replay, name="replay-delivery"),
]
