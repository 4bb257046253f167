"""Being a guest: the pace of one run, and how long each of TikTok's three limits must be respected.

Per app: 10 requests a second, 600 a minute, 864,000 a day at the lowest level; report tasks 1 a second. There
are no limit headers: only code 40100 (40016, 40133) with the kind in the message. Source: facts 2.1.
"""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta
from enum import Enum

from tiktrack.pull.clock import Clock

DEFAULT_PER_SECOND = 8.0
"""Under the 10 of the lowest level, with room for the jitter of the way."""

SANDBOX_PER_SECOND = 0.45

TASK_GAP_SECONDS = 1.05
"""Report tasks: the documents say 1 or 2 a second; the stricter holds."""

MINUTE_PENALTY_SECONDS = 300.0


class Limit(Enum):
    """Which of the three limits is meant."""

    SECOND = "requests a second"
    MINUTE = "requests a minute"
    DAY = "requests a day"


class Pace:
    """Spaces the requests of a run evenly; one for all accounts and endpoints."""

    def __init__(self, clock: Clock, per_second: float = DEFAULT_PER_SECOND) -> None:
        self._clock = clock
        self._gap = 1.0 / per_second
        self._next = self._next_task = clock.monotonic()

    def wait(self, endpoint: str) -> None:
        """Return when the next request to ``endpoint`` may leave."""
        creates_task = endpoint.endswith("task/create/")
        now = self._clock.monotonic()
        start = max(now, self._next, self._next_task if creates_task else now)
        if start > now:
            self._clock.sleep(start - now)
        self._next = start + self._gap
        if creates_task:
            self._next_task = start + TASK_GAP_SECONDS


def limit_named(message: str) -> Limit:
    """The limit that a message speaks of. One that names none gets five minutes: too long is only slow."""
    if re.search(r"\bqpd\b|\bdaily\b|\bday\b|\b24 ?h|tomorrow", message, re.IGNORECASE):
        return Limit.DAY
    if re.search(r"\bqps\b|(\b(per|a|one|1|this|next)|/) ?sec(ond)?\b", message, re.IGNORECASE):
        return Limit.SECOND
    return Limit.MINUTE


def next_utc_midnight(now: datetime) -> datetime:
    """When the day's requests are counted from zero again."""
    tomorrow = now.astimezone(UTC).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time(), tzinfo=UTC)
