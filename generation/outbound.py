"""The one way out: every address the studio asks (a language model, a webhook, a sign-in provider) is checked before it is reached.

The host is resolved once, every address it has is judged, and the connection goes to a judged address, so a name that points
elsewhere a moment later changes nothing. Addresses of this machine, this network or a cloud's metadata are refused unless the
setting OUTBOUND_ALLOW lists them. Size, time and redirects are bounded; each redirect is judged anew, and a secret header does not
follow to another host.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import socket
import ssl
import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import SplitResult, urljoin, urlsplit

from brand_styles.words import Words

CONNECT_SECONDS = 10.0
# Not for the open internet, though Python's tables (or some versions of them) have nothing against them: IETF's own (Oracle's metadata
# lie there), an old relay for 6to4, Azure's own server, IPv6 for examples, and for sites of old.
BESIDES = tuple(
    ipaddress.ip_network(text)
    for text in ("192.0.0.0/24", "192.88.99.0/24", "168.63.129.16/32", "3fff::/20", "fec0::/10")
)
REDIRECTS = {301, 302, 303, 307, 308}
PRIVATE_HEADERS = {"authorization", "cookie", "proxy-authorization"}

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class OutboundRefused(Exception):
    """The address may not be asked. `words` say which and what to do."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.words = Words(en=en, zh=zh)


class OutboundFailed(Exception):
    """The address was asked and gave no usable answer: not reached, too slow, too long, too many redirects. `words` say which."""

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.words = Words(en=en, zh=zh)


@dataclass(frozen=True)
class Answer:
    """`headers`: names in lower case. `url`: where it came from after redirects."""

    status: int
    headers: Mapping[str, str]
    body: bytes
    url: str


@dataclass(frozen=True)
class _Target:
    parts: SplitResult
    host: str
    port: int
    addresses: tuple[str, ...]


def request(
    method: str,
    url: str,
    *,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    timeout: float = 20.0,
    max_bytes: int = 1_000_000,
    redirects: int = 0,
    allow: Iterable[str] | None = None,
) -> Answer:
    """Ask an http(s) address. `timeout`: seconds for the whole exchange. `allow`: in place of the setting OUTBOUND_ALLOW.

    OutboundRefused before anything is sent; OutboundFailed afterwards. With `redirects` 0 a redirect is an answer like any other.
    """
    deadline = time.monotonic() + timeout
    listed = tuple(_setting() if allow is None else allow)
    sent = dict(headers or {})
    for _ in range(redirects + 1):
        target = check(url, listed)
        answer = _exchange(target, method, url, body, sent, deadline, max_bytes)
        place = answer.headers.get("location")
        if not redirects or answer.status not in REDIRECTS or not place:
            return answer
        onward = urljoin(url, place)
        if _origin(urlsplit(onward)) != _origin(target.parts):
            sent = {name: value for name, value in sent.items() if name.lower() not in PRIVATE_HEADERS}
        if answer.status in {301, 302, 303} and method != "HEAD":
            method, body = "GET", None
        url = onward
    raise OutboundFailed(
        f"{target.host} redirects more than {redirects} times.", f"{target.host} 的重定向超过 {redirects} 次。"
    )


def check(url: str, allow: Iterable[str] | None = None) -> _Target:
    """Resolve and judge an address without asking it. OutboundRefused where it is not http(s), unknown, or not allowed."""
    listed = tuple(_setting() if allow is None else allow)
    parts, port = _parts(url)
    host = (parts.hostname or "").rstrip(".")
    found = _resolve(host, port)
    good = tuple(address for address in found if _allowed(host, port, address, listed))
    if not good:
        raise OutboundRefused(
            f"{host} is on this machine or a private network. Add it to OUTBOUND_ALLOW if that is meant.",
            f"{host} 位于本机或内网。如确需访问，请加入 OUTBOUND_ALLOW。",
        )
    return _Target(parts, host, port, good)


def _setting() -> tuple[str, ...]:
    from django.conf import settings

    return tuple(settings.OUTBOUND_ALLOW)


def _parts(url: str) -> tuple[SplitResult, int]:
    try:
        parts = urlsplit(url)
        port = parts.port or (443 if parts.scheme == "https" else 80)
        usable = parts.scheme in {"http", "https"} and parts.hostname and not parts.username and not parts.password
    except ValueError:
        usable = False
    if not usable or any(ord(letter) <= 32 or ord(letter) == 127 for letter in url):
        raise OutboundRefused(
            "This is not an http or https address without a login in it.", "这不是不含登录信息的 http 或 https 地址。"
        )
    return parts, port


