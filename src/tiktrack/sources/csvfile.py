"""CSV and TSV files: header, delimiter and the table function that reads them by position.

Every cell is read as text, so that ids keep their digits; the casts follow in the projections.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass

from tiktrack.sources.base import Head, quoted


@dataclass(frozen=True, slots=True)
class Sheet:
    """Header and first rows of a CSV file. ``header_line`` is counted from 1."""

    delimiter: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    header_line: int = 1


def plain(header: str) -> str:
    """A header as it is compared: full-width forms folded, lower case, one space between words."""
    text = unicodedata.normalize("NFKC", header).replace("\ufeff", "")
    return re.sub(r"\s+", " ", text).strip().casefold()


def sheet(head: Head) -> Sheet | None:
    """Header and first rows, or None where the file is no table."""
    lines = head.lines
    if not lines or head.text.lstrip()[:1] in "{[" or "\x00" in head.text[:4096]:
        return None
    delimiter = max(",;\t", key=lines[0].count)
    if delimiter not in lines[0]:
        return None
    rows = [tuple(row) for row in csv.reader(lines[:200], delimiter=delimiter)]
    return Sheet(delimiter, rows[0], tuple(rows[1:]))


def columns(sheet: Sheet, aliases: dict[str, tuple[str, ...]]) -> dict[str, int]:
    """Field → position of its column, by the aliases in their order; the first match wins."""
    positions: dict[str, int] = {}
    for index, header in enumerate(sheet.header):
        positions.setdefault(plain(header), index)
    found = {}
    for field, names in aliases.items():
        for alias in names:
            if plain(alias) in positions:
                found[field] = positions[plain(alias)]
                break
    return found


def cell(index: int) -> str:
    """SQL name of the cell at a position."""
    return f"c{index}"


def read_csv(head: Head, sheet: Sheet) -> str:
    """Table function with one text column ``c0``, ``c1``, … a position; lines that do not fit are kept in DuckDB's
    reject list.
    """
    listed = ", ".join(f"{quoted(cell(i))}: 'VARCHAR'" for i in range(len(sheet.header)))
    return (
        f"read_csv({quoted(str(head.path))}, delim = {quoted(sheet.delimiter)}, quote = '\"', escape = '\"', "
        f"header = false, compression = {quoted(head.compression)}, "
        f"skip = {sheet.header_line}, auto_detect = false, store_rejects = true, "
        f"max_line_size = 16777216, columns = {{{listed}}})"
    )


def mapping(sheet: Sheet, found: dict[str, int]) -> dict[str, str]:
    """Canonical field → header of the file, as reported to the user."""
    return {field: sheet.header[index] for field, index in found.items()}


def number(sql: str) -> str:
    """SQL of a number in a cell: ``-`` and blanks are NULL, a thousands separator, a percent sign and a wrapper
    ``="…"`` go.
    """
    cleaned = f"replace(replace(replace(replace(trim({sql}), '=', ''), '\"', ''), '%', ''), ',', '')"
    return f"try_cast(case when trim({sql}) in ('-', '--', '') then null else {cleaned} end as double)"


def text(sql: str) -> str:
    """SQL of a text in a cell: blanks and ``-`` are NULL, a wrapper ``="…"`` goes."""
    return f"nullif(nullif(trim(regexp_replace({sql}, '^=\"(.*)\"$', '\\1')), ''), '-')"
