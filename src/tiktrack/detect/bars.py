"""How much the tests must show, by what there was to test against.

The fewer explanations a series can be held against, the more it must show: without clicks every budget cut
looks like a break. Set on the tuning world of ``bench/detection`` (0.10 and 0.03 false alarms per
account-month).
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from tiktrack.detect.records import Level, Parts


@dataclass(frozen=True, slots=True)
class Bars:
    """Scores (-log10 p) from which a finding is suspect or confirmed."""

    suspect: float
    confirmed: float

    def level(self, score: float, dearer: float = 0.0) -> Level:
        """Level of a score; ``dearer`` is the price of having looked in many places."""
        if score >= self.confirmed + dearer:
            return Level.CONFIRMED
        return Level.SUSPECT if score >= self.suspect + dearer else Level.NONE


ALONE = Bars(4.6, 7.0)
WITH_EXPOSURE = Bars(3.0, 3.7)
WITH_WITNESS = Bars(3.4, 4.6)
WITH_BOTH = Bars(2.7, 3.3)
_UNFINISHED = 1.5
"""The completeness curve is assumed with a wide doubt, which pays for false alarms that never come: a suspicion needs
the less, the more of the variance is that doubt."""
_BARE_ALLOWANCE = 0.6  # counts without their exposure are noisier, so they may show this much less
_CHECKS_FACTOR = 1.6  # beside the joint test the single ones only have to point the same way


def bars(parts: Parts) -> Bars:
    """The bars for the tests that could be made."""
    if parts.witness is None and parts.exposure is not None:
        return replace(WITH_EXPOSURE, suspect=WITH_EXPOSURE.suspect - _UNFINISHED * parts.exposure.unfinished)
    if parts.witness is None:
        return ALONE
    return WITH_WITNESS if parts.exposure is None else WITH_BOTH


def conjoin(parts: Parts) -> float:
    """One score of the tests that must agree."""
    bare = parts.bare.score if parts.bare else 0.0
    given = parts.exposure.score if parts.exposure else None
    if parts.witness is None or parts.joint is None:
        return bare if given is None else min(given, bare + _BARE_ALLOWANCE)
    checks = min(bare, parts.witness.score, bare if given is None else given)
    return min(parts.joint.score, _CHECKS_FACTOR * checks)
