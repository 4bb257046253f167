"""Events API 1.0 requests: ``/pixel/track/``, ``/pixel/batch/``, ``/offline/track/`` and ``/offline/batch/``.

``{"pixel_code": "C…", "event": …, "timestamp": "…Z", "context": {…}, "properties": {…}}`` or the same events in
``batch[]``; offline sets are named by ``event_set_id``. Source: models of TikTok's own SDK; they still ship these only.
"""

from __future__ import annotations

from tiktrack.sources.base import Head, Reading
from tiktrack.sources.places import survey
from tiktrack.sources.requests import EVENTS_1, OFFLINE_1
from tiktrack.sources.wrapped import holds_requests, read_wrapped


class EventsApi1:
    """Requests of the first generation."""

    name = "events-api-1.0"
    table = "events"
    about = "Events API 1.0 requests, JSON lines: pixel_code or event_set_id beside one event or batch[]"

    def sniff(self, head: Head) -> int:
        found = survey(head)
        plain = found.plain and found.shapes <= {EVENTS_1, OFFLINE_1}
        return 95 if plain and holds_requests(found, 0.5) else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        return read_wrapped(head, needed)
