"""Public holidays: the one door to the ``holidays`` package, opened only when somebody asks about a day."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

_MOST_PEOPLE = 0.5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Calendar(Container[date]):
    """Days on which at least half of the people have a public holiday, or had one the day before.

    ``people`` weighs their countries (ISO 3166, two letters); nobody means no holidays. Countries without a calendar
    in the package have none either.
    """

    people: Mapping[str, float]

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and bool(self.name(day) or self.name(day - _DAY))

    def name(self, day: date) -> str | None:
        """What most of those people celebrate that day, in English where the package knows it."""
        names = {country: _of(country, day.year).get(day) for country in self.people}
        free = {country: weight for country, weight in self.people.items() if names[country]}
        if not free or sum(free.values()) < _MOST_PEOPLE * sum(self.people.values()):
            return None
        return names[max(free, key=lambda country: free[country])]


NOBODY = Calendar({})


@cache
def _of(country: str, year: int) -> Mapping[date, str]:
    import holidays  # a tenth of a second, and few audits ask

    try:
        return dict(holidays.country_holidays(country, years=year, language="en_US"))
    except NotImplementedError:
        return {}
