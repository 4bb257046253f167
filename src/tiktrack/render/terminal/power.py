"""``--power``: what "passed" means for this account, as lines."""

from __future__ import annotations

from collections.abc import Sequence

from tiktrack.model.report import Power

_HEAD = "Drops that would be seen, four times in five, within 1 / 2 / 7 days"
_NONE = "There is no daily series of conversions to judge."
_BLIND = "not even a total loss within a week: too few conversions or days"


def lines(power: Sequence[Power]) -> list[str]:
    """A heading and one line for each series."""
    if not power:
        return [_NONE]
    return [_HEAD, *(f"{' / '.join(p.segment.values())}, {p.a_day:,.1f} {p.what} a day: {_drops(p)}" for p in power)]


def _drops(power: Power) -> str:
    drops = list(power.smallest_drop.values())
    if all(drop is None for drop in drops):
        return _BLIND
    return " / ".join("none" if drop is None else f"{drop:.0%}" for drop in drops)
