"""A finding that is gone: fixed, or only out of sight because a file, a channel or a campaign is missing?"""

from __future__ import annotations

from collections.abc import Mapping, Set
from typing import Any

from tiktrack.model.report import Finding, Report, RuleResult

Senders = Set[tuple[str, str]]
"""Pixel and channel of those that sent events."""

NOT_JUDGED = "the rule could not be judged"
SILENT = "its channel sent nothing"
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


def doubt(was: Finding, now: RuleResult, lost: Senders) -> str:
    """Why the rule's later result does not show that the finding is fixed; empty where it does."""
    if any(_touches(was.segment, sender, now.table) for sender in lost):
        return SILENT
    if now.passed is None or was.fingerprint in now.passed:
        return ""  # an older file does not say which segments passed, and is believed
    if was.fingerprint in now.undecided:
        return "too little data to judge it now"
    # A name or a host that is gone was the fault itself; a campaign that is gone was not.
    return "its campaign is no longer in the data" if _OF_ADS & set(was.segment) else ""


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
