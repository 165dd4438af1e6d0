"""How a brand's pictures are reviewed."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models


class Policy(models.Model):
    """A brand's own way of reviewing; a brand without a row has the defaults.

    `overlap`: how many reviewers judge a picture that is judged more than once; `overlap_share`: how many of a hundred pictures that are.
    `four_eyes`: pictures of financial claims need two people. `due_hours`: when a picture should be judged, 0 for never.
    """

    brand = models.OneToOneField("brand_styles.Brand", on_delete=models.CASCADE, related_name="review_policy")
    overlap = models.PositiveSmallIntegerField(default=2, validators=[MinValueValidator(2), MaxValueValidator(5)])
    overlap_share = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(100)])
    four_eyes = models.BooleanField(default=True)
    due_hours = models.PositiveSmallIntegerField(default=0, validators=[MaxValueValidator(24 * 60)])

    def __str__(self) -> str:
        return f"how {self.brand} reviews"
