"""Addresses of files for those without a session: good for a few minutes, for one object, and only while its holder may see it.

The signature binds the object, what of it, and who holds it: a person, or a client link. Opening one asks the door again, so a
removed member or a revoked link ends every address at once. The end is rounded up to half the lifetime, so that a page asked for
twice within minutes names the same addresses and the browser's cache holds.
"""

import math
import time
from dataclasses import dataclass

from django.core.signing import BadSignature, Signer
from django.http import Http404
from django.urls import reverse

from generation.models import Asset
from studio.access import access_asset_by_id
from studio.models import ClientLink, User

LASTS_SECONDS = 600
KINDS = {"picture": "p", "thumbnail": "t"}
_signer = Signer(salt="studio.signing.file")


class AddressExpired(Exception):
    """The signature is right and the time is over."""


@dataclass(frozen=True)
class Opened:
    asset: Asset
    kind: str
    seconds_left: int


def file_address(asset_id: int, kind: str, holder: User | ClientLink, *, lasts: int = LASTS_SECONDS) -> str:
    """The path of a picture or thumbnail, good for `lasts` to 1.5 × `lasts` seconds."""
    half = lasts / 2
    ends = math.ceil((time.time() + lasts) / half) * half
    who = f"l{holder.pk}" if isinstance(holder, ClientLink) else f"u{holder.pk}"
    return reverse("signed-file", args=[_signer.sign(f"{asset_id}.{KINDS[kind]}.{who}.{int(ends)}")])


def good_until(address: str) -> int:
    """When an address of ours ends, in seconds since 1970."""
    return int(_signer.unsign(address.rpartition("/")[2]).rpartition(".")[2])


def open_file(signed: str) -> Opened:
    """What a signed address leads to. Http404 for a forged one or a holder who may not see it (any more); AddressExpired."""
    try:
        asset_id, letter, who, ends = _signer.unsign(signed).split(".")
        kind = {letter: kind for kind, letter in KINDS.items()}[letter]
    except (BadSignature, ValueError, KeyError):
        raise Http404 from None
    left = int(ends) - int(time.time())
    if left <= 0:
        raise AddressExpired
    return Opened(_asset_for(int(asset_id), who[0], int(who[1:])), kind, left)


def _asset_for(asset_id: int, sort: str, holder_id: int) -> Asset:
    from studio.sharing import asset_of_link, live_links

    if sort == "l":
        link = live_links().filter(pk=holder_id).first()
        if link is None:
            raise Http404
        return asset_of_link(link, asset_id)
    user = User.objects.filter(pk=holder_id, is_active=True).first()
    if user is None:
        raise Http404
    return access_asset_by_id(user, asset_id)
