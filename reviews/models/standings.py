"""Where a picture stands after what reviewers said."""

from django.db import models


class Standing(models.Model):
    """The word that holds on one version of a picture, worked out from its reviews (reviews.settling).

    `usable`: approved or with a minor fix, and no blocking defect; null while undecided. `defects`: the codes that anybody marked.
    """

    class State(models.TextChoices):
        WAITING = "waiting"
        APPROVED = "approved"
        MINOR_FIX = "minor_fix"
        REJECTED = "rejected"
        SPLIT = "split"

    asset = models.OneToOneField(
        "generation.Asset", on_delete=models.CASCADE, related_name="standing", primary_key=True
    )
    brand = models.ForeignKey("brand_styles.Brand", on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    usable = models.BooleanField(null=True)
    verdicts = models.PositiveSmallIntegerField(default=0)
    adjudicated = models.BooleanField(default=False)
    defects = models.JSONField(default=list, blank=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (models.Index(fields=["brand", "state"], name="standings_of_a_brand"),)

    def __str__(self) -> str:
        return f"asset {self.asset_id}: {self.state}"
