"""Scorers that were trained, and which of them is used."""

from django.db import models
from django.db.models import Q


class ScorerVersion(models.Model):
    """One trained scorer of a brand, or of the whole studio (`brand` null), for brands that have too few labels for their own.

    `file` in the file storage holds its arrays (safetensors) and `sha256` is theirs. It reads vectors of `names_hash` by `embedder_hash`
    only. `labels`: settled pictures it learnt from or was tried on, `usable` of them usable, in `briefs` briefs; `rubric`: digest of the
    rubric they were given under. `metrics`: see reviews.learning.measuring. `reason`: in both languages, why it is where it is.
    """

    class State(models.TextChoices):
        CANDIDATE = "candidate"
        IN_USE = "in_use"
        RETIRED = "retired"
        REFUSED = "refused"

    brand = models.ForeignKey(
        "brand_styles.Brand", on_delete=models.PROTECT, related_name="scorers", null=True, blank=True
    )
    number = models.PositiveIntegerField()  # from 1, of its brand
    state = models.CharField(max_length=9, choices=State.choices, default=State.CANDIDATE)
    reason = models.JSONField(default=dict, blank=True)
    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    names_hash = models.CharField(max_length=16)
    embedder = models.CharField(max_length=80)
    embedder_hash = models.CharField(max_length=64, blank=True, default="")
    rubric = models.CharField(max_length=16)
    labels = models.PositiveIntegerField()
    usable = models.PositiveIntegerField()
    briefs = models.PositiveIntegerField()
    metrics = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["brand", "number"], name="one_scorer_per_number"),
            models.UniqueConstraint(
                fields=["number"], condition=Q(brand__isnull=True), name="one_shared_scorer_per_number"
            ),
            models.UniqueConstraint(
                fields=["brand"], condition=Q(state="in_use", brand__isnull=False), name="one_scorer_in_use_per_brand"
            ),
            models.UniqueConstraint(
                fields=["state"], condition=Q(state="in_use", brand__isnull=True), name="one_scorer_in_use_for_all"
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What items and features keep of it."""
        whose = self.brand.slug[:36] if self.brand else "studio"
        return f"{whose}/{self.number}@{self.sha256[:8]}"
