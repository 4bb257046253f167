"""Stored tables → the canonical tables that rules read, and the cube: counts by everything that has few values.

Most rules ask only for columns with few values; they are answered from the cube, whatever the size of the log.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from tiktrack.engine.duckdb import DuckDB
from tiktrack.intake import account, orders, reports, stray
from tiktrack.intake.zone import local_ms
from tiktrack.schema import ACTS_ARE
from tiktrack.schema.copies import select_copies
from tiktrack.schema.currencies import CURRENCIES
from tiktrack.schema.events import EVENTS
from tiktrack.schema.names import normalise
from tiktrack.schema.packing import layout
from tiktrack.sources.base import quoted
from tiktrack.sources.event_fields import STORED

_DAY_MS = 86_400_000
_HOUR_MS = 3_600_000
_AT_ONCE = 1000  # names a statement
# Moments before 2010 and after 2100 are wrong units or nonsense; their day is unknown.
_SANE_MS = (1_262_304_000_000, 4_102_444_800_000)
_TEST_HOST = (
    "^(localhost|127[.]0[.]0[.]1|gtm-msr[.]appspot[.]com)(:|$)"
    "|(^|[.-])(staging|stage|preview|preprod|dev|test|qa|uat|sandbox)[.]|ngrok|[.]local(:|$)"
)
CUBE_KEYS = (
    "event_raw",
    "pixel_code",
    "currency",
    "content_type",
    "page_host",
    "browser",
    "country",
    "api_code",
    "sender",
)


def span(engine: DuckDB) -> tuple[int, int]:
    """First and last moment of events, orders and witness, ms; ``(0, 0)`` where there are none."""
    parts = []
    if "ts_ms" in engine.columns("events_store"):
        parts.append("select min(ts_ms) a, max(ts_ms) b from events_store where reject is null and " + _sane("ts_ms"))
    if engine.columns("orders_store"):
        parts.append(
            "select min(created_ms) a, max(created_ms) b from orders_store where reject is null and "
            + _sane("created_ms")
        )
    if engine.columns("witness_store"):
        parts.append("select min(ts_ms) a, max(ts_ms) b from witness_store where reject is null and " + _sane("ts_ms"))
    if not parts:
        return 0, 0
    first, last = engine.rows(f"select min(a), max(b) from ({' union all '.join(parts)})").rows[0]
    return int(first or 0), int(last or 0)


def _sane(column: str) -> str:
    return f"{column} between {_SANE_MS[0]} and {_SANE_MS[1]}"


@dataclass(frozen=True, slots=True)
class Cut:
    """How rows are cut into days, and which days are looked at; both ends inclusive, None is open."""

    timezone: str
    since: date | None = None
    until: date | None = None

    def keeps(self, day: str) -> str:
        """SQL condition: inside of the days looked at. Rows without a day stay: they are a fault to be shown."""
        limits = [
            f"{day} >= date '{self.since}'" if self.since else "",
            f"{day} <= date '{self.until}'" if self.until else "",
        ]
        inside = " and ".join(limit for limit in limits if limit)
        return f"({day} is null or ({inside}))" if inside else "true"


def build(
    engine: DuckDB,
    cut: Cut,
    files: dict[int, str],
    extracts: Mapping[str, frozenset[str]],
    payments: Collection[int] = (),
) -> None:
    """Create the canonical tables over what was loaded, ``events_cube``, and the ``extracts`` with their columns;
    ``payments`` are the files whose orders are those of a payment service."""
    first, last = span(engine)
    source = _file_case(files)
    if engine.columns("events_store"):
        _names(engine)
        _events(engine, cut, first, last, source)
        _extract(engine, extracts)
    account.build(engine, cut.keeps, source)
    if engine.columns("ads_store"):
        reports.build(engine, cut.keeps, source)
    if engine.columns("orders_store"):
        day = _day(local_ms("created_ms", cut.timezone, first, last), "created_ms")
        orders.build(engine, day, cut.keeps(day), source, payments)
    if engine.columns("witness_store"):
        day = _day(local_ms("ts_ms", cut.timezone, first, last), "ts_ms")
        engine.run(
            f"create view witness as select rowid as row_ref, *, {day} as day, {source} as source_file, 1 as w "
            f"from witness_store s where reject is null and {cut.keeps(day)}"
        )


def _extract(engine: DuckDB, extracts: Mapping[str, frozenset[str]]) -> None:
    if "acts" in extracts:
        kept = ", ".join(sorted(extracts["acts"] & engine.columns("events"))) or "day"
        engine.run(f"create table acts as select {kept} from events where {ACTS_ARE}")
    if "copies" in extracts:
        engine.run(f"create table copies as {select_copies(extracts['copies'])}")


def _file_case(files: dict[int, str]) -> str:
    branches = " ".join("when {} then '{}'".format(i, path.replace("'", "''")) for i, path in files.items())
    return f"case s.file_id {branches} end"


def _names(engine: DuckDB) -> None:
    """Names are few as a rule: Python normalises each once, the engine joins."""
    engine.run("create table event_names (event_raw varchar, event varchar, name_status varchar, event_class varchar)")
    raw = [name for (name,) in engine.rows("select distinct event_raw from events_store where reject is null").rows]
    for start in range(0, len(raw), _AT_ONCE):
        known = [(name, normalise(name)) for name in raw[start : start + _AT_ONCE]]
        rows = [", ".join(map(quoted, (name, n.event, n.status, n.klass))) for name, n in known]
        engine.run(f"insert into event_names values ({'), ('.join(rows)})")


def _day(local: str, ts_ms: str) -> str:
    return f"case when {_sane(ts_ms)} then date '1970-01-01' + cast({local} // {_DAY_MS} as integer) end"


def _day_of_log(engine: DuckDB, local: str, reach: tuple[int, int] | None) -> str:
    """The day of an event; none where it lies outside of the log's days, which a wrong clock makes it do."""
    number = f"case when {_sane('s.ts_ms')} then {local} // {_DAY_MS} end"
    found = stray.days_of_log(engine, number, reach) if "ts_ms" in engine.columns("events_store") else None
    if found is None:
        return _day(local, "s.ts_ms")
    inside = f"{local} // {_DAY_MS} between {found[0]} and {found[1]}"
    return (
        f"case when {_sane('s.ts_ms')} and {inside} then date '1970-01-01' + cast({local} // {_DAY_MS} as integer) end"
    )


