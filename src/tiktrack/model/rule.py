"""A rule as a record: what it looks at, what it measures, its limits and its examples."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tiktrack.errors import Place
from tiktrack.model.words import Severity


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
    profiles: tuple[str, ...] = ()
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
