"""Example rows → tables: what an example does not say is healthy.

``x`` repeats a row; ``*`` in an id becomes the number of the repetition; ``day`` may be a range ``a..b``. A text with
several tables names each in a line ``# events``, ``# orders``, ``# ads`` and so on. Settings have no days.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass

from tiktrack.schema import LOADED, TABLES, Table
from tiktrack.schema.names import normalise
from tiktrack.trial.healthy import A_MOMENT, DAY, DEFAULTS, DERIVED, TIMES

_LOADED = {table.name for table in LOADED}
_NAMED = ("events", "orders")  # tables whose hashes are written as names, equal names being equal hashes


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
    derived = ", ".join(f"{sql} as {name}" for name, sql in DERIVED[block.table.name].items())
    replaced = (
        f"select * replace ({derived}) from ({' union all '.join(selects)})" if derived else " union all ".join(selects)
    )
    numbered = f"select *, 1 as w, row_number() over () as row_ref from ({replaced})"
    return f"create table {block.table.name} as {numbered}"


def _select(table: Table, number: int, row: dict[str, str]) -> str:
    first, _, last = row.get("day", "null" if table.name == "setup" else DAY).partition("..")
    days = (
        f"generate_series(date '{first}', date '{last or first}', interval 1 day)"
        if first != "null"
        else "(select null::date)"
    )
    cells = {**DEFAULTS[table.name], **_given(table, row), "day": "d::date"}
    if (time := TIMES.get(table.name)) and time not in row:
        cells[time] = A_MOMENT
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
