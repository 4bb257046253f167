"""Stape's log table in BigQuery, exported as JSON lines: one row a request or answer, bodies as JSON in text.

Columns: timestamp (ms), type, trace_id, tag_name, event_name, request_method, request_url, request_body,
response_status_code, response_headers, response_body (stape-io/tiktok-tag). Bodies may be encoded twice.
"""

from __future__ import annotations

from tiktrack.sources.base import Head, Reading
from tiktrack.sources.places import survey
from tiktrack.sources.wrapped import ends_with, read_wrapped


class StapeLog:
    """Requests and answers by trace."""

    name = "stape-log"
    table = "events"
    about = "Stape's BigQuery log, JSON lines: trace_id, type, request_body, response_status_code and response_body"

    def sniff(self, head: Head) -> int:
        found = survey(head)
        return 94 if ends_with(found, "request_body", depth=1) and found.share_with("trace_id", "type") > 0 else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        return read_wrapped(head, needed)
