"""What each cause does to each sign, as we believe it: the one table from which incidents are judged.

A belief is a mixture of (weight, slope, offset, s.d.): with x the logarithm of seen ÷ expected of the affected
conversions, the sign is thought to move by slope · x + offset, give or take the s.d., also in logarithms. Slope 0
means that it goes on as before, slope 1 that it moves as the conversions do. Where two things may happen under one
cause (the whole pixel is gone, or only the purchase tag), both stand there.
"""

from __future__ import annotations

from enum import StrEnum

from tiktrack.audit.incidents.signs import Sign

Belief = tuple[tuple[float, float, float, float], ...]


class Cause(StrEnum):
    """The causes that an incident may have."""

    TRACKING_BREAK = "tracking_break"
    TRACKING_FIX = "tracking_fix"
    SITE_BREAK = "site_break"
    DEMAND = "demand"
    DELIVERY_CHANGE = "delivery_change"
    REPORTING_LAG = "reporting_lag"
    ATTRIBUTION_CHANGE = "attribution_change"
    UNKNOWN = "unknown"


PRIOR = {
    Cause.TRACKING_BREAK: 0.35,
    Cause.TRACKING_FIX: 0.05,
    Cause.SITE_BREAK: 0.10,
    Cause.DEMAND: 0.28,
    Cause.DELIVERY_CHANGE: 0.12,
    Cause.REPORTING_LAG: 0.04,
    Cause.ATTRIBUTION_CHANGE: 0.06,
}
SURE = 0.65
"""Below this probability no cause is named."""

SIZE = {
    Cause.TRACKING_BREAK: (1.2, 1.1),
    Cause.TRACKING_FIX: (0.5, 0.35),
    Cause.SITE_BREAK: (1.8, 1.1),
    Cause.DEMAND: (0.5, 0.6),
    Cause.DELIVERY_CHANGE: (0.7, 0.6),
    Cause.REPORTING_LAG: (0.4, 0.4),
    Cause.ATTRIBUTION_CHANGE: (0.25, 0.25),
}
"""How far conversions move under each cause, up or down: mean and s.d. of the size of the logarithm."""

_GOES_ON: Belief = ((1.0, 0.0, 0.0, 0.1),)
_ABOUT: Belief = ((1.0, 0.0, 0.0, 0.2),)
_WITH_IT: Belief = ((1.0, 1.0, 0.0, 0.1),)
_EITHER: Belief = ((0.6, 0.0, 0.0, 0.2), (0.4, 1.0, 0.0, 0.35))
_PARTLY: Belief = ((0.5, 0.0, 0.0, 0.25), (0.5, 0.85, 0.0, 0.25))
_DILUTED: Belief = ((0.5, 0.2, 0.0, 0.15), (0.5, 0.7, 0.0, 0.25))
_FOLLOWS: Belief = ((1.0, 0.85, 0.0, 0.3),)
_DELIVERED: Belief = ((0.8, 1.1, 0.0, 0.35), (0.2, 0.0, 0.4, 0.3))

T, F, S, D, V, L, A = PRIOR
_ANY: dict[Sign, dict[Cause, Belief]] = {
    Sign.CLICKS: {
        **dict.fromkeys((T, F, S, L, A), _ABOUT),
        D: ((0.85, 0.0, 0.0, 0.2), (0.15, 0.5, 0.0, 0.3)),
        V: _DELIVERED,
    },
}
IN_LOG: dict[Sign, dict[Cause, Belief]] = {
    **_ANY,
    Sign.ORDERS: {T: _GOES_ON, F: _GOES_ON, S: _WITH_IT, D: _WITH_IT, V: _WITH_IT},
    Sign.OTHER_CHANNEL: {
        T: ((0.75, 0.0, 0.0, 0.12), (0.25, 1.0, 0.0, 0.3)),
        F: ((0.75, 0.0, 0.0, 0.12), (0.25, 1.0, 0.0, 0.3)),
        S: _WITH_IT,
        D: _WITH_IT,
        V: _WITH_IT,
    },
    Sign.OTHER_PIXELS: {T: _EITHER, F: _EITHER, S: _EITHER, D: _FOLLOWS, V: _EITHER},
    Sign.VISITS: {T: _EITHER, F: _ABOUT, S: _EITHER, D: _PARTLY, V: ((0.7, 0.6, 0.0, 0.35), (0.3, 0.0, 0.0, 0.2))},
    Sign.STEPS: {T: _EITHER, F: _ABOUT, S: _EITHER, D: _PARTLY, V: _FOLLOWS},
}
"""For conversions of the log: they are the shop's own orders, so whatever moves those moves both alike."""
IN_REPORT: dict[Sign, dict[Cause, Belief]] = {
    **_ANY,
    Sign.ORDERS: {
        **dict.fromkeys((T, F, L, A), _GOES_ON),
        S: ((1.0, 1.0, 0.0, 0.2),),
        D: ((1.0, 1.0, 0.0, 0.2),),
        V: _DILUTED,
    },
    Sign.LOGGED: {
        T: _EITHER,
        F: _WITH_IT,
        S: ((1.0, 1.0, 0.0, 0.2),),
        D: ((1.0, 1.0, 0.0, 0.2),),
        V: _DILUTED,
        L: _GOES_ON,
        A: _GOES_ON,
    },
    Sign.OTHER_CAMPAIGNS: {T: _EITHER, F: _EITHER, S: _EITHER, D: _FOLLOWS, V: _ABOUT, L: _FOLLOWS, A: _EITHER},
    Sign.LANDING: {
        T: ((0.75, 0.0, 0.0, 0.2), (0.25, 1.0, 0.0, 0.35)),
        **dict.fromkeys((F, D, L, A), _ABOUT),
        S: ((0.4, 0.0, 0.0, 0.2), (0.6, 1.0, 0.0, 0.4)),
        V: _EITHER,
    },
    Sign.REPORTED_STEPS: {T: _EITHER, F: _ABOUT, S: _EITHER, D: _PARTLY, V: _FOLLOWS, L: _FOLLOWS, A: _EITHER},
    Sign.EVENT_DATED: {**dict.fromkeys((T, F, S, D, V, A), _WITH_IT), L: _GOES_ON},
    Sign.VIEW_THROUGH: {
        **dict.fromkeys((T, F, S, D, V), _FOLLOWS),
        L: _ABOUT,
        A: ((0.6, 6.0, 0.0, 1.5), (0.4, 0.0, 0.0, 0.2)),
    },
    Sign.CLICK_THROUGH: {**dict.fromkeys((T, F, S, D, V, L), _FOLLOWS), A: _EITHER},
}
"""For conversions of an ads report: a part of the orders, and credited by rules of their own."""
