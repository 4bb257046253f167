"""What a file tells of people in plain text: counted and said, never shown."""

from __future__ import annotations

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


def notes(engine: DuckDB, table: str, file_id: int) -> tuple[str, ...]:
    """A note where the file carries plain personal data, as far as it was looked at."""
    asked = {"events": _EVENTS, "orders": _ORDERS}.get(table, {})
    counted = {what: sql for what, (column, sql) in asked.items() if column in engine.columns(table)}
    if not counted:
        return ()
    listed = ", ".join(f"count_if({sql})" for sql in counted.values())
    (counts,) = engine.rows(f"select {listed} from {table} where file_id = {file_id}").rows
    found = [f"{what} in {count:,} rows" for what, count in zip(counted, counts, strict=True) if count]
    if not found:
        return ()
    return (f"contains personal data in plain text: {', '.join(found)}; only hashes are kept, none of it is shown",)
