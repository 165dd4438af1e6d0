from studio.models.connections import Delivery, IdempotentCall, Webhook
from studio.models.keeping import Quota, Secret
from studio.models.looks import Look
from studio.models.people import ApiToken, Identity, Invite, Membership, Role, SignedIn, User
from studio.models.sharing import ClientLink, Comment, SignOff
from studio.models.walls import SentForm, Star

__all__ = [
    "ApiToken",
    "ClientLink",
    "Comment",
    "Delivery",
    "IdempotentCall",
    "Identity",
    "Invite",
    "Look",
    "Membership",
    "Quota",
    "Role",
    "Secret",
    "SentForm",
    "SignOff",
    "SignedIn",
    "Star",
    "User",
    "Webhook",
]
