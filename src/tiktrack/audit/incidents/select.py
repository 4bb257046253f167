"""Of all series those that can testify: the same pixel's other channel, the orders, the clicks of the campaigns …"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np

from tiktrack.audit.incidents.read import EventKey
from tiktrack.audit.incidents.signs import Sign, Signs
from tiktrack.audit.incidents.timeline import Timeline
from tiktrack.audit.runs import Floats

CONVERSION = "conversion"
BOTH = ("browser", "server")
OTHER_CHANNEL = {"browser": "server", "server": "browser"}


def log_signs(line: Timeline, segment: Mapping[str, str]) -> Signs:
    """What can testify about conversions of the log; ``segment`` names pixel, channel and event, or leaves them."""
    pixel, channel, event = (segment.get(name) for name in ("pixel_code", "channel", "event"))

    def conversions(by: str | None, *, here: bool) -> Floats | None:
        def wanted(key: EventKey) -> bool:
            ours = pixel is None or key[0] == pixel
            return ours is here and key[2] == CONVERSION and by in (None, key[1]) and event in (None, key[3])

        return line.events(wanted)

    def above(kinds: tuple[str, ...], by: str | None) -> Floats | None:
        return line.events(lambda key: pixel in (None, key[0]) and key[2] in kinds and by in (None, key[1]))

    other = OTHER_CHANNEL.get(channel or "")
    return _signs(
        line,
        {
            Sign.ORDERS: line.orders() if event in (None, "Purchase") else None,
            Sign.OTHER_CHANNEL: conversions(other, here=True) if other else None,
            Sign.OTHER_PIXELS: conversions(channel, here=False) if pixel else None,
            Sign.VISITS: above(("page", "browse"), "browser"),
            Sign.STEPS: above(("funnel",), channel),
            Sign.CLICKS: line.ads(("clicks",), lambda name: True),
        },
    )


def report_signs(line: Timeline, ours: Callable[[str], bool]) -> Signs:
    """What can testify about conversions that the report shows for the campaigns that are ours."""
    return _signs(
        line,
        {
            Sign.ORDERS: line.orders(),
            Sign.LOGGED: line.events(lambda key: key[2] == CONVERSION and key[1] in BOTH),
            Sign.OTHER_CAMPAIGNS: line.ads((line.counted,), lambda name: not ours(name)),
            Sign.CLICKS: line.ads(("clicks",), ours),
            Sign.LANDING: line.ads(("landing_page_views",), ours),
            Sign.REPORTED_STEPS: line.ads(("add_to_cart", "checkouts"), ours),
            Sign.EVENT_DATED: line.ads(("conversions_event_time",), ours) if line.click_dated else None,
            Sign.VIEW_THROUGH: line.ads(("view_purchases",), ours),
            Sign.CLICK_THROUGH: line.ads(("click_purchases",), ours),
        },
    )


def _signs(line: Timeline, series: Mapping[Sign, Floats | None]) -> Signs:
    there = {sign: counts for sign, counts in series.items() if counts is not None and np.nansum(counts) > 0}
    return Signs(days=line.days, series=there, changes=line.store.changes)
