"""Run the scans: for each rule its counts by segment and day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from tiktrack.audit.plan import Scan
from tiktrack.engine import Engine
from tiktrack.errors import TiktrackError
from tiktrack.model.rule import Rule

Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Count:
    """One segment on one day; for a ratio or a detector ``n`` is the bottom or the exposure and ``bad`` the top or
    the count.
    """

    key: Key
    day: date | None
    n: float
    bad: float
    unknown: float


@dataclass(frozen=True, slots=True)
class Counted:
    """All counts of a rule; ``error`` says why there are none."""

    rule: Rule
    keys: tuple[str, ...]
    counts: tuple[Count, ...] = ()
    error: str | None = None


def run(engine: Engine, scans: Sequence[Scan]) -> dict[str, Counted]:
    """Rule id → its counts. A scan that fails is repeated rule by rule, so that one bad rule does not take the
    others down.
    """
    found: dict[str, Counted] = {}
    for scan in scans:
        try:
            found.update(_run(engine, scan))
        except TiktrackError as error:
            if len(scan.rules) == 1:
                found[scan.rules[0].id] = Counted(scan.rules[0], scan.keys, error=error.message)
            else:
                found.update(run(engine, scan.one_by_one()))
    return found


def _run(engine: Engine, scan: Scan) -> dict[str, Counted]:
    width = len(scan.keys)
    counts: list[list[Count]] = [[] for _ in scan.rules]
    for row in engine.rows(scan.sql).rows:
        key, day = row[:width], row[width]
        for i in range(len(scan.rules)):
            n, bad, unknown = row[width + 1 + 3 * i : width + 4 + 3 * i]
            if n or bad:
                counts[i].append(Count(key, day, float(n or 0), float(bad or 0), float(unknown or 0)))
    return {rule.id: Counted(rule, scan.keys, tuple(counts[i])) for i, rule in enumerate(scan.rules)}
