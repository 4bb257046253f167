"""A short name for what a rule asks, so that two reports know whether they were judged by the same rule."""

from __future__ import annotations

import hashlib

from tiktrack.model.rule import Detect, Measure, Named, Ratio, Rule, Share, Value


def version(rule: Rule) -> str:
    """Eight hexadecimal digits of the rule's question and limits; its words, severity and examples do not count."""
    asked = (
        rule.table,
        rule.where.text if rule.where else "",
        rule.applies.text if rule.applies else "",
        *_measure(rule.measure),
        *rule.by,
        str(rule.min_n),
        *(bound.text if bound else "" for bound in (rule.warn, rule.fail, rule.worst)),
    )
    return hashlib.sha256("\x1f".join(asked).encode()).hexdigest()[:8]


def _measure(measure: Measure) -> tuple[str, ...]:
    match measure:
        case Share(bad):
            return ("share", bad.text)
        case Ratio(top, bottom):
            return ("ratio", top.text, bottom.text)
        case Value(of, unit):
            return ("value", of.text, unit)
        case Named(name):
            return ("measure", name)
        case Detect(kind, params):
            return ("detect", kind, *(f"{key}={value}" for key, value in params))
