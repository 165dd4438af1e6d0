"""What learning knows of a picture: its numbers, and what the scorer in use expects of it."""

from django.db import models


class Features(models.Model):
    """The vector of one asset (reviews.learning.features), and the latest prediction on it.

    `vector`: little-endian float32; empty with a `fault` ({"en", "zh"}) where the asset can't be read. `names_hash` says what the numbers
    are, `embedder` and `embedder_hash` who looked. `usable`: predicted probability; `doubt`: how far the scorer's members disagree
    (mutual information, nats); both null until `scored_by`, a ScorerVersion's name, has seen it.
    """

    asset = models.OneToOneField(
        "generation.Asset", on_delete=models.CASCADE, related_name="features", primary_key=True
    )
    names_hash = models.CharField(max_length=16)
    embedder = models.CharField(max_length=80)
    embedder_hash = models.CharField(max_length=64, blank=True, default="")
    vector = models.BinaryField()
    fault = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField(auto_now=True)
    usable = models.FloatField(null=True, blank=True)
    doubt = models.FloatField(null=True, blank=True)
    scored_by = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        verbose_name_plural = "features"
        indexes = (models.Index(fields=["names_hash", "embedder_hash", "asset"], name="features_of_a_kind"),)

    def __str__(self) -> str:
        return f"features of asset {self.asset_id}"
