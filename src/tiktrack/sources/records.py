"""Records of JSON or Parquet → a flat CSV that is read like any other table. One record stays one row.

For tables that stay small: reports and orders. Events are read by DuckDB as they are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from tiktrack.sources.base import Head
from tiktrack.sources.csvfile import NO_ROW, Sheet, open_text, sheet_of
from tiktrack.sources.parquet import all_objects, first_objects, is_parquet
from tiktrack.sources.workbook import Rewritten, write_csv

Record = dict[str, Any]
_BROKEN = "no JSON object"
_DEEPEST = 4


def first_rows(head: Head) -> Sheet | None:
    """The names of the first records as a header, to recognise the table by; None where there are none."""
    objects = first_objects(head) if is_parquet(head) else () if head.inside else head.objects
    header = names(nested(item) for item in objects)
    return Sheet(",", header, (), head.path) if header else None


def all_rows(head: Head) -> Sheet | None:
    """All records as a table; what is nested has names such as ``customer.email``."""
    if is_parquet(head):
        return written(head, lambda: map(nested, all_objects(head)), first_row=1)
    return written(head, lambda: _of_lines(head), first_row=1)


def _of_lines(head: Head) -> Iterator[Record | str]:
    with open_text(head.path, head.compression) as lines:
        for line in lines:
            if line.strip():
                item = parsed(line)
                yield nested(item) if isinstance(item, dict) else _BROKEN


def nested(item: Record, front: str = "", depth: int = 1) -> Record:
    """Scalars by the names that lead to them; lists are left out."""
    found: Record = {}
    for key, value in item.items():
        if isinstance(value, dict) and depth < _DEEPEST:
            found |= nested(value, f"{front}{key}.", depth + 1)
        elif not isinstance(value, dict | list):
            found[f"{front}{key}"] = value
    return found


def names(records: Iterable[Record]) -> tuple[str, ...]:
    """All names of the records, in the order in which they come up."""
    return tuple(dict.fromkeys(key for record in records for key in record))


def parsed(text: str) -> Any:
    """JSON in a text, None where there is none."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def written(head: Head, records: Callable[[], Iterable[Record | str]], *, first_row: int) -> Sheet | None:
    """The records as a CSV in the scratch folder; a text stands for one that is no record, and says why."""
    header = names(record for record in records() if isinstance(record, dict))
    if not header:
        return None
    path = head.scratch(".csv")

    def cells() -> Iterator[list[str]]:
        yield [*header, NO_ROW]
        for record in records():
            if isinstance(record, str):
                yield [*("" for _ in header), record]
            else:
                yield [*(_text(record.get(name)) for name in header), ""]

    write_csv(path, cells())
    return sheet_of(Rewritten(path, first_row=first_row))


def _text(value: Any) -> str:
    return "" if value is None else str(value)
