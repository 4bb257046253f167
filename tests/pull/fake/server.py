"""A local HTTP server that behaves like TikTok's API, well or badly as a test asks."""

from __future__ import annotations

import json
import socket
import struct
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from tests.pull.fake import api
from tests.pull.fake.account import Account
from tests.pull.fake.guard import Guard, Seen
from tiktrack.pull.clock import Clock

API = "/open_api/v1.3/"
TOKEN = "act.SECRETtoken0123456789abcdef"


@dataclass
class Answer:
    """What goes over the wire."""

    body: bytes
    status: int = 200
    headers: dict[str, str] | None = None
    manner: str = "whole"
    """whole, chunked (piece by piece, slowly), reset (the connection breaks in the middle of the body), stall (nothing)."""


Fault = Callable[["FakeTikTok", Seen], Answer | None]


class FakeTikTok:
    """The server, its accounts, its faults and what it has seen."""

    def __init__(self, clock: Clock, *accounts: Account) -> None:
        self.clock = clock
        self.accounts = {account.advertiser_id: account for account in accounts}
        self.guard = Guard(TOKEN)
        self.faults: list[Fault] = []
        self.seen: list[Seen] = []
        self.invalid_metrics: set[str] = set()
        self.before_page: Callable[[list[dict[str, Any]], Seen], None] = lambda rows, seen: None
        self.tasks: dict[str, Seen] = {}
        self.task_states: list[str] = []
        self.links = 0
        self.expired_links = 0
        self.app_secret = "app-secret-42"
        self.lock = threading.Lock()
        self.over = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def host(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def close(self) -> None:
        self.over.set()
        self._server.shutdown()
        self._server.server_close()

    def asked(self, endpoint: str) -> list[Seen]:
        return [seen for seen in self.seen if seen.endpoint == endpoint]

    def penalty(self, **time: float) -> None:
        """From now on nobody may ask for so long."""
        self.guard.penalty_until = self.clock.now() + timedelta(**time)

    def answer(self, seen: Seen) -> Answer:
        """Faults first, then the endpoint."""
        with self.lock:
            self.seen.append(seen)
            self.guard.look(seen)
            for fault in self.faults:
                if found := fault(self, seen):
                    return found
            return self._honest(seen)

    def file(self, path: str, headers: dict[str, str]) -> Answer:
        """The storage behind signed addresses, which knows no token."""
        if "access-token" in headers:
            self.guard.violations.append("token sent to the storage")
        number, name = path.split("/")[2:4]
        if int(number) <= self.expired_links:
            return Answer(b"<Error>AccessDenied</Error>", 403)
        return Answer(api.task_csv(self, name.removesuffix(".csv")), headers={"Content-Type": "text/csv"})

    def _honest(self, seen: Seen) -> Answer:
        if seen.headers.get("access-token") != TOKEN and not seen.endpoint.startswith("oauth2/"):
            return envelope(40105, "Access token is incorrect or has been revoked.")
        if seen.endpoint not in api.ENDPOINTS:
            return Answer(b"404 page not found", 404)
        try:
            return envelope(0, "OK", api.ENDPOINTS[seen.endpoint](self, seen))
        except api.Refusal as refusal:
            return envelope(refusal.code, refusal.message)


def envelope(code: int, message: str, data: Any = None) -> Answer:
    """HTTP 200, whatever the code says."""
    body = {"code": code, "message": message, "request_id": "20261124000000ABCDEF", "data": data or {}}
    return Answer(json.dumps(body).encode())


def _handler(fake: FakeTikTok) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            if parts.path.startswith("/files/"):
                self._send(fake.file(parts.path, headers), None)
                return
            params = {name: _value(name, text) for name, text in parse_qsl(parts.query)}
            self._meet("GET", parts.path, params, headers)

        def do_POST(self) -> None:
            headers = {name.lower(): value for name, value in self.headers.items()}
            params = json.loads(self.rfile.read(int(headers["content-length"])))
            self._meet("POST", urlsplit(self.path).path, params, headers)

        def _meet(self, method: str, path: str, params: dict[str, Any], headers: dict[str, str]) -> None:
            seen = Seen(method, path, path.removeprefix(API), params, headers, fake.clock.now())
            self._send(fake.answer(seen), seen)

        def _send(self, answer: Answer, seen: Seen | None) -> None:
            if answer.manner == "stall" and seen:
                fake.guard.timed_out.add(seen.key)
                fake.over.wait(5)
                self.close_connection = True
                return
            with suppress(OSError):
                self.send_response(answer.status)
                for name, value in {"Content-Type": "application/json", **(answer.headers or {})}.items():
                    self.send_header(name, value)
                if answer.manner == "chunked":
                    self._dribble(answer.body)
                    return
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                self.wfile.write(answer.body if answer.manner == "whole" else answer.body[: len(answer.body) // 2])
            if answer.manner == "reset":
                self.wfile.flush()
                self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                self.connection.close()
                self.close_connection = True

        def _dribble(self, body: bytes) -> None:
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            size = len(body) // 5 + 1
            for start in range(0, len(body), size):
                piece = body[start : start + size]
                self.wfile.write(f"{len(piece):x}\r\n".encode() + piece + b"\r\n")
                self.wfile.flush()
                fake.over.wait(0.02)
            self.wfile.write(b"0\r\n\r\n")

        def log_message(self, *args: object) -> None:
            pass

    return Handler


def _value(name: str, text: str) -> Any:
    """Lists and objects come as JSON text; ids and numbers stay text."""
    return json.loads(text) if text[:1] in "[{" else text
