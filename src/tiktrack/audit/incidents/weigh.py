"""What one sign says to each cause: its move against the move that the cause foresees."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp, log, pi, sqrt

from tiktrack.audit.incidents.expected import PRIOR, SIZE, Belief, Cause
from tiktrack.audit.incidents.moves import Move
from tiktrack.audit.incidents.signs import Sign

BOUND = 3.5
"""Most log odds that one sign may bring: it cannot outvote all others."""
_ODD, _ODD_SD = 0.04, 1.0  # chance that a sign does something that no cause foresees
_MOST_SD = 0.5


@dataclass(frozen=True, slots=True)
class Witness:
    """One sign, how it moved, and the log odds that it brings to each cause against the average of all."""

    sign: Sign
    move: Move
    odds: dict[Cause, float]


@dataclass(frozen=True, slots=True)
class Pair:
    """A sign and the symptom over the same days: both moves, and the s.d. by which they move apart anyway."""

    sign: Sign
    move: Move
    symptom: Move
    apart: float


def hear(pair: Pair, beliefs: Mapping[Cause, Belief]) -> Witness:
    """The odds that this sign brings."""
    said = {cause: _likelihood(pair, belief) for cause, belief in beliefs.items()}
    middle = sum(PRIOR[c] * said[c] for c in said) / sum(PRIOR[c] for c in said)
    odds = {cause: max(-BOUND, min(BOUND, log(value / middle))) for cause, value in said.items()}
    return Witness(pair.sign, pair.move, odds)


def size(cause: Cause, move: Move) -> float:
    """Log odds of a change of this size, up or down, bounded like those of any sign."""
    mean, sd = SIZE[cause]
    return max(-BOUND, log(_density(abs(move.log), mean, sqrt(sd**2 + min(move.sd, _MOST_SD) ** 2)) + 1e-9))


def _likelihood(pair: Pair, belief: Belief) -> float:
    """Density of the sign's move, given that of the symptom.

    A sign that goes its own way carries its own doubt; one that goes with the symptom shares its good and bad days, so
    that only what keeps the two apart is doubt.
    """
    move, symptom = pair.move, pair.symptom
    found = _ODD * _density(move.log, 0.0, sqrt(_ODD_SD**2 + move.sd**2))
    for weight, slope, offset, sd in belief:
        bound = min(abs(slope), 1.0)
        doubt = (
            bound * pair.apart**2 + (1.0 - bound) * move.sd**2 + bound * (1.0 - bound) * min(symptom.sd, _MOST_SD) ** 2
        )
        found += (1.0 - _ODD) * weight * _density(move.log, slope * symptom.log + offset, sqrt(sd**2 + doubt))
    return found


def _density(value: float, mean: float, sd: float) -> float:
    return exp(-0.5 * ((value - mean) / sd) ** 2) / (sd * sqrt(2.0 * pi))
