"""Tables with a header: where it is, what separates the cells, and the table function that reads them by position.

Every cell is read as text, so that ids keep their digits; the casts follow in the projections.
"""

from __future__ import annotations

import csv
import io
import itertools
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from tiktrack.schema.currencies import CURRENCIES, OPEN_SIGNS, SIGNS
from tiktrack.sources.base import LONGEST_LINE, Head, quoted
from tiktrack.sources.compressed import BROKEN, open_plain
from tiktrack.sources.workbook import Rewritten, workbook

csv.field_size_limit(LONGEST_LINE)
_DELIMITERS = ",;\t|"
_LOOKED_AT = 200
_WRAPPED = re.compile(r'(^|[,;\t|])=(?="(?!")|""([,;\t|]|$))', re.MULTILINE)
_JSON = re.compile(r'\s*(\{\s*(["}]|$)|\[)')  # and not {event_name}: a placeholder is a header of Adjust
NO_ROW = "(why this is no row)"
"""Header of the column that a rewritten file gives its reasons in."""
_UNREADABLE: tuple[type[Exception], ...] = (csv.Error, *BROKEN)
_CODES = {word.casefold(): code for word, code in (*SIGNS.items(), *zip(CURRENCIES, CURRENCIES, strict=True))}
_CURRENCY = "|".join(re.escape(word) for word in (*_CODES, *OPEN_SIGNS))
_MARKED = re.compile(rf"^(.*?[^\s,–-])\s*([(\[](?:in )?({_CURRENCY})[)\]]|(?:[,–-]|\bin)?\s({_CURRENCY}))$")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Header and first rows of a table. ``header_line`` is counted from 1; ``path`` is the CSV that DuckDB reads,
    which for a workbook is a rewritten one."""

    delimiter: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    path: Path
    header_line: int = 1
    compression: str = "none"
    workbook: bool = False
    notes: tuple[str, ...] = ()
    records_from: int | None = None

    @property
    def first_row(self) -> int:
        """Number of the first row in the user's file, counted from 1."""
        return self.records_from or self.header_line + 1


def plain(header: str) -> str:
    """A header as it is compared: full-width forms folded, lower case, one space between words."""
    text = unicodedata.normalize("NFKC", unwrapped(header)).replace("\ufeff", "")
    return re.sub(r"\s+", " ", text).strip().casefold()


def unwrapped(cell: str) -> str:
    """A cell without the formula ``="…"`` that keeps spreadsheets from guessing at it."""
    text = cell.strip()
    return text[2:-1] if text.startswith('="') and text.endswith('"') and len(text) > 2 else text


@lru_cache(maxsize=64)
def sheet(head: Head) -> Sheet | None:
    """Header and first rows, or None where the file is no table."""
    rewritten = workbook(head)
    if rewritten is not None:
        found = sheet_of(rewritten)
        return replace(found, workbook=True) if found else None
    if _JSON.match(head.text) or "\x00" in head.text[:4096]:
        return None
    if _WRAPPED.search(head.text):
        return sheet_of(_without_formulas(head))
    return _laid_out(head.text, head.path, head.compression)


def _without_formulas(head: Head) -> Rewritten:
    """Cells such as ``="1,234"`` become ``"1,234"``, which is what a CSV reader takes for a quoted cell."""
    path = head.scratch(".csv")
    with open_text(head.path, head.compression) as lines, path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(_WRAPPED.sub(r"\1", line) for line in lines)
    return Rewritten(path)


def sheet_of(rewritten: Rewritten) -> Sheet | None:
    """Header and first rows of a file that was rewritten as CSV."""
    with rewritten.path.open(encoding="utf-8", newline="") as file:
        text = "".join(itertools.islice(file, _LOOKED_AT))
    found = _laid_out(text, rewritten.path, "none", rewritten.notes)
    return replace(found, records_from=rewritten.first_row) if found else None


def sheet_with(head: Head, header: list[str], delimiter: str) -> Sheet | None:
    """A file without header, its columns known from elsewhere; None where its rows have another width."""
    body = tuple(tuple(row) for *_, row in _first_rows(head.text, delimiter))
    if not body or len(body[0]) != len(header):
        return None
    return Sheet(delimiter, tuple(header), body, head.path, 0, head.compression)


