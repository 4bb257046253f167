"""One rule with its counts → its result: every segment judged, the bad ones explained."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from tiktrack.audit import findings, slices
from tiktrack.audit.caps import cap
from tiktrack.audit.condition import rows_of
from tiktrack.audit.count import Counted
from tiktrack.audit.detectors import DETECTORS, Present
from tiktrack.audit.impact import Money, impact
from tiktrack.audit.judge import Verdict, judge
from tiktrack.audit.moved import Search, fell_in
from tiktrack.audit.plan import columns_read
from tiktrack.audit.series import Series
from tiktrack.detect.records import Completeness
from tiktrack.engine import Engine
from tiktrack.model.report import Finding, RuleResult
from tiktrack.model.rule import Detect, Named, Rule, Share
from tiktrack.model.words import Outcome
from tiktrack.public_holidays import NOBODY, Calendar
from tiktrack.rules.policy import Policy
from tiktrack.rules.version import version

MOST_FINDINGS = 20
MOST_SEGMENTS = 1000  # fingerprints of segments without a finding, the weightiest first
_BAD = (Outcome.FAILED, Outcome.WARNED)


@dataclass(frozen=True)
class Setting:
    """What judging needs besides the counts. ``days`` by table; ``orders`` and ``clicks`` on the ads by day;
    ``completeness`` tells how late conversions come, where reports of two times show it; ``ends`` the hours at which
    the logs of single channels were cut, ``holes`` the hours (from, to) whose files are missing; ``holidays`` are those
    of the account's people."""

    engine: Engine
    days: dict[str, tuple[date, ...]]
    partial: dict[str, frozenset[date]]
    as_of: date | None
    purse: Money
    policy: Policy
    profile: str | None = None
    orders: Mapping[date, float] = field(default_factory=dict)
    clicks: Mapping[date, float] = field(default_factory=dict)
    completeness: Completeness | None = None
    ends: Mapping[str, int] = field(default_factory=dict)
    holes: Sequence[tuple[int, int]] = ()
    holidays: Calendar = NOBODY


def empty(rule: Rule, outcome: Outcome, reason: str) -> RuleResult:
    """A rule that was not judged."""
    return _result(rule, outcome, reason=reason)


def result(counted: Counted, every: list[Series], setting: Setting) -> RuleResult:
    """Judge all segments of a share, a ratio, a measure or a detector."""
    rule = counted.rule
    if counted.error:
        return empty(rule, Outcome.ERRORED, counted.error)
    judged = _judged(rule, every, setting)
    return assemble(rule, judged, setting, lambda series, verdict: _sliced(counted, series, verdict, setting))


def _judged(rule: Rule, every: list[Series], setting: Setting) -> list[tuple[Series, Verdict]]:
    if isinstance(rule.measure, Detect):
        partial = setting.partial.get(rule.table, frozenset())
        present = Present(
            setting.as_of, partial, setting.orders, setting.clicks, setting.completeness, setting.holidays
        )
        return DETECTORS[rule.measure.kind](rule, every, present)
    return [(series, judge(rule, series)) for series in every]


def assemble(
    rule: Rule,
    judged: list[tuple[Series, Verdict]],
    setting: Setting,
    slice_of: Callable[[Series, Verdict], dict[str, str]] = lambda series, verdict: {},
) -> RuleResult:
    """The result of a rule from the verdicts of its segments; ``slice_of`` names the part of a bad one that carries
    the fault."""
    known = [(s, v) for s, v in judged if v.outcome is not Outcome.UNKNOWN]
    if not known:
        reason = judged[0][1].reason if judged else f"there are no {rule.unit}"
        return empty(rule, Outcome.UNKNOWN, reason or "not enough data")
    passed = [s for s, v in known if v.outcome is Outcome.PASSED]
    undecided = [s for s, v in judged if v.outcome is Outcome.UNKNOWN]
    bad = sorted(
        (p for p in known if p[1].outcome in _BAD),
        key=lambda p: (p[1].outcome is not Outcome.FAILED, -p[1].loss, -p[1].n),
    )
    weight = sum(_weight(rule, s) for s, _ in known)
    found = []
    for series, verdict in bad[:MOST_FINDINGS]:
        sliced = slice_of(series, verdict)
        segment = {**findings.segment_of(rule, series.key), **sliced}
        cost = impact(rule, verdict, segment, setting.purse)
        found.append(
            findings.finding(
                rule,
                series,
                verdict,
                slices=sliced,
                impact=cost,
                part=_weight(rule, series) / weight if weight else 1.0,
            )
        )
    loss = sum(_weight(rule, s) * v.loss for s, v in known) / weight if weight else max(v.loss for _, v in known)
    outcome = next((o for o in _BAD if any(v.outcome is o for _, v in known)), Outcome.PASSED)
    reason = None if found else next((v.reason for _, v in known if v.reason), None)
    made = _result(
        rule,
        outcome,
        reason=reason,
        loss=loss,
        judged=len(known),
        cap=cap(rule, known, loss, setting.policy),
        found=tuple(found),
    )
    undecided += [s for s, _ in bad[MOST_FINDINGS:]]
    return replace(made, passed=_marks(rule, passed), undecided=_marks(rule, undecided))