def _resolve(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise OutboundRefused(f"No address is known for {host}.", f"无法解析 {host} 的地址。") from None
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Whether an IP address lies on the open internet, the IPv4 address inside a translated IPv6 one included."""
    ip = _innermost(ipaddress.ip_address(address.partition("%")[0]))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or any(ip in network for network in BESIDES))


def _innermost(ip: Address) -> Address:
    """The IPv4 address that an IPv6 one stands for (mapped, 6to4, NAT64, Teredo), else itself."""
    if isinstance(ip, ipaddress.IPv4Address):
        return ip
    if ip in ipaddress.ip_network("64:ff9b::/96"):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None) or ip


def _allowed(host: str, port: int, address: str, listed: Iterable[str]) -> bool:
    return is_public(address) or any(_matches(entry, host, port, address) for entry in listed)


def _matches(entry: str, host: str, port: int, address: str) -> bool:
    """An entry is a host, host:port, an IP address, or a network such as 10.2.0.0/16."""
    name = entry.strip().lower()
    if name in {host.lower(), f"{host.lower()}:{port}", f"[{host.lower()}]:{port}"}:
        return True
    try:
        return ipaddress.ip_address(address.partition("%")[0]) in ipaddress.ip_network(name, strict=False)
    except ValueError:
        return False


def _origin(parts: SplitResult) -> tuple[str, str | None, int | None]:
    return parts.scheme, parts.hostname, parts.port


def _exchange(
    target: _Target,
    method: str,
    url: str,
    body: bytes | None,
    headers: Mapping[str, str],
    deadline: float,
    max_bytes: int,
) -> Answer:
    connection = http.client.HTTPConnection(target.host, target.port)
    watch: threading.Timer | None = None
    try:
        connection.sock = _connect(target, deadline)
        # A server that drips a byte a second never trips a socket's timeout: the whole exchange has one, too.
        watch = threading.Timer(max(deadline - time.monotonic(), 0.01), _hang_up, [connection.sock])
        watch.daemon = True
        watch.start()
        path = (target.parts.path or "/") + (f"?{target.parts.query}" if target.parts.query else "")
        connection.request(method, path, body, {"Host": _host_header(target), **headers})
        response = connection.getresponse()
        said = response.read(max_bytes + 1)
    except (OSError, http.client.HTTPException, ValueError) as error:
        why = "timed out" if time.monotonic() >= deadline or isinstance(error, TimeoutError) else type(error).__name__
        raise OutboundFailed(f"{target.host} gave no answer ({why}).", f"{target.host} 没有答复（{why}）。") from error
    finally:
        if watch is not None:
            watch.cancel()
        connection.close()
    if time.monotonic() >= deadline:
        raise OutboundFailed(f"{target.host} gave no answer (timed out).", f"{target.host} 没有答复（timed out）。")
    if len(said) > max_bytes:
        raise OutboundFailed(
            f"{target.host} answered with more than {max_bytes} bytes.", f"{target.host} 的答复超过 {max_bytes} 字节。"
        )
    return Answer(response.status, {name.lower(): value for name, value in response.getheaders()}, said, url)


def _connect(target: _Target, deadline: float) -> socket.socket:
    """A connection to the first judged address that answers; TLS proves the name, not the address."""
    last: OSError = TimeoutError()
    for address in target.addresses:
        left = deadline - time.monotonic()
        if left <= 0:
            break
        try:
            raw = socket.create_connection((address, target.port), timeout=min(left, CONNECT_SECONDS))
        except OSError as error:
            last = error
            continue
        raw.settimeout(max(deadline - time.monotonic(), 0.01))
        if target.parts.scheme == "http":
            return raw
        return ssl.create_default_context().wrap_socket(raw, server_hostname=target.host)
    raise last


def _host_header(target: _Target) -> str:
    name = f"[{target.host}]" if ":" in target.host else target.host.encode("idna").decode()
    usual = {"http": 80, "https": 443}[target.parts.scheme]
    return name if target.port == usual else f"{name}:{target.port}"


def _hang_up(connected: socket.socket) -> None:
    with contextlib.suppress(OSError):  # it may just have closed
        connected.shutdown(socket.SHUT_RDWR)
