"""Spreadsheets (XLSX, XLS, XLSB, ODS) → a CSV that is read like any other; the one door to calamine.

calamine reads the cells that are there: the size that a workbook claims for itself (Ads Manager writes ``A1``) does
not matter. Numbers come without their format, so a percent cell is a fraction; dates come as dates.
"""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from pathlib import Path
from typing import Any

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook

from tiktrack.sources.base import Head

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_PARTS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")
_LONG_IDS = "long ids are stored as numbers in the workbook: digits after the 15th are lost"
_SAFE_DIGITS = 15
"""A number cell holds no more decimal digits than these."""


@dataclass(frozen=True, slots=True)
class Rewritten:
    """A table that was rewritten as CSV with commas: where, and what is to be said about it. ``first_row`` is the
    number of its first row in the user's file, where that is not the line below the header."""

    path: Path
    notes: tuple[str, ...] = ()
    first_row: int | None = None


def is_workbook(path: Path, raw: bytes) -> bool:
    """Whether the file is a spreadsheet; an XLSX is a ZIP archive with a workbook inside."""
    if raw.startswith(_OLE):
        return True
    if not raw.startswith(_ZIP):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            return any(part in archive.namelist() for part in _PARTS)
    except (zipfile.BadZipFile, OSError):
        return False


def filled_tabs(path: Path) -> tuple[str, ...]:
    """Names of the tabs that hold something, the fullest first, where there are several; else none, also where the
    workbook cannot be opened."""
    try:
        with CalamineWorkbook.from_path(path) as book:
            if len(book.sheet_names) < 2:  # a large one takes its time
                return ()
            sizes = [(_size(book.get_sheet_by_name(name)), name) for name in book.sheet_names]
    except (CalamineError, OSError, ValueError):
        return ()
    return tuple(name for size, name in sorted(sizes, key=lambda tab: -tab[0]) if size)


def _size(tab: CalamineSheet) -> int:
    return tab.height * tab.width


@lru_cache(maxsize=64)
def workbook(head: Head) -> Rewritten | None:
    """A tab as CSV; None where the file is no spreadsheet or cannot be opened (damaged, encrypted)."""
    if not is_workbook(head.path, head.raw):
        return None
    try:
        with CalamineWorkbook.from_path(head.path) as book:
            tabs = [book.get_sheet_by_name(head.tab)] if head.tab else map(book.get_sheet_by_name, book.sheet_names)
            rows = max(tabs, key=_size).to_python(skip_empty_area=False)
    except (CalamineError, OSError, ValueError):
        return None
    if not rows:
        return None
    path = head.scratch(".csv")
    write_csv(path, ([_text(value) for value in row] for row in rows))
    long = any(isinstance(value, float) and abs(value) >= 10**_SAFE_DIGITS for row in rows for value in row)
    return Rewritten(path, (_LONG_IDS,) if long else ())


def write_csv(path: Path, rows: Iterable[Sequence[str]]) -> None:
    """Rows as CSV, one line each: line breaks inside of cells become blanks."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerows([" ".join(cell.splitlines()) for cell in row] for row in rows)


def _text(value: Any) -> str:
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e18 else repr(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M:%S")
    return value.isoformat() if isinstance(value, date) else str(value)
