"""A flat table of any container: names of its columns, SQL of their cells as text, and its first rows.

CSV and TSV, one JSON object a line (nested objects become columns such as ``user.email``) and Parquet look the same
from here on.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tiktrack.errors import InputError
from tiktrack.sources.base import Head, name, quoted
from tiktrack.sources.csvfile import cell, read_csv, sheet
from tiktrack.sources.jsonlines import Shape, read_json, read_lines, shape
from tiktrack.sources.parquet import first_objects, is_parquet, parquet_lines, read_parquet

_DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Flat:
    """A table. ``cells`` is SQL over ``relation``, one a column; ``rows`` are the first rows as text."""

    header: tuple[str, ...]
    cells: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    relation: str
    first_row: int = 1
    csv: bool = False
    notes: tuple[str, ...] = ()

    def values(self, position: int) -> list[str]:
        """Values of a column in the first rows, blanks left out."""
        return [row[position].strip() for row in self.rows if position < len(row) and row[position].strip()]


Maker = Callable[[Head], Flat | None]


def of_csv(head: Head) -> Flat | None:
    """A CSV or TSV file with a header, or a workbook."""
    table = None if is_parquet(head) else sheet(head)
    if table is None:
        return None
    cells = tuple(cell(i) for i in range(len(table.header)))
    return Flat(table.header, cells, table.rows, read_csv(table), table.header_line + 1, True, table.notes)


def of_json(head: Head, later: Shape | None = None) -> Flat | None:
    """One JSON object a line, by the keys of the first lines and of ``later``."""
    if not head.objects:
        return None
    seen = [*head.objects, later or {}]
    nested = {key for o in seen for key, value in o.items() if isinstance(value, dict)}
    alike = _first_of_each_case(dict.fromkeys(key for o in seen for key in o))
    relation = read_json(head, {key: "JSON" if key in nested else "VARCHAR" for key in alike})
    return _of_objects(seen, relation, alike, lambda key, path: _json_cell(key, path, key in nested))


def of_parquet(head: Head, later: Shape | None = None) -> Flat | None:
    """A Parquet file, by the fields of the first rows and of ``later``."""
    if not is_parquet(head):
        return None
    seen = [*first_objects(head), later or {}]
    keys = _first_of_each_case(dict.fromkeys(key for o in seen for key in o))
    lists = {path for o in seen for path, value in _flattened(o, ()).items() if isinstance(value, list)}
    return _of_objects(
        seen, read_parquet(head), keys, lambda key, path: _parquet_cell(key, path, (key, *path) in lists)
    )


def any_flat(head: Head) -> Flat | None:
    """Whichever of the three it is."""
    return of_csv(head) or of_parquet(head) or of_json(head)


def whole(head: Head) -> Flat:
    """The table as it is read: with the columns that only later rows have. That takes a look at many rows.

    Raises InputError where the file is no table after all: only its first rows were.
    """
    table = of_csv(head)
    if table is None:
        later = shape(parquet_lines(head) if is_parquet(head) else read_lines(head))
        table = of_parquet(head, later) or of_json(head, later)
    if table is None:
        raise InputError("most of its rows are damaged", hint="export it again, or give a part of it that is whole")
    return table


def _first_of_each_case(keys: dict[str, None]) -> set[str]:
    """Keys that differ by more than case: a table cannot hold the others."""
    kept: dict[str, str] = {}
    for key in keys:
        kept.setdefault(key.casefold(), key)
    return set(kept.values())


def _of_objects(
    objects: list[dict[str, Any]], relation: str, keys: set[str], sql: Callable[[str, tuple[str, ...]], str]
) -> Flat:
    """The last of the objects is no row: it only has the keys of later rows."""
    flattened = [_flattened(o, ()) for o in objects]
    paths = [path for path in dict.fromkeys(path for row in flattened for path in row) if path[0] in keys]
    return Flat(
        header=tuple(".".join(path) for path in paths),
        cells=tuple(sql(path[0], path[1:]) for path in paths),
        rows=tuple(tuple(_text(row.get(path)) for path in paths) for row in flattened[:-1]),
        relation=relation,
    )


def _flattened(o: dict[str, Any], front: tuple[str, ...]) -> dict[tuple[str, ...], Any]:
    found: dict[tuple[str, ...], Any] = {}
    for key, value in o.items():
        path = (*front, key)
        found.update(_flattened(value, path) if isinstance(value, dict) and len(path) < _DEEPEST else {path: value})
    return found


def _text(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value)


def _json_cell(key: str, path: tuple[str, ...], nested: bool) -> str:
    if not nested:
        return name(key)
    return f"json_extract_string({name(key)}, {quoted(_json_path(path))})"


def _parquet_cell(key: str, path: tuple[str, ...], listed: bool) -> str:
    column = ".".join(name(part) for part in (key, *path))
    return f"to_json({column})::varchar" if listed else f"{column}::varchar"


def _json_path(path: tuple[str, ...]) -> str:
    return "$" + "".join('."' + part.replace("\\", "\\\\").replace('"', '\\"') + '"' for part in path)