def _laid_out(text: str, path: Path, compression: str, notes: tuple[str, ...] = ()) -> Sheet | None:
    """The delimiter that gives the most rows of one width; the header is the first row of that width that is as full as
    the others."""
    best: tuple[float, Sheet] | None = None
    for delimiter in _DELIMITERS:
        rows = list(_first_rows(text, delimiter))
        widths = Counter(len(row) for *_, row in rows if len(row) > 1)
        if not widths:
            continue
        width, share = widths.most_common(1)[0][0], widths.most_common(1)[0][1] / len(rows)
        filled = [_filled(row) if len(row) == width else 0 for *_, row in rows]
        start = next(i for i, count in enumerate(filled) if count >= 0.8 * max(filled))
        fit = share * (1 - 1 / width)
        if best is None or fit > best[0]:
            body = tuple(tuple(row) for *_, row in rows[start + 1 :])
            line, before, header = rows[start]
            above = (f"the header is on line {line}; rows above it, which were not read: {before}",) if before else ()
            best = fit, Sheet(delimiter, tuple(header), body, path, line, compression, notes=(*notes, *above))
    return best[1] if best else None


def _filled(row: list[str]) -> int:
    return sum(bool(cell.strip()) for cell in row)


def _first_rows(text: str, delimiter: str) -> Iterator[tuple[int, int, list[str]]]:
    """Line on which a row ends, the number of rows before it, and its cells. Blank lines are no rows; rows of blank
    cells are left out but counted; a broken row ends the look."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    try:
        for row in reader:
            filled = any(cell.strip() for cell in row)
            if filled:
                yield reader.line_num, before, row
            before += filled or len(row) > 1
            if reader.line_num >= _LOOKED_AT:
                return
    except csv.Error:
        return


def rows(sheet: Sheet) -> Iterator[list[str]]:
    """All rows below the header, one by one, of whatever width; blank lines are left out, as DuckDB does."""
    with open_text(sheet.path, sheet.compression) as file:
        for _ in range(sheet.header_line):
            file.readline()
        try:
            yield from (row for row in csv.reader(file, delimiter=sheet.delimiter) if row)
        except _UNREADABLE:
            return


@contextmanager
def open_text(path: Path, compression: str) -> Iterator[io.TextIOWrapper]:
    """The unpacked text of a file, line ends as they are; reading raises one of ``BROKEN`` where it is damaged."""
    with (
        open_plain(path, compression) as packed,
        io.TextIOWrapper(packed, encoding="utf-8-sig", errors="replace", newline="") as file,
    ):
        yield file


def columns(sheet: Sheet, aliases: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    """Field → position of its column, by the aliases in their order; the first match wins."""
    positions: dict[str, int] = {}
    for index, header in enumerate(sheet.header):
        positions.setdefault(unmarked(header)[0], index)
    for index, header in enumerate(sheet.header):
        positions[plain(header)] = min(index, positions.get(plain(header), index))
    found = {}
    for field, names in aliases.items():
        for alias in names:
            if plain(alias) in positions:
                found[field] = positions[plain(alias)]
                break
    return found


def unmarked(header: str) -> tuple[str, str | None]:
    """A header as it is compared, without the currency that some tools put behind it: ``Cost (USD)``, ``Cost, €``; and
    the currency, unless its sign names several."""
    text = plain(header)
    match = _MARKED.match(text)
    return (match[1], _CODES.get(match[3] or match[4])) if match else (text, None)


def cell(index: int) -> str:
    """SQL name of the cell at a position."""
    return f"c{index}"


def header_again(sheet: Sheet, index: int) -> str:
    """SQL: the row is the header, as where files were put behind one another."""
    return f"coalesce(trim({cell(index)}) = {quoted(sheet.header[index].strip())}, false)"


def read_csv(sheet: Sheet) -> str:
    """Table function with one text column ``c0``, ``c1``, … a position; lines that do not fit are kept in DuckDB's
    reject list.
    """
    listed = ", ".join(f"{quoted(cell(i))}: 'VARCHAR'" for i in range(len(sheet.header)))
    return (
        f"read_csv({quoted(str(sheet.path))}, delim = {quoted(sheet.delimiter)}, quote = '\"', escape = '\"', "
        f"header = false, compression = {quoted(sheet.compression)}, "
        f"skip = {sheet.header_line}, auto_detect = false, store_rejects = true, "
        f"max_line_size = {LONGEST_LINE}, buffer_size = {2 * LONGEST_LINE}, columns = {{{listed}}})"
    )


def mapping(sheet: Sheet, found: dict[str, int]) -> dict[str, str]:
    """Canonical field → header of the file, as reported to the user."""
    return {field: unwrapped(sheet.header[index]) for field, index in found.items()}


def text(sql: str) -> str:
    """SQL of a text in a cell: blanks and ``-`` are NULL, a wrapper ``="…"`` goes."""
    return f"nullif(nullif(trim(regexp_replace({sql}, '^=\"(.*)\"$', '\\1')), ''), '-')"
