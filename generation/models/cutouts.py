"""Photos on their way to a cut-out, and orders for drawn elements."""

from django.conf import settings
from django.db import models

from generation.models.jobs import Status


class CutOut(models.Model):
    """A photo that a person sent, and what of it is kept so far. Nothing is made of it before it is confirmed.

    `photo` (RGB) and `alpha` (grey, the same size) name PNGs in the file storage, both written by us. `rectangle` and `strokes` are
    what the person drew, in photo pixels; `alpha` is empty where nothing could be cut out yet. `discarded_at`: put away;
    row and files go for good a little later.
    """

    brand = models.ForeignKey("brand_styles.Brand", on_delete=models.PROTECT, related_name="cut_outs")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="cut_outs")
    name = models.CharField(max_length=100)
    photo = models.CharField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    rectangle = models.JSONField(null=True)
    strokes = models.JSONField(default=list)
    alpha = models.CharField(max_length=200, blank=True, default="")
    share = models.FloatField(default=0.0)  # of the photo that is kept
    method = models.CharField(max_length=100, default="grabcut")  # or the matting model's name
    element = models.ForeignKey(
        "brand_styles.BrandElement", on_delete=models.SET_NULL, related_name="cut_outs", null=True, blank=True
    )
    confirmed_at = models.DateTimeField(null=True)
    discarded_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"cut-out {self.pk} {self.name}"


class ElementOrder(models.Model):
    """A wish for `count` drawn elements of one kind. A worker owns it while `claim` is its token and `lease_until` lies ahead."""

    brand = models.ForeignKey("brand_styles.Brand", on_delete=models.PROTECT, related_name="element_orders")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="element_orders")
    kind = models.CharField(max_length=80)
    count = models.PositiveIntegerField()
    seed = models.PositiveBigIntegerField()
    made = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED, db_index=True)
    claim = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    error_en = models.TextField(blank=True, default="")
    error_zh = models.TextField(blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"order {self.pk}: {self.count} × {self.kind}"
