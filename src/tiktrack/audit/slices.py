"""The smallest segment that explains a finding: which browser, page, campaign, … carries the bad rows.

A slice carries a finding when it holds nearly all bad rows beyond what the rest would give anyway and most of all bad
rows, although it is only a part of the rows, and the rest alone is far better. Of those that carry it the smallest is
named, then searched again.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tiktrack.audit import intervals
from tiktrack.engine import Engine

DIMENSIONS = {
    "events": ("pixel_code", "channel", "event", "page_host", "browser", "country", "sender", "page_path"),
    "ads": ("campaign", "adgroup", "ad"),
    "orders": ("origin",),
    "setup": ("campaign",),
    "pixel_stats": ("pixel_code",),
    "changes": ("campaign",),
    "witness": ("page_host",),
    "counted": ("pixel_code", "channel", "event", "event_raw"),
    "sales": ("pixel_code", "channel"),
    "ledger": ("origin", "status"),
}
_CARRIES = 0.85
_MOST = 0.5
_PART = 0.7
_BETTER = 3.0
_LEAST_ROWS = 10
_DEPTH = 2


@dataclass(frozen=True, slots=True)
class Cell:
    """Rows with these values of the dimensions."""

    values: tuple[str | None, ...]
    n: float
    bad: float


def explain(cells: Sequence[Cell], dimensions: Sequence[str]) -> dict[str, str]:
    """Dimension → value of the slice that carries the bad rows; empty where the fault is everywhere."""
    found: dict[str, str] = {}
    for _ in range(_DEPTH):
        best = _best(cells, dimensions, found)
        if best is None:
            return found
        position, value = best
        found[dimensions[position]] = value
        cells = [cell for cell in cells if cell.values[position] == value]
    return found


def _best(cells: Sequence[Cell], dimensions: Sequence[str], taken: dict[str, str]) -> tuple[int, str] | None:
    n, bad = sum(c.n for c in cells), sum(c.bad for c in cells)
    candidates = []
    for position, dimension in enumerate(dimensions):
        if dimension in taken:
            continue
        for value, (n_in, bad_in) in _grouped(cells, position).items():
            if value is not None and _carries(n_in, bad_in, n, bad):
                candidates.append((n_in, position, value))
    if not candidates:
        return None
    _, position, value = min(candidates)
    return position, value


def _grouped(cells: Iterable[Cell], position: int) -> dict[str | None, tuple[float, float]]:
    sums: dict[str | None, tuple[float, float]] = {}
    for cell in cells:
        n, bad = sums.get(cell.values[position], (0.0, 0.0))
        sums[cell.values[position]] = (n + cell.n, bad + cell.bad)
    return sums


def _carries(n_in: float, bad_in: float, n: float, bad: float) -> bool:
    n_out, bad_out = n - n_in, bad - bad_in
    if n_in < _LEAST_ROWS or n_in > _PART * n or n_out <= 0 or bad_in < _CARRIES * (bad - bad_out / n_out * n):
        return False
    if bad_in < _MOST * bad or (bad_in < _CARRIES * bad and bad_out / n_out > 0.1):
        return False
    apart = intervals.wilson(bad_in, n_in)[0] > intervals.wilson(bad_out, n_out)[1]
    return apart and bad_in / n_in > _BETTER * bad_out / n_out


def cells_of(engine: Engine, view: str, dimensions: Sequence[str], n: str, bad: str, where: str) -> list[Cell]:
    """Counts by all dimensions, straight from a table."""
    listed = ", ".join(f"cast({dimension} as varchar) as {dimension}" for dimension in dimensions)
    rows = engine.rows(f"select {listed}, {n} as n, {bad} as b from {view} where {where} group by all").rows
    return [Cell(tuple(row[:-2]), float(row[-2] or 0), float(row[-1] or 0)) for row in rows if row[-2]]
