"""Detectors: rules about time. Each takes all series of a rule and returns a verdict for each.

``drop``   fewer events than the past, the weekday, the exposure and the witness let expect
``rise``   more than the witness lets expect
``shift``  a share that changed its level
``rates``  campaigns whose purchases per click are far below the account's others, although people click

``silence`` looks at hours and has a query of its own: ``audit.hours``.
"""

from tiktrack.audit.detectors.base import Detector, Present
from tiktrack.audit.detectors.counts import drop, rise
from tiktrack.audit.detectors.rates import rates
from tiktrack.audit.detectors.shift import shift

__all__ = ["DETECTORS", "Present"]

DETECTORS: dict[str, Detector] = {"drop": drop, "rise": rise, "shift": shift, "rates": rates}
