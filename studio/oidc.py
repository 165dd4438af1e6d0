"""Signing in at an OpenID Connect provider: the code flow with PKCE (RFC 7636), as OpenID Connect Core 1.0 section 3.1 has it.

The provider describes itself (Discovery 1.0); all it is asked goes through generation.outbound. The ID token's signature, issuer,
audience, times and nonce are checked with PyJWT. People are known by issuer and subject only: an e-mail address proves nothing.
"""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import jwt
import structlog
from django.conf import settings
from django.core.cache import cache
from django.db import IntegrityError, transaction

from brand_styles.words import Words
from generation import outbound
from studio.models import Identity, User

log = structlog.get_logger(__name__)

ALGORITHMS = ["RS256", "PS256", "ES256", "EdDSA"]
LEEWAY_SECONDS = 60
KEEP_SECONDS = 600
NAME_TRIES = 50


class SignInFailed(Exception):
    """Nobody was signed in; `words` say why and what to do."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.words = Words(en=en, zh=zh)


@dataclass(frozen=True)
class Attempt:
    """What must still be known when the person comes back; kept in their session, as JSON."""

    state: str
    nonce: str
    verifier: str
    onward: str

    @classmethod
    def new(cls, onward: str) -> "Attempt":
        return cls(secrets.token_urlsafe(24), secrets.token_urlsafe(24), secrets.token_urlsafe(48), onward)


def is_offered() -> bool:
    return bool(settings.OIDC_ISSUER and settings.OIDC_CLIENT_ID)


def address_to_ask(attempt: Attempt, back: str) -> str:
    """Where the person's browser goes to sign in. `back`: the absolute address they return to."""
    challenge = base64.urlsafe_b64encode(hashlib.sha256(attempt.verifier.encode()).digest()).rstrip(b"=").decode()
    asked = {
        "response_type": "code",
        "client_id": settings.OIDC_CLIENT_ID,
        "redirect_uri": back,
        "scope": "openid profile",
        "state": attempt.state,
        "nonce": attempt.nonce,
        "code_challenge": challenge,
        "code_challenge_method": "S256",
    }
    endpoint = _described()["authorization_endpoint"]
    return f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}"


def claims_for(attempt: Attempt, code: str, back: str) -> dict[str, Any]:
    """The checked claims of the ID token that the provider gives for a code."""
    secret = settings.OIDC_CLIENT_SECRET
    fields = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "client_id": settings.OIDC_CLIENT_ID,
        "client_secret": secret() if callable(secret) else secret,
        "code_verifier": attempt.verifier,
    }
    answer = _ask("POST", _described()["token_endpoint"], urlencode(fields).encode())
    return _checked(str(answer.get("id_token", "")), attempt.nonce)


def _checked(token: str, nonce: str) -> dict[str, Any]:
    try:
        claims: dict[str, Any] = jwt.decode(
            token,
            _signing_key(token),
            algorithms=ALGORITHMS,
            audience=settings.OIDC_CLIENT_ID,
            issuer=_described()["issuer"],
            leeway=LEEWAY_SECONDS,
            options={"require": ["exp", "iat", "sub", "aud", "iss"]},
        )
    except (jwt.PyJWTError, ValueError, TypeError) as error:
        raise _not_good(type(error).__name__) from error
    if not secrets.compare_digest(str(claims.get("nonce", "")).encode(), nonce.encode()):
        raise _not_good("nonce")
    if claims.get("azp", settings.OIDC_CLIENT_ID) != settings.OIDC_CLIENT_ID:
        raise _not_good("azp")
    if not claims["sub"] or len(str(claims["sub"])) > 255:
        raise _not_good("sub")
    return claims


def _signing_key(token: str) -> jwt.PyJWK:
    """The provider's key that the token names; its keys are read anew once where none fits, since providers change them."""
    wanted = jwt.get_unverified_header(token).get("kid")
    for fresh in (False, True):
        for entry in _keys(fresh=fresh):
            if entry.get("kid") == wanted and entry.get("kty") != "oct" and entry.get("use", "sig") == "sig":
                return jwt.PyJWK(entry)
    raise jwt.InvalidKeyError("no key fits")


