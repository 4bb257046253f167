"""JSON inside of a table: a CSV with a column of payloads, or Parquet with nested rows; or inside of log entries.

A table is looked at in two more ways: each column of JSON objects by itself, and each row as one object with those
columns in it. Any kind that is one JSON object a line can be read so.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace

from tiktrack.sources.base import LONGEST_LINE, Head, Inside, Reading, name, quoted
from tiktrack.sources.carried import PARAMETER
from tiktrack.sources.flat import Flat, of_csv
from tiktrack.sources.jsonlines import object_in
from tiktrack.sources.parquet import first_objects, is_parquet, read_parquet
from tiktrack.sources.payloads import payloads
from tiktrack.sources.places import embedded, survey

_COLUMN_DOUBT = 3
_LOOKED_AT = 50
_ROW_DOUBT = 1


def inside(head: Head) -> Iterator[tuple[Head, int]]:
    """Ways to look at the JSON that the table holds, and how much less sure each is than a file of JSON lines."""
    if _addresses(head):
        yield _lines(head), _COLUMN_DOUBT
    table = _named_parquet(head) if is_parquet(head) else of_csv(head)
    if table is None:
        yield from ((seen, _COLUMN_DOUBT) for seen in payloads(head))
        return
    held = [at for at in range(len(table.header)) if _is_json(table.values(at))]
    if not held and not is_parquet(head):
        return
    rows = _rows(head, table, held)
    yield rows, _ROW_DOUBT
    found = survey(rows)
    if not (found.places("answer") or found.places("status")):
        yield from ((_column(head, table, at), _COLUMN_DOUBT) for at in held)


def _addresses(head: Head) -> bool:
    """Whether most lines carry a hit of the pixel in an address: a list of addresses, or the log of a web server."""
    lines = [line for line in head.lines if line.strip()][:_LOOKED_AT]
    return sum(PARAMETER in line for line in lines) * 2 > len(lines) and not head.objects


def _lines(head: Head) -> Head:
    """Each line as one text in an object."""
    table = (
        f"read_csv({quoted(str(head.path))}, delim = '\x01', quote = '', escape = '', header = false, "
        f"auto_detect = false, compression = {quoted(head.compression)}, store_rejects = true, "
        f"max_line_size = {LONGEST_LINE}, buffer_size = {2 * LONGEST_LINE}, columns = {{'text': 'VARCHAR'}})"
    )
    lines = f"select json_object('line', text)::varchar as line from {table}"
    raw = "\n".join(json.dumps({"line": line}) for line in head.lines).encode()
    note = "read from the addresses on its lines, which carry hits of the pixel"
    return replace(head, raw=raw, inside=Inside(lines, first_row=1, csv=True, note=note))


def as_inside(reading: Reading, head: Head) -> Reading:
    """The reading, with what the table around the JSON brings along."""
    held = head.inside
    if held is None:
        return reading
    return replace(reading, first_row=held.first_row, csv=held.csv, notes=(held.note, *reading.notes))


def _named_parquet(head: Head) -> Flat:
    """The top-level columns of a Parquet file."""
    objects = first_objects(head)
    keys = tuple(dict.fromkeys(key for o in objects for key in o))
    rows = tuple(tuple(_shown(o.get(key)) for key in keys) for o in objects)
    return Flat(keys, tuple(name(key) for key in keys), rows, read_parquet(head))


def _shown(value: object) -> str:
    return value if isinstance(value, str) else "" if value is None else json.dumps(value)


def _is_json(values: list[str]) -> bool:
    """Whether most of the texts are JSON objects."""
    objects = sum(isinstance(_parsed(value), dict) for value in values)
    return objects > 0 and objects * 2 >= len(values)


def _parsed(text: str) -> object:
    """The object or list in a cell, also after other words; None where there is none."""
    found = embedded(text) if "{" in text or text[:1] == "[" else None
    return found if isinstance(found, dict | list) else None


def _column(head: Head, table: Flat, at: int) -> Head:
    """The texts of one column."""
    lines = f"select {object_in(table.cells[at] + '::varchar')}::varchar as line from {table.relation}"
    note = f"read from the JSON in column '{table.header[at]}'; the other columns are not used"
    return _seen(head, table.values(at), Inside(lines, table.first_row, table.csv, note))


def _rows(head: Head, table: Flat, held: list[int]) -> Head:
    """Each row as one object; columns of JSON are objects in it."""
    members = ", ".join(
        f"{quoted(title)}, {_embedded(cell) if at in held else cell}"
        for at, (title, cell) in enumerate(zip(table.header, table.cells, strict=True))
    )
    lines = f"select json_object({members})::varchar as line from {table.relation}"
    texts = [json.dumps(_object(table, row, held)) for row in table.rows]
    return _seen(head, texts, Inside(lines, table.first_row, table.csv, "each row is read as one JSON object"))


def _embedded(cell: str) -> str:
    after_words = object_in(f"{cell}::varchar")
    return f"case when json_valid({cell}) then {cell}::json else coalesce({after_words}, to_json({cell})) end"


def _object(table: Flat, row: tuple[str, ...], held: list[int]) -> dict[str, object]:
    nested = held if table.csv else range(len(table.header))
    return {
        title: (_parsed(value) if at in nested else value) or value or None
        for at, (title, value) in enumerate(zip(table.header, row, strict=False))
    }


def _seen(head: Head, texts: list[str], held: Inside) -> Head:
    raw = "\n".join(text.replace("\n", " ") for text in texts).encode()
    return replace(head, raw=raw, inside=held)
