"""Asking for less after a time-out: TikTok wants at most 7 days and 30 campaigns then, never the same again.

Source: facts 2.2 (time-out best practice).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tiktrack.pull.spans import Span

WEEK = 7
CAMPAIGNS = 30
MOST_CAMPAIGNS = 100
"""TikTok's limit for ids in one filter."""


@dataclass(frozen=True, slots=True)
class Slot:
    """What one synchronous report request covers."""

    span: Span
    campaign_ids: tuple[str, ...] = ()
    """Empty for all campaigns."""

    def allowed(self) -> list[Slot]:
        """The slot in pieces that keep to TikTok's limit of ids."""
        return [Slot(self.span, ids) for ids in _chunks(self.campaign_ids, MOST_CAMPAIGNS)] or [self]


def narrower(slot: Slot, campaign_ids: Sequence[str]) -> list[Slot]:
    """Smaller slots that cover the same: weeks, days, 30 campaigns, one. Empty: no way left."""
    if slot.span.days > 1:
        return [Slot(piece, slot.campaign_ids) for piece in slot.span.pieces(WEEK if slot.span.days > WEEK else 1)]
    ids = slot.campaign_ids or tuple(campaign_ids)
    size = CAMPAIGNS if len(ids) > CAMPAIGNS else 1
    pieces = [Slot(slot.span, chunk) for chunk in _chunks(ids, size)]
    return [] if pieces == [slot] else pieces


def _chunks(ids: tuple[str, ...], size: int) -> list[tuple[str, ...]]:
    return [ids[start : start + size] for start in range(0, len(ids), size)]