def _keys(*, fresh: bool) -> list[dict[str, Any]]:
    kept = None if fresh else cache.get(_kept("keys"))
    if kept is None:
        kept = [entry for entry in _ask("GET", _described()["jwks_uri"]).get("keys", []) if isinstance(entry, dict)]
        cache.set(_kept("keys"), kept, KEEP_SECONDS)
    found: list[dict[str, Any]] = kept
    return found


def _described() -> dict[str, str]:
    """The provider's own description, which must carry the issuer that we asked: with a slash at its end or without, as it likes."""
    kept: dict[str, str] | None = cache.get(_kept("described"))
    if kept is None:
        said = _ask("GET", f"{settings.OIDC_ISSUER}/.well-known/openid-configuration")
        names = ("issuer", "authorization_endpoint", "token_endpoint", "jwks_uri")
        whole = all(isinstance(said.get(name), str) for name in names)
        if not whole or said["issuer"].rstrip("/") != settings.OIDC_ISSUER:
            raise _away("its description is of another provider")
        kept = {name: said[name] for name in names}
        cache.set(_kept("described"), kept, KEEP_SECONDS)
    return kept


def _kept(what: str) -> str:
    return f"oidc-{what}-{hashlib.sha256(settings.OIDC_ISSUER.encode()).hexdigest()[:16]}"


def _ask(method: str, url: str, body: bytes | None = None) -> dict[str, Any]:
    headers = {"Accept": "application/json"}
    if body:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    try:
        answer = outbound.request(method, url, body=body, headers=headers, timeout=10, max_bytes=200_000)
        said = json.loads(answer.body)
    except (outbound.OutboundRefused, outbound.OutboundFailed) as error:
        raise SignInFailed(
            f"The sign-in provider cannot be asked. {error.words.en}", f"无法访问登录服务。{error.words.zh}"
        ) from error
    except ValueError as error:
        raise _away("its answer is no JSON") from error
    if answer.status != 200 or not isinstance(said, dict):
        raise _away(f"HTTP {answer.status}")
    return said


def _away(why: str) -> SignInFailed:
    log.warning("oidc.away", why=why)
    return SignInFailed(
        f"The sign-in provider gave no usable answer ({why}). Try again; if it lasts, tell whoever runs the studio.",
        f"登录服务的答复无法使用（{why}）。请重试；如持续出现，请联系工坊管理员。",
    )


def _not_good(why: str) -> SignInFailed:
    log.warning("oidc.token_refused", why=why)
    return SignInFailed(
        f"What the sign-in provider said could not be trusted ({why}). Start again from the sign-in page.",
        f"登录服务返回的信息无法信任（{why}）。请从登录页重新开始。",
    )


def person_of(claims: dict[str, Any]) -> User:
    """Whoever those claims are about: known from before, or made now, without any brand. SignInFailed where they are shut out."""
    subject = str(claims["sub"])
    known = Identity.objects.filter(issuer=settings.OIDC_ISSUER, subject=subject).select_related("user").first()
    user = known.user if known else _made(claims, subject)
    if not user.is_active:
        raise SignInFailed(
            "Your account here was shut out. Ask whoever runs the studio.", "你的账户已停用，请联系工坊管理员。"
        )
    return user


def _made(claims: dict[str, Any], subject: str) -> User:
    wish = User.normalize_username(str(claims.get("preferred_username") or claims.get("name") or "guest"))
    wish = "".join(letter for letter in wish if letter.isalnum() or letter in "@.+-_")[:120] or "guest"
    for number in range(1, NAME_TRIES):
        name = wish if number == 1 else f"{wish}-{number}"
        if User.objects.filter(username__iexact=name).exists():
            continue
        try:
            with transaction.atomic():
                user = User.objects.create_user(name)
                Identity.objects.create(user=user, issuer=settings.OIDC_ISSUER, subject=subject)
        except IntegrityError:  # the same person in another tab, or the same name at the same time
            known = Identity.objects.filter(issuer=settings.OIDC_ISSUER, subject=subject).first()
            if known:
                return known.user
            continue
        log.info("oidc.person_made", person=user.pk)
        return user
    raise _not_good("name")
