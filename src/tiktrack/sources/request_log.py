"""A log of one's own that keeps requests to TikTok: wrapped in other records, with the answer beside them, or several
generations in one file.

``{"request": {…}, "response": {…}}``, ``{"url": …, "body": "…", "status": 200, "response": "…"}``,
``{"level": "info", "message": "sent {…}"}``: what a record holds is found by what it is (``places``).
"""

from __future__ import annotations

from tiktrack.sources.base import Head, Reading
from tiktrack.sources.places import survey
from tiktrack.sources.requests import BARE_2
from tiktrack.sources.wrapped import holds_requests, read_wrapped


class RequestLog:
    """Requests to TikTok inside of other records."""

    name = "request-log"
    table = "events"
    about = "JSON lines that hold requests to TikTok (and its answers) under any key, as objects or as text"

    def sniff(self, head: Head) -> int:
        found = survey(head)
        if not found.requests or (found.plain and found.shapes == {BARE_2}):
            return 0  # events without any envelope are a flat table
        return 91 if holds_requests(found) else 55

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        return read_wrapped(head, needed)
