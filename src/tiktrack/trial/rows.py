"""Example rows → tables: what an example does not say is healthy.

``x`` repeats a row; ``*`` in an id becomes the number of the repetition; ``day`` may be a range ``a..b``. A text with
several tables names each in a line ``# events``, ``# orders``, ``# ads`` and so on. Settings have no days.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass

from tiktrack.schema import LOADED, TABLES, Table
from tiktrack.schema.names import normalise

_DAY = "2026-01-15"
_DEFAULTS: dict[str, dict[str, str]] = {
    "events": {
        "channel": "'server'",
        "event": "'Purchase'",
        "event_id": "'e{row}-' || i || coalesce(strftime(d::date, '-%m%d'), '')",
        "event_id_state": "'ok'",
        "order_id": "'o{row}-' || i || coalesce(strftime(d::date, '-%m%d'), '')",
        "pixel_code": "'C1'",
        "pixel_code_status": "'ok'",
        "value": "50.0 + (i % 7)",
        "value_status": "'ok'",
        "currency": "'EUR'",
        "currency_status": "'ok'",
        "content_ids": "1",
        "content_state": "'ok'",
        "content_type": "'product'",
        "content_type_status": "'ok'",
        "email_state": "'hashed'",
        "phone_state": "'hashed'",
        "external_id_state": "'hashed'",
        "ttclid_state": "'ok'",
        "ttp_state": "'ok'",
        "ip_state": "'ok'",
        "user_agent_state": "'ok'",
        "page_host": "'shop.example'",
        "page_path": "'/thanks'",
        "page_state": "'ok'",
        "page_host_kind": "'production'",
        "page_pii": "false",
        "page_ttclid": "false",
        "browser": "'Chrome'",
        "time_status": "'ok'",
        "test": "false",
        "ldu": "false",
        "delivery": "'unknown'",
    },
    "ads": {
        "level": "'campaign'",
        "campaign": "'Campaign'",
        "campaign_id": "'1'",
        "spend": "100.0",
        "impressions": "10000",
        "clicks": "100",
        "currency": "'EUR'",
        "row_state": "'delivered'",
    },
    "orders": {
        "order_id": "'o{row}-' || i || coalesce(strftime(d::date, '-%m%d'), '')",
        "status": "'paid'",
        "total": "50.0 + (i % 7)",
        "currency": "'EUR'",
        "origin": "'web'",
    },
    "setup": {
        "object": "'adgroup'",
        "account": "'7000000000000000001'",
        "campaign": "'Campaign'",
        "campaign_id": "'1'",
        "adgroup": "'Ad group {row}-' || i",
        "adgroup_id": "'{row}-' || i",
        "state": "'live'",
        "objective": "'WEB_CONVERSIONS'",
        "goal": "'CONVERT'",
        "event_raw": "'SHOPPING'",
        "event": "'Purchase'",
        "web_goal": "true",
        "pixel_id": "'7100000000000000001'",
        "pixel_code": "'C1'",
        "pixel_link": "'ok'",
        "click_days": "7",
        "view_days": "1",
        "engaged_days": "1",
        "event_count": "'every'",
        "matching": "'on'",
        "first_party_cookies": "true",
        "ownership": "'own'",
    },
    "pixel_stats": {
        "account": "'7000000000000000001'",
        "pixel_id": "'7100000000000000001'",
        "pixel_code": "'C1'",
        "event": "'Purchase'",
        "event_class": "'conversion'",
        "event_kind": "'standard'",
        "total": "100",
        "browser": "60",
        "server": "40",
        "attributed": "30",
        "preview": "0",
    },
    "witness": {
        "counter": "'ga4'",
        "event": "'Purchase'",
        "order_id": "'o{row}-' || i || coalesce(strftime(d::date, '-%m%d'), '')",
        "value": "50.0",
        "currency": "'EUR'",
        "from_tiktok": "false",
    },
    "changes": {"origin": "'tiktok'", "kind": "'other'", "account": "'7000000000000000001'"},
}


def _hash(x: str) -> str:
    """hash(NULL) is a number in DuckDB; nothing has no hash here."""
    return f"case when {x} is not null then hash({x}) end"


_DERIVED = {
    "events": {
        "event_id_hash": "case when event_id_state <> 'missing' then hash(event_id) end",
        "order_hash": _hash("ltrim(order_id, '#')"),
        "hour": "ts_ms // 3600000",
        "lag_ms": "received_ms - ts_ms",
        **{name: _hash(name) for name in ("email_hash", "phone_hash", "external_id_hash", "ttp_hash")},
    },
    "ads": {},
    "orders": {
        "order_hash": _hash("ltrim(order_id, '#')"),
        "order_name_hash": _hash("ltrim(order_name, '#')"),
        **{name: _hash(name) for name in ("email_hash", "phone_hash")},
    },
    "setup": {},
    "pixel_stats": {},
    "changes": {},
    "witness": {"order_hash": _hash("ltrim(order_id, '#')")},
}
_LOADED = {table.name for table in LOADED}
_NAMED = ("events", "orders")  # tables whose hashes are written as names, equal names being equal hashes
_TIME = {"events": "ts_ms", "orders": "created_ms", "witness": "ts_ms"}


class BadExampleError(Exception):
    """The rows of an example cannot be read."""


@dataclass(frozen=True, slots=True)
class Block:
    """Rows of one table."""

    table: Table
    rows: tuple[dict[str, str], ...]


def blocks(text: str, table: str) -> list[Block]:
    """The tables of an example. Raises BadExampleError."""
    parts: dict[str, list[str]] = {}
    current = table
    for line in text.splitlines():
        word = line.strip().lstrip("#").strip()
        if line.strip().startswith("#") and word in _LOADED:
            current = word
        elif line.strip():
            parts.setdefault(current, []).append(line.split("#")[0] if " #" in line else line)
    return [Block(TABLES[name], tuple(_rows(lines, TABLES[name]))) for name, lines in parts.items()]


def _rows(lines: list[str], table: Table) -> list[dict[str, str]]:
    reader = csv.reader(lines, skipinitialspace=True)
    header = [name.strip() for name in next(reader)]
    for name in header:
        if name != "x" and name not in table.by_name:
            raise BadExampleError(f"there is no column '{name}' in {table.name}")
    found = []
    for cells in reader:
        if len(cells) != len(header):
            raise BadExampleError(f"{len(cells)} cells under {len(header)} columns: {','.join(cells)}")
        found.append({name: cell.strip() for name, cell in zip(header, cells, strict=True)})
    return found


def create_sql(block: Block) -> str:
    """CREATE TABLE with these rows."""
    selects = [_select(block.table, number, row) for number, row in enumerate(block.rows)]
    derived = ", ".join(f"{sql} as {name}" for name, sql in _DERIVED[block.table.name].items())
    replaced = (
        f"select * replace ({derived}) from ({' union all '.join(selects)})" if derived else " union all ".join(selects)
    )
    numbered = f"select *, 1 as w, row_number() over () as row_ref from ({replaced})"
    return f"create table {block.table.name} as {numbered}"


def _select(table: Table, number: int, row: dict[str, str]) -> str:
    first, _, last = row.get("day", "null" if table.name == "setup" else _DAY).partition("..")
    days = (
        f"generate_series(date '{first}', date '{last or first}', interval 1 day)"
        if first != "null"
        else "(select null::date)"
    )
    cells = {**_DEFAULTS[table.name], **_given(table, row), "day": "d::date"}
    if (time := _TIME.get(table.name)) and time not in row:
        cells[time] = "(epoch_ms(d::timestamp) + 43200000 + (i * 17 % 600) * 60000)"
    for key in ("email_hash", "phone_hash", "external_id_hash"):
        cells.setdefault(key, f"'{number}-' || i" if table.name in _NAMED else f"hash('{number}-' || i)")
    kinds = {"text": "varchar", "ubigint": "varchar" if table.name in _NAMED else "ubigint"}
    listed = ", ".join(
        f"cast({cells.get(c.name, 'null').replace('{row}', str(number))} as {kinds.get(c.type, c.type)}) as {c.name}"
        for c in table.columns
    )
    return f"select {listed} from range(1, {int(row.get('x', 1))} + 1) r(i), {days} s(d)"


def _given(table: Table, row: dict[str, str]) -> dict[str, str]:
    cells = {name: _literal(text, table.by_name[name].type) for name, text in row.items() if name not in ("x", "day")}
    if table.name == "events":
        raw = row.get("event_raw", row.get("event", "Purchase"))
        known = normalise(raw)
        named = {"event_raw": raw, "event": known.event, "name_status": known.status, "event_class": known.klass}
        cells = {**{name: _literal(text, "text") for name, text in named.items()}, **cells}
    return cells


def _literal(text: str, kind: str) -> str:
    if text == "null":
        return "null"
    if kind == "bool":
        return text
    if kind in ("bigint", "double") and "*" not in text:
        return text
    quoted = "'" + text.replace("'", "''") + "'"
    return quoted.replace("*", "' || i || '") if "*" in text else quoted
