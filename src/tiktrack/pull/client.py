"""The one door to the network: httpx, the token, the pace, the retries.

The token is put on a request in the moment of sending, and every answer is masked before anybody sees it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar, cast
from urllib.parse import urlsplit

import httpx

from tiktrack import __version__
from tiktrack.pull import envelope
from tiktrack.pull.address import Address, is_loopback
from tiktrack.pull.ask import Ask, Reply, Tally
from tiktrack.pull.clock import Clock
from tiktrack.pull.failures import (
    BadRequest,
    ComeBackLater,
    NoConnection,
    Passing,
    SlowDown,
    TimedOut,
    Unanswered,
    Unreachable,
)
from tiktrack.pull.limits import Pace
from tiktrack.pull.patience import TRIES, patience
from tiktrack.pull.progress import Observer
from tiktrack.pull.secret import Secret

T = TypeVar("T")

log = logging.getLogger("tiktrack.pull")
logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs whole addresses, and one endpoint has a secret in it

READ_SECONDS = 30.0
CONNECT_SECONDS = 10.0
WHOLE_ANSWER_SECONDS = 120.0
"""An answer that drips for longer counts as a time-out, although each drop came in time."""

HELD_SECONDS = 60.0
"""A wait this long is remembered in the folder, so that a new run does not ask inside it."""


class _TokenHeader(httpx.Auth):
    """Adds the Access-Token header at the last moment, so that no record of ours ever holds it."""

    def __init__(self, token: Secret) -> None:
        self._token = token

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        request.headers["Access-Token"] = self._token.reveal()
        yield request


class Client:
    """Asks TikTok. One per run, shared by all accounts, so that the pace holds over everything."""

    def __init__(
        self,
        token: Secret,
        address: Address,
        clock: Clock,
        observer: Observer,
        *,
        pace: Pace | None = None,
        app_secret: Secret | None = None,
        read_seconds: float = READ_SECONDS,
        tries: int = TRIES,
        on_hold: Callable[[datetime, str], None] = lambda until, why: None,
    ) -> None:
        self.tally = Tally()
        self.on_hold = on_hold
        self._address = address
        self._clock = clock
        self._observer = observer
        self._tries = tries
        self._pace = pace or Pace(clock, address.per_second)
        self._secrets = [secret for secret in (token, app_secret) if secret]
        self._token_header = _TokenHeader(token)
        self._http = httpx.Client(
            headers={"User-Agent": f"tiktrack/{__version__}"},
            timeout=httpx.Timeout(read_seconds, connect=CONNECT_SECONDS),
            verify=not address.loopback,
            trust_env=not address.loopback,  # a proxy of the company, but never on the way to ourselves
        )

    def close(self) -> None:
        self._http.close()

    def note(self, text: str) -> None:
        """Tell the user something about what came back."""
        self._observer.note(text)

    def ask(self, ask: Ask) -> Reply:
        """The good answer to ``ask``, after as many tries as make sense. Raises what ``failures`` lists."""
        return self._patiently(ask, lambda: self._try(ask))

    def save(self, ask: Ask, to: Path) -> Reply | None:
        """The text of a download endpoint, into ``to``; or its reply, where it answers in JSON instead."""
        return self._patiently(ask, lambda: self._save_or_read(ask, to))

    def save_file(self, url: str, to: Path) -> None:
        """A file that TikTok keeps ready at a signed address, which gets no token of ours.

        Raises BadRequest when the address is no longer good (it lives for an hour).
        """
        parts = urlsplit(url)
        if parts.scheme != "https" and not is_loopback(parts.hostname or ""):
            raise BadRequest("TikTok named a download address without TLS; it is not followed.")
        ask = Ask("(signed download)", {})
        self._patiently(ask, lambda: self._save(self._http.build_request("GET", url), None, ask, to))

    def _patiently(self, ask: Ask, once: Callable[[], T]) -> T:
        tries = 1 if ask.endpoint in self.tally.unanswered else self._tries
        again = patience(self._clock, self._waiting, tries, reached=self.tally.answered > 0)
        try:
            answer = cast(T, again(self._paced, ask, once))
        except ComeBackLater as stop:
            self.on_hold(stop.until, stop.message)
            raise
        except Unanswered as silence:
            self.tally.give_up(ask.endpoint)
            if self.tally.nobody_answers:
                raise Unreachable(silence.message, hint=silence.hint) from None
            raise
        self.tally.good(ask.endpoint)
        return answer

    def _paced(self, ask: Ask, once: Callable[[], T]) -> T:
        self._pace.wait(ask.endpoint)
        self.tally.count()
        return once()

    def _waiting(self, seconds: float, reason: Passing) -> None:
        if seconds >= HELD_SECONDS and isinstance(reason, SlowDown):
            self.on_hold(self._clock.now() + timedelta(seconds=seconds), reason.message)
        self._observer.waiting(seconds, reason.message)

    def _try(self, ask: Ask) -> Reply:
        with self._sent(self._request(ask), self._token_header, ask) as response:
            text = self._masked("".join(self._chunks(response, ask)))
            status, headers = response.status_code, dict(response.headers)
        log.debug("%s %s %s → HTTP %s, %s characters", ask.method, ask.endpoint, ask.params, status, len(text))
        return envelope.read(ask, status, headers, text, self._clock.now())

    def _save(self, request: httpx.Request, auth: httpx.Auth | None, ask: Ask, to: Path) -> None:
        with self._sent(request, auth, ask) as response:
            if response.status_code != 200 and auth is not None:  # our own endpoint: an answer like any other
                text = self._masked("".join(self._chunks(response, ask)))
                envelope.read(ask, response.status_code, dict(response.headers), text, self._clock.now())
            if response.status_code >= 500 or response.status_code == 429:
                raise Passing(f"The download answered HTTP {response.status_code}.")
            if response.status_code != 200:
                raise BadRequest(f"The download address has expired (HTTP {response.status_code}).")
            with to.open("w", encoding="utf-8", newline="") as file:
                file.writelines(self._masked_stream(self._chunks(response, ask)))

    def _save_or_read(self, ask: Ask, to: Path) -> Reply | None:
        self._save(self._request(ask), self._token_header, ask, to)
        with to.open(encoding="utf-8") as file:
            if not file.read(64).lstrip("\ufeff \r\n\t").startswith(("{", "<")):  # neither JSON nor a gateway's page
                return None
        return envelope.read(ask, 200, {}, to.read_text(encoding="utf-8"), self._clock.now())

    def _request(self, ask: Ask) -> httpx.Request:
        url = self._address.base_url + ask.endpoint
        if ask.method == "GET":
            return self._http.build_request("GET", url, params=ask.query())
        return self._http.build_request(ask.method, url, json=dict(ask.params))

    @contextmanager
    def _sent(self, request: httpx.Request, auth: httpx.Auth | None, ask: Ask) -> Iterator[httpx.Response]:
        """The answer while it arrives. ``from None``: the inner tracebacks hold the request's headers."""
        try:
            response = self._http.send(request, auth=auth, stream=True, follow_redirects=False)
            try:
                yield response
            finally:
                response.close()
        except (httpx.ReadTimeout, httpx.WriteTimeout):
            raise TimedOut(f"TikTok took too long to answer {ask.endpoint}.") from None
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.ProxyError) as error:
            raise NoConnection(f"There is no connection to {ask.endpoint} ({type(error).__name__}).") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Passing(f"The connection to {ask.endpoint} broke ({type(error).__name__}).") from None

    def _chunks(self, response: httpx.Response, ask: Ask) -> Iterator[str]:
        started = self._clock.monotonic()
        for chunk in response.iter_text():
            if self._clock.monotonic() - started > WHOLE_ANSWER_SECONDS:
                raise TimedOut(f"TikTok took too long to finish its answer to {ask.endpoint}.")
            yield chunk

    def _masked_stream(self, chunks: Iterator[str]) -> Iterator[str]:
        """Masks also what lies across two chunks: a tail as long as an address form may get is held back."""
        held_back, kept = 3 * max(len(secret.reveal()) for secret in self._secrets), ""
        for chunk in chunks:
            kept = self._masked(kept + chunk)
            yield kept[:-held_back]
            kept = kept[-held_back:]
        yield kept

    def _masked(self, text: str) -> str:
        for secret in self._secrets:
            text = secret.hide_in(text)
        return text
