"""Calls of the Segment protocol (track, page, identify, …), which RudderStack speaks too: one a record, or batches."""

from __future__ import annotations

from typing import Any

from tiktrack.sources.base import Head
from tiktrack.sources.jsonlines import read_json, struct

TYPES = ("track", "page", "screen", "identify", "group", "alias")

_SWITCHES = "replace(lower(integrations::varchar), ' ', '')"
_TIKTOK_ON = f'regexp_matches({_SWITCHES}, \'"tiktok[^"]*":(true|[{{])\')'
NOT_FOR_TIKTOK = (
    f"contains(integrations::varchar, 'false') and not {_TIKTOK_ON} "
    f'and regexp_matches({_SWITCHES}, \'"(all|tiktok[^"]*)":false\')'
)
"""SQL: the call itself says that it is not to be sent to TikTok."""


def share_of_calls(head: Head) -> float:
    """The share of calls among the first objects, 0 to 1."""
    found = [call for o in head.objects for call in calls_of(o)]
    return sum(o.get("type") in TYPES and "messageId" in o for o in found) / max(1, len(found))


def calls_of(o: dict[str, Any]) -> list[dict[str, Any]]:
    """The calls of one record: itself, or those of a batch."""
    batch = o.get("batch")
    return [call for call in batch if isinstance(call, dict)] if isinstance(batch, list) else [o]


def calls(head: Head, call: dict[str, str]) -> str:
    """SELECT of one row a call, with the columns of ``call`` and ``record_start``; batches are unfolded where the file
    has them."""
    if not any("batch" in o for o in head.objects):
        return f"select *, true as record_start from {read_json(head, call)}"
    fields = ", ".join(f'c."{name}"' for name in call)
    one = "{" + ", ".join(f"'{name}': \"{name}\"" for name in call) + "}"
    listed = f"case when len(batch) > 0 then batch else [{one}] end"
    source = read_json(head, {**call, "batch": struct(**call) + "[]"})
    return (
        f"select {fields}, nth = 1 as record_start from "
        f"(select unnest({listed}) as c, generate_subscripts({listed}, 1) as nth from {source})"
    )


def personal_note(head: Head, who: str) -> tuple[str, ...]:
    """A note where the first calls carry addresses or numbers in the clear."""
    plain = any(
        "@" in str(holder.get("email", "")) or len(str(holder.get("phone") or "")) in range(7, 25)
        for o in head.objects
        for call in calls_of(o)
        for holder in _holders(call)
    )
    return (f"the file holds personal data in the clear; {who} hashes it, so it counts as hashed",) if plain else ()


def _holders(call: dict[str, Any]) -> list[dict[str, Any]]:
    context = call.get("context")
    traits = context.get("traits") if isinstance(context, dict) else None
    return [holder for holder in (call.get("properties"), call.get("traits"), traits) if isinstance(holder, dict)]
