"""How many purchases there were in all, from the overlap of two channels: the estimate of Lincoln and Petersen.

``n = (browser + 1) (server + 1) / (both + 1) − 1`` (Chapman, for small numbers); the interval is Sadinle's (2009), on
the logarithm of the unseen, so that it never falls below what was seen; in simulations it holds the truth in 93 to
96 %. It assumes that the two channels lose purchases independently of each other. They often do not, and the direction
of the error is known (measured in simulations):

- people whom both channels miss (no consent, a broken page): too low, by as many as they are;
- a server that sends where the browser failed: too high, a few per cent;
- ids that do not match: too high, a quarter at 20 % of ids.

It is a figure beside the orders and never in their place.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

_Z95 = 1.959964
_LEAST_BOTH = 10

ASSUMPTION = "browser and server lose purchases independently of each other"
DIRECTIONS = (
    "too low where both miss the same people (no consent, a page broken for both)",
    "too high where the server only steps in when the browser failed",
    "too high where event IDs do not match and nothing else ties the copies together",
)


@dataclass(frozen=True, slots=True)
class Estimate:
    """Purchases seen by each channel and by both; ``all`` with its 95 % interval ``low`` to ``high``."""

    browser: int
    server: int
    both: int
    all: float
    low: float
    high: float

    @property
    def seen(self) -> int:
        """Purchases that at least one channel saw."""
        return self.browser + self.server - self.both


def estimate(browser: int, server: int, both: int) -> Estimate | None:
    """The estimate; None where the two channels share too few purchases to tell."""
    if both < _LEAST_BOTH:
        return None
    everything = (browser + 1) * (server + 1) / (both + 1) - 1
    seen = browser + server - both
    low, high = _interval(browser - both, server - both, both)
    return Estimate(browser, server, both, everything, min(seen + low, everything), max(seen + high, everything))


def _interval(browser_only: int, server_only: int, both: int) -> tuple[float, float]:
    """95 % interval of the number that neither channel saw."""
    if not browser_only or not server_only:  # the rule of three: zero in n means less than 3 in n
        return 0.0, (browser_only or 3) * (server_only or 3) / both
    alone = (browser_only + 0.5) * (server_only + 0.5)
    unseen = alone / (both + 0.5)
    sigma = math.sqrt(1 / (browser_only + 0.5) + 1 / (server_only + 0.5) + 1 / (both + 0.5) + (both + 0.5) / alone)
    spread = math.exp(_Z95 * sigma)
    return max(0.0, unseen / spread - 0.5), unseen * spread - 0.5
