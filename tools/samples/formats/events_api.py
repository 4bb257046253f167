"""Requests to the Events API 2.0 (``/event/track/``), one a line; most hold one event, some a batch."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random
from typing import Any

from tools.samples.chance import stream
from tools.samples.formats.goods import properties
from tools.samples.formats.text import json_line, without_blanks
from tools.samples.records import Account, Copy

BATCHED = 0.2
"""Share of requests that the queue held back for a moment."""

HELD_MS = 120_000
"""How long it holds them: the next events of that time go along."""


def entry(copy: Copy) -> dict[str, Any]:
    """One element of ``data``."""
    user = {"email": copy.email, "phone": copy.phone, "external_id": copy.external_id, "ttclid": copy.ttclid,
            "ttp": copy.ttp, "ip": copy.ip, "user_agent": copy.user_agent}  # fmt: skip
    return without_blanks({
        "event": copy.event, "event_time": copy.ms // 1000, "event_id": copy.event_id,
        "user": without_blanks(user), "properties": properties(copy),
        "page": without_blanks({"url": copy.url, "referrer": copy.referrer}),
    })  # fmt: skip


def batches(rng: Random, copies: list[Copy]) -> Iterator[list[Copy]]:
    """Cuts the stream of one pixel into requests."""
    start = 0
    while start < len(copies):
        end, until = start + 1, copies[start].sent_ms + HELD_MS
        if rng.random() < BATCHED:
            while end < len(copies) and copies[end].sent_ms <= until:
                end += 1
        yield copies[start:end]
        start = end


def requests(account: Account, copies: list[Copy]) -> list[str]:
    """All requests by time of arrival of their last event; a request speaks of one pixel."""
    rng, lines = stream(account.name, "batches"), []
    for store in account.stores:
        own = [c for c in copies if c.channel == "server" and c.pixel_code == store.pixel_code]
        for batch in batches(rng, sorted(own, key=lambda c: c.sent_ms)):
            data = [entry(c) for c in batch]
            request = {"event_source": "web", "event_source_id": store.pixel_code, "data": data}
            lines.append((batch[-1].sent_ms, json_line(request)))
    return [line for _, line in sorted(lines)]
