"""When people shop: hours of the day, days of the week, account time zone to UTC."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from tools.samples.records import Account

HOUR_MS = 3_600_000
DAY_MS = 24 * HOUR_MS

HOURS = (10, 5, 3, 2, 2, 4, 10, 20, 30, 38, 43, 46, 52, 50, 47, 46, 49, 57, 68, 84, 97, 92, 63, 31)
"""Relative traffic per local hour: quiet nights, a peak after dinner."""

WEEKDAYS = (1.02, 0.97, 0.94, 0.95, 0.93, 1.03, 1.16)
"""Relative demand from Monday to Sunday."""


def at(day: date, zone: ZoneInfo, hour: int = 0) -> int:
    """The UTC millisecond at which ``hour`` strikes on ``day`` in ``zone``."""
    return int(datetime.combine(day, time(hour), zone).timestamp() * 1000)


def window_end(account: Account) -> int:
    """The UTC millisecond at which the account's last day is over."""
    return at(account.last + timedelta(days=1), account.zone)


def day_of(ms: int, zone: ZoneInfo) -> date:
    """The account day of a moment."""
    return datetime.fromtimestamp(ms / 1000, zone).date()


def moment(rng: Random, day: date, zone: ZoneInfo) -> int:
    """A likely moment of ``day``."""
    hour = rng.choices(range(24), HOURS)[0]
    return at(day, zone, hour) + int(rng.random() * HOUR_MS)


def later_purchase(rng: Random, clicked_ms: int, day: date, zone: ZoneInfo) -> int:
    """When a clicker buys: mostly at once, some hours later, some within a week (the reporting lag)."""
    luck = rng.random()
    if luck < 0.72:
        return clicked_ms
    if luck < 0.82:
        return clicked_ms + HOUR_MS + int(rng.random() * 5 * HOUR_MS)
    waited = 1 + min(5, int(rng.expovariate(0.55)))
    return moment(rng, day + timedelta(days=waited), zone)
