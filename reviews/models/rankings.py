"""When a brand's queue was last put in order, and on what grounds."""

from django.db import models


class Ranking(models.Model):
    """`scorer`: the ScorerVersion's name that was asked, "" for none. `newest`: the highest asset in the pool then. `chosen`: how many
    took a place ahead of the rest. `seed` counts the orders made, so that each draws anew.
    """

    brand = models.OneToOneField(
        "brand_styles.Brand", on_delete=models.CASCADE, related_name="ranking", primary_key=True
    )
    scorer = models.CharField(max_length=60, blank=True, default="")
    newest = models.PositiveBigIntegerField(default=0)
    chosen = models.PositiveIntegerField(default=0)
    seed = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"ranking of {self.brand}"
