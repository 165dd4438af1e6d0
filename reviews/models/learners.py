"""What learns from reviews, the versions of it, and the frozen sets they were trained on."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Kind(models.TextChoices):
    ADAPTER = "adapter"  # a LoRA: how scenes are drawn
    SCENE_PRIOR = "scene_prior"  # what is staged
    LAYOUT_TASTE = "layout_taste"  # where things go, and how type is set


class Dataset(models.Model):
    """A set of one brand's reviews as it was frozen. Never changes; freezing the same reviews again gives the same row.

    `manifest` names the JSON in the file storage, `sha256` is its content's. `counts`: examples by split and label. `exclusions`: how many
    reviews or pictures were left out, by reason.
    """

    brand = models.ForeignKey("brand_styles.Brand", on_delete=models.PROTECT, related_name="datasets")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    method = models.CharField(max_length=20)
    manifest = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    counts = models.JSONField(default=dict, blank=True)
    exclusions = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["brand", "sha256"], name="one_row_per_dataset"),)

    def __str__(self) -> str:
        return f"{self.method} set {self.sha256[:10]} of {self.brand}"


class Learner(models.Model):
    """What one brand can have of each kind."""

    brand = models.ForeignKey("brand_styles.Brand", on_delete=models.PROTECT, related_name="learners")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["brand", "kind"], name="one_learner_per_kind"),)

    def __str__(self) -> str:
        return f"{self.kind} of {self.brand}"


class LearnerVersion(models.Model):
    """One training of a learner and what came of it. A worker owns it while `claim` is its token and `lease_until` lies ahead.

    `config`: everything that was asked for. `base`: hash of the weights it was trained on. `files`: names in the file storage by what
    they are ("weights", "card"), `sha256` the weights'. `metrics`: losses, validation, seconds. `samples`: [{step, file}].
    `parent`: the version that training began from; null for the bare base.
    """

    class State(models.TextChoices):
        QUEUED = "queued"
        TRAINING = "training"
        TRAINED = "trained"
        GATING = "gating"
        REFUSED = "refused"  # by the gate
        PROMOTED = "promoted"
        RETIRED = "retired"  # another took its place, or it was rolled back
        FAILED = "failed"
        CANCELLED = "cancelled"

    learner = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()  # from 1
    method = models.CharField(max_length=20)
    state = models.CharField(max_length=9, choices=State.choices, default=State.QUEUED)
    dataset = models.ForeignKey(Dataset, on_delete=models.PROTECT, related_name="versions")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, related_name="children", null=True, blank=True)
    config = models.JSONField(default=dict)
    base = models.CharField(max_length=64, blank=True, default="")
    files = models.JSONField(default=dict, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    metrics = models.JSONField(default=dict, blank=True)
    samples = models.JSONField(default=list, blank=True)
    step = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)
    error_en = models.TextField(blank=True, default="")
    error_zh = models.TextField(blank=True, default="")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )
    claim = models.UUIDField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["learner", "number"], name="one_row_per_learner_version"),
            models.UniqueConstraint(fields=["learner"], condition=Q(state="promoted"), name="one_promoted_per_learner"),
            models.CheckConstraint(
                condition=Q(state="training", claim__isnull=False, lease_until__isnull=False)
                | (~Q(state="training") & Q(claim__isnull=True, lease_until__isnull=True)),
                name="only_training_versions_are_claimed",
            ),
        )
        indexes = (
            models.Index(
                fields=["state", "id"], name="versions_to_train", condition=Q(state__in=("queued", "training"))
            ),
        )

    def __str__(self) -> str:
        return f"{self.learner} v{self.number} ({self.state})"
