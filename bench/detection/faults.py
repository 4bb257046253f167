"""Faults beyond a plain loss, each seen through the series that should carry it.

A fault is drawn for one account and yields the verdicts of seven days: whether the right detector, in the
right direction, has spoken by then.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import numpy as np

from bench.detection.observe import as_of, date_of
from bench.detection.ranges import Ranges
from bench.detection.world import HISTORY, Account, Floats, account, draw
from tiktrack.detect.hourly import Hourly, scan_hours
from tiktrack.detect.records import Daily, Direction, Level
from tiktrack.detect.scan import newest
from tiktrack.detect.shares import DailyShare, scan_share

DAYS = 7
_ALARMS = (Level.SUSPECT, Level.CONFIRMED)
Fault = Callable[[np.random.Generator, float, Ranges], list[bool]]


def _counted(change: Callable[[Account], None], direction: Direction, campaign: bool = False) -> Fault:
    """A fault of the account's counts beside its orders, or of one campaign alone."""

    def fault(rng: np.random.Generator, volume: float, r: Ranges) -> list[bool]:
        a = account(rng, volume, HISTORY + DAYS, r)
        change(a)
        s = draw(a)
        heaviest = int(s.campaign_counts[:, :HISTORY].sum(axis=1).argmax())
        out = []
        for day in range(HISTORY, HISTORY + DAYS):
            daily = as_of(s, day, orders=True)
            if campaign:
                daily = Daily(
                    days=daily.days,
                    counts=s.campaign_counts[heaviest, : day + 1],
                    exposure=s.campaign_clicks[heaviest, : day + 1],
                )
            verdict = newest(daily)
            out.append(verdict.level in _ALARMS and verdict.direction == direction)
        return out

    return fault


def _kept(low: float, high: float, ramp: int = 0) -> Callable[[Account], None]:
    """Tracking keeps a share between ``low`` and ``high`` (above 1: counts twice), reached in ``ramp``
    days."""

    def change(a: Account) -> None:
        goal = a.rng.uniform(low, high)
        steps = np.minimum(1.0, (np.arange(DAYS) + 1) / (ramp + 1))
        a.kept[:, HISTORY:] *= 1.0 + (goal - 1.0) * steps

    return change


def _one_campaign(a: Account) -> None:
    heaviest = int(a.base_rate.sum(axis=1).argmax())
    a.kept[heaviest, HISTORY:] *= a.rng.uniform(0.0, 0.3)


def _shared(before: tuple[float, float], after: Callable[[np.random.Generator, float], float]) -> Fault:
    """A fault of a share of the day's rows; days differ by 0.15 on the logit."""

    def fault(rng: np.random.Generator, volume: float, r: Ranges) -> list[bool]:
        share = rng.uniform(*before)
        n = rng.poisson(volume * np.exp(0.2 * rng.standard_normal(HISTORY + DAYS))).astype(float)
        logit = np.log(share / (1.0 - share)) + 0.15 * rng.standard_normal(len(n))
        odds: Floats = 1.0 / (1.0 + np.exp(-logit))
        odds[HISTORY:] = after(rng, share)
        k = rng.binomial(n.astype(int), odds).astype(float)
        days = tuple(date_of(i) for i in range(len(n)))
        ends = range(HISTORY + 1, HISTORY + DAYS + 1)
        verdicts = [scan_share(DailyShare(days=days[:e], k=k[:e], n=n[:e])) for e in ends]
        return [v.level in _ALARMS and v.since is not None and v.since >= days[HISTORY - 1] for v in verdicts]

    return fault


def _afternoon(rng: np.random.Generator, volume: float, r: Ranges) -> list[bool]:
    """The checkout tag goes at 14:00; the log ends at 20:00 of the same day, then at midnights."""
    hours = (HISTORY + DAYS) * 24
    at = np.arange(hours)
    shape = np.exp(1.2 * np.sin((at % 24 - 9) * 2 * np.pi / 24))
    day = np.repeat(np.exp(np.sqrt(0.02) * rng.standard_normal(HISTORY + DAYS)), 24)
    counts = rng.poisson(volume / 24 * shape / shape[:24].mean() * day).astype(float)
    lost = HISTORY * 24 + 14
    counts[lost:] = 0.0
    start = datetime.fromisoformat("2026-01-05")
    found = []
    for end in [HISTORY * 24 + 20, *((HISTORY + d) * 24 for d in range(2, DAYS + 1))]:
        now = scan_hours(Hourly(start=start, counts=counts[:end])).now
        onset = start + timedelta(hours=lost)
        found.append(now is not None and abs(now.since - onset) <= timedelta(hours=2))
    return found


FAULTS: dict[str, Fault] = {
    "pixel removed": _counted(_kept(0.0, 0.15), "drop"),
    "consent banner": _counted(_kept(0.4, 0.75), "drop"),
    "consent banner, three-day ramp": _counted(_kept(0.4, 0.6, ramp=3), "drop"),
    "server token expired": _counted(_kept(0.5, 0.8), "drop"),
    "match keys lost, fewer attributed": _counted(_kept(0.65, 0.85, ramp=3), "drop"),
    "landing page of one campaign dead": _counted(_one_campaign, "drop", campaign=True),
    "fires twice": _counted(_kept(1.6, 2.0), "rise"),
    "event ids no longer match": _counted(_kept(1.3, 1.9), "rise"),
    "purchase again on reload": _counted(_kept(1.1, 1.3), "rise"),
    "half of the orders without event": _shared((0.9, 0.95), lambda rng, share: share * 0.5),
    "one browser dark": _shared((0.2, 0.5), lambda rng, share: share * rng.uniform(0.0, 0.2)),
    "e-mail key lost": _shared((0.6, 0.8), lambda rng, share: share * rng.uniform(0.2, 0.6)),
    "currency missing on one locale": _shared((0.005, 0.02), lambda rng, share: rng.uniform(0.2, 0.6)),
    "value sent as text": _shared((0.005, 0.02), lambda rng, share: rng.uniform(0.8, 1.0)),
    "tag lost at 14:00 (hours)": _afternoon,
}
