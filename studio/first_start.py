"""What a new studio begins with: a first login, and the sample brief on its wall."""

import secrets
import socket
from dataclasses import dataclass
from pathlib import Path

from django.db import transaction

from brand_styles.models import Brand
from generation import jobs
from generation.models import Brief
from generation.planning.brief import load_brief
from generation.services import submit_brief
from studio.models import Membership, Role, User

FIRST_NAME = "owner"


@dataclass(frozen=True)
class Login:
    name: str
    password: str


@transaction.atomic
def first_login() -> Login | None:
    """Create the first person, who runs the studio and owns every brand there is. None when there are people already."""
    if User.objects.exists():
        return None
    login = Login(FIRST_NAME, secrets.token_urlsafe(12))
    user = User.objects.create_user(login.name, password=login.password, is_staff=True)
    memberships = [Membership(user=user, brand=brand, role=Role.OWNER) for brand in Brand.objects.all()]
    Membership.objects.bulk_create(memberships)
    return login


@transaction.atomic
def queue_sample_brief(path: Path) -> Brief | None:
    """Submit the sample brief for the first person, unless any brief was ever submitted. The workers find it by themselves."""
    owner = User.objects.order_by("id").first()
    if owner is None or Brief.objects.exists() or not path.exists():
        return None
    data = load_brief(path)
    return submit_brief(owner_id=owner.pk, data=data, source=path.read_text(encoding="utf-8"))


def release_own_jobs() -> int:
    """Queue again what this machine's workers were doing when they were stopped. Only for the one who starts them all."""
    return jobs.release_of(socket.gethostname())
