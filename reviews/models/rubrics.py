"""Rubrics as they were used."""

from django.conf import settings
from django.db import models


class RubricVersion(models.Model):
    """One rubric of one brand, whole, as JSON (reviews.rubric.Rubric). Never changes; reviews say which they were given under."""

    brand = models.ForeignKey("brand_styles.Brand", on_delete=models.PROTECT, related_name="rubrics")
    version = models.PositiveIntegerField()  # the studio's
    extension = models.PositiveIntegerField(default=0)  # the brand's own additions, counted
    digest = models.CharField(max_length=16)
    content = models.JSONField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["brand", "version", "extension"], name="one_rubric_per_version"),
        )

    def __str__(self) -> str:
        return f"rubric {self.version}.{self.extension} of {self.brand}"
