"""Google Cloud Logging entries as the payloads that they carry: any kind of JSON lines may be inside."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from tiktrack.sources.base import Head, Inside
from tiktrack.sources.jsonlines import object_in, read_lines
from tiktrack.sources.places import embedded

_MARKS = ("jsonPayload", "textPayload")
_TEXT = "coalesce({})".format(
    ", ".join(
        (
            object_in("json_extract_string(json, '$.jsonPayload.message')") + "::varchar",
            "json_extract_string(json, '$.jsonPayload')",
            object_in("json_extract_string(json, '$.textPayload')") + "::varchar",
        )
    )
)
_NOTE = "read from the payloads of Google Cloud Logging; entries without one are counted as rejected"


def payloads(head: Head) -> Iterator[Head]:
    """The payloads as JSON lines, where the file holds log entries."""
    if head.inside or not any(mark in o for o in head.objects for mark in _MARKS):
        return
    texts = [json.dumps(payload) for o in head.objects if (payload := _payload(o)) is not None]
    lines = f"select {_TEXT} as line from {read_lines(head)}"
    yield replace(head, raw="\n".join(texts).encode(), inside=Inside(lines, first_row=1, csv=False, note=_NOTE))


def _payload(entry: dict[str, Any]) -> dict[str, Any] | None:
    inner = entry.get("jsonPayload")
    texts = (inner.get("message") if isinstance(inner, dict) else None, entry.get("textPayload"))
    candidates = (embedded(texts[0]), inner, embedded(texts[1]))
    return next((c for c in candidates if isinstance(c, dict)), None)
