"""People, and which brands they may work for."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A person who signs in. Our own table from the first day, because Django cannot change it later."""


class Role(models.TextChoices):
    OWNER = "owner"
    OPERATOR = "operator"


class Membership(models.Model):
    """This person may work for this brand. Without a row the brand and all its briefs do not exist for them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    brand = models.ForeignKey("brand_styles.Brand", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.OPERATOR)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "brand"], name="one_membership_per_brand"),)

    def __str__(self) -> str:
        return f"{self.user} at {self.brand}: {self.role}"