def _others(engine: DuckDB, timezone: str, first: int, last: int) -> tuple[int, int] | None:
    """Days of orders and report, counted from 1970; None where there are neither."""
    parts = []
    if engine.columns("orders_store"):
        day = f"{local_ms('created_ms', timezone, first, last)} // {_DAY_MS}"
        parts.append(f"select {day} as d from orders_store where reject is null and {_sane('created_ms')}")
    if "day" in engine.columns("ads_store"):
        parts.append("select day - date '1970-01-01' as d from ads_store where reject is null and day is not null")
    if not parts:
        return None
    lowest, highest = engine.rows(f"select min(d), max(d) from ({' union all '.join(parts)})").rows[0]
    return None if lowest is None else (int(lowest), int(highest))


def _derived() -> dict[str, tuple[str, str]]:
    """Columns that follow from one with few values: column → what it follows from, SQL."""
    supported = ", ".join(f"'{code}'" for code in CURRENCIES)
    return {
        "currency_status": ("currency", (
            f"case when s.currency in ({supported}) then 'ok' when trim(s.currency) = '' then 'missing' "
            f"when upper(trim(s.currency)) in ({supported}) then 'lower_case' "
            "when regexp_full_match(s.currency, '[A-Z]{3}') then 'unsupported' "
            "when s.currency is not null then 'bad_format' end"
        )),
        "content_type_status": ("content_type", (
            "case when s.content_type = '' then 'missing' "
                "when s.content_type in ('product', 'product_group') then 'ok' "
            "when s.content_type is not null then 'wrong' end"
        )),
        "pixel_code_status": ("pixel_code", (
            "case when s.pixel_code = '' then 'missing' when regexp_full_match(s.pixel_code, '[0-9]+') then 'numeric' "
            "when regexp_full_match(s.pixel_code, '[A-Z0-9]{20}') then 'ok' "
                "when s.pixel_code is not null then 'odd' end"
        )),
        "page_host_kind": ("page_host", (
            f"case when s.page_host = '' then 'missing' when regexp_matches(s.page_host, '{_TEST_HOST}') then 'test' "
            "when s.page_host is not null then 'production' end"
        )),
    }  # fmt: skip


def _select(stored: frozenset[str]) -> dict[str, str]:
    """Canonical column → SQL over a stored row ``s``."""
    packed = {name: bits.decode("s.states") for name, bits in layout().items()}
    derived = {name: sql for name, (base, sql) in _derived().items() if base in stored}
    names = (
        {column: f"n.{column}" for column in ("event", "name_status", "event_class")} if "event_raw" in stored else {}
    )
    plain = {
        name: f"nullif(s.{name}, '')" if EVENTS.by_name[name].type == "text" else f"s.{name}"
        for name in STORED
        if name in stored
    }
    if "event_raw" in plain:
        plain["event_raw"] = "s.event_raw"
    lag = {"lag_ms": "s.received_ms - s.ts_ms"} if {"received_ms", "ts_ms"} <= stored else {}
    return {**plain, **packed, **derived, **names, **lag}


def _events(engine: DuckDB, cut: Cut, first: int, last: int, source: str) -> None:
    stored = engine.columns("events_store")
    local = local_ms("s.ts_ms", cut.timezone, first, last)
    day = _day_of_log(engine, local, _others(engine, cut.timezone, first, last))
    hour = f"{local} // {_HOUR_MS}"
    columns = {**_select(stored), "day": day, "hour": hour}
    listed = ", ".join(f"{sql} as {name}" for name, sql in columns.items())
    engine.run(
        f"create view events as select s.rowid as row_ref, s.file_id, {source} as source_file, {listed}, 1 as w "
        f"from events_store s left join event_names n using (event_raw) where s.reject is null and {cut.keeps(day)}"
    )
    keys = [key for key in CUBE_KEYS if key in stored]
    grouped = ", ".join([*(f"s.{key}" for key in keys), "s.states"])
    engine.run(
        f"create table cube_store as select {grouped}, {day} as day, min({hour}) as first_hour, "
        f"max({hour}) as last_hour, count(*) as w "
        f"from events_store s where s.reject is null and {cut.keeps(day)} group by all"
    )
    narrow = _select(frozenset({*keys, "states"}))
    listed = ", ".join(f"{sql} as {name}" for name, sql in narrow.items())
    # A table and no view: most rules read it, and planning sixty expressions costs more than counting.
    engine.run(
        f"create table events_cube as select {listed}, s.day, s.first_hour, s.last_hour, s.w "
        "from cube_store s left join event_names n using (event_raw)"
    )
    engine.run("drop table cube_store")
