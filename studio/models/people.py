"""People, which brands they may work for, and the ways in: sessions, invitations, tokens."""

from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A person who signs in. Our own table from the first day, because Django cannot change it later.

    `is_staff`: runs this studio, that is its settings, secrets and every brand's people. It opens no brand's briefs.
    """


class Role(models.TextChoices):
    """What a member of a brand is. What each may do stands in studio.access.ACTS."""

    OWNER = "owner"
    DESIGNER = "designer"
    OPERATOR = "operator"
    REVIEWER = "reviewer"
    VIEWER = "viewer"


class Membership(models.Model):
    """This person may work for this brand. Without a row the brand and all its briefs do not exist for them."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    brand = models.ForeignKey("brand_styles.Brand", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.OPERATOR)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["user", "brand"], name="one_membership_per_brand"),)

    def __str__(self) -> str:
        return f"{self.user} at {self.brand}: {self.role}"


class Invite(models.Model):
    """A one-time link: into a brand (`brand` and `role` set), or to a new password (`person` set). Only its digest is kept."""

    digest = models.CharField(max_length=64, unique=True)
    brand = models.ForeignKey("brand_styles.Brand", on_delete=models.CASCADE, related_name="invites", null=True)
    role = models.CharField(max_length=10, choices=Role.choices, blank=True, default="")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="resets", null=True)
    note = models.CharField(max_length=100, blank=True, default="")  # whom it is for, in the maker's words
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="invites_made")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    used_at = models.DateTimeField(null=True)
    used_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(brand__isnull=False, person__isnull=True) & ~models.Q(role="")
                | models.Q(brand__isnull=True, person__isnull=False, role=""),
                name="an_invite_is_into_a_brand_or_to_a_password",
            ),
        )

    def __str__(self) -> str:
        return f"invite {self.pk} {self.note}"


class SignedIn(models.Model):
    """A browser in which somebody is signed in, as its person sees it. The session itself is Django's; its key is `session_key`."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="signed_in")
    session_key = models.CharField(max_length=40, unique=True)
    agent = models.CharField(max_length=300, blank=True, default="")
    address = models.CharField(max_length=45, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.user} from {self.address}"


class ApiToken(models.Model):
    """A program's way in, for one person. Only its digest is kept; `hint` is its last four characters.

    `scopes`: names of studio.access.Scope. `brands`: the only ones it reaches; empty for all of the person's.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="api_tokens")
    name = models.CharField(max_length=100)
    digest = models.CharField(max_length=64, unique=True)
    hint = models.CharField(max_length=4)
    scopes = models.JSONField(default=list)
    brands = models.ManyToManyField("brand_styles.Brand", related_name="+", blank=True)
    limited = models.BooleanField(default=False)  # to `brands`: stays true when the last of them is deleted
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.name} of {self.user}"


class Identity(models.Model):
    """Who somebody is at a sign-in provider: its address and the subject it gave them, never their e-mail address."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=255)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["issuer", "subject"], name="one_person_per_identity"),)

    def __str__(self) -> str:
        return f"{self.user} at {self.issuer}"
