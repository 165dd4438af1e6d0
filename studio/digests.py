"""Keys that are shown once and kept as a digest: invitations, client links, API tokens.

Each begins with what it is (`vmi_`, `vmc_`, `vmt_`), so that people recognise one and the logs can black it out. They carry 256
random bits, so a plain SHA-256 is enough: there is nothing to guess.
"""

import hashlib
import re
import secrets
from typing import Literal

Kind = Literal["vmi", "vmc", "vmt"]
KEY = re.compile(r"vm[ict]_[\w-]{20,64}|whsec_[\w+/=]{20,64}")  # the last: a webhook's secret, see studio.webhooks


def new_key(kind: Kind) -> str:
    return f"{kind}_{secrets.token_urlsafe(32)}"


def digest(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
