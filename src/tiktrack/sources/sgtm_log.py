"""Console log of a server-side Google Tag Manager: lines of TikTok's own tag and of Stape's.

``{"Name": "TikTok", "Type": "Request", "TraceId": …, "EventName": …, "RequestBody": {…}}`` and, on a later line,
``{"Type": "Response", "TraceId": …, "ResponseStatusCode": 200, "ResponseBody": "{…}"}`` (tiktok/gtm-template-eapi,
stape-io/tiktok-tag). Both templates take any 2xx for a success; here the code in the answer decides.
"""

from __future__ import annotations

from tiktrack.sources.base import Head, Reading
from tiktrack.sources.places import survey
from tiktrack.sources.wrapped import ends_with, read_wrapped


class SgtmLog:
    """Requests and answers by trace."""

    name = "sgtm-log"
    table = "events"
    about = "Server-GTM console log, JSON lines: Type, TraceId and RequestBody or ResponseBody"

    def sniff(self, head: Head) -> int:
        return 94 if ends_with(survey(head), "RequestBody", depth=1) else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        return read_wrapped(head, needed)
