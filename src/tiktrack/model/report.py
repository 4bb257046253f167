"""A report as records. The field names are the report JSON (``tiktrack/report/v1``): additive changes only."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from tiktrack.model.words import Outcome, Severity


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that was not understood."""

    row: int | None
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InputRead:
    """One input: what it was taken for and what came out of it."""

    path: str
    kind: str
    table: str
    rows: int
    rejected: int = 0
    rejects: tuple[Reject, ...] = ()
    first: str | None = None
    last: str | None = None
    mapping: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class DayCount:
    """One day of a series; ``day`` is ISO, ``n`` and ``bad`` are counts or sums."""

    day: str
    n: float
    bad: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What a finding costs: low, likely and high; money in ``currency``."""

    conversions: tuple[float, float, float] | None = None
    value: tuple[float, float, float] | None = None
    currency: str | None = None
    spend: float | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """Sample rows of a finding; personal data is masked before it gets here."""

    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Any, ...], ...] = ()
    total: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a rule says about one segment."""

    fingerprint: str
    outcome: Outcome
    segment: dict[str, str]
    value: float | None
    unit: str
    n: float
    bad: float
    unknown: float
    interval: tuple[float, float] | None
    limit: str | None
    since: str | None
    until: str | None
    confidence: str
    message: str
    why: str
    fix: str
    owner: str
    effort: str
    points: float = 0.0
    lifts_cap: bool = False
    loss: float = 0.0
    part: float = 1.0
    impact: Impact = field(default_factory=Impact)
    evidence: Evidence = field(default_factory=Evidence)
    series: tuple[DayCount, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleResult:
    """What became of one rule; ``findings`` holds the segments that warned or failed.

    ``version`` names the rule's text and limits: two results are like for like only where it is the same.
    ``passed`` are the fingerprints of segments that passed, None in older files; ``undecided`` of those that had too
    little to be judged by, or are bad beyond the findings that are listed. Only what passed may be called fixed.
    """

    rule: str
    title: str
    family: str
    symptom: str
    severity: Severity
    outcome: Outcome
    reason: str | None = None
    loss: float = 0.0
    judged: int = 0
    cap: str | None = None
    table: str = ""
    fix: str = ""
    worst_cap: str | None = None
    version: str = ""
    findings: tuple[Finding, ...] = ()
    passed: tuple[str, ...] | None = None
    undecided: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SymptomResult:
    """One of the documented symptoms and the rules that speak for it."""

    symptom: str
    title: str
    outcome: Outcome
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deduction:
    """A line of lost points."""

    rule: str
    points: float
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyScore:
    """One family; ``score`` is None where nothing of it could be judged."""

    family: str
    weight: float
    score: float | None
    coverage: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Cap:
    """A rule that holds the letter down."""

    rule: str
    letter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Grade:
    """How good the tracking is, with what is not known about it."""

    letter: str | None
    score: float | None
    floor: float
    ceiling: float
    coverage: float
    provisional: bool
    caps: tuple[Cap, ...]
    families: tuple[FamilyScore, ...]
    deductions: tuple[Deduction, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Spend:
    """Spend of the window and the part of it that was measured correctly."""

    total: float | None = None
    measured_correctly: float | None = None
    share: float | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Something that could not be checked, and what would make it checkable; ``file`` where it is an input."""

    what: str
    why: str
    how_to_get: str
    file: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Acceptance:
    """A suppression of the settings and what became of it.

    ``state`` is one of active, expired (its day is over: the findings count again), unmatched (it fits no finding) and
    not_judged (its rule could not be judged this time, or was not asked). ``findings`` are the fingerprints it holds.
    """

    rule: str
    segment: dict[str, str]
    reason: str
    until: str | None
    state: str
    findings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Findings that belong together."""

    id: str
    cause: str
    title: str
    since: str | None
    until: str | None
    findings: tuple[str, ...]
    evidence_for: tuple[str, ...] = ()
    evidence_against: tuple[str, ...] = ()
    ruled_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Power:
    """What a quiet detector is worth: the smallest drop of one series that would be seen four times in five.

    ``smallest_drop`` maps 1, 2 and 7 days, as text, to a share of the counts; None where not even a total loss would be
    seen by then.
    """

    what: str
    segment: dict[str, str]
    a_day: float
    smallest_drop: dict[str, float | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tool:
    """Who made the report."""

    name: str
    version: str
    rules: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """The days audited, both inclusive, in ``timezone``."""

    since: str | None
    until: str | None
    timezone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """An audit, whole. Every output is a function of it.

    ``grade_with_suppressed`` is the grade as if nothing were suppressed; None where nothing is. ``redacted`` counts the
    values that were replaced before the report was shared, by column; empty in a report as it was made.
    """

    tool: Tool
    made_at: str
    as_of: str | None
    window: Window
    inputs: tuple[InputRead, ...]
    totals: dict[str, Any]
    grade: Grade
    spend: Spend
    symptoms: tuple[SymptomResult, ...]
    results: tuple[RuleResult, ...]
    incidents: tuple[Incident, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    notes: tuple[str, ...] = ()
    suppressions: tuple[Acceptance, ...] = ()
    grade_with_suppressed: Grade | None = None
    redacted: dict[str, int] = field(default_factory=dict)
    power: tuple[Power, ...] = ()
    schema: str = "tiktrack/report/v1"
