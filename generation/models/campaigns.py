"""A campaign groups the briefs of one brand."""

from django.db import models


class Campaign(models.Model):
    brand = models.ForeignKey("brand_styles.Brand", on_delete=models.PROTECT, related_name="campaigns")
    slug = models.CharField(max_length=80)  # as the brief names it, in any script
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["brand", "slug"], name="one_campaign_per_slug"),)

    def __str__(self) -> str:
        return self.slug
