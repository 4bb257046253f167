"""Which cause explains what was seen: each sign speaks for or against each cause, by the table in ``expected``.

A sign cannot outvote all others (its odds are bounded), causes that the data cannot show are never named, and what
the data cannot tell apart stays unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log, pi, sqrt

from tiktrack.audit.incidents.expected import BELIEFS, PRIOR, SIZE, SURE, Belief, Cause
from tiktrack.audit.incidents.moves import Move, moved
from tiktrack.audit.incidents.signs import Change, Sign, Signs, Symptom

_ODD = 0.04  # chance that a sign does something that no cause foresees
_ODD_SD = 1.0
_BOUND = 3.5  # most log odds that one sign may bring
_ROWS = 3.0  # log odds of a fault that was seen in the rows themselves
_FIX = 3.5
_NOTED = 1.6  # log odds of a change that somebody noted on the day
_NOTES = {"budget": Cause.DELIVERY_CHANGE, "bid": Cause.DELIVERY_CHANGE, "status": Cause.DELIVERY_CHANGE,
          "targeting": Cause.DELIVERY_CHANGE, "site": Cause.TRACKING_BREAK}  # fmt: skip
_SHOWN_BY = {
    Cause.SITE_BREAK: frozenset({Sign.ORDERS, Sign.OTHER_CHANNEL, Sign.LOGGED}),
    Cause.DEMAND: frozenset({Sign.ORDERS, Sign.OTHER_CHANNEL, Sign.LOGGED}),
    Cause.DELIVERY_CHANGE: frozenset({Sign.CLICKS}),
    Cause.TRACKING_BREAK: frozenset({Sign.ORDERS, Sign.OTHER_CHANNEL, Sign.LOGGED}),
    Cause.ATTRIBUTION_CHANGE: frozenset({Sign.VIEW_THROUGH, Sign.LOGGED}),
    Cause.REPORTING_LAG: frozenset({Sign.EVENT_DATED, Sign.LOGGED, Sign.ORDERS}),
}
"""A cause is named only where one of these was there to show it."""
_SHOP = (Cause.DEMAND, Cause.SITE_BREAK)
"""The shop itself sells less; which of the two it is may stay open while it is sure to be one of them."""
_OVER = 1.12  # conversions an order from which there was over-counting to mend
_LAG_DAYS = 7


@dataclass(frozen=True, slots=True)
class Witness:
    """One sign, how it moved, and the log odds that it brings to each cause against the others."""

    sign: Sign
    move: Move
    odds: dict[Cause, float]


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The cause (or unknown), the probability of each that was considered, and the witnesses."""

    cause: Cause
    chance: dict[Cause, float]
    move: Move | None
    witnesses: tuple[Witness, ...]
    over_before: float | None = None
    noted: tuple[Change, ...] = ()


def diagnose(symptom: Symptom, signs: Signs) -> Diagnosis:
    """Weigh the causes of a symptom; every series is compared over the same days."""
    first, stop = signs.rows(symptom.since, symptom.until)
    noted = tuple(c for c in signs.changes if -1 <= (symptom.since - c.day).days <= 2)
    move = None if symptom.counts is None else moved(symptom.counts, first, stop)
    if move is None:
        return _without_counts(symptom, noted)
    over = _over_before(symptom, signs, first)
    causes = _considered(symptom, signs, over)
    witnesses = tuple(
        _hear(sign, other, _in_part(move, symptom.part) if sign is Sign.ORDERS else move, causes)
        for sign, counts in signs.series.items()
        if (other := moved(counts, first, stop))
    )
    weight = {c: log(PRIOR[c]) + _size(c, move) + sum(w.odds[c] for w in witnesses) for c in causes}
    if symptom.in_rows:
        weight[Cause.TRACKING_BREAK] += _ROWS
    if Cause.TRACKING_FIX in weight:
        weight[Cause.TRACKING_FIX] += _FIX
    for change in noted:
        if (told := _NOTES.get(change.kind)) in weight:
            weight[told] += _NOTED
    chance = _normalised(weight)
    best = max(chance, key=lambda cause: chance[cause])
    total = sum(chance.get(cause, 0.0) for cause in _SHOP) if best in _SHOP else chance[best]
    shown = total >= SURE and _shown(best, symptom, witnesses)
    return Diagnosis(best if shown else Cause.UNKNOWN, chance, move, witnesses, over, noted)


