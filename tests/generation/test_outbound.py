"""The way out, against real servers on loopback: what is refused before a byte is sent, and what is bounded after."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from generation import outbound

HERE = ("127.0.0.1",)


DRIPS = 1200  # a minute's


class Handler(BaseHTTPRequestHandler):
    asked: list[tuple[str, str, dict[str, str]]]
    elsewhere = ""
    hung_up = threading.Event()

    def answer(self) -> None:
        self.asked.append((self.command, self.path, dict(self.headers)))
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        if self.path.startswith("/to"):
            self.send_response(307 if self.path == "/to-same" else 302)
            self.send_header("Location", self.elsewhere)
            self.end_headers()
            return
        self.send_response(200)
        self.end_headers()
        if self.path == "/drip":
            self.drip()
        with contextlib.suppress(OSError):
            self.wfile.write(b"x" * 5000 if self.path == "/long" else body or b"hello")

    def drip(self) -> None:
        """A byte now and then until the other side hangs up, which is told, or for a minute."""
        try:
            for _ in range(DRIPS):
                self.wfile.write(b".")
                time.sleep(0.05)
        except OSError:
            self.hung_up.set()

    do_GET = do_POST = answer  # noqa: N815 - the library's names

    def log_message(self, *args: object) -> None:
        pass


@contextmanager
def server(elsewhere: str = "") -> Iterator[tuple[str, list[tuple[str, str, dict[str, str]]]]]:
    asked: list[tuple[str, str, dict[str, str]]] = []
    handler = type("Asked", (Handler,), {"asked": asked, "elsewhere": elsewhere})
    web = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=web.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield f"http://127.0.0.1:{web.server_port}", asked
    finally:
        web.shutdown()
        thread.join()
        web.server_close()


def test_a_listed_address_is_asked_and_answers() -> None:
    with server() as (address, asked):
        answer = outbound.request("POST", f"{address}/v1?q=1", body=b"hi", headers={"X-A": "b"}, allow=HERE)
    assert (answer.status, answer.body) == (200, b"hi")
    assert asked[0][:2] == ("POST", "/v1?q=1") and asked[0][2]["X-A"] == "b"
    assert asked[0][2]["Host"] == address.removeprefix("http://")


def test_this_machine_is_refused_unless_listed_and_nothing_is_sent() -> None:
    with server() as (address, asked):
        with pytest.raises(outbound.OutboundRefused) as refused:
            outbound.request("GET", address, allow=())
        assert not asked
        for entry in ("127.0.0.0/8", address.removeprefix("http://")):
            assert outbound.request("GET", address, allow=(entry,)).status == 200
    assert "OUTBOUND_ALLOW" in refused.value.words.en and "OUTBOUND_ALLOW" in refused.value.words.zh


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104 - an address to refuse
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1",
        "fe80::1%eth0",
        "fc00::1",
        "fd00:ec2::254",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:169.254.169.254",
        "64:ff9b::a9fe:a9fe",
        "2002:7f00:1::",
        "192.0.0.192",
        "168.63.129.16",
        "::ffff:168.63.129.16",
        "192.88.99.1",
        "3fff::1",
        "fec0::1",
        "64:ff9b:1::7f00:1",
        "::127.0.0.1",
    ],
)
def test_private_addresses_are_known_in_every_spelling(address: str) -> None:
    assert not outbound.is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "64:ff9b::101:101"])
def test_public_addresses_are_public(address: str) -> None:
    assert outbound.is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        "http://localhost/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f.1/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::]/",
        "file:///etc/passwd",
        "ftp://127.0.0.1/",
        "http://user:pw@127.0.0.1/",
        "http://",
        "http://127.0.0.1:99999/",
        "http://127.0.0.1/a\r\nHost: b",
        "http://no-such-host.invalid/",
        "",
    ],
)
def test_what_may_not_be_asked_is_refused(url: str) -> None:
    with pytest.raises(outbound.OutboundRefused):
        outbound.check(url, ())


def test_a_name_that_points_elsewhere_a_moment_later_changes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: the first answer is judged and used; there is no second look-up for the connection."""
    real, looked_up = socket.getaddrinfo, []

    def resolver(host: str, port: int, *args: Any, **kwargs: Any) -> Any:
        if host == "rebinding.example":
            looked_up.append(host)
            host = "198.51.100.7" if len(looked_up) == 1 else "127.0.0.1"
        return real(host, port, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", resolver)
    with server() as (address, asked):
        port = address.rpartition(":")[2]
        monkeypatch.setattr(outbound, "is_public", lambda ip: ip == "198.51.100.7")
        monkeypatch.setattr(outbound, "CONNECT_SECONDS", 0.3)
        with pytest.raises(outbound.OutboundFailed):
            outbound.request("GET", f"http://rebinding.example:{port}/", timeout=1, allow=())
    assert not asked and len(looked_up) == 1


def test_a_redirect_is_judged_like_any_address() -> None:
    with server() as (inside, kept), server(f"{inside}/metadata") as (outside, _):
        open_door = (outside.removeprefix("http://"),)
        assert outbound.request("GET", f"{outside}/to", allow=open_door).status == 302
        with pytest.raises(outbound.OutboundRefused):
            outbound.request("GET", f"{outside}/to", redirects=3, allow=open_door)
        assert not kept
        answer = outbound.request(
            "POST", f"{outside}/to", body=b"x", headers={"Authorization": "Bearer a"}, redirects=3, allow=HERE
        )
    assert answer.url == f"{inside}/metadata" and kept[0][0] == "GET" and "Authorization" not in kept[0][2]


def test_redirects_end() -> None:
    with server("/to") as (address, asked), pytest.raises(outbound.OutboundFailed, match="redirects more than 3"):
        outbound.request("GET", f"{address}/to", redirects=3, allow=HERE)
    assert len(asked) == 4


def test_size_and_time_are_bounded() -> None:
    with server() as (address, _):
        with pytest.raises(outbound.OutboundFailed, match="more than 4000 bytes"):
            outbound.request("GET", f"{address}/long", max_bytes=4000, allow=HERE)
        with pytest.raises(outbound.OutboundFailed, match="timed out"):
            outbound.request("GET", f"{address}/drip", timeout=0.4, allow=HERE)
        assert Handler.hung_up.wait(30)  # and not at the end of what drips


def test_a_closed_port_is_told() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with pytest.raises(outbound.OutboundFailed, match="gave no answer"):
        outbound.request("GET", f"http://127.0.0.1:{port}/", allow=HERE)


def test_the_setting_lists_what_is_meant(settings: Any) -> None:
    settings.OUTBOUND_ALLOW = ["127.0.0.1"]
    with server() as (address, _):
        assert outbound.request("GET", address).body == b"hello"
