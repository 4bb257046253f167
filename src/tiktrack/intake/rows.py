"""Records of a file → row numbers as the user's editor or spreadsheet shows them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

from tiktrack.intake.survey import chunks
from tiktrack.sources.base import Head


@dataclass(frozen=True, slots=True)
class Rows:
    """``first`` is the row of the first record; ``gaps`` are rows behind it that hold no record, in order: blank ones,
    and those that the CSV reader refused.
    """

    first: int = 1
    gaps: tuple[int, ...] = ()

    def row(self, record: int) -> int:
        """Row of a record, which is counted from 0."""
        before = bisect_right(range(len(self.gaps)), record, key=lambda i: self.gaps[i] - self.first - i)
        return self.first + record + before

    def without(self, rows: Iterable[int]) -> Rows:
        """With more gaps."""
        return Rows(self.first, tuple(sorted({*self.gaps, *(row for row in rows if row >= self.first)})))


def blank_rows(head: Head, *, table: bool) -> tuple[int, ...]:
    """Rows with nothing on them. Line ends within a cell in quotes do not count, as in a spreadsheet."""
    found, row, quotes, held = [], 1, 0, b""
    for chunk in chunks(head.path, head.compression):
        *lines, held = (held + chunk).split(b"\n")
        for line in lines:
            quotes += line.count(b'"') if table else 0
            if quotes % 2:
                continue
            if not line.strip(b"\r" if table else None):  # blanks make a row of a table, and none of a log
                found.append(row)
            row += 1
    return tuple(found)
