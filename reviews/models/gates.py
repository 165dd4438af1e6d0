"""A version of a learner on trial against what is in use: the pack of past briefs, the trial, its pairs; and who promoted what when."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from generation.models import Status
from reviews.models.learners import Kind


class GatePack(models.Model):
    """Past briefs of a brand with the canvases and variants at which every version is tried. Never changes.

    `file` names the JSON in the file storage, `sha256` is its content's. `briefs`, `pairs`: how many are in it.
    """

    brand = models.ForeignKey("brand_styles.Brand", on_delete=models.PROTECT, related_name="gate_packs")
    file = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    briefs = models.PositiveIntegerField()
    pairs = models.PositiveIntegerField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["brand", "sha256"], name="one_row_per_gate_pack"),)

    def __str__(self) -> str:
        return f"pack {self.sha256[:10]} of {self.brand}"


class Gate(models.Model):
    """One trial of a version. A worker owns it while `claim` is its token and `lease_until` lies ahead.

    `against`, `candidate`: the pins (generation.planning.plan.Pin) of both sides as JSON: what was in use when it was asked for, and that
    with this version in its kind's place. `stood`: the version's state before. `pack`, `scorer`: null until a worker has begun. `done` of
    `pairs`. `passed`: null until judged. `report`: what came of it (reviews.gating.judging), every pair with it in `file`.
    """

    version = models.ForeignKey("reviews.LearnerVersion", on_delete=models.PROTECT, related_name="gates")
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    against = models.JSONField(default=list, blank=True)
    candidate = models.JSONField(default=list)
    stood = models.CharField(max_length=9, default="trained")
    pack = models.ForeignKey(GatePack, on_delete=models.PROTECT, related_name="gates", null=True, blank=True)
    scorer = models.ForeignKey(
        "reviews.ScorerVersion", on_delete=models.PROTECT, related_name="gates", null=True, blank=True
    )
    done = models.PositiveIntegerField(default=0)
    pairs = models.PositiveIntegerField(default=0)
    passed = models.BooleanField(null=True, blank=True)
    report = models.JSONField(default=dict, blank=True)
    file = models.CharField(max_length=200, blank=True, default="")
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
            models.UniqueConstraint(
                fields=["version"], condition=Q(status__in=("queued", "running")), name="one_gate_under_way_per_version"
            ),
            models.CheckConstraint(
                condition=Q(status="running", claim__isnull=False, lease_until__isnull=False)
                | (~Q(status="running") & Q(claim__isnull=True, lease_until__isnull=True)),
                name="only_running_gates_are_claimed",
            ),
        )

    def __str__(self) -> str:
        return f"gate {self.pk} of {self.version}"


class GatePair(models.Model):
    """One place of the pack, made by both sides. `against`, `candidate`: what was measured of each picture, {} where it could not be made.

    `shown`: names of small JPEGs of both in the file storage.
    """

    gate = models.ForeignKey(Gate, on_delete=models.CASCADE, related_name="made")
    number = models.PositiveIntegerField()  # its place in the pack, from 0
    against = models.JSONField(default=dict, blank=True)
    candidate = models.JSONField(default=dict, blank=True)
    shown = models.JSONField(default=dict, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["gate", "number"], name="one_row_per_gate_pair"),)

    def __str__(self) -> str:
        return f"pair {self.number} of gate {self.gate_id}"


class Promotion(models.Model):
    """One change of what a brand has in use of a kind. Rows are only ever added.

    `version`: in use from then on; null for none. `before`: in use until then. `by`: null where the studio did it by itself. `reason`: in
    both languages, empty where a person did it.
    """

    class Act(models.TextChoices):
        PROMOTE = "promote"
        ROLL_BACK = "roll_back"
        ROLL_BACK_ALONE = "alone"  # by the studio itself

    brand = models.ForeignKey("brand_styles.Brand", on_delete=models.PROTECT, related_name="promotions")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    act = models.CharField(max_length=10, choices=Act.choices)
    version = models.ForeignKey(
        "reviews.LearnerVersion", on_delete=models.PROTECT, related_name="promotions", null=True, blank=True
    )
    before = models.ForeignKey(
        "reviews.LearnerVersion", on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True)
    reason = models.JSONField(default=dict, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.act} {self.kind} of {self.brand}"
