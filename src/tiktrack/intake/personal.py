"""What a file tells of people in plain text: counted and said, never shown."""

from __future__ import annotations

from collections.abc import Mapping

from tiktrack.engine.duckdb import DuckDB

_EVENTS = {
    "email addresses": ("email_state", "email_state = 'plain'"),
    "phone numbers": ("phone_state", "phone_state = 'plain'"),
    "page URLs with personal data": ("page_pii", "page_pii"),
}
_ORDERS = {
    "email addresses": ("email_hash", "email_hash is not null"),
    "phone numbers": ("phone_hash", "phone_hash is not null"),
}


def counters(engine: DuckDB, table: str) -> dict[str, str]:
    """What is counted in plain text → the aggregate that counts it, as far as it was looked at."""
    asked = {"events": _EVENTS, "orders": _ORDERS}.get(table, {})
    return {what: f"count_if({sql})" for what, (column, sql) in asked.items() if column in engine.columns(table)}


def notes(counts: Mapping[str, int]) -> tuple[str, ...]:
    """A note where there is plain personal data."""
    found = [f"{what} in {count:,} rows" for what, count in counts.items() if count]
    if not found:
        return ()
    return (f"contains personal data in plain text: {', '.join(found)}; only hashes are kept, none of it is shown",)
