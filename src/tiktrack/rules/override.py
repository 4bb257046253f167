"""``override:`` of the settings: other limits or another severity for a shipped rule."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tiktrack.errors import ConfigError
from tiktrack.model import Bound, Rule, Severity
from tiktrack.nearest import nearest
from tiktrack.rules.parse import bound_of

_LIMITS = ("warn", "fail", "worst")


def overridden(rules: Sequence[Rule], overrides: dict[str, dict[str, str]]) -> tuple[Rule, ...]:
    """Rules with the user's limits. Raises ConfigError for an unknown rule, key or limit."""
    known = {rule.id for rule in rules}
    for rule_id in overrides:
        if rule_id not in known:
            close = nearest(rule_id, known)
            raise ConfigError(f"override: there is no rule '{rule_id}'", hint=f"did you mean '{close}'?" if close else "see `tiktrack rules list`")
    return tuple(_changed(rule, overrides[rule.id]) if rule.id in overrides else rule for rule in rules)


def _changed(rule: Rule, changes: dict[str, str]) -> Rule:
    for key, text in changes.items():
        if key in _LIMITS:
            rule = replace(rule, **{key: _bound(rule.id, key, text)})
        elif key == "severity" and text in list(Severity):
            rule = replace(rule, severity=Severity(text))
        elif key == "min_n" and text.isdigit():
            rule = replace(rule, min_n=int(text))
        else:
            raise ConfigError(f"override: {rule.id}: {key}: {text} makes no sense", hint="warn, fail, worst, severity or min_n")
    return rule


def _bound(rule_id: str, key: str, text: str) -> Bound:
    bound = bound_of(text)
    if bound is None:
        raise ConfigError(f"override: {rule_id}: {key}: '{text}' is no limit", hint='write a limit such as "> 5%"')
    return bound
