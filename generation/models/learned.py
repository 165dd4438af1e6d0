"""What a brand's pictures are made with of what was learnt from reviews: one version of each kind at a time."""

from django.db import models
from django.db.models import Q


class Learned(models.Model):
    """The version of one kind of learner that a brand has in use. Written by generation.learners alone, for the review room.

    `kind` and `number` name the version there. `file`: its name in the file storage, `sha256` its content's. `base`: hash of the weights
    an adapter was trained on, empty for the other kinds. `scale`: how strongly an adapter is worn, 1 = as trained.
    """

    brand = models.ForeignKey("brand_styles.Brand", on_delete=models.PROTECT, related_name="learned")
    kind = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    base = models.CharField(max_length=64, blank=True, default="")
    scale = models.FloatField(default=1.0)
    since = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["brand", "kind"], name="one_version_in_use_per_kind"),
            models.CheckConstraint(condition=Q(scale__gt=0, scale__lte=2), name="scale_of_learned"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.number} of {self.brand}"
