"""``override:`` and ``suppress:`` of the settings speak of rules that exist; other limits, or another severity."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from tiktrack.errors import ConfigError
from tiktrack.model.rule import Bound, Rule
from tiktrack.model.words import Severity
from tiktrack.nearest import did_you_mean
from tiktrack.rules.parse import bound_of


def overridden(rules: Sequence[Rule], overrides: dict[str, dict[str, str]]) -> tuple[Rule, ...]:
    """Rules with the user's limits. Raises ConfigError for an unknown rule, key or limit."""
    check_names("override", overrides, rules)
    return tuple(_changed(rule, overrides[rule.id]) if rule.id in overrides else rule for rule in rules)


def check_names(setting: str, names: Iterable[str], rules: Sequence[Rule]) -> None:
    """Raises ConfigError where a setting names a rule that does not exist."""
    known = {rule.id for rule in rules}
    for name in names:
        if name not in known:
            hint = did_you_mean(name, known, "see `tiktrack rules list`")
            raise ConfigError(f"{setting}: there is no rule '{name}'", hint=hint)


def _changed(rule: Rule, changes: dict[str, str]) -> Rule:
    return replace(rule, **{key: _value(rule.id, key, text) for key, text in changes.items()})


def _value(rule_id: str, key: str, text: str) -> Any:
    if key in ("warn", "fail", "worst"):
        return _bound(rule_id, key, text)
    if key == "severity" and text in list(Severity):
        return Severity(text)
    if key == "min_n" and text.isdigit():
        return int(text)
    hint = "warn, fail, worst, severity or min_n"
    raise ConfigError(f"override: {rule_id}: {key}: {text} is not allowed", hint=hint)


def _bound(rule_id: str, key: str, text: str) -> Bound:
    bound = bound_of(text)
    if bound is None:
        raise ConfigError(f"override: {rule_id}: {key}: '{text}' is not a limit", hint='write a limit such as "> 5%"')
    return bound
