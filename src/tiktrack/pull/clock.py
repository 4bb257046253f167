"""Time, passed in so that a test may wait five minutes in no time."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """What the pull needs to know and do about time."""

    def now(self) -> datetime:
        """This moment, aware, in UTC."""

    def monotonic(self) -> float:
        """Seconds that never run backwards, for distances only."""

    def sleep(self, seconds: float) -> None:
        """Let the time pass."""


class SystemClock:
    """The clock of the machine."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def monotonic(self) -> float:
        return time.monotonic()

    def sleep(self, seconds: float) -> None:
        time.sleep(seconds)
