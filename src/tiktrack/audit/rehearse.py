"""``tiktrack power``: files in, drills out."""

from __future__ import annotations

from collections.abc import Callable

from tiktrack.audit.drill import Drill, drills
from tiktrack.audit.impact import Money
from tiktrack.audit.incidents import read
from tiktrack.audit.lag import completeness
from tiktrack.audit.reach import ends
from tiktrack.audit.results import Setting
from tiktrack.audit.series import days_between
from tiktrack.audit.totals import extent, orders_by_day, partial_days
from tiktrack.engine.duckdb import DuckDB
from tiktrack.intake import take_in
from tiktrack.rules.policy import load_policy
from tiktrack.settings import Settings

_TABLES = ("events", "ads", "orders")
_COLUMNS = frozenset({"ts_ms", "event_raw", "pixel_code", "channel", "test"})


def rehearse(settings: Settings, *, memory_bytes: int, progress: Callable[[str], None] = lambda _: None) -> list[Drill]:
    """Read ``settings.paths`` as an audit does, and try every known fault on their series."""
    with DuckDB(memory_bytes=memory_bytes, threads=settings.threads) as engine:
        take_in(
            engine, settings.paths, _COLUMNS, timezone=settings.timezone, since=settings.since,
            until=settings.last_day, progress=progress, maps=settings.map,
        )  # fmt: skip
        covered = {table: found for table in _TABLES if (found := extent(engine, table))}
        setting = Setting(
            engine=engine, days={table: days_between(e.first, e.last) for table, e in covered.items()},
            partial=partial_days(engine, ends(engine)),
            as_of=settings.as_of or max((e.last for e in covered.values() if e.last), default=None),
            purse=Money({}, None, None, None), policy=load_policy(), orders=orders_by_day(engine),
            completeness=completeness(engine),
        )  # fmt: skip
        progress("trying faults")
        return drills(read(setting), setting.as_of)
