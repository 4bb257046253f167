"""Falls that begin on a public holiday, with and without the calendar: what it spares, and what it costs."""

from __future__ import annotations

from collections.abc import Container
from datetime import date, timedelta

import numpy as np

from tiktrack.detect.records import Daily
from tiktrack.detect.scan import newest
from tiktrack.public_holidays import Calendar

_HOLIDAY = date(2025, 11, 27)
_WITH = Calendar({"US": 1.0})
_HISTORY, _DAYS = 56, 4
_DROPS = (0.3, 0.5, 0.7, 0.9, 1.0)


def report(n: int, volumes: list[int]) -> None:
    """Share of ``n`` accounts told after one to four days, from the report alone."""
    print("\nfalls that begin on Thanksgiving: told after 1 / 2 / 3 / 4 days, without and with the calendar")
    for volume in volumes:
        for drop in _DROPS:
            told = [_told(volume, drop, n, holidays) for holidays in ((), _WITH)]
            print(f"  {volume:4} a day, {drop:4.0%}   {told[0]}   {told[1]}")


def _told(volume: int, drop: float, n: int, holidays: Container[date]) -> str:
    found = np.array([[_alarm(volume, drop, seed, day, holidays) for day in range(_DAYS)] for seed in range(n)])
    return " ".join(f"{share:.2f}" for share in found.mean(axis=0))


def _alarm(volume: int, drop: float, seed: int, day: int, holidays: Container[date]) -> bool:
    rng = np.random.default_rng([seed, volume])
    days = tuple(_HOLIDAY + timedelta(days=i) for i in range(day - _HISTORY, day + 1))
    left = np.where([d >= _HOLIDAY for d in days], 1.0 - drop, 1.0)
    mean = volume * left * np.exp(0.14 * rng.standard_normal(len(days)))
    clicks = rng.poisson(volume * 40, len(days)).astype(float)
    return newest(Daily(days=days, counts=rng.poisson(mean).astype(float), exposure=clicks, holidays=holidays)).alarmed
