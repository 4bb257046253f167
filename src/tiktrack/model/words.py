"""The words that rules and reports share: severity, outcome, segment."""

from __future__ import annotations

from enum import StrEnum

Segment = tuple[tuple[str, str], ...]
"""The keys that a measurement speaks of, for example ``(("pixel_code", "C4…"), ("channel", "server"))``."""


class Severity(StrEnum):
    """What a fault costs the advertiser."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for critical, growing towards info."""
        return list(Severity).index(self)


class Outcome(StrEnum):
    """What became of a rule, or of one segment of it."""

    PASSED = "passed"
    WARNED = "warned"
    FAILED = "failed"
    UNKNOWN = "unknown"
    ERRORED = "errored"
    SUPPRESSED = "suppressed"
    NOT_APPLICABLE = "not_applicable"


JUDGED = frozenset({Outcome.PASSED, Outcome.WARNED, Outcome.FAILED})
"""Outcomes that say something about the tracking."""
