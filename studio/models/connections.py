"""Programs at the other end: calls that must not happen twice, and addresses that are told what happened."""

from django.conf import settings
from django.db import models


class IdempotentCall(models.Model):
    """A request to the API that carried an Idempotency-Key, and how it was answered (null `status`: it is being answered).

    `holder`: the digest of the token that sent it, or "" for a browser's session. `sealed`: the answer, encrypted, since some hold
    a secret that is shown once.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    holder = models.CharField(max_length=64, blank=True, default="")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)  # SHA-256 of method, path and what was sent
    status = models.PositiveSmallIntegerField(null=True)
    sealed = models.TextField(blank=True, default="")
    begun_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "holder", "key"], name="one_call_per_key"),)

    def __str__(self) -> str:
        return f"{self.key} of {self.user_id}"


class Webhook(models.Model):
    """An address that is told what happens in a brand. Its secret is kept by studio.secrets_store under "webhook-{id}".

    `events`: the names it wants, empty for all. `failing_since`: no delivery arrived since then. `not_before`: nothing is sent
    until then, after a failure. `disabled_at`: switched off, by a person (`why_en` empty) or by the studio, which says why.
    """

    brand = models.ForeignKey("brand_styles.Brand", on_delete=models.CASCADE, related_name="webhooks")
    url = models.CharField(max_length=1000)
    name = models.CharField(max_length=100, blank=True, default="")
    events = models.JSONField(default=list)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="webhooks")
    hint = models.CharField(max_length=4)
    created_at = models.DateTimeField(auto_now_add=True)
    failing_since = models.DateTimeField(null=True)
    not_before = models.DateTimeField(null=True)
    disabled_at = models.DateTimeField(null=True)
    why_en = models.TextField(blank=True, default="")
    why_zh = models.TextField(blank=True, default="")

    def __str__(self) -> str:
        return f"webhook {self.pk} of {self.brand_id}"


class Delivery(models.Model):
    """One message to one webhook. A worker owns it while `claim` is its token and `lease_until` lies ahead.

    `message_id` names what happened, so that a receiver knows a message it had before. `body` is sent and signed as it stands.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        SENT = "sent"
        FAILED = "failed"

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    message_id = models.CharField(max_length=100)
    event = models.CharField(max_length=40)
    body = models.TextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(null=True)
    claim = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)  # what the address answered last
    milliseconds = models.PositiveIntegerField(null=True)
    error_en = models.TextField(blank=True, default="")
    error_zh = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["webhook", "message_id"], name="one_delivery_per_message"),)
        indexes = (models.Index(fields=["state", "not_before"], name="next_delivery"),)

    def __str__(self) -> str:
        return f"{self.event} to webhook {self.webhook_id}"
