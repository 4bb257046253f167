"""Tables with a stray quote or an endless row: without care, one unclosed quote swallows every row that follows.

A quote that is not closed where the row has its full number of cells was never meant to open one: its row is replaced
by a mark that counts as one rejected row, and the next row begins on the next line.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice

from tiktrack.intake.encoding import UNREADABLE
from tiktrack.sources.base import Head
from tiktrack.sources.compressed import open_plain
from tiktrack.sources.csvfile import sheet

LONG_ROW = 16 * 1024
"""Rows of more bytes are looked at cell by cell."""
_MOST_LINES = 100
"""A cell may hold so many lines."""


def requoted(head: Head) -> Head | None:
    """The file without its stray quotes, as a copy; None where it is no table."""
    table = sheet(head)
    if table is None:
        return None
    target = head.scratch(".csv")
    with open_plain(head.path, head.compression) as file, target.open("wb") as out:
        for number, line in enumerate(file, 1):
            out.write(line)
            if number == table.header_line:
                break
        out.writelines(_rows(iter(file), table.delimiter, len(table.header)))
    return replace(head, path=target, compression="none")


def _rows(lines: Iterator[bytes], delimiter: str, width: int) -> Iterator[bytes]:
    held: list[bytes] = []
    while held or (held := list(islice(lines, 1))):
        first = held.pop(0)
        if first.count(b'"') % 2 == 0:
            long = len(first) > LONG_ROW and not _is_row(first, [], delimiter, width)
            yield UNREADABLE + b"\n" if long else first
            continue
        held += islice(lines, _MOST_LINES - len(held))
        size = next((n for n in range(1, len(held) + 1) if _is_row(first, held[:n], delimiter, width)), None)
        if size is None:
            yield UNREADABLE + b"\n"
        else:
            yield b"".join([first, *held[:size]])
            del held[:size]


def _is_row(first: bytes, more: list[bytes], delimiter: str, width: int) -> bool:
    text = b"".join([first, *more])
    if text.count(b'"') % 2:
        return False
    lines = text.decode(errors="replace").splitlines(keepends=True)
    try:
        rows = list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    return len(rows) == 1 and len(rows[0]) == width
