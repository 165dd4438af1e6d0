"""When a person last looked at a brief."""

from django.conf import settings
from django.db import models


class Look(models.Model):
    """The last time a person had a brief's wall open; what ended after it is new to them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="looks")
    brief = models.ForeignKey("generation.Brief", on_delete=models.CASCADE, related_name="looks")
    looked_at = models.DateTimeField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "brief"], name="one_look_per_brief"),)

    def __str__(self) -> str:
        return f"{self.user_id} at {self.brief_id}"
