"""Remembers in which browsers a person is signed in, so that they can see and end each."""

import time

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin

from studio.models import SignedIn, User

EVERY_SECONDS = 60


class Seen(MiddlewareMixin):
    """Middleware: notes once a minute that a session is alive. The mark lies in the session, so most requests ask no table for it."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        session = getattr(request, "session", None)
        user = getattr(request, "user", None)
        if session is not None and session.accessed and isinstance(user, User):
            self._note(request, user)
        return response

    def _note(self, request: HttpRequest, user: User) -> None:
        key = request.session.session_key
        mark = request.session.get("seen") or ["", 0]
        if not key or (mark[0] == key[:8] and time.time() - mark[1] < EVERY_SECONDS):
            return
        if mark[0] and mark[0] != key[:8]:  # the key was changed at a new password: the old one is no session any more
            SignedIn.objects.filter(user=user, session_key=request.session.get("seen_key", "")).delete()
        SignedIn.objects.update_or_create(
            session_key=key,
            defaults={
                "user": user,
                "seen_at": timezone.now(),
                "agent": request.headers.get("User-Agent", "")[:300],
                "address": str(request.META.get("REMOTE_ADDR", ""))[:45],
            },
        )
        request.session["seen"] = [key[:8], int(time.time())]
        request.session["seen_key"] = key
