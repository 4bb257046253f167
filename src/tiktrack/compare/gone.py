"""A finding that is gone: fixed, or only out of sight because a file, a channel or a campaign is missing?"""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from tiktrack.model import Finding, Report, RuleResult

Senders = Set[tuple[str, str]]
"""Pixel and channel of those that sent events."""

_LEAST_ROWS = 20
_OF_ADS = frozenset({"campaign", "campaign_id", "adgroup", "adgroup_id", "ad", "ad_id"})
_PAIRED = frozenset({"counted", "sales", "ledger"})
"""Tables in which the copies of all channels are one row."""


def lost_senders(old: Report, new: Report) -> Senders:
    """Who sent in the earlier report and is silent in the later one; nobody where a report is too old to say."""
    before, after = _senders(old), _senders(new)
    if after is None:
        return frozenset()
    return {sender for sender, rows in (before or {}).items() if rows >= _LEAST_ROWS and sender not in after}


def proven(was: Finding, now: RuleResult, lost: Senders) -> bool:
    """Whether the rule's later result shows that the finding is fixed."""
    if any(_touches(was.segment, sender, now.table) for sender in lost):
        return False
    if now.passed is None or was.fingerprint in now.passed:
        return True  # an older file does not say which segments passed, and is believed
    if was.fingerprint in now.undecided:
        return False
    return not _OF_ADS & set(was.segment)  # a name or host that is gone was the fault itself; a paused campaign was not


def _touches(segment: Mapping[str, str], sender: tuple[str, str], table: str) -> bool:
    """Whether events of this sender were among those of the segment."""
    pixel, channel = sender
    theirs = segment.get("channel", channel) == channel or table in _PAIRED
    return table in {"events", *_PAIRED} and segment.get("pixel_code", pixel) == pixel and theirs


def _senders(report: Report) -> dict[tuple[str, str], float] | None:
    events: Any = report.totals.get("events")
    listed = events.get("senders") if isinstance(events, dict) else None
    if not isinstance(listed, list):
        return {} if not isinstance(events, dict) else None
    return {(str(s.get("pixel_code")), str(s.get("channel"))): float(s.get("rows") or 0) for s in listed}
