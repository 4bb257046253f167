"""One pass over a table before DuckDB reads it: how its numbers and days are written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from tiktrack.sources.csvfile import Sheet, rows, unwrapped
from tiktrack.sources.numbers import Votes, shape, votes


@dataclass(frozen=True, slots=True)
class Survey:
    """``numbers``: what the cells of a column say about their marks. ``texts``: the different cells of a column."""

    numbers: dict[int, Votes]
    texts: dict[int, frozenset[str]]
    shapes: dict[int, frozenset[str]]


def survey(sheet: Sheet, numbers: Iterable[int], texts: Iterable[int]) -> Survey:
    """Shapes of the number columns and different cells of the text columns. A footer of ours or a stray word does not
    matter: it decides nothing."""
    shapes: dict[int, Counter[str]] = {index: Counter() for index in numbers}
    cells: dict[int, set[str]] = {index: set() for index in texts}
    width = len(sheet.header)
    for row in rows(sheet):
        if len(row) != width:
            continue  # DuckDB rejects it
        for index, counter in shapes.items():
            counter[shape(row[index])] += 1
        for index, kept in cells.items():
            kept.add(row[index])
    return Survey(
        {index: votes({unwrapped(cell): n for cell, n in counter.items()}) for index, counter in shapes.items()},
        {index: frozenset(map(unwrapped, kept)) for index, kept in cells.items()},
        {index: frozenset(counter) for index, counter in shapes.items()},
    )
