"""What somebody asked to be trained, until a worker has frozen the reviews for it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from generation.models import Status
from reviews.models.learners import Kind


class TrainingOrder(models.Model):
    """A wish to train one kind of a brand's learners. Reviews are frozen by a worker, not while somebody waits for a page.

    `method`: an adapter's, empty for the other kinds. A worker owns it while `claim` is its token and `lease_until` lies ahead. Once it
    is finished there is a version that says all the rest; where it failed, `error_en` and `error_zh` say why there is none.
    """

    brand = models.ForeignKey("brand_styles.Brand", on_delete=models.PROTECT, related_name="training_orders")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    method = models.CharField(max_length=20, blank=True, default="")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    error_en = models.TextField(blank=True, default="")
    error_zh = models.TextField(blank=True, default="")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    claim = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=["brand", "kind"],
                condition=Q(status__in=("queued", "running")),
                name="one_training_order_under_way",
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.method} of {self.brand} ({self.status})"
