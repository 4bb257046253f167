"""How the newest days of this account's reports fill up, learned where the report dates conversions twice."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from tiktrack.detect.completeness import from_datings
from tiktrack.detect.records import Completeness
from tiktrack.engine import Engine

_UNFINISHED = timedelta(days=7)


def dated_twice(engine: Engine) -> Completeness | None:
    """The curve from conversions by day of the click against the same by day of the purchase, finished days only.

    None where the report has only one dating, or fewer than four weeks of both: then the curve is not known from here.
    """
    if not {"day", "conversions", "conversions_event_time"} <= engine.columns("ads"):
        return None
    rows = engine.rows(
        "select day, sum(conversions), sum(conversions_event_time) from ads where day is not null "
        "and conversions is not null and conversions_event_time is not null group by day order by day"
    ).rows
    if not rows:
        return None
    first, last = rows[0][0], rows[-1][0] - _UNFINISHED
    by_day = {day: (float(clicked), float(happened)) for day, clicked, happened in rows}
    days = [first + timedelta(days=i) for i in range((last - first).days + 1)]
    both = np.array([by_day.get(day, (0.0, 0.0)) for day in days]).reshape(-1, 2)
    return from_datings(both[:, 0], both[:, 1])
