from studio.models.keeping import Quota, Secret
from studio.models.people import ApiToken, Identity, Invite, Membership, Role, SignedIn, User
from studio.models.sharing import ClientLink, Comment, SignOff

__all__ = [
    "ApiToken",
    "ClientLink",
    "Comment",
    "Identity",
    "Invite",
    "Membership",
    "Quota",
    "Role",
    "Secret",
    "SignOff",
    "SignedIn",
    "User",
]
