"""In which countries an account's people live: their public holidays are no broken tracking."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files

from tiktrack.engine import Engine
from tiktrack.public_holidays import Calendar

_MOST = 5  # countries; the rest are too few people to make a holiday of the account


def calendar(engine: Engine, countries: Sequence[str], timezone: str) -> Calendar:
    """The countries as set, else those of the events, else the one that the time zone lies in."""
    return Calendar(dict.fromkeys(countries, 1.0) or _of_events(engine) or _of_zone(timezone))


def _of_events(engine: Engine) -> dict[str, float]:
    if "country" not in engine.columns("events_cube"):
        return {}
    counted = "select country, sum(w) as n from events_cube where length(country) = 2 group by country"
    return {country: float(n) for country, n in engine.rows(f"{counted} order by n desc, country limit {_MOST}").rows}


def _of_zone(timezone: str) -> dict[str, float]:
    """From the table of the time zone database; UTC and outdated names lie nowhere."""
    for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text(encoding="utf-8").splitlines():
        country, _, rest = line.partition("\t")
        if rest.split("\t")[1:2] == [timezone]:
            return {country: 1.0}
    return {}
