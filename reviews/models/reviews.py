"""What people said. Rows are only ever added, each with the hash of the one before it."""

from django.conf import settings
from django.db import models


class Chain(models.Model):
    """The end of a brand's chain of reviews: how many there are, and the hash of the last."""

    brand = models.OneToOneField("brand_styles.Brand", on_delete=models.PROTECT, related_name="review_chain")
    length = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True, default="")

    def __str__(self) -> str:
        return f"{self.length} reviews of {self.brand}"


class Review(models.Model):
    """One act in the queue. A row never changes: what was wrong is taken back by another row (`undoes`).

    `kind`: "verdict", "skip" (with `reason`), "adjudication" (decides where reviewers disagreed) or "undo". `verdict`: a Verdict on one
    picture, a Preference on a pair. `scores`: {dimension: 1..5}. `defects`: [{code, severity, region}], regions in shares of the picture's
    width and height, origin top left (see reviews.regions). `seconds`: interface time, from the picture's appearance to the answer.
    `hash` = sha256 over `previous_hash` and the row (see reviews.chain).
    """

    class Kind(models.TextChoices):
        VERDICT = "verdict"
        SKIP = "skip"
        ADJUDICATION = "adjudication"
        UNDO = "undo"

    brand = models.ForeignKey("brand_styles.Brand", on_delete=models.PROTECT, related_name="reviews")
    number = models.PositiveBigIntegerField()  # place in the brand's chain, from 1
    kind = models.CharField(max_length=12, choices=Kind.choices)
    item = models.ForeignKey("reviews.Item", on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews")
    verdict = models.CharField(max_length=10, blank=True, default="")
    scores = models.JSONField(default=dict, blank=True)
    defects = models.JSONField(default=list, blank=True)
    comment = models.TextField(max_length=2000, blank=True, default="")
    reason = models.CharField(max_length=20, blank=True, default="")
    rubric = models.ForeignKey("reviews.RubricVersion", on_delete=models.PROTECT, related_name="reviews")
    seconds = models.FloatField(default=0.0)
    undoes = models.OneToOneField("self", on_delete=models.PROTECT, related_name="undone_by", null=True, blank=True)
    created_at = models.DateTimeField()
    previous_hash = models.CharField(max_length=64, blank=True, default="")
    hash = models.CharField(max_length=64, unique=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["brand", "number"], name="one_review_per_place"),)
        indexes = (
            models.Index(fields=["brand", "created_at"], name="reviews_of_a_brand"),
            models.Index(fields=["reviewer", "-created_at"], name="reviews_of_a_person"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.brand_id}/{self.number}"
