"""A HAR, recorded by the network panel of a browser, a proxy or a test: the hits of the pixel and calls of the API.

A HAR is one JSON object; it is read as a stream (``har_entries``) and written again as one line an entry, so that the
rest is done as for any other log. A blocked request stands in it with the status 0: it was attempted and not delivered.
"""

from __future__ import annotations

import re

from tiktrack.sources import leaks
from tiktrack.sources.base import Head, Reading, quoted
from tiktrack.sources.compressed import open_plain
from tiktrack.sources.event_fields import projection
from tiktrack.sources.har_entries import entries, once
from tiktrack.sources.requests import ALSO, projected

_LOOKS = re.compile(r'\s*\{\s*"log"\s*:\s*\{.*"(creator|entries|version)"\s*:', re.DOTALL)
_LOOKED_AT = 4096
_COLUMNS = {
    "body": "JSON", "answer": "VARCHAR", "http_status": "BIGINT", "received_ms": "BIGINT", "lost": "VARCHAR",
}  # fmt: skip
_BOM = b"\xef\xbb\xbf"


class Har:
    """Recordings of a browser."""

    name = "har"
    table = "events"
    about = "HAR of a browser or a proxy: hits of the pixel, and calls of the Events API"

    def sniff(self, head: Head) -> int:
        return 98 if _LOOKS.match(head.text[:_LOOKED_AT]) else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        lines = head.scratch(".jsonl")
        with open_plain(head.path, head.compression) as file, lines.open("wb") as out:
            if file.read(len(_BOM)) != _BOM:
                file.seek(0)
            for entry in once(entries(file)):
                out.write(entry.line())
        columns = ", ".join(f"{name}: '{kind}'" for name, kind in _COLUMNS.items())
        table = f"read_json({quoted(str(lines))}, format = 'newline_delimited', columns = {{{columns}}})"
        raw = projected(f"select 0 as line, * from {table}", bare=False, wrapped=True)
        notes = ("rows are counted by entry of the HAR", *leaks.notes(head))
        return Reading(projection(raw, needed=needed, literal=True, also=ALSO), notes=notes)
