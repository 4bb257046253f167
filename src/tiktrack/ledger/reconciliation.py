"""The order ledger as records: states, events without a paid order, values, hours, accuracy and money."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tiktrack.engine import Engine
from tiktrack.ledger.capture import Estimate, estimate

RECEIVED = ("merged", "twice", "browser_only", "server_only", "other_channel")
_LEAST_PAIRS = 20
_MOST_HOURS = 0.5


@dataclass(frozen=True, slots=True)
class States:
    """Orders by state, those joined for certain (or not joined at all) apart from the probable ones."""

    certain: Counter[str]
    probable: Counter[str]

    def of(self, state: str) -> int:
        """Both together."""
        return self.certain[state] + self.probable[state]


@dataclass(frozen=True, slots=True)
class Sale:
    """Purchases that count, by what stands behind them: ``kind`` is a status of the order, unknown or outside."""

    kind: str | None
    never_paid: bool
    n: int
    value: float
    currency: str | None


@dataclass(frozen=True, slots=True)
class Range:
    """Low, likely and high of a number of conversions and of their value in one currency."""

    currency: str | None
    n: tuple[int, int, int]
    value: tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """Everything about orders; counts of due orders are those inside the time of the log.

    ``fits`` says whether events and orders go by the same names; without it nobody can tell lost orders from renamed
    ones. ``lag_hours`` is the whole number of hours that most purchases are after (or before) their orders.
    """

    orders: int
    due: int
    fits: bool
    states: States
    ignored: dict[str, int]
    lost: dict[str, int]
    twice: dict[str, int]
    joined_by: dict[str, int]
    sales: tuple[Sale, ...]
    values: dict[str, int]
    constant: tuple[float, float] | None
    lag_hours: int
    lost_money: tuple[Range, ...] = ()
    double_money: tuple[Range, ...] = ()
    missing: Estimate | None = None

    @property
    def inside(self) -> int:
        """Orders of which the log could tell."""
        return self.orders - self.states.of("outside")

    @property
    def received(self) -> int:
        """Orders that TikTok heard of, due or not."""
        return sum(self.states.of(state) for state in RECEIVED)

    @property
    def accuracy(self) -> float | None:
        """(received + deliberately ignored) ÷ orders, as Elevar counts it; None where it cannot be told."""
        if not self.inside or not self.fits:
            return None
        return (self.received + self.states.of("ignored")) / self.inside

    @property
    def never_paid(self) -> int:
        """Purchases that count although the shop never got paid for them."""
        return sum(sale.n for sale in self.sales if sale.never_paid)


def reconciliation(engine: Engine) -> Reconciliation:
    """Read the ledger's tables (``build`` made them, with orders)."""
    states = States(Counter(), Counter())
    for state, probable, n in engine.rows(
        "select state, joined = 'probable', count(*) from ledger where state is not null group by all"
    ).rows:
        (states.probable if probable else states.certain)[state] += n
    orders, due, open_ = engine.rows(
        "select count(*), count_if(due and state is distinct from 'outside'), count_if(state is null) from ledger"
    ).rows[0]
    sales = _sales(engine)
    return Reconciliation(
        orders=int(orders), due=int(due), fits=not open_ and bool(states.certain.total()), states=states,
        ignored=_counts(engine, "cause", "state = 'ignored'"), lost=_counts(engine, "cause", "state = 'lost'"),
        twice=_counts(engine, "cause", "state = 'twice'"),
        joined_by=_counts(engine, "joined_by", "joined_by is not null"),
        sales=sales, values=_counts(engine, "value_match", "value_match is not null"), constant=_constant(engine),
        lag_hours=_lag_hours(engine), lost_money=_lost_money(engine, sales), double_money=_double_money(engine),
        missing=missing(engine),
    )  # fmt: skip


