"""Incidents in plain words, with their numbers."""

from __future__ import annotations

from tiktrack.audit.incidents.diagnose import NOTED, Diagnosis
from tiktrack.audit.incidents.expected import Cause
from tiktrack.audit.incidents.moves import Move
from tiktrack.audit.incidents.signs import Sign, Signs, Symptom

_NAMES = {
    Sign.ORDERS: "The shop's orders",
    Sign.OTHER_CHANNEL: "The same conversions in the other channel",
    Sign.OTHER_PIXELS: "The same conversions on the other pixels",
    Sign.OTHER_CAMPAIGNS: "Conversions in the other campaigns",
    Sign.LOGGED: "Conversions in the event log",
    Sign.VISITS: "Page and product views in the browser",
    Sign.STEPS: "Carts and checkouts on the same pixel",
    Sign.CLICKS: "Clicks on the ads",
    Sign.LANDING: "Landing page views in the report",
    Sign.REPORTED_STEPS: "Carts and checkouts in the report",
    Sign.VIEW_THROUGH: "Purchases after a view",
    Sign.CLICK_THROUGH: "Purchases after a click",
    Sign.EVENT_DATED: "The same conversions by purchase date",
}
_CAUSES = {
    Cause.TRACKING_BREAK: "Broken tracking",
    Cause.TRACKING_FIX: "Overcounting that was fixed",
    Cause.SITE_BREAK: "A broken site or checkout",
    Cause.DEMAND: "Less demand",
    Cause.DELIVERY_CHANGE: "A delivery change (budget, pause, different clicks)",
    Cause.REPORTING_LAG: "Days not yet fully reported",
    Cause.ATTRIBUTION_CHANGE: "A different attribution window",
}
_CLEAR = 0.3
"""Log odds from which a sign is worth a line."""
_RULED_OUT = 0.05
_MOST_ROWS = 5
_REPORT_ALONE = (
    "A report alone cannot tell lost tracking from fewer sales. The shop's orders or an event log for these days can."
)
_AS_BEFORE = (0.75, 1.33)


def moved_words(sign: Sign, move: Move) -> str:
    """One sign in one sentence."""
    if move.high < 0.95:
        verb = f"fell by {100 * (1 - move.ratio):.0f}%"
    elif move.low > 1.05:
        verb = f"rose by {100 * (move.ratio - 1):.0f}%"
    elif _AS_BEFORE[0] <= move.low and move.high <= _AS_BEFORE[1]:
        verb = "continued as before"
    else:
        verb = "did not move clearly"
    span = f"{100 * move.low:.0f} to {100 * move.high:.0f}% of what was expected"
    days = f"{_a_day(move.before)} per day before, {_a_day(move.after)} since"
    return f"{_NAMES[sign]} {verb}: {days} ({span})."


def for_it(found: Diagnosis, symptom: Symptom, signs: Signs) -> tuple[str, ...]:
    """What speaks for the cause; where none is named, what was seen and what is missing."""
    if found.cause is Cause.UNKNOWN:
        seen = [moved_words(w.sign, w.move) for w in found.witnesses]
        return (*seen, *_noted(found), *_missing(symptom, signs))
    spoke = [w for w in found.witnesses if w.odds[found.cause] > _CLEAR]
    spoke.sort(key=lambda w: -w.odds[found.cause])
    lines = [moved_words(w.sign, w.move) for w in spoke]
    if found.cause is Cause.TRACKING_FIX:
        lines = [*(f"Ended that day: {text}" for text in symptom.ended), *_over(found), *lines]
    if found.cause is Cause.TRACKING_BREAK:
        lines = [*_in_rows(symptom), *lines]
    return (*lines, *_noted(found))


def against_it(found: Diagnosis) -> tuple[str, ...]:
    """What does not fit the named cause."""
    if found.cause is Cause.UNKNOWN:
        return ()
    lines = [moved_words(w.sign, w.move) for w in found.witnesses if w.odds[found.cause] < -_CLEAR]
    if found.cause is Cause.DEMAND and found.chance.get(Cause.SITE_BREAK, 0.0) > 2 * _RULED_OUT:
        lines.append("A checkout that is broken for some visitors would look the same: place a test order.")
    if found.cause is Cause.SITE_BREAK and found.chance.get(Cause.DEMAND, 0.0) > 2 * _RULED_OUT:
        lines.append("A sold-out product would look the same: check the stock.")
    return tuple(lines)


def ruled_out(found: Diagnosis) -> tuple[str, ...]:
    """Causes that the signs exclude, each with the sign that does."""
    lines = []
    for cause, chance in found.chance.items():
        if cause is found.cause or chance > _RULED_OUT:
            continue
        worst = min(found.witnesses, key=lambda w: w.odds[cause], default=None)
        if worst and worst.odds[cause] < -_CLEAR:
            lines.append(f"{_CAUSES[cause]}: {_small(moved_words(worst.sign, worst.move))}")
    return tuple(lines)


def _in_rows(symptom: Symptom) -> tuple[str, ...]:
    rest = len(symptom.in_rows) - _MOST_ROWS
    more = (f"Seen in the data: {rest} more of the same kind.",) if rest > 0 else ()
    return (*(f"Seen in the data: {text}" for text in symptom.in_rows[:_MOST_ROWS]), *more)


def _missing(symptom: Symptom, signs: Signs) -> tuple[str, ...]:
    if symptom.counts is None:
        return ()
    if symptom.reported and not {Sign.ORDERS, Sign.LOGGED} & set(signs.series):
        return (_REPORT_ALONE,)
    if Sign.ORDERS not in signs.series:
        return ("The shop's orders for these days were not given; they would tell lost events from lost sales.",)
    return ()


def _over(found: Diagnosis) -> tuple[str, ...]:
    over = found.over_before
    return (f"Before, {over:.2f} conversions were counted per order.",) if over and over > 1.0 else ()


_NO_QUOTES = {ord("“"): "'", ord("”"): "'"}


def _noted(found: Diagnosis) -> tuple[str, ...]:
    """Changes of those days that may have to do with the cause; all of them where none is named.

    A note is somebody's own words, so it stands in quotes: a redacted report leaves out what is quoted.
    """
    fitting = [c for c in found.noted if found.cause is Cause.UNKNOWN or NOTED.get(c.kind, found.cause) is found.cause]
    return tuple(f"Noted on {c.day:%-d %b}: “{c.what.translate(_NO_QUOTES)}”." for c in fitting if c.what)


def _small(sentence: str) -> str:
    return sentence[0].lower() + sentence[1:]


def _a_day(n: float) -> str:
    return f"{n:,.0f}" if n >= 20 else f"{n:.1f}"
