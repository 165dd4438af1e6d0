"""Jobs: one asset to be made. The rows are the truth about work; the broker only wakes workers."""

from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from generation.models.assets import Asset


class Status(models.TextChoices):
    QUEUED = "queued"
    RUNNING = "running"
    FINISHED = "finished"
    BLOCKED = "blocked"  # made, but preflight holds it back
    FAILED = "failed"
    CANCELLED = "cancelled"


WAITING = (Status.QUEUED, Status.RUNNING)
MADE = (Status.FINISHED, Status.BLOCKED)
RETRIABLE = (Status.FAILED, Status.CANCELLED)


# Jobs whose end nobody was told of yet: a job that is asked for again ends again.
UNTOLD = models.Q(ended_at__isnull=False) & (models.Q(told_at=None) | ~models.Q(told_at=models.F("ended_at")))


class Job(models.Model):
    """One format of one variant. A worker owns it while `claim` is its token and `lease_until` lies ahead.

    `attempts` counts claims since the last time a person asked for it; `not_before` holds a retry back. `base`: the picture that this
    one is made from, where its variant is made from another. `spent`: machine time of what was made in vain before a person asked
    again, the last of it at `spent_at`.
    """

    variant = models.ForeignKey("generation.Variant", on_delete=models.CASCADE, related_name="jobs")
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED)
    base = models.ForeignKey("generation.Asset", on_delete=models.PROTECT, related_name="remade", null=True, blank=True)
    priority = models.SmallIntegerField(default=0)  # higher is sooner
    attempts = models.PositiveIntegerField(default=0)
    not_before = models.DateTimeField(null=True)

    claim = models.UUIDField(null=True)
    worker = models.CharField(max_length=100, blank=True, default="")
    lease_until = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)

    stage = models.CharField(max_length=20, blank=True, default="")
    step = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)

    error_en = models.TextField(blank=True, default="")
    error_zh = models.TextField(blank=True, default="")
    error_field = models.CharField(max_length=50, blank=True, default="")

    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    spent = models.DurationField(default=timedelta)
    spent_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)  # the end that others were told of (studio.telling)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["variant", "width", "height"], name="one_job_per_format"),
            models.CheckConstraint(
                condition=models.Q(status="running", claim__isnull=False, lease_until__isnull=False)
                | (~models.Q(status="running") & models.Q(claim__isnull=True, lease_until__isnull=True)),
                name="only_running_jobs_are_claimed",
            ),
        )
        indexes = (
            models.Index(fields=["status", "-priority", "id"], name="next_job"),
            models.Index(fields=["id"], name="job_to_tell", condition=UNTOLD),
        )

    def __str__(self) -> str:
        return f"job {self.pk} {self.format}"

    @property
    def format(self) -> str:
        return f"{self.width}x{self.height}"

    @property
    def asset(self) -> "Asset":
        """The version that pages show. Asset.DoesNotExist before the job is made."""
        return self.assets.get(is_head=True)


class Preview(models.Model):
    """The latest small picture of a running job, as JPEG. Its own row, so that lists of jobs stay light."""

    job = models.OneToOneField(Job, on_delete=models.CASCADE, related_name="preview", primary_key=True)
    jpeg = models.BinaryField()
    step = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"preview of job {self.job_id}"
