from studio.models.keeping import Quota, Secret
from studio.models.people import ApiToken, Invite, Membership, Role, SignedIn, User
from studio.models.sharing import ClientLink, Comment, SignOff

__all__ = [
    "ApiToken",
    "ClientLink",
    "Comment",
    "Invite",
    "Membership",
    "Quota",
    "Role",
    "Secret",
    "SignOff",
    "SignedIn",
    "User",
]