def missing(engine: Engine) -> Estimate | None:
    """All purchases, estimated from the overlap of browser and server."""
    browser, server, both = engine.rows(
        "select count_if(b), count_if(s), count_if(b and s) from ("
        "select bool_or(browser > 0) as b, bool_or(server > 0) as s from counted "
        "where event = 'Purchase' and cause is distinct from 'two_pixels' "
        "group by first_t)"
    ).rows[0]
    return estimate(int(browser or 0), int(server or 0), int(both or 0))


def _counts(engine: Engine, column: str, where: str) -> dict[str, int]:
    sql = f"select coalesce({column}, 'unclear'), count(*) from ledger where {where} group by 1 order by 2 desc, 1"
    return {word: int(n) for word, n in engine.rows(sql).rows}


def _sales(engine: Engine) -> tuple[Sale, ...]:
    never = "kind in ('pending', 'test', 'unknown') or (kind = 'cancelled' and unpaid)"
    sql = (
        f"select kind, coalesce({never}, false), currency, count(*), sum(value) from sales group by all "
        "order by 4 desc, 1, 3"
    )
    return tuple(Sale(kind, paid, int(n), float(value or 0), currency)
                 for kind, paid, currency, n, value in engine.rows(sql).rows)  # fmt: skip


def _constant(engine: Engine) -> tuple[float, float] | None:
    """The one value that most joined purchases carry, and its share, where the orders' totals differ."""
    rows = engine.rows(
        "select value, count(*) as n, sum(count(*)) over () as whole, count_if(abs(value - total) <= 0.015) as right_ "
        "from ledger where value is not null and joined = 'certain' group by value order by n desc, value limit 1"
    ).rows
    if not rows or rows[0][2] < 50:
        return None
    value, n, whole, right = rows[0]
    return (float(value), n / whole) if n > 0.8 * whole and right < 0.5 * n else None


def _lag_hours(engine: Engine) -> int:
    rows = engine.rows(
        "select hours_off as hours, count(*) as n, sum(count(*)) over () as whole from ledger "
        "where joined = 'certain' and lag_ms is not null group by 1 order by n desc, hours limit 1"
    ).rows
    if not rows or rows[0][2] < _LEAST_PAIRS or rows[0][1] <= _MOST_HOURS * rows[0][2]:
        return 0
    return int(rows[0][0] or 0)


def _lost_money(engine: Engine, sales: tuple[Sale, ...]) -> tuple[Range, ...]:
    """Likely are the lost orders; low leaves out as many as there are purchases without a known order, which could be
    theirs; high takes in the orders that are joined by probability only.
    """
    nameless = sum(sale.n for sale in sales if sale.kind in ("unknown", None))
    found = []
    for currency, n, value, more, more_value in engine.rows(
        "select currency, count_if(state = 'lost'), coalesce(sum(total) filter (where state = 'lost'), 0), "
        "count_if(joined = 'probable' and due), coalesce(sum(total) filter (where joined = 'probable' and due), 0) "
        "from ledger group by currency having count_if(state = 'lost') > 0 order by 2 desc, 1"
    ).rows:
        low = max(0, n - nameless)
        found.append(Range(currency, (low, n, n + more), (value * low / n, value, value + more_value)))
    return tuple(found)


def _double_money(engine: Engine) -> tuple[Range, ...]:
    """Likely are all purchases that count again; low leaves out what doubles only if TikTok keeps two names, or two
    pixels, apart.
    """
    sql = (
        "select currency, count(*), coalesce(sum(value), 0), count_if(cause in ('name_mismatch', 'two_pixels')), "
        "coalesce(sum(value) filter (where cause in ('name_mismatch', 'two_pixels')), 0) from counted "
        "where event = 'Purchase' and cause is not null group by currency order by 2 desc, 1"
    )
    return tuple(
        Range(currency, (n - unsure, n, n), (value - unsure_value, value, value))
        for currency, n, value, unsure, unsure_value in engine.rows(sql).rows
    )
