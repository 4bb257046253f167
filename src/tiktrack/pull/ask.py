"""One request and its answer, as records."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from tiktrack.pull.secret import Secret

Params = Mapping[str, Any]
"""Values as Python sees them; lists and objects become JSON text in a query, plain JSON in a body.

The secret of an app, which one endpoint wants in its query, stays a Secret until the moment of sending.
"""


@dataclass(frozen=True, slots=True)
class Ask:
    """A request to one endpoint. Never holds the token."""

    endpoint: str
    """Without a leading and with a trailing slash: ``report/integrated/get/``."""

    params: Params
    method: str = "GET"

    def query(self) -> dict[str, str]:
        """The query of a GET: every list and object as JSON text, everything else as text."""
        return {key: _text(value) for key, value in self.params.items()}

    def with_params(self, **changes: Any) -> Ask:
        """The same request with some parameters changed."""
        return replace(self, params={**self.params, **changes})


@dataclass(frozen=True, slots=True)
class Reply:
    """A good answer: code 0, or 20001 for a partial success."""

    body: dict[str, Any]
    """The whole envelope as received, secrets masked."""

    message: str = ""
    request_id: str = ""
    partial: bool = False
    truncated: bool = False
    """TikTok warned that it looked at the newest 20,000 ads only (header X-Tt-Ads-Throttle)."""

    server_time: datetime | None = None

    @property
    def data(self) -> dict[str, Any]:
        """The ``data`` of the envelope; empty where TikTok sent none."""
        data = self.body.get("data")
        return data if isinstance(data, dict) else {"list": data} if isinstance(data, list) else {}

    @property
    def rows(self) -> list[dict[str, Any]]:
        """The rows, wherever this endpoint puts them: list, pixels or results."""
        found = (self.data.get(key) or [] for key in ("list", "pixels", "results"))
        return [row for rows in found for row in rows if isinstance(row, dict)]

    @property
    def page_info(self) -> PageInfo:
        """Where this page stands among its fellows."""
        info = self.data.get("page_info")
        info = info if isinstance(info, dict) else {}
        return PageInfo(*(_whole(info.get(key)) for key in ("total_page", "total_number", "page_size")))


@dataclass(frozen=True, slots=True)
class PageInfo:
    """How much there is in all, as far as TikTok says; 0 where it does not."""

    pages: int
    rows: int
    page_size: int

    def has_more(self, number: int, here: int, asked: int) -> bool:
        """Whether there is a page behind page ``number``, which came with ``here`` rows where ``asked`` were wanted.

        Either total may be missing, and an endpoint may hold its pages smaller than asked. Without both a full page
        is a sign that there is another one.
        """
        if not here:
            return False
        size = self.page_size or asked
        if self.pages or self.rows:
            return number < max(self.pages, -(-self.rows // size))
        return here >= size


@dataclass(slots=True)
class Tally:
    """What a run asked and whether it was answered; the client counts, the summary prints."""

    requests: int = 0
    unanswered: set[str] = field(default_factory=set)
    """Endpoints that gave no good answer after all tries; later questions get one try."""

    in_vain: int = 0
    """Questions in a row without an answer."""

    answered: int = 0

    def count(self) -> None:
        self.requests += 1

    def good(self, endpoint: str) -> None:
        self.answered, self.in_vain = self.answered + 1, 0
        self.unanswered.discard(endpoint)

    def give_up(self, endpoint: str) -> None:
        self.in_vain += 1
        self.unanswered.add(endpoint)

    @property
    def nobody_answers(self) -> bool:
        """Nothing was ever answered, or two different questions in a row were not."""
        return not self.answered or self.in_vain > 1


def _whole(value: Any) -> int:
    """A count, which may come as text; 0 for anything that is none."""
    try:
        return max(0, int(float(value)))
    except (TypeError, ValueError, OverflowError):
        return 0


def _text(value: Any) -> str:
    if isinstance(value, Secret):
        return value.reveal()
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, separators=(",", ":"))
