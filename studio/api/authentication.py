"""Who asks the API: a token, or a person signed in by their browser. `request.auth` is the Principal either way."""

from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request

from studio.access import Principal
from studio.api.problems import ApiProblem
from studio.api.words import says
from studio.digests import digest
from studio.models import User
from studio.tokens import NotSignedIn, principal_of

REALM = 'Bearer realm="vermilion"'


class NobodySignedIn(ApiProblem):
    """A 401, which names the way in."""

    auth_header = REALM

    def __init__(self, error: NotSignedIn) -> None:
        super().__init__("not-signed-in", error.words)


class ByToken(BaseAuthentication):
    """Also where nobody is shown at all: it is the last to be asked that says so."""

    def authenticate(self, request: Request) -> tuple[User, Principal] | None:
        if not request.headers.get("Authorization"):
            return None
        try:
            found = principal_of(request._request)
        except NotSignedIn as error:
            raise NobodySignedIn(error) from None
        return found.user, found

    def authenticate_header(self, request: Request) -> str:
        return REALM


class BySession(SessionAuthentication):
    """A browser's session, with its CSRF token for everything that changes something."""

    def authenticate(self, request: Request) -> tuple[User, Principal]:
        try:
            found = principal_of(request._request)
        except NotSignedIn as error:
            raise NobodySignedIn(error) from None
        try:
            self.enforce_csrf(request)
        except PermissionDenied:
            raise ApiProblem("not-allowed", says("csrf")) from None
        return found.user, found


def who(request: Request) -> Principal:
    """The Principal. For views behind authentication."""
    found = request.auth
    if not isinstance(found, Principal):
        raise TypeError("asked before authentication")
    return found


def holder_of(request: Request) -> str:
    """What tells this way in from the person's others: the token's digest, or "" for a session."""
    key = request.headers.get("Authorization", "").partition(" ")[2].strip()
    return digest(key) if key else ""
