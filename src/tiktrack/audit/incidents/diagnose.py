"""Which cause explains what was seen: every sign is heard, and the causes are weighed.

Causes that the data cannot show are never named, and what they cannot tell apart stays unknown.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import exp, log

from tiktrack.audit.incidents.expected import IN_LOG, IN_REPORT, PRIOR, SURE, Cause
from tiktrack.audit.incidents.moves import BEFORE, Move, apart, moved
from tiktrack.audit.incidents.signs import Change, Sign, Signs, Symptom
from tiktrack.audit.incidents.weigh import Pair, Witness, hear, size

_ROWS = 3.0  # log odds of a fault that was seen in the rows themselves
_FIX = 3.5  # log odds of over-counting that was there before and is gone
_NOTED = 1.6  # log odds of a change that somebody noted on the day
NOTED = {"budget": Cause.DELIVERY_CHANGE, "bid": Cause.DELIVERY_CHANGE, "status": Cause.DELIVERY_CHANGE,
          "targeting": Cause.DELIVERY_CHANGE, "site": Cause.TRACKING_BREAK}  # fmt: skip
"""Kind of change → the cause that it speaks for."""
_SHOP_SIGNS = frozenset({Sign.ORDERS, Sign.OTHER_CHANNEL, Sign.LOGGED})
_SHOWN_BY = {
    Cause.TRACKING_BREAK: _SHOP_SIGNS,
    Cause.SITE_BREAK: _SHOP_SIGNS,
    Cause.DEMAND: _SHOP_SIGNS,
    Cause.DELIVERY_CHANGE: frozenset({Sign.CLICKS}),
    Cause.ATTRIBUTION_CHANGE: frozenset({Sign.VIEW_THROUGH, Sign.LOGGED}),
    Cause.REPORTING_LAG: frozenset({Sign.EVENT_DATED, Sign.LOGGED, Sign.ORDERS}),
}
"""A cause is named only where one of these was there to show it."""
_SHOP = (Cause.DEMAND, Cause.SITE_BREAK)
"""The shop itself sells less; which of the two it is may stay open while it is sure to be one of them."""
_FAULTS = (Cause.TRACKING_BREAK, Cause.SITE_BREAK)
_OVER = 1.12  # conversions an order from which there was over-counting to mend
_RIGHT = (0.7, 1.1)  # conversions an order once it is mended
_LEAST_ORDERS = 50
_LAG_DAYS = 7
_NOTED_BEFORE, _NOTED_AFTER = 2, 1


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """The cause (or unknown), the probability of each that was considered, and the witnesses.

    ``over_before`` are conversions that one channel sent for each order before, ``noted`` the changes of those days.
    """

    cause: Cause
    chance: dict[Cause, float]
    move: Move | None
    witnesses: tuple[Witness, ...]
    over_before: float | None = None
    noted: tuple[Change, ...] = ()


def diagnose(symptom: Symptom, signs: Signs) -> Diagnosis:
    """Weigh the causes of a symptom; every series is compared over the same days."""
    first, stop = signs.rows(symptom.since, symptom.until)
    noted = tuple(c for c in signs.changes if -_NOTED_AFTER <= (symptom.since - c.day).days <= _NOTED_BEFORE)
    move = None if symptom.counts is None else moved(symptom.counts, first, stop)
    if move is None:
        return _without_counts(symptom, noted)
    over = _an_order(symptom, signs, first)
    mended = move.ratio < 1.0 and (bool(symptom.ended) or (over is not None and over >= _OVER))
    causes = _considered(symptom, signs, mended=mended)
    beliefs = IN_REPORT if symptom.reported else IN_LOG
    pairs = _pairs(symptom, signs, move, first, stop)
    witnesses = tuple(hear(pair, {cause: beliefs[pair.sign][cause] for cause in causes}) for pair in pairs)
    shop = next((pair.move for pair in pairs if pair.sign is Sign.ORDERS), move)
    moves = {cause: shop if cause in _SHOP else move for cause in causes}
    weight = {c: log(PRIOR[c]) + size(c, moves[c]) + sum(w.odds[c] for w in witnesses) for c in causes}
    if symptom.in_rows:
        weight[Cause.TRACKING_BREAK] += _ROWS
    if mended and (over is None or _RIGHT[0] <= over * move.ratio <= _RIGHT[1]):
        weight[Cause.TRACKING_FIX] += _FIX
    for change in noted:
        if (told := NOTED.get(change.kind)) in weight:
            weight[told] += _NOTED
    chance = _normalised(weight)
    return Diagnosis(_named(chance, symptom, witnesses), chance, move, witnesses, over, noted)


def _without_counts(symptom: Symptom, noted: tuple[Change, ...]) -> Diagnosis:
    """No count moved: a fault seen in the rows is its own proof, anything else stays open."""
    cause = Cause.TRACKING_BREAK if symptom.in_rows else Cause.TRACKING_FIX if symptom.ended else Cause.UNKNOWN
    return Diagnosis(cause, {cause: 1.0}, None, (), None, noted)


def _considered(symptom: Symptom, signs: Signs, *, mended: bool) -> tuple[Cause, ...]:
    """Causes that could at all be behind it."""
    out = {Cause.TRACKING_BREAK, Cause.SITE_BREAK, Cause.DEMAND, Cause.DELIVERY_CHANGE}
    if mended:
        out.add(Cause.TRACKING_FIX)
    if symptom.reported:
        out.add(Cause.ATTRIBUTION_CHANGE)
    if symptom.click_dated and symptom.until is None and (signs.days[-1] - symptom.since).days < _LAG_DAYS:
        out.add(Cause.REPORTING_LAG)
    return tuple(cause for cause in PRIOR if cause in out)


def _pairs(symptom: Symptom, signs: Signs, move: Move, first: int, stop: int) -> list[Pair]:
    """Every sign that has enough days, beside the symptom."""
    found = []
    for sign, counts in signs.series.items():
        other = moved(counts, first, stop)
        if other is not None and symptom.counts is not None:
            felt = _in_part(move, symptom.part) if sign is Sign.ORDERS else move
            found.append(Pair(sign, other, felt, apart(symptom.counts, counts, first, stop)))
    return found


def _in_part(move: Move, part: float) -> Move:
    """The move as the whole shop would feel it, of which the affected pixel is a part."""
    return Move(move.before, move.after, 1.0 + part * (move.ratio - 1.0), move.sd * part)


def _an_order(symptom: Symptom, signs: Signs, first: int) -> float | None:
    """Conversions that one channel sent for each order in the four weeks before; None without enough orders."""
    orders = signs.series.get(Sign.ORDERS)
    if symptom.counts is None or orders is None or symptom.reported:
        return None
    bought, counted = orders[max(0, first - BEFORE) : first], symptom.counts[max(0, first - BEFORE) : first]
    both = (bought >= 0) & (counted >= 0)
    total = float(bought[both].sum()) * symptom.senders * symptom.part
    return float(counted[both].sum()) / total if total >= _LEAST_ORDERS else None


def _normalised(weight: dict[Cause, float]) -> dict[Cause, float]:
    top = max(weight.values())
    raw = {cause: exp(value - top) for cause, value in weight.items()}
    total = sum(raw.values())
    return {cause: value / total for cause, value in raw.items()}


def _named(chance: dict[Cause, float], symptom: Symptom, witnesses: tuple[Witness, ...]) -> Cause:
    """The likeliest cause, where it is sure enough and something was there that could have shown it.

    A campaign's single suspicion, which nothing else bears out, is chance about as often as it is a fault.
    """
    best = max(chance, key=lambda cause: chance[cause])
    if symptom.lone and best in _FAULTS:
        return Cause.UNKNOWN
    total = sum(chance.get(cause, 0.0) for cause in _SHOP) if best in _SHOP else chance[best]
    proven = best is Cause.TRACKING_FIX or (best is Cause.TRACKING_BREAK and bool(symptom.in_rows))
    seen = proven or any(w.sign in _SHOWN_BY[best] and w.odds[best] > 0.0 for w in witnesses)
    return best if seen and total >= SURE else Cause.UNKNOWN
