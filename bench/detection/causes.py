"""Is the cause right? Labelled shops are looked at as an audit does: detectors first, then the incident engine."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

import numpy as np

from bench.detection.labelled import LABELLED, Scenario
from bench.detection.observe import date_of
from bench.detection.ranges import Ranges
from bench.detection.shop import DAYS, ONSET, Seen, Shop, draw
from bench.detection.world import Floats
from tiktrack.audit.incidents.diagnose import Diagnosis, diagnose
from tiktrack.audit.incidents.signs import Sign, Signs, Symptom
from tiktrack.detect.blend import blend
from tiktrack.detect.records import Daily, Level, Verdict
from tiktrack.detect.scan import newest
from tiktrack.detect.shares import DailyShare, scan_share

QUIET = "quiet"
TIERS = {
    "all": "log with order numbers, orders and report",
    "counts": "log without order numbers, orders and report",
    "report": "report alone",
}
_AGAIN = "the share of orders that are sent again changed"
AFTER = 4
"""Days of the change that the audit has seen."""


@dataclass(frozen=True, slots=True)
class Named:
    """What was said about one shop: the cause, or quiet, and how sure it was."""

    scenario: Scenario
    cause: str
    chance: float


def named(scenario: Scenario, volume: float, r: Ranges, i: int, tier: str) -> Named:
    """``tier`` is one of ``TIERS``."""
    rng = np.random.default_rng([r.seed, int(volume), i, *scenario.name.encode()])
    shop = Shop(rng, volume, r)
    scenario.happens(shop)
    found = look(draw(shop), tier)
    if found is None:
        return Named(scenario, QUIET, 1.0)
    return Named(scenario, found.cause.value, found.chance.get(found.cause, 0.0))


def look(seen: Seen, tier: str, until: int = ONSET + AFTER) -> Diagnosis | None:
    """The incident of the newest days, None where every detector is quiet."""
    days = tuple(date_of(i) for i in range(until))
    if tier != "report":
        for channel, counts in _log_series(seen, until):
            found = newest(Daily(days=days, counts=counts, witness=seen.orders[:until]))
            if found.alarmed:
                return diagnose(
                    _symptom(found, counts, senders=1 if channel else 2),
                    Signs(days=days, series=_of_log(seen, channel, until)),
                )
    for rows, daily in _report_series(seen, days, tier):
        found = newest(daily)
        if found.alarmed:
            symptom = _symptom(found, daily.counts, reported=True)
            return diagnose(symptom, Signs(days=days, series=_of_report(seen, rows, tier, until)))
    shares = {**(_by_number(seen) if tier == "all" else {}), **(_channels(seen) if tier != "report" else {})}
    for said, (k, n) in shares.items():
        share = scan_share(DailyShare(days=days, k=k[:until], n=n[:until]))
        if share.level in (Level.SUSPECT, Level.CONFIRMED) and share.since and not share.until:
            mended = said == _AGAIN and share.direction == "drop"
            rows = {"ended": (said,)} if mended else {"in_rows": (said,)}
            return diagnose(Symptom(since=share.since, until=None, **rows), Signs(days=days))
    return None


def _by_number(seen: Seen) -> dict[str, tuple[Floats, Floats]]:
    """What single rows tell where events name their orders (rules orders-without-event, order-sent-again, copies-…):
    the shop's good and bad days do not move these shares.
    """
    named, sent = seen.named, sum(seen.purchases.values(), np.zeros(DAYS))
    return {
        "the share of orders with an event changed": (named.found, seen.orders),
        _AGAIN: (sent - sum(named.by.values(), np.zeros(DAYS)), sent),
        "the share of server orders with a browser copy changed": (named.both, named.by["server"]),
        "the share of browser orders with a server copy changed": (named.both, named.by["browser"]),
    }


def _channels(seen: Seen) -> dict[str, tuple[Floats, Floats]]:
    """One channel's part of all copies, which needs no order numbers (rule browser-copies-fell)."""
    browser, server = (seen.purchases[name] for name in ("browser", "server"))
    return {"the browser's part of all copies changed": (browser, browser + server)}


def _log_series(seen: Seen, until: int) -> list[tuple[str, Floats]]:
    both = seen.purchases["browser"][:until] + seen.purchases["server"][:until]
    return [("", both), *((name, counts[:until]) for name, counts in seen.purchases.items())]