def _marks(rule: Rule, every: list[Series]) -> tuple[str, ...]:
    """Fingerprints of these segments."""
    heavy = sorted(every, key=lambda series: -_weight(rule, series))[:MOST_SEGMENTS]
    return tuple(findings.fingerprint(rule.id, findings.segment_of(rule, series.key)) for series in heavy)


def _weight(rule: Rule, series: Series) -> float:
    """Rows of the segment; for a detector its events."""
    return float(series.bad.sum()) if isinstance(rule.measure, Detect) else series.total[0]


def _result(
    rule: Rule,
    outcome: Outcome,
    *,
    reason: str | None = None,
    loss: float = 0.0,
    judged: int = 0,
    cap: str | None = None,
    found: tuple[Finding, ...] = (),
) -> RuleResult:
    return RuleResult(
        rule=rule.id,
        title=rule.title,
        family=rule.family,
        symptom=rule.symptom,
        severity=rule.severity,
        outcome=outcome,
        reason=reason,
        loss=loss,
        judged=judged,
        cap=cap,
        table=rule.table,
        fix=rule.fix,
        worst_cap=rule.cap or ("B-" if rule.severity == "critical" else None),
        version=version(rule),
        findings=found,
    )


def _sliced(counted: Counted, series: Series, verdict: Verdict, setting: Setting) -> dict[str, str]:
    rule = counted.rule
    if isinstance(rule.measure, Named):
        return _sliced_measure(counted, series, verdict)
    if isinstance(rule.measure, Detect):
        return _sliced_shift(rule, findings.segment_of(rule, series.key), verdict, setting.engine)
    if not isinstance(rule.measure, Share) or (verdict.limit and verdict.limit.op == "<"):
        return {}
    since, until = (day.isoformat() if day else None for day in (verdict.since, verdict.until))
    where = rows_of(rule, findings.segment_of(rule, series.key), since, until)
    return _sliced_share(rule, rule.measure, where, setting.engine)


def _sliced_share(rule: Rule, share: Share, where: str, engine: Engine) -> dict[str, str]:
    fixed = columns_read(rule)
    view = "events_cube" if rule.table == "events" and fixed <= engine.columns("events_cube") else rule.table
    dimensions = [d for d in slices.DIMENSIONS[rule.table] if d not in fixed and d in engine.columns(view)]
    if not dimensions:
        return {}
    known = f"sum(case when ({share.bad.text}) is not null then w end)"
    bad = f"sum(case when {share.bad.text} then w end)"
    return slices.explain(slices.cells_of(engine, view, dimensions, known, bad, where), dimensions)


def _sliced_shift(rule: Rule, segment: dict[str, str], verdict: Verdict, engine: Engine) -> dict[str, str]:
    fixed = columns_read(rule)
    shifts = isinstance(rule.measure, Detect) and rule.measure.kind == "shift"
    if not shifts or verdict.since is None or rule.table != "events":
        return {}
    view = "events_cube" if fixed <= engine.columns("events_cube") else "events"
    dimensions = [d for d in slices.DIMENSIONS["events"] if d not in fixed and d in engine.columns(view)]
    return fell_in(rule, segment, Search(view, verdict.since, verdict.until, dimensions), engine)


def _sliced_measure(counted: Counted, series: Series, verdict: Verdict) -> dict[str, str]:
    rule = counted.rule
    own = [counted.keys.index(key) for key in rule.by]
    finer = [i for i, key in enumerate(counted.keys) if key not in rule.by]
    if not finer:
        return {}
    cells = [
        slices.Cell(tuple(None if c.key[i] is None else str(c.key[i]) for i in finer), c.n - c.unknown, c.bad)
        for c in counted.counts
        if tuple(c.key[i] for i in own) == series.key
        and (
            c.day is None
            or ((not verdict.since or c.day >= verdict.since) and (not verdict.until or c.day <= verdict.until))
        )
    ]
    return slices.explain(cells, [counted.keys[i] for i in finer])