def _without_counts(symptom: Symptom, noted: tuple[Change, ...]) -> Diagnosis:
    """No count moved: a fault seen in the rows is its own proof, anything else stays open."""
    if symptom.in_rows:
        return Diagnosis(Cause.TRACKING_BREAK, {Cause.TRACKING_BREAK: 0.95}, None, (), None, noted)
    if symptom.ended:
        return Diagnosis(Cause.TRACKING_FIX, {Cause.TRACKING_FIX: 0.9}, None, (), None, noted)
    return Diagnosis(Cause.UNKNOWN, {}, None, (), None, noted)


def _considered(symptom: Symptom, signs: Signs, over: float | None) -> tuple[Cause, ...]:
    """Causes that could at all be behind it."""
    out = {Cause.TRACKING_BREAK, Cause.SITE_BREAK, Cause.DEMAND, Cause.DELIVERY_CHANGE}
    if symptom.ended or (over is not None and over >= _OVER):
        out.add(Cause.TRACKING_FIX)
    if symptom.reported:
        out.add(Cause.ATTRIBUTION_CHANGE)
    if symptom.click_dated and symptom.until is None and (signs.days[-1] - symptom.since).days < _LAG_DAYS:
        out.add(Cause.REPORTING_LAG)
    return tuple(cause for cause in PRIOR if cause in out)


def _over_before(symptom: Symptom, signs: Signs, first: int) -> float | None:
    """Conversions an order in the four weeks before, where there are orders to hold the log against."""
    orders = signs.series.get(Sign.ORDERS)
    if symptom.counts is None or orders is None or symptom.reported:
        return None
    bought, counted = orders[max(0, first - 28) : first], symptom.counts[max(0, first - 28) : first]
    both = (bought >= 0) & (counted >= 0)
    return float(counted[both].sum() / bought[both].sum()) if bought[both].sum() >= 50 else None


def _in_part(move: Move, part: float) -> Move:
    """The move as the whole shop would feel it, of which the affected pixel is a part."""
    ratio = 1.0 + part * (move.ratio - 1.0)
    return Move(move.before, move.after, ratio, move.sd * part)


def _size(cause: Cause, move: Move) -> float:
    """Log odds of a change of this size, up or down, bounded like those of any sign."""
    mean, sd = SIZE[cause]
    return max(-_BOUND, log(_density(abs(move.log), mean, sqrt(sd**2 + min(move.sd, 0.5) ** 2)) + 1e-9))


def _hear(sign: Sign, move: Move, symptom: Move, causes: tuple[Cause, ...]) -> Witness:
    """What one sign says to each cause, against the average of all."""
    said = {cause: _likelihood(move, symptom, BELIEFS[sign][cause]) for cause in causes}
    middle = sum(PRIOR[c] * said[c] for c in causes) / sum(PRIOR[c] for c in causes)
    odds = {cause: max(-_BOUND, min(_BOUND, log(value / middle))) for cause, value in said.items()}
    return Witness(sign, move, odds)


def _likelihood(move: Move, symptom: Move, belief: Belief) -> float:
    """Density of the move of a sign, its own doubt and that of the symptom folded in."""
    found = _ODD * _density(move.log, 0.0, sqrt(_ODD_SD**2 + move.sd**2))
    for weight, slope, offset, sd in belief:
        spread = sqrt(sd**2 + move.sd**2 + (slope * min(symptom.sd, 0.5)) ** 2)
        found += (1.0 - _ODD) * weight * _density(move.log, slope * symptom.log + offset, spread)
    return found


def _density(value: float, mean: float, sd: float) -> float:
    return exp(-0.5 * ((value - mean) / sd) ** 2) / (sd * sqrt(2.0 * pi))


def _normalised(weight: dict[Cause, float]) -> dict[Cause, float]:
    top = max(weight.values())
    raw = {cause: exp(value - top) for cause, value in weight.items()}
    total = sum(raw.values())
    return {cause: value / total for cause, value in raw.items()}


def _shown(cause: Cause, symptom: Symptom, witnesses: tuple[Witness, ...]) -> bool:
    """Whether something was there that could have shown this cause, and did."""
    if cause is Cause.TRACKING_FIX or (cause is Cause.TRACKING_BREAK and symptom.in_rows):
        return True
    return any(w.sign in _SHOWN_BY[cause] and w.odds[cause] > 0.0 for w in witnesses)
