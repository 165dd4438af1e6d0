"""What people outside and inside say about pictures: client links, comments, sign-offs."""

from django.conf import settings
from django.db import models


class ClientLink(models.Model):
    """A link for somebody without a login: one brief's pictures, to look at, comment and sign off. Only its digest is kept."""

    brief = models.ForeignKey("generation.Brief", on_delete=models.CASCADE, related_name="client_links")
    digest = models.CharField(max_length=64, unique=True)
    name = models.CharField(max_length=100)  # whom it is for
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="client_links")
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    opened_at = models.DateTimeField(null=True)  # last

    def __str__(self) -> str:
        return f"client link {self.pk} {self.name}"


class Comment(models.Model):
    """A remark on a picture, by a member (`author`) or through a client link (`link` and the `client_name` typed there).

    `x`, `y`: the point it is about, as shares of width and height from the top left; both or neither.
    """

    asset = models.ForeignKey("generation.Asset", on_delete=models.CASCADE, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comments", null=True, blank=True
    )
    link = models.ForeignKey(ClientLink, on_delete=models.PROTECT, related_name="comments", null=True, blank=True)
    client_name = models.CharField(max_length=80, blank=True, default="")
    text = models.TextField(max_length=2000)
    x = models.FloatField(null=True, blank=True)
    y = models.FloatField(null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    resolved_at = models.DateTimeField(null=True, blank=True)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, related_name="+", null=True, blank=True
    )

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=models.Q(author__isnull=False, link__isnull=True)
                | models.Q(author__isnull=True, link__isnull=False),
                name="a_comment_has_one_writer",
            ),
            models.CheckConstraint(
                condition=models.Q(x__isnull=True, y__isnull=True) | models.Q(x__gte=0, x__lte=1, y__gte=0, y__lte=1),
                name="a_comment_points_inside_or_nowhere",
            ),
        )

    def __str__(self) -> str:
        return f"comment {self.pk} on asset {self.asset_id}"

    @property
    def writer(self) -> str:
        return self.author.get_username() if self.author else self.client_name


class SignOff(models.Model):
    """A client's word on one picture: approved, or to be changed. The latest one of a picture holds."""

    asset = models.ForeignKey("generation.Asset", on_delete=models.CASCADE, related_name="sign_offs")
    link = models.ForeignKey(ClientLink, on_delete=models.PROTECT, related_name="sign_offs")
    client_name = models.CharField(max_length=80)
    approved = models.BooleanField()
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"sign-off {self.pk} on asset {self.asset_id}"
