"""What the studio keeps for itself: secrets, and how much machine time a brand may take."""

from django.conf import settings
from django.db import models


class Secret(models.Model):
    """A key or password of the studio's, encrypted (see studio.secrets_store). `hint`: its last characters, for people."""

    name = models.CharField(max_length=100, unique=True)
    sealed = models.TextField()
    hint = models.CharField(max_length=4, blank=True, default="")
    set_at = models.DateTimeField()
    set_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True)

    def __str__(self) -> str:
        return self.name


class Quota(models.Model):
    """How many seconds of machine time a brand may take per day and per month (UTC). Null: as much as there is."""

    brand = models.OneToOneField("brand_styles.Brand", on_delete=models.CASCADE, related_name="quota")
    day_seconds = models.PositiveIntegerField(null=True, blank=True)
    month_seconds = models.PositiveIntegerField(null=True, blank=True)

    def __str__(self) -> str:
        return f"quota of {self.brand}"
