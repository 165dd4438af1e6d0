"""New words for one line in many pictures at once."""

from django.conf import settings
from django.db import models

from generation.models.jobs import Status


class LateChange(models.Model):
    """What somebody asked for: other words in every shown picture of a brief, or of its campaign, that has the old ones.

    `field`: a role of copy ("price", "legal" …), empty for any line. `old`: a part of a line, empty for the whole of it.
    `undone_at`: taken back as a whole; the versions it made are kept. `told_at`: when others were told that it is done (studio.telling).
    """

    brief = models.ForeignKey("generation.Brief", on_delete=models.PROTECT, related_name="late_changes")
    whole_campaign = models.BooleanField(default=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="late_changes")
    field = models.CharField(max_length=20, blank=True, default="")
    old = models.CharField(max_length=600, blank=True, default="")
    new = models.CharField(max_length=600)
    created_at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"late change {self.pk}: {self.old} → {self.new}"


class LateItem(models.Model):
    """One picture of a late change. A worker owns it while `claim` is its token and `lease_until` lies ahead.

    `base` is the version it begins with, `result` the one it made; `changes` are editing.changes as JSON.
    """

    change = models.ForeignKey(LateChange, on_delete=models.CASCADE, related_name="items")
    base = models.ForeignKey("generation.Asset", on_delete=models.PROTECT, related_name="+")
    result = models.ForeignKey("generation.Asset", on_delete=models.SET_NULL, related_name="+", null=True)
    changes = models.JSONField()
    before = models.TextField()
    after = models.TextField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.QUEUED, db_index=True)
    claim = models.UUIDField(null=True)
    lease_until = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    seconds = models.FloatField(null=True)
    error_en = models.TextField(blank=True, default="")
    error_zh = models.TextField(blank=True, default="")

    class Meta:
        constraints = (models.UniqueConstraint(fields=["change", "base"], name="one_item_per_picture"),)

    def __str__(self) -> str:
        return f"{self.change_id}/{self.base_id}: {self.status}"
