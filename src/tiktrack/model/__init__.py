"""The records that travel between the floors: frozen, no I/O, no library objects.

A rule is asked, the engine counts, the judge measures, and everything ends in a ``Report``.
"""

from tiktrack.model.report import (
    Acceptance,
    Cap,
    DayCount,
    Deduction,
    Evidence,
    FamilyScore,
    Finding,
    Grade,
    Impact,
    Incident,
    InputRead,
    Reject,
    Report,
    RuleResult,
    Spend,
    SymptomResult,
    Tool,
    Unknown,
    Window,
)
from tiktrack.model.rule import Bound, Detect, Example, Measure, Named, Predicate, Ratio, Rule, Share, Value
from tiktrack.model.words import JUDGED, Outcome, Segment, Severity

__all__ = [
    "JUDGED",
    "Acceptance",
    "Bound",
    "Cap",
    "DayCount",
    "Deduction",
    "Detect",
    "Evidence",
    "Example",
    "FamilyScore",
    "Finding",
    "Grade",
    "Impact",
    "Incident",
    "InputRead",
    "Measure",
    "Named",
    "Outcome",
    "Predicate",
    "Ratio",
    "Reject",
    "Report",
    "Rule",
    "RuleResult",
    "Segment",
    "Severity",
    "Share",
    "Spend",
    "SymptomResult",
    "Tool",
    "Unknown",
    "Value",
    "Window",
]
