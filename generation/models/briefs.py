"""A brief as it was submitted, and its variants with their frozen plans."""

from django.conf import settings
from django.db import models


class Brief(models.Model):
    """One submitted brief. `data` is the validated brief as JSON and `source` the text it was read from; neither changes.

    `product` names the cut-out picture in the file storage, already decoded and written again by us; empty without one.
    `evidence` lists the proofs of claims: {claim, file, type, bytes, sha256, stored}, `stored` being the name in the file storage.
    """

    library = models.ForeignKey("brand_styles.StyleLibrary", on_delete=models.PROTECT, related_name="briefs")
    campaign = models.ForeignKey(
        "generation.Campaign", on_delete=models.PROTECT, related_name="briefs", null=True, blank=True
    )
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="briefs")
    title = models.CharField(max_length=200)
    source = models.TextField()
    data = models.JSONField()
    product = models.CharField(max_length=200, blank=True, default="")
    evidence = models.JSONField(blank=True, default=list)
    created_at = models.DateTimeField(auto_now_add=True, db_index=True)

    def __str__(self) -> str:
        return self.title


class Variant(models.Model):
    """One idea for a brief, the same in all its formats. `plan` is a CreativePlan as JSON, written once (null until then).

    A variant that was made from another (`source`) has its `way` ("reroll", "like"), the locks that were `kept` and its `turn`: see
    planning.remaking. `asked_by`: who asked for it; null for the brief's own, which its owner asked for.
    """

    brief = models.ForeignKey(Brief, on_delete=models.CASCADE, related_name="variants")
    number = models.PositiveIntegerField()  # from 1, as in CreativePlan.variant
    plan = models.JSONField(null=True)
    source = models.ForeignKey("self", on_delete=models.PROTECT, related_name="remade", null=True, blank=True)
    way = models.CharField(max_length=10, blank=True, default="")
    kept = models.JSONField(default=list, blank=True)
    turn = models.PositiveIntegerField(default=0)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = (models.UniqueConstraint(fields=["brief", "number"], name="one_row_per_variant"),)

    def __str__(self) -> str:
        return f"{self.brief} / {self.number}"
