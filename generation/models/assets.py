"""A finished picture with everything that made it."""

from django.db import models


class Asset(models.Model):
    """One asset for one job: the database refuses a second. `file` names the PNG in the file storage."""

    job = models.OneToOneField("generation.Job", on_delete=models.PROTECT, related_name="asset")
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

    def __str__(self) -> str:
        return f"asset {self.pk} {self.width}x{self.height}"
