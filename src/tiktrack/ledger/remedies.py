"""What each fix would change: events counted, their value, and the ROAS that TikTok reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tiktrack.engine import Engine
from tiktrack.ledger.simulation import Row, Tally, summed


@dataclass(frozen=True, slots=True)
class Reported:
    """What the ads report of one currency says; the currency is None where the export names none."""

    currency: str | None
    spend: float
    purchase_value: float

    @property
    def roas(self) -> float:
        """Purchase value ÷ spend."""
        return self.purchase_value / self.spend


@dataclass(frozen=True, slots=True)
class Remedy:
    """``counted`` without the cause, and the reported ROAS before and after, where there is a report.

    The ROAS after assumes that purchases which ads are credited with are doubled or lost like all others. A share of
    the value counts where events carry values in the report's currency, else a share of the number.
    """

    cause: str
    event: str
    n: int
    before: int
    after: int
    roas: tuple[float, float] | None


def reported(engine: Engine) -> Reported | None:
    """The ads report's currency with the most spend, on the days of the log; None without a report that has purchase
    values there.
    """
    if not engine.columns("ads"):
        return None
    sql = (
        "select currency, sum(spend), sum(purchase_value) from ads "
        "where day between (select min(day) from counted) and (select max(day) from counted) "
        "group by 1 order by 2 desc nulls last limit 1"
    )
    rows = engine.rows(sql).rows
    if not rows or not rows[0][1] or not rows[0][2]:
        return None
    return Reported(rows[0][0], float(rows[0][1]), float(rows[0][2]))


def remedies(rows: Sequence[Row], report: Reported | None) -> list[Remedy]:
    """One for each event and cause; the largest change first."""
    found = []
    for (event,), tally in summed(rows, "event").items():
        sells = report if event == "Purchase" else None
        for cause, change in [*((c, -n) for c, n in tally.over.items()), *tally.under.items()]:
            after = tally.counted + change
            roas = (sells.roas, sells.roas * _factor(tally, cause, change, sells.currency)) if sells else None
            found.append(Remedy(cause, str(event), abs(change), tally.counted, after, roas))
    found.sort(key=lambda r: (r.event != "Purchase", -r.n, r.cause))
    return found


def _factor(tally: Tally, cause: str, change: int, currency: str | None) -> float:
    """By what the reported value is multiplied when the cause is gone."""
    whole = sum(value for (_, code), value in tally.values.items() if currency in (None, code))
    part = sum(value for (why, code), value in tally.values.items() if why == cause and currency in (None, code))
    if change < 0 and whole > 0 and part > 0:
        return 1 - part / whole
    return 1 + change / tally.counted if tally.counted else 1.0