def _report_series(seen: Seen, days: tuple[date, ...], tier: str) -> list[tuple[list[int], Daily]]:
    """The whole account, then each campaign."""
    until, witness = len(days), seen.orders[: len(days)] if tier != "report" else None
    mix = blend(seen.clicks[:, :until], seen.conversions[:, :until])
    counts = seen.conversions[:, :until]
    total = counts.sum(axis=0)
    whole = Daily(days=days, counts=total, exposure=mix.exposure, live=mix.live, witness=witness)
    parts = [
        ([row], Daily(days=days, counts=counts[row], exposure=seen.clicks[row, :until], witness=witness))
        for row in range(3)
    ]
    return [([0, 1, 2], whole), *parts]


def _symptom(found: Verdict, counts: Floats, *, reported: bool = False, senders: int = 1) -> Symptom:
    if found.since is None:
        raise AssertionError("an alarm has a beginning")
    return Symptom(since=found.since, until=None, counts=counts, reported=reported, senders=senders)


def _of_log(seen: Seen, channel: str, until: int) -> dict[Sign, Floats]:
    carts = seen.carts.get(channel, seen.carts["browser"] + seen.carts["server"])
    out = {Sign.ORDERS: seen.orders, Sign.VISITS: seen.visits, Sign.STEPS: carts, Sign.CLICKS: seen.clicks.sum(axis=0)}
    if channel:
        out[Sign.OTHER_CHANNEL] = seen.purchases["server" if channel == "browser" else "browser"]
    return {sign: counts[:until] for sign, counts in out.items()}


def _of_report(seen: Seen, rows: list[int], tier: str, until: int) -> dict[Sign, Floats]:
    rest = [row for row in range(3) if row not in rows]
    out = {
        Sign.CLICKS: seen.clicks[rows].sum(axis=0),
        Sign.LANDING: seen.landing[rows].sum(axis=0),
        Sign.VIEW_THROUGH: seen.view_through,
    }
    if rest:
        out[Sign.OTHER_CAMPAIGNS] = seen.conversions[rest].sum(axis=0)
    if tier != "report":
        out |= {Sign.ORDERS: seen.orders, Sign.LOGGED: seen.purchases["browser"] + seen.purchases["server"]}
    return {sign: counts[:until] for sign, counts in out.items()}


def confusion(n: int, volumes: tuple[int, ...], r: Ranges, tier: str) -> list[Named]:
    """``n`` shops of each scenario and volume."""
    return [named(s, volume, r, i, tier) for s in LABELLED for volume in volumes for i in range(n)]


def report(n: int, volumes: tuple[int, ...], r: Ranges) -> None:
    """Print confusion, the two figures that matter, and calibration."""
    for tier, read in TIERS.items():
        everything = confusion(n, volumes, r, tier)
        print(f"\ncauses, {read}: {n} shops a row and volume")
        for s in LABELLED:
            said = Counter(x.cause for x in everything if x.scenario is s)
            print(f"  {s.name:32} is {s.cause:20} " + ", ".join(f"{c} {k}" for c, k in said.most_common()))
        _figures(everything)


def _figures(everything: list[Named]) -> None:
    broken = [x for x in everything if x.scenario.cause == "tracking_break"]
    loud = [x for x in broken if x.cause != QUIET]
    rest = [x for x in everything if x.scenario.cause != "tracking_break"]
    right = sum(x.cause == "tracking_break" for x in broken)
    wrong = sum(x.cause == "tracking_break" for x in rest)
    print(
        f"  tracking breaks named so: {right / len(broken):.3f} of all, {right / max(len(loud), 1):.3f} of those found;"
        f" look-alikes named so: {wrong / len(rest):.3f}"
    )
    spoken = [x for x in everything if x.cause not in (QUIET, "unknown")]
    for low, high in ((0.65, 0.8), (0.8, 0.95), (0.95, 1.01)):
        rows = [x for x in spoken if low <= x.chance < high]
        if rows:
            true = np.mean([x.cause == x.scenario.cause for x in rows])
            print(f"  sure {low:.2f} to {min(high, 1.0):.2f}: right {true:.2f} of {len(rows)}")
