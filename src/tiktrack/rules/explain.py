"""A rule in words."""

from __future__ import annotations

import textwrap

from tiktrack.model.rule import Detect, Named, Ratio, Rule, Share, Value
from tiktrack.rules.keys import SYMPTOMS

_ORIGIN = {"tiktok": "TikTok", "vendor": "a vendor", "ours": "tiktrack (our own judgement, not TikTok's)"}


def explain(rule: Rule) -> str:
    """One page about a rule."""
    head = [
        rule.title,
        "",
        f"{rule.id}   {rule.severity}, {rule.family}, {SYMPTOMS[rule.symptom].lower()}, {rule.status}",
        "",
    ]
    facts = [
        ("looks at", _looks_at(rule)),
        ("limits", _limits(rule)),
        ("limits by", _origin(rule)),
        ("for each", ", ".join(rule.by)),
        ("needs", f"at least {rule.min_n} {rule.unit}"),
        ("why", rule.why),
        ("fix", rule.fix),
        ("who", f"{rule.owner.replace('_', ' ')}, {rule.effort}"),
        ("wrong when", "; ".join(rule.false_positives)),
        ("read on", ", ".join(rule.links)),
        ("file", str(rule.place)),
    ]
    return "\n".join(head + [_fact(name, text) for name, text in facts if text]) + "\n"


def _fact(name: str, text: str) -> str:
    return textwrap.fill(text, width=96, initial_indent=f"{name:<12}", subsequent_indent=" " * 12)


def _looks_at(rule: Rule) -> str:
    among = f"{rule.table} where {rule.where.text}" if rule.where else rule.table
    match rule.measure:
        case Share(bad):
            return f"{among}; bad are those where {bad.text}"
        case Ratio(top, bottom):
            return f"{among}: {top.text} ÷ {bottom.text}"
        case Value(of, unit):
            return f"{among}: {of.text}, in {unit}"
        case Named(name):
            return f"the measure {name} (rules/measures/{name}.sql)" + (
                f" where {rule.where.text}" if rule.where else ""
            )
        case Detect(kind, params):
            shown = ", ".join(f"{key} {getattr(value, 'text', value)}" for key, value in params)
            return f"{among}: detector {kind} with {shown}"


def _limits(rule: Rule) -> str:
    named = (("warns", rule.warn), ("fails", rule.fail), ("worst", rule.worst))
    return ", ".join(f"{name} at {bound.text}" for name, bound in named if bound)


def _origin(rule: Rule) -> str:
    return _ORIGIN[rule.origin] + (f": {rule.origin_note}" if rule.origin_note else "")
