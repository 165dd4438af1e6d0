"""A finished picture with everything that made it, and the versions that people made of it."""

from django.conf import settings
from django.db import models


class Asset(models.Model):
    """One version of a job's picture. A row never changes but for `is_head`, which says which version pages and downloads show.

    `file` names the PNG in the file storage. `sources` names the rasters the Design is composed from ("scene", "product" …, and
    "subject-mask"), so that no edit draws the scene again; versions share them. `made_by` is null for the machine's own; `note`
    says in both languages what changed ({"en", "zh"}, empty for the first). `previous` is the version it was edited from.
    """

    job = models.ForeignKey("generation.Job", on_delete=models.PROTECT, related_name="assets")
    version = models.PositiveIntegerField(default=1)  # from 1
    is_head = models.BooleanField(default=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="versions", null=True, blank=True
    )
    note = models.JSONField(default=dict, blank=True)
    previous = models.ForeignKey("self", on_delete=models.PROTECT, related_name="edits", null=True, blank=True)
    sources = models.JSONField(default=dict, blank=True)
    file = models.CharField(max_length=200, unique=True)
    thumbnail = models.CharField(max_length=200)  # a JPEG for walls and lists
    sha256 = models.CharField(max_length=64)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    seed = models.BigIntegerField()
    verdict = models.CharField(max_length=10, choices=[("pass", "pass"), ("blocked", "blocked")])
    made = models.CharField(max_length=20)  # "diffused" or "rendered"
    design = models.JSONField()
    recipe = models.JSONField()
    report = models.JSONField()
    timings = models.JSONField()
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["job", "version"], name="one_row_per_version"),
            models.UniqueConstraint(fields=["job"], condition=models.Q(is_head=True), name="one_head_per_job"),
        )

    def __str__(self) -> str:
        return f"asset {self.pk} {self.width}x{self.height} v{self.version}"
