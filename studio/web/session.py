"""Signing in and out."""

from typing import Any

from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from studio.models import SignedIn


class SignIn(LoginView):
    template_name = "sign_in.html"
    redirect_authenticated_user = True


class SignOut(LogoutView):
    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        SignedIn.objects.filter(session_key=request.session.session_key or "").delete()
        return super().post(request, *args, **kwargs)


def locked_out(request: HttpRequest, credentials: dict[str, Any], *args: Any, **kwargs: Any) -> HttpResponse:
    """What axes shows after too many wrong passwords."""
    return render(request, "message.html", {"title": "locked.title", "words": "locked"}, status=429)
