"""A finding's daily series as geometry: all positions in percent of the drawing, y counted from the top."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import date
from statistics import median

from tiktrack.model.report import Finding
from tiktrack.render import words
from tiktrack.render.series import Daily, daily

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_DATES = 5


@dataclass(frozen=True, slots=True)
class Column:
    """One day; ``marked`` days belong to the finding."""

    x: float
    y: float
    width: float
    height: float
    marked: bool
    title: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A word beside an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class Plot:
    """What the page draws; ``band`` is top and height, ``onset`` the left edge of the first bad day."""

    columns: tuple[Column, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    limit: float | None
    band: tuple[float, float] | None
    onset: Tick | None
    summary: str
    quantity: str


def plot(finding: Finding) -> Plot | None:
    """The drawing of a finding; None where it has no series."""
    shown = daily(finding)
    if shown is None:
        return None
    marks = _marks(shown.top)
    if shown.percent and marks[-1] > 1:
        marks = [mark for mark in marks if mark < 1] + [1.0]
    top = marks[-1]
    return Plot(
        columns=tuple(_columns(finding, shown, top)),
        across=tuple(_dates(shown.days)),
        up=tuple(Tick(_y(mark, top), _amount(shown, mark)) for mark in marks),
        limit=_y(shown.limit, top) if shown.limit is not None and shown.limit <= top else None,
        band=_band(shown.band, top),
        onset=_onset(finding, shown),
        summary=_summary(finding, shown),
        quantity=_quantity(finding),
    )


def _columns(finding: Finding, shown: Daily, top: float) -> list[Column]:
    width = 100 / len(shown.days)
    made = []
    for at, (day, value, marked) in enumerate(zip(shown.days, shown.values, shown.marked, strict=True)):
        if value is None:
            continue
        counts = finding.series[at]
        of = f" ({words.number(counts.bad)} of {words.number(counts.n)})" if shown.percent else ""
        y = _y(value, top)
        title = f"{words.day(day)}: {_amount(shown, value)}{of}"
        made.append(Column(_r(at * width), y, _r(width * 0.76), _r(100 - y), marked, title))
    return made


def _marks(top: float) -> list[float]:
    """Two to five round numbers from 0 to at least ``top``."""
    raw = top / 3
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(step * power for step in _STEPS if step * power >= raw * 0.999)
    return [step * at for at in range(math.ceil(top / step - 1e-9) + 1)]


def _y(value: float, top: float) -> float:
    return _r(100 - 100 * min(1.0, max(0.0, value / top)))


def _r(value: float) -> float:
    return round(value, 2)


def _band(band: tuple[float, float] | None, top: float) -> tuple[float, float] | None:
    if band is None:
        return None
    upper, lower = _y(band[1], top), _y(band[0], top)
    return upper, _r(lower - upper)


def _onset(finding: Finding, shown: Daily) -> Tick | None:
    """The first bad day; None where the finding was there from the start."""
    since = (finding.since or "")[:10]
    if not since or since <= shown.days[0] or since > shown.days[-1]:
        return None
    at = next(index for index, day in enumerate(shown.days) if day >= since)
    return Tick(_r(100 * at / len(shown.days)), _short(since))


def _dates(days: tuple[str, ...]) -> list[Tick]:
    """A few dates, evenly spread, at the middle of their columns."""
    count = min(_DATES, len(days))
    places = sorted({round(at * (len(days) - 1) / (count - 1)) for at in range(count)})
    return [Tick(_r(100 * (at + 0.38) / len(days)), _short(days[at])) for at in places]


def _short(day: str) -> str:
    try:
        found = date.fromisoformat(day)
    except ValueError:
        return day
    return words.short_day(found)


def _amount(shown: Daily, value: float) -> str:
    return words.percent(value) if shown.percent else words.number(value)


def _quantity(finding: Finding) -> str:
    """What a column stands for."""
    return {"share": "Share affected per day", "ratio": "Ratio per day"}.get(finding.unit, "Count per day")


def _summary(finding: Finding, shown: Daily) -> str:
    """The drawing in words, for those who do not see it."""
    known = [(value, marked) for value, marked in zip(shown.values, shown.marked, strict=True) if value is not None]
    parts = []
    for wanted, said in ((False, "on other days"), (True, "on days with this finding")):
        values = [value for value, marked in known if marked is wanted]
        if values:
            parts.append(f"typically {_amount(shown, median(values))} {said}")
    span = f"{words.day(shown.days[0])} to {words.day(shown.days[-1])}"
    limit = f" The limit is {words.limit(finding)}." if shown.limit is not None else ""
    return f"{_quantity(finding)}, {span}: {', '.join(parts)}.{limit}"
