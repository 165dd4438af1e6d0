"""Forms that are sent once: a page gives each form a token, and what came of it is remembered with it."""

import hashlib
import json
import re
import secrets

from django.db import IntegrityError, transaction
from django.http import HttpRequest

from generation.models import Brief
from studio.models import SentForm, User

FIELD = "once"
NOT_CONTENT = {FIELD, "csrfmiddlewaretoken"}


def new_token() -> str:
    return secrets.token_urlsafe(16)


def token_in(request: HttpRequest) -> str:
    """The form's token; empty where it has none of ours, and then nothing is known of it."""
    token = request.POST.get(FIELD, "")
    return token if re.fullmatch(r"[\w-]{8,64}", token, re.ASCII) else ""


def digest_of(request: HttpRequest) -> str:
    """What stands in the form, as SHA-256."""
    fields = sorted((key, values) for key, values in request.POST.lists() if key not in NOT_CONTENT)
    files = sorted((key, str(file.name), file.size) for key, sent in request.FILES.lists() for file in sent)
    return hashlib.sha256(json.dumps([fields, files]).encode()).hexdigest()


def sent_before(user: User, token: str) -> SentForm | None:
    rows = SentForm.objects.filter(user=user, token=token).select_related("brief")
    return rows.first() if token else None


def remember(user: User, token: str, digest: str, brief: Brief) -> bool:
    """Note that the form was sent. False where somebody's other click was faster: then nothing else may be done."""
    if not token:
        return True
    try:
        with transaction.atomic():
            SentForm.objects.create(user=user, token=token, digest=digest, brief=brief)
    except IntegrityError:
        return False
    return True
