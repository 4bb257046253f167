"""Rules of kind ``silence``: hours without events where many were due, and holes within days (``detect.hourly``)."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta

import numpy as np

from tiktrack import sql
from tiktrack.audit.judge import LOSS_AT, Verdict
from tiktrack.audit.results import Setting, assemble
from tiktrack.audit.runs import Floats
from tiktrack.audit.series import Series
from tiktrack.detect.hourly import Hourly, Spell, scan_hours
from tiktrack.detect.records import Level
from tiktrack.model.report import RuleResult
from tiktrack.model.rule import Detect, Predicate, Rule
from tiktrack.model.words import Outcome

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # the account's own clock, so without a zone
_RECENT = timedelta(days=7)


def hours_result(rule: Rule, setting: Setting) -> RuleResult:
    """Judge the hours of each segment; the days of the series are those of the table, their counts the sums."""
    every = _counts(rule, setting)
    # The log tells how far it reaches, also when nothing that counts came any more.
    last = max((hour for by_hour in every.values() for hour in by_hour), default=0)
    counts = {key: counted for key, by_hour in every.items() if (counted := {h: n for h, n in by_hour.items() if n})}
    first = min((hour for by_hour in counts.values() for hour in by_hour), default=0)
    days = setting.days.get(rule.table, ())
    missing = [hour for begin, end in setting.holes for hour in range(begin, end)]
    judged = []
    for key, by_hour in counts.items():
        # The last hour is not over, whoever wrote the log.
        stop = min(last, setting.ends.get(str(dict(zip(rule.by, key, strict=True)).get("channel")), last))
        hourly = np.array([by_hour.get(hour, 0.0) for hour in range(first, stop)])
        hourly[[hour - first for hour in missing if first <= hour < stop]] = np.nan
        judged.append((_series(key, days, by_hour), _judge(first, hourly)))
    return assemble(rule, judged, setting)


def _counts(rule: Rule, setting: Setting) -> dict[tuple[object, ...], dict[int, float]]:
    if not isinstance(rule.measure, Detect):
        raise AssertionError("only for detectors")
    count = dict(rule.measure.params)["count"]
    if not isinstance(count, Predicate):
        raise AssertionError("parsed as a predicate")
    text = sql.weighted(count.text, rule.where.text if rule.where else None)
    listed = ", ".join([*rule.by, "hour"])
    found: dict[tuple[object, ...], dict[int, float]] = defaultdict(dict)
    query = f"select {listed}, {text} as c from {rule.table} where day is not null group by all"
    for row in setting.engine.rows(query).rows:
        found[row[:-2]][int(row[-2])] = float(row[-1])
    return found


def _series(key: tuple[object, ...], days: tuple[object, ...], by_hour: dict[int, float]) -> Series:
    sums: dict[object, float] = defaultdict(float)
    for hour, count in by_hour.items():
        sums[(_EPOCH + timedelta(hours=hour)).date()] += count
    zeros = np.zeros(len(days))
    return Series(key, days, zeros, np.array([sums[day] for day in days]), zeros)  # type: ignore[arg-type]


def _judge(first: int, counts: Floats) -> Verdict:
    total = float(np.nansum(counts))
    found = scan_hours(Hourly(start=_EPOCH + timedelta(hours=first), counts=counts))
    if found.level is Level.UNKNOWN:
        return Verdict(
            Outcome.UNKNOWN, None, total, 0.0, 0.0, reason="too few hours or events to tell silence from chance"
        )
    end = _EPOCH + timedelta(hours=first + len(counts))
    spells = [spell for spell in found.spells if spell.level is not Level.NONE]
    if not spells:
        return Verdict(Outcome.PASSED, 1.0, total, total, 0.0)
    worst = max(spells, key=lambda spell: (spell.until is None, spell.lost))
    return _verdict(worst, end, sum(spell.expected for spell in spells) / max(total, 1.0))


def _verdict(spell: Spell, end: datetime, part: float) -> Verdict:
    """A silence that is still on, or ended within the week, fails where it is confirmed; older ones are told."""
    fresh = spell.until is None or end - spell.until <= _RECENT
    outcome = Outcome.FAILED if spell.level is Level.CONFIRMED and fresh else Outcome.WARNED
    ratio = spell.seen / spell.expected if spell.expected else 0.0
    full = float(np.interp(1 - ratio, [0.4, 0.7, 1.0], LOSS_AT))
    return Verdict(
        outcome,
        ratio,
        spell.expected,
        spell.seen,
        0.0,
        since=spell.since,
        until=spell.until,
        loss=full if spell.until is None else full * min(1.0, part),
        confidence="confirmed" if spell.level is Level.CONFIRMED else "suspected",
    )
