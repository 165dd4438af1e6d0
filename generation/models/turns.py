"""Whose turn it is: when each brand's work was last taken up."""

from django.db import models


class Turn(models.Model):
    """When a worker last took up a job of the brand. The brand that waited longest comes next (see generation.jobs.claim_next)."""

    brand = models.OneToOneField("brand_styles.Brand", on_delete=models.CASCADE, related_name="turn")
    served_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.brand} at {self.served_at}"
