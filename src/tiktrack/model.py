"""The records that travel between the floors: frozen, no I/O, no library objects.

A rule is asked, the engine counts, the judge measures, and everything ends in a ``Report``. The field names
from ``Finding`` on are the report JSON (``tiktrack/report/v1``): additive changes only.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from tiktrack.errors import Place

Segment = tuple[tuple[str, str], ...]
"""The keys that a measurement speaks of, for example ``(("pixel_code", "C4…"), ("channel", "server"))``."""


class Severity(StrEnum):
    """What a fault costs the advertiser."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for critical, growing towards info."""
        return list(Severity).index(self)


class Outcome(StrEnum):
    """What became of a rule, or of one segment of it."""

    PASSED = "passed"
    WARNED = "warned"
    FAILED = "failed"
    UNKNOWN = "unknown"
    ERRORED = "errored"
    SUPPRESSED = "suppressed"
    NOT_APPLICABLE = "not_applicable"


JUDGED = frozenset({Outcome.PASSED, Outcome.WARNED, Outcome.FAILED})
"""Outcomes that say something about the tracking."""


# ── rules ────────────────────────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True, slots=True)
class Predicate:
    """Checked SQL of the portable subset, and the columns it reads."""

    text: str
    columns: frozenset[str]


@dataclass(frozen=True, slots=True)
class Share:
    """bad rows ÷ rows."""

    bad: Predicate


@dataclass(frozen=True, slots=True)
class Ratio:
    """Quotient of two additive counts, for example add to carts ÷ content views."""

    top: Predicate
    bottom: Predicate


@dataclass(frozen=True, slots=True)
class Value:
    """One aggregate that does not add up over days, for example a percentile."""

    of: Predicate
    unit: str


@dataclass(frozen=True, slots=True)
class Named:
    """A measure of ``rules/measures/<name>.sql``."""

    name: str


@dataclass(frozen=True, slots=True)
class Detect:
    """A detector over a daily series: ``kind`` names it, ``params`` are its settings."""

    kind: str
    params: tuple[tuple[str, Any], ...] = ()


Measure = Share | Ratio | Value | Named | Detect


@dataclass(frozen=True, slots=True)
class Bound:
    """A limit such as ``> 5%``; ``number`` is a fraction where the text had a percent sign."""

    op: str
    number: float
    text: str

    def crossed(self, value: float) -> bool:
        """Whether ``value`` lies beyond the limit."""
        return value > self.number if self.op == ">" else value < self.number


@dataclass(frozen=True, slots=True)
class Example:
    """A few rows and what the rule must say about them."""

    name: str
    rows: str
    expect: tuple[tuple[str, Any], ...]
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One YAML document of ``rules/``."""

    id: str
    title: str
    family: str
    symptom: str
    severity: Severity
    status: str
    table: str
    measure: Measure
    where: Predicate | None = None
    applies: Predicate | None = None
    applies_text: str | None = None
    by: tuple[str, ...] = ()
    min_n: int = 20
    warn: Bound | None = None
    fail: Bound | None = None
    worst: Bound | None = None
    cap: str | None = None
    exposure: str | None = None
    unit: str = "rows"
    why: str
    fix: str
    owner: str
    effort: str
    origin: str
    origin_note: str | None = None
    false_positives: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    place: Place


# ── what was read ────────────────────────────────────────────────────────────────────────────────────────


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


# ── what was measured ────────────────────────────────────────────────────────────────────────────────────


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
    """What became of one rule; ``findings`` holds the segments that warned or failed."""

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
    findings: tuple[Finding, ...] = ()


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
    """Something that could not be checked, and what would make it checkable."""

    what: str
    why: str
    how_to_get: str


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
    """An audit, whole. Every output is a function of it."""

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
    schema: str = "tiktrack/report/v1"
