"""Spans of calendar days, both ends included, as TikTok counts them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """From ``since`` to ``until``, both included."""

    since: date
    until: date

    @property
    def days(self) -> int:
        return (self.until - self.since).days + 1

    def __iter__(self) -> Iterator[date]:
        return (self.since + ONE_DAY * offset for offset in range(self.days))

    def __contains__(self, day: date) -> bool:
        return self.since <= day <= self.until

    def pieces(self, longest: int) -> list[Span]:
        """The span cut into pieces of at most ``longest`` days."""
        starts = (self.since + ONE_DAY * offset for offset in range(0, self.days, longest))
        return [Span(start, min(self.until, start + ONE_DAY * (longest - 1))) for start in starts]


def runs(days: Iterable[date]) -> list[Span]:
    """Neighbouring days joined into spans."""
    spans: list[Span] = []
    for day in sorted(set(days)):
        if spans and spans[-1].until + ONE_DAY == day:
            spans[-1] = Span(spans[-1].since, day)
        else:
            spans.append(Span(day, day))
    return spans
