"""Where a share fell or rose: which browser, page, country, … holds the rows that lost what they used to carry.

The share of each part in the weeks before says what its rows should carry since; what is missing against that is the
loss of the part. One part is named where it holds nearly all that is missing and the rest goes on as before.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from tiktrack import sql
from tiktrack.audit.condition import rows_of
from tiktrack.engine import Engine
from tiktrack.model.rule import Detect, Predicate, Rule

_BEFORE_DAYS = 28
_CARRIES, _PART = 0.85, 0.7
_REST = 0.5  # the rest may have moved by half as much
_LEAST_ROWS = 20


@dataclass(frozen=True, slots=True)
class Part:
    """Rows of one value of a dimension, and how many of them carried it, before and since."""

    value: str | None
    n_before: float
    k_before: float
    n: float
    k: float

    @property
    def due(self) -> float:
        """Rows that would carry it, had the part kept its share."""
        return self.n * self.k_before / self.n_before if self.n_before else self.k

    @property
    def missing(self) -> float:
        """How many of those do not."""
        return self.due - self.k


def carrier(parts: Sequence[Part]) -> Part | None:
    """The part that lost it; None where several did, or nearly all rows are of one part."""
    rows, lost, due = (sum(values) for values in zip(*((p.n, p.missing, p.due) for p in parts), strict=True))
    for part in sorted(parts, key=lambda p: -p.missing):
        if part.value is None or min(part.n_before, part.n) < _LEAST_ROWS or part.n > _PART * rows:
            continue
        fell, rest = part.missing / max(part.due, 1.0), (lost - part.missing) / max(due - part.due, 1.0)
        if lost > 0 and part.missing >= _CARRIES * lost and abs(rest) <= _REST * fell:
            return part
    return None


@dataclass(frozen=True, slots=True)
class Search:
    """Where to look: the rows of ``view`` by each dimension, before ``since`` against from then ``until``."""

    view: str
    since: date
    until: date | None
    dimensions: Sequence[str]


def fell_in(rule: Rule, segment: Mapping[str, str], search: Search, engine: Engine) -> dict[str, str]:
    """Dimension → value of the smallest part that carries the change of a ``shift`` rule; empty where it is
    everywhere.
    """
    found: list[tuple[float, str, str]] = []
    for dimension in search.dimensions:
        part = carrier(_parts(rule, segment, search, dimension, engine))
        if part is not None and part.value is not None:
            found.append((part.n, dimension, part.value))
    return {dimension: value for _, dimension, value in sorted(found)[:1]}


def _parts(rule: Rule, segment: Mapping[str, str], search: Search, dimension: str, engine: Engine) -> list[Part]:
    params = dict(rule.measure.params) if isinstance(rule.measure, Detect) else {}
    n, k = (sql.weighted(p.text, None) for p in (params["exposure"], params["count"]) if isinstance(p, Predicate))
    first = (search.since - timedelta(days=_BEFORE_DAYS)).isoformat()
    where = rows_of(rule, segment, first, search.until.isoformat() if search.until else None)
    rows = engine.rows(
        f"select cast({dimension} as varchar) as part, day >= date '{search.since.isoformat()}' as later, {n} as n, "
        f"{k} as k from {search.view} where {where} group by 1, 2"
    ).rows
    sums: dict[str | None, list[float]] = {}
    for value, later, n_of_it, k_of_it in rows:
        cell = sums.setdefault(value, [0.0] * 4)
        cell[2 * bool(later)] += float(n_of_it or 0)
        cell[2 * bool(later) + 1] += float(k_of_it or 0)
    every = [Part(value, *cell) for value, cell in sums.items()]
    up = params.get("direction") == "up"
    return [replace(p, k_before=p.n_before - p.k_before, k=p.n - p.k) for p in every] if up else every
