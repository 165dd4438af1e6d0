"""What a person marks on a wall, and which forms they have already sent."""

from django.conf import settings
from django.db import models


class Star(models.Model):
    """A person's star on a picture, whichever version of it is shown."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="stars")
    job = models.ForeignKey("generation.Job", on_delete=models.CASCADE, related_name="stars")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "job"], name="one_star_per_picture"),)

    def __str__(self) -> str:
        return f"{self.user_id} stars {self.job_id}"


class SentForm(models.Model):
    """A page's form that somebody sent: its token, what was in it (SHA-256), and the brief that came of it or that it was about."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    token = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    brief = models.ForeignKey("generation.Brief", on_delete=models.CASCADE, related_name="+")
    sent_at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "token"], name="a_form_is_sent_once"),)

    def __str__(self) -> str:
        return f"form {self.token} of {self.user_id}"
