"""Reports as JSON records or Parquet, as connectors write them, and CSV files that hold such records → a flat CSV.

Airbyte nests ``dimensions`` and ``metrics`` and repeats the ids beside them; Singer and Airbyte wrap a record in a
message of type RECORD; raw tables of Airbyte keep it as text in ``_airbyte_data``. One record stays one row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Any

from tiktrack.sources.ads_columns import looks_like_a_report
from tiktrack.sources.base import Head
from tiktrack.sources.csvfile import Sheet, open_text, rows, sheet
from tiktrack.sources.parquet import all_objects, first_objects, is_parquet
from tiktrack.sources.records import Record, names, parsed, written

_INSIDE = ("metrics", "dimensions")
_PACKED = ("_airbyte_data", *_INSIDE)
_MESSAGE = "#messages of the connector that hold no record"
_BROKEN = "no JSON object"
_OTHER_WIDTH = "not a row of this table: another number of cells"


def first_records(head: Head) -> Sheet | None:
    """The beginning of the report as a table, to recognise it by; None where the file holds none."""
    if is_parquet(head) or head.text.lstrip().startswith("{"):
        objects = first_objects(head) if is_parquet(head) else head.objects
        records = [record for item in objects if isinstance(record := flattened(item), dict)]
        tables = (Sheet(",", tuple(record), (), head.path) for record in records)
        return Sheet(",", names(records), (), head.path) if any(map(looks_like_a_report, tables)) else None
    found = sheet(head)
    if found is None or not (packed := _packed(found)):
        return found
    records = [record for row in found.rows if isinstance(record := _of_row(found, packed, row), dict)]
    return Sheet(",", names(records), (), head.path)


@lru_cache(maxsize=64)
def report_table(head: Head) -> Sheet | None:
    """The whole report as a table, whatever it is wrapped in; None where the file holds none."""
    if is_parquet(head):
        return written(head, lambda: map(flattened, all_objects(head)), first_row=1)
    if head.text.lstrip().startswith("{"):
        return _of_lines(head)
    found = sheet(head)
    return _of_cells(head, found) if found and _packed(found) else found


def _packed(found: Sheet) -> list[int]:
    return [i for i, name in enumerate(found.header) if name.strip().lower() in _PACKED]


def _of_lines(head: Head) -> Sheet | None:
    def records() -> Iterator[Record | str]:
        with open_text(head.path, head.compression) as lines:
            yield from (flattened(parsed(line)) for line in lines if line.strip())

    return written(head, records, first_row=1)


def _of_cells(head: Head, found: Sheet) -> Sheet | None:
    packed = _packed(found)
    return written(head, lambda: (_of_row(found, packed, row) for row in rows(found)), first_row=found.header_line + 1)


def _of_row(found: Sheet, packed: list[int], row: Sequence[str]) -> Record | str:
    """A row that keeps records as text: its other columns stay beside them."""
    if len(row) != len(found.header):
        return _OTHER_WIDTH
    whole: Record = dict(zip((name.lower() for name in found.header), row, strict=True))
    return flattened(whole | {found.header[i].lower(): parsed(row[i]) or row[i] for i in packed})


def flattened(item: Any) -> Record | str:
    """One level of names, in lower case; a reason where the item is no record."""
    if not isinstance(item, dict):
        return _BROKEN
    kind = item.get("type")
    if isinstance(kind, str) and kind.isupper() and ("record" in item or kind != "RECORD") and "spend" not in item:
        inner = item.get("record")
        if kind != "RECORD" or not isinstance(inner, dict):
            return _MESSAGE
        by_airbyte = isinstance(inner.get("data"), dict)
        item = (
            {"_airbyte_emitted_at": inner.get("emitted_at"), **inner["data"]}
            if by_airbyte
            else {"time_extracted": item.get("time_extracted"), **inner}
        )
    for name in _PACKED:
        inner = item.get(name)
        inner = parsed(inner) if isinstance(inner, str) else inner
        if isinstance(inner, dict):
            item = {**inner, **{key: value for key, value in item.items() if key != name and value not in (None, "")}}
    return {str(key).lower(): value for key, value in item.items() if not isinstance(value, dict | list)}
