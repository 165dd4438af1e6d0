"""A small OpenID Connect provider, run as a process of its own: `python -m tests.studio.oidc_provider`; prints its address.

It signs whoever comes in as the `sub` of the query, and misbehaves on request (`fault`), as a hostile or broken provider would.
"""

import base64
import hashlib
import json
import secrets
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "vermilion", "a-client-secret-of-some-length"
KEY = rsa.generate_private_key(65537, 2048)
OTHER_KEY = rsa.generate_private_key(65537, 2048)
CODES: dict[str, dict[str, str]] = {}


class Provider(BaseHTTPRequestHandler):
    @property
    def issuer(self) -> str:
        """Under /slash it is a provider that ends its name with one, as some do."""
        return f"http://{self.headers['Host']}" + ("/slash/" if self.path.startswith("/slash/") else "")

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        asked = {name: values[0] for name, values in parse_qs(parts.query).items()}
        path = parts.path.removeprefix("/slash")
        if path == "/.well-known/openid-configuration":
            names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
            base = self.issuer.rstrip("/")
            self._json({"issuer": self.issuer} | {name: f"{base}/{place}" for name, place in names.items()})
        elif path == "/keys":
            public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(KEY.public_key()))
            self._json({"keys": [public | {"kid": "one", "use": "sig", "alg": "RS256"}]})
        elif path == "/authorize":
            self._authorize(asked)

    def _authorize(self, asked: dict[str, str]) -> None:
        answer = {"state": asked["state"]}
        if asked.get("fault") == "denied":
            answer["error"] = "access_denied"
        else:
            answer["code"] = secrets.token_urlsafe(8)
            CODES[answer["code"]] = asked
        self.send_response(302)
        self.send_header("Location", f"{asked['redirect_uri']}?{urlencode(answer)}")
        self.end_headers()

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sent = {name: values[0] for name, values in parse_qs(body).items()}
        asked = CODES.pop(sent.get("code", ""), None)
        if asked is None or not self._is_right(sent, asked):
            self._json({"error": "invalid_grant"}, 400)
        else:
            self._json({"access_token": "x", "token_type": "Bearer", "id_token": self._token(asked)})

    def _is_right(self, sent: dict[str, str], asked: dict[str, str]) -> bool:
        proof = base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest()).rstrip(b"=").decode()
        who = (sent["client_id"], sent["client_secret"], sent["redirect_uri"])
        return proof == asked["code_challenge"] and who == (CLIENT, SECRET, asked["redirect_uri"])

    def _token(self, asked: dict[str, str]) -> str:
        now, fault = int(time.time()), asked.get("fault", "")
        claims: dict[str, Any] = {
            "iss": "http://127.0.0.1:9" if fault == "iss" else self.issuer,
            "aud": "another-client" if fault == "aud" else CLIENT,
            "sub": "" if fault == "sub" else asked.get("sub", "7"),
            "exp": now - 3600 if fault == "exp" else now + 300,
            "iat": now - 7200 if fault == "exp" else now,
            "nonce": {"nonce": "another", "letters": "à"}.get(fault, asked["nonce"]),
            "preferred_username": asked.get("name", "mei"),
        }
        if fault == "none":
            return jwt.encode(claims, "", algorithm="none", headers={"kid": "one"})
        if fault == "hmac":
            return jwt.encode(claims, SECRET * 2, algorithm="HS256", headers={"kid": "one"})
        kid = "two" if fault == "kid" else "one"
        return jwt.encode(claims, OTHER_KEY if fault == "key" else KEY, algorithm="RS256", headers={"kid": kid})

    def _json(self, content: dict[str, Any], status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(content).encode())

    def log_message(self, *args: object) -> None:
        pass


if __name__ == "__main__":
    web = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    print(f"http://127.0.0.1:{web.server_port}", flush=True)  # noqa: T201 - for whoever started it
    web.serve_forever()
