"""Google Cloud Logging entries around any of the other shapes: ``jsonPayload`` or ``textPayload``.

Entries are as ``gcloud logging read --format=json`` or a log sink writes them: logName, insertId, timestamp,
receiveTimestamp, resource, severity and one payload. ``httpRequest`` may carry a relayed hit in its address; its status
says how one's own service answered: it is no word of TikTok and is not read as one.
"""

from __future__ import annotations

from tiktrack.sources.base import Head, Reading
from tiktrack.sources.places import survey
from tiktrack.sources.wrapped import read_wrapped

_PARTS = {"jsonPayload", "textPayload", "protoPayload", "httpRequest"}


class CloudLogging:
    """Log entries of Google Cloud."""

    name = "cloud-logging"
    table = "events"
    about = "Google Cloud Logging entries, JSON lines: jsonPayload or textPayload with requests to TikTok inside"

    def sniff(self, head: Head) -> int:
        found = survey(head)
        places = (*found.places("body"), *found.places("address"))
        return 93 if any(place[0][:1] and place[0][0] in _PARTS for place in places) else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        return read_wrapped(head, needed)
