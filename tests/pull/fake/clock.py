"""A clock that passes only when somebody sleeps; the client and the fake share one."""

from __future__ import annotations

import threading
from datetime import UTC, datetime, timedelta

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class FakeClock:
    """Five minutes take no time here."""

    def __init__(self, start: datetime = NOON) -> None:
        self._start = start
        self._seconds = 0.0
        self._lock = threading.Lock()
        self.naps: list[float] = []

    def now(self) -> datetime:
        return self._start + timedelta(seconds=self._seconds)

    def monotonic(self) -> float:
        return self._seconds

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self._seconds += seconds
            self.naps.append(seconds)

    def jump(self, **time: float) -> None:
        """Let time pass between two runs."""
        self._seconds += timedelta(**time).total_seconds()
