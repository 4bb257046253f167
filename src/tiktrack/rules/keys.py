"""The keys of a rule file: what each may hold and what it means. The JSON Schema for editors is made from this."""

from __future__ import annotations

from dataclasses import dataclass

from tiktrack.schema import LOADED, MADE

FAMILIES = ("firing", "counting", "value", "matching", "reporting", "privacy")
SYMPTOMS = {
    "conversion-drop": "Sudden drop in conversions",
    "high-ctr-low-purchases": "High CTR, low purchases",
    "inconsistent-firing": "Pixel firing inconsistently",
    "duplicates": "Events API duplicates",
    "missing-value-or-currency": "Missing value or currency",
    "low-match-rate": "Low match rates",
    "setup": "Setup problems",
    "privacy": "Privacy problems",
}
SEVERITIES = ("critical", "high", "medium", "low", "info")
STATUSES = ("experimental", "stable", "deprecated")
OWNERS = ("developer", "media_buyer", "analyst", "platform")
ORIGINS = ("tiktok", "vendor", "ours")
EXPOSURES = ("value", "spend", "conversions")
LETTERS = ("A", "B", "C", "D", "F", "B-", "C-", "D-", "A-", "B+", "C+", "D+")
DETECTORS: dict[str, dict[str, tuple[str, ...]]] = {
    "drop": {"count": (), "exposure": (), "basis": ("event", "click")},
    "rise": {"count": (), "exposure": (), "basis": ("event", "click")},
    "silence": {"count": ()},
    "rates": {"count": (), "exposure": ()},
    "shift": {
        "count": (),
        "exposure": (),
        "direction": ("both", "down", "up"),
        "moved_by": ("count",),
        "driven_by": ("clicks",),
    },
}
"""Detector → its settings beside ``kind``, each with its choices; one without choices is an aggregate."""
DIVIDES = ("rates", "shift")
"""Detectors that cannot do without an exposure."""
MEASURES = ("share", "ratio", "value", "measure", "detect")
OUTCOMES = ("passed", "warned", "failed", "unknown", "not_applicable")
SHORT = {"pass": "passed", "warn": "warned", "fail": "failed"}


@dataclass(frozen=True, slots=True)
class Key:
    """One key: ``kind`` is text, number, list, mapping or one_of; ``choices`` belong to one_of."""

    name: str
    kind: str
    about: str
    required: bool = False
    choices: tuple[str, ...] = ()


KEYS = (
    Key("id", "text", "the file's stem: words and hyphens, names the fault", required=True),
    Key("title", "text", "the fault in a sentence a client understands", required=True),
    Key("family", "one_of", "part of the grade", required=True, choices=FAMILIES),
    Key("symptom", "one_of", "documented symptom the rule belongs to", required=True, choices=tuple(SYMPTOMS)),
    Key("severity", "one_of", "what it costs the advertiser", required=True, choices=SEVERITIES),
    Key("status", "one_of", "how settled the rule is", choices=STATUSES),
    Key("table", "one_of", "canonical table", required=True, choices=tuple(table.name for table in (*LOADED, *MADE))),
    Key("profiles", "list", "kinds of account the rule is for: ecommerce, leadgen, app; all if left out"),
    Key("where", "text", "condition: which rows are judged"),
    Key("share", "text", "condition: which of them are bad"),
    Key("ratio", "mapping", "two counts, `top` and `bottom`"),
    Key("value", "text", "one aggregate, for example approx_quantile(lag_ms, 0.95)"),
    Key("unit_of_value", "text", "unit of `value`, for example ms"),
    Key("measure", "text", "name of a file in rules/measures"),
    Key("detect", "mapping", "a detector: `kind` and its parameters"),
    Key(
        "applies",
        "text",
        "aggregate condition over the table; if false, the rule does not apply; NULL (no such column) makes it unknown",
    ),
    Key("applies_text", "text", "why it does not apply in that case"),
    Key("by", "list", "columns: one judgement for each combination"),
    Key("min_n", "number", "fewer rows: unknown, never passed"),
    Key("warn", "text", "limit, for example > 0%"),
    Key("fail", "text", "limit, for example > 5%"),
    Key("worst", "text", "where all points of the rule are lost"),
    Key("cap", "one_of", "best letter left when it fails at `worst`", choices=LETTERS),
    Key("exposure", "one_of", "what is at stake", choices=EXPOSURES),
    Key("unit", "text", "noun for the rows, for example purchases"),
    Key("why", "text", "why it matters", required=True),
    Key("fix", "text", "what to do", required=True),
    Key("owner", "one_of", "who does it", required=True, choices=OWNERS),
    Key("effort", "text", "how long it takes, for example 30m", required=True),
    Key("origin", "one_of", "whose threshold it is", required=True, choices=ORIGINS),
    Key("origin_note", "text", "where the threshold comes from"),
    Key("false_positives", "list", "when the rule is wrong"),
    Key("links", "list", "further reading"),
    Key("evidence", "list", "columns shown for sample rows"),
    Key("examples", "list", "rows, and what the rule must say about them", required=True),
)
BY_NAME = {key.name: key for key in KEYS}
