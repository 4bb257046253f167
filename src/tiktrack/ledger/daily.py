"""Report, events and orders side by side, by day and for the window, in one currency.

The three date things differently: the ads report by the day of the click or view, events by the day they happened,
orders by the day they were placed. A single day may therefore differ; the window may not differ in these directions by
much: the report claims a part of what the events counted, and events count no more than the shop sold.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from tiktrack.engine import Engine
from tiktrack.sources.base import quoted


@dataclass(frozen=True, slots=True)
class Day:
    """One day; NULL where its table is absent. Values are in the currency of ``Daily``."""

    day: date
    reported: float | None = None
    reported_value: float | None = None
    counted: int | None = None
    counted_value: float | None = None
    true: int | None = None
    orders: int | None = None
    orders_value: float | None = None


@dataclass(frozen=True, slots=True)
class Daily:
    """All days that any of the tables covers; ``whole`` holds rows without a day as well. ``other_currencies`` were
    left out of the values, not of the numbers.
    """

    currency: str | None
    days: tuple[Day, ...]
    whole: Day | None
    other_currencies: tuple[str, ...]
    meanings: tuple[str, ...]


_FIELDS = ("reported", "reported_value", "counted", "counted_value", "true", "orders", "orders_value")


def daily(engine: Engine) -> Daily:
    """The view, from the ledger's tables and the ads report, as far as there are such."""
    currencies = _currencies(engine)
    currency = currencies[0] if currencies else None
    parts: dict[date | None, dict[str, float]] = {}
    for names, sql in _queries(engine, currency):
        for day, *cells in engine.rows(sql).rows:
            parts.setdefault(day, {}).update({k: v for k, v in zip(names, cells, strict=True) if v is not None})
    dated = sorted((day, cells) for day, cells in parts.items() if day is not None)
    days = tuple(_day(day, cells) for day, cells in dated)
    whole = _sum(list(parts.values()), days[0].day) if days else None
    common = _common(dated)
    said = tuple(_meanings(_sum(common, days[0].day))) if common else ()
    return Daily(currency, days, whole, tuple(currencies[1:]), said)


def _sum(parts: list[dict[str, float]], first: date) -> Day:
    sums = {name: sum(cells.get(name, 0) for cells in parts) for name in _FIELDS
            if any(name in cells for cells in parts)}  # fmt: skip
    return _day(first, sums)


def _common(dated: list[tuple[date, dict[str, float]]]) -> list[dict[str, float]]:
    """Days that all tables cover: only these can be compared."""
    covered = ([day for day, cells in dated if name in cells] for name in ("reported", "counted", "orders"))
    spans = [(days[0], days[-1]) for days in covered if days]
    first, last = max((a for a, _ in spans), default=date.max), min((b for _, b in spans), default=date.min)
    return [cells for day, cells in dated if first <= day <= last]


def _day(day: date, cells: dict[str, float]) -> Day:
    whole = {name: int(cells[name]) for name in ("counted", "true", "orders") if name in cells}
    rest = {name: float(cells[name]) for name in ("reported", "reported_value", "counted_value", "orders_value")
            if name in cells}  # fmt: skip
    return Day(day, **whole, **rest)  # type: ignore[arg-type]


def _currencies(engine: Engine) -> list[str]:
    """The ads report's first, else those of orders and events by their number."""
    found: list[str] = []
    for table, order in (("ads", "sum(spend)"), ("ledger", "count(*)"), ("counted", "count(*)")):
        if engine.columns(table):
            known = f"select currency from {table} where currency is not null"
            sql = f"{known} group by 1 order by {order} desc nulls last, 1"
            found += [str(row[0]).upper() for row in engine.rows(sql).rows]
    return list(dict.fromkeys(found))


def _queries(engine: Engine, currency: str | None) -> list[tuple[tuple[str, ...], str]]:
    same = f"upper(currency) = {quoted(currency)}" if currency else "true"
    found: list[tuple[tuple[str, ...], str]] = []
    if engine.columns("ads"):
        found.append(
            (
                _FIELDS[:2],
                f"select day, sum(purchases), sum(purchase_value) filter (where {same}) from ads group by day",
            )
        )
    found.append((_FIELDS[2:5], f"""
        select day, sum(n), sum(value) filter (where {same}), sum(happened) from (
          select day, 1 as n, value, currency, case when cause is null then 1 else 0 end as happened
          from counted where event = 'Purchase'
          union all
          select day, 0 as n, null as value, null as currency, n as happened from missed where event = 'Purchase'
        ) group by day
    """))  # fmt: skip
    if engine.columns("ledger"):
        found.append((_FIELDS[5:], f"select day, count(*), sum(total) filter (where {same}) from ledger where due "
                      "group by day"))  # fmt: skip
    return found


def _meanings(whole: Day) -> list[str]:
    """What the differences can mean, and what they cannot."""
    said = []
    if whole.reported is not None and whole.counted is not None:
        if whole.reported > whole.counted * 1.01:
            said.append(
                "the report credits ads with more purchases than the log holds: another pixel or an offline source "
                "also sends, or the log is incomplete. The merge rule cannot explain it"
            )
        else:
            said.append("the report credits ads with part of the counted purchases, as it should: the rest came "
                        "without an ad. How large that part should be cannot be told from these files")  # fmt: skip
    if whole.orders is not None and whole.counted is not None:
        if whole.counted > whole.orders * 1.01:
            said.append("TikTok counts more purchases than the shop was paid for: ROAS is too high by as much, and "
                        "attribution cannot explain it, because it only distributes what was counted")  # fmt: skip
        elif whole.counted < whole.orders * 0.95:
            said.append("TikTok counts fewer purchases than the shop was paid for: delivery cannot learn from the "
                        "missing ones. Fewer ads do not explain it, as sales without an ad are sent too")  # fmt: skip
    if whole.reported is not None and whole.orders is not None and whole.reported > whole.orders:
        said.append("the report claims more purchases than the shop was paid for: part of this ROAS does not exist")
    return said
