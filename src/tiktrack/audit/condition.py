"""The rows that one finding is about, as an SQL condition."""

from __future__ import annotations

from collections.abc import Mapping

from tiktrack.audit.findings import NONE
from tiktrack.model.rule import Rule


def rows_of(rule: Rule, segment: Mapping[str, str], since: str | None, until: str | None) -> str:
    """Condition on the rule's table: what the rule looks at, in this segment and from ``since`` to ``until`` (ISO
    days). Keys of ``segment`` that are not the rule's own are left out.
    """
    parts = [f"({rule.where.text})"] if rule.where else []
    for name in rule.by:
        text = segment[name].replace("'", "''")
        parts.append(f"{name} is null" if segment[name] == NONE else f"{name} = '{text}'")
    if since:
        parts.append(f"day >= date '{since}'")
    if until:
        parts.append(f"day <= date '{until}'")
    return " and ".join(parts) or "true"
