"""The merge rule's result as records: one row for each pixel, event and day, and what each remedy would change.

In every row, and in every sum of rows: ``received = counted + merged + dropped`` and ``counted = true + over − under``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from tiktrack.engine import Engine

Key = tuple[str | None, str, date | None]


@dataclass(slots=True)
class Tally:
    """Counts of a pixel, event and day, or of sums of them; ``over``, ``under`` and ``values`` by cause and currency.

    ``sent`` are all events of the log; of these ``test`` and ``failed`` (rejected, throttled, blocked) are not
    received. ``late`` are those among ``dropped`` that came from the other channel after five minutes.
    """

    sent: int = 0
    test: int = 0
    failed: int = 0
    received: int = 0
    merged: int = 0
    dropped: int = 0
    late: int = 0
    counted: int = 0
    over: dict[str, int] = field(default_factory=dict)
    under: dict[str, int] = field(default_factory=dict)
    values: dict[tuple[str | None, str], float] = field(default_factory=dict)
    hints: dict[str, int] = field(default_factory=dict)

    @property
    def true(self) -> int:
        """Actions that really happened, as far as the log can tell."""
        return self.counted - sum(self.over.values()) + sum(self.under.values())

    def add(self, other: Tally) -> None:
        """Take another one's counts in."""
        for name in ("sent", "test", "failed", "received", "merged", "dropped", "late", "counted"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        for name in ("over", "under", "values", "hints"):
            mine = getattr(self, name)
            for key, n in getattr(other, name).items():
                mine[key] = mine.get(key, 0) + n


@dataclass(frozen=True, slots=True)
class Row:
    """One pixel, event and day."""

    pixel_code: str | None
    event: str
    day: date | None
    tally: Tally


@dataclass(frozen=True, slots=True)
class Names:
    """One event under several raw names, or under another one than today's."""

    pixel_code: str | None
    event: str
    counted: dict[str, int]


@dataclass(frozen=True, slots=True)
class Simulation:
    """All rows, ordered by event, pixel and day, and events that do not all come under today's name."""

    rows: tuple[Row, ...]
    names: tuple[Names, ...]
    timeless: int


def simulation(engine: Engine) -> Simulation:
    """Read the ledger's tables (``build`` made them)."""
    timeless = int(engine.rows("select count(*) from arrivals where at_ms is null").rows[0][0])
    return Simulation(counted_rows(engine), _names(engine), timeless)


def counted_rows(engine: Engine, sent: str = "true") -> tuple[Row, ...]:
    """One row for each pixel, event and day; ``sent`` is the condition on the cube that the ledger was built under."""
    found: dict[Key, Tally] = defaultdict(Tally)
    _counted(engine, found)
    _missed(engine, found)
    _sent(engine, found, sent)
    if engine.columns("hints"):
        for pixel, event, day, what, n in engine.rows("select pixel_code, event, day, what, n from hints").rows:
            found[pixel, event, day].hints[what] = int(n)
    rows = [Row(*key, tally) for key, tally in found.items()]
    rows.sort(key=lambda r: (r.event != "Purchase", r.event, r.pixel_code or "", r.day or date.min))
    return tuple(rows)


def summed(rows: Iterable[Row], *keys: str) -> dict[tuple[str | None, ...], Tally]:
    """Sums of the rows by these attributes, in the order of first sight."""
    found: dict[tuple[str | None, ...], Tally] = {}
    for row in rows:
        found.setdefault(tuple(getattr(row, key) for key in keys), Tally()).add(row.tally)
    return found


def total(rows: Sequence[Row]) -> Tally:
    """The sum of all rows."""
    whole = Tally()
    for row in rows:
        whole.add(row.tally)
    return whole


def _counted(engine: Engine, found: dict[Key, Tally]) -> None:
    sql = (
        "select pixel_code, event, day, cause, currency, count(*), sum(sends), sum(merged), sum(dropped), sum(late), "
        "sum(value) from counted group by all"
    )
    for pixel, event, day, cause, currency, n, sends, merged, dropped, late, value in engine.rows(sql).rows:
        one = Tally(
            received=int(sends), merged=int(merged), dropped=int(dropped), late=int(late), counted=int(n),
            over={cause: int(n)} if cause else {},
            values={(cause, currency): float(value)} if value and currency else {},
        )  # fmt: skip
        found[pixel, event, day].add(one)


def _missed(engine: Engine, found: dict[Key, Tally]) -> None:
    sql = "select pixel_code, event, day, cause, sum(n) from missed group by all"
    for pixel, event, day, cause, n in engine.rows(sql).rows:
        found[pixel, event, day].add(Tally(under={cause: int(n)}))


def _sent(engine: Engine, found: dict[Key, Tally], where: str) -> None:
    sql = (
        "select pixel_code, event, day, sum(w), coalesce(sum(case when test then w end), 0), "
        "coalesce(sum(case when test is not true and delivery in ('rejected', 'throttled', 'blocked') then w end), 0) "
        f"from events_cube where {where} group by all"
    )
    for pixel, event, day, sent, test, failed in engine.rows(sql).rows:
        found[pixel, event, day].add(Tally(sent=int(sent), test=int(test), failed=int(failed)))


def _names(engine: Engine) -> tuple[Names, ...]:
    sql = (
        "select pixel_code, event, event_raw, count(*) from counted group by all "
        "order by pixel_code, event, count(*) desc, event_raw"
    )
    found: dict[tuple[str | None, str], dict[str, int]] = defaultdict(dict)
    for pixel, event, raw, n in engine.rows(sql).rows:
        found[pixel, event][raw] = int(n)
    return tuple(Names(pixel, event, counted) for (pixel, event), counted in found.items() if list(counted) != [event])
