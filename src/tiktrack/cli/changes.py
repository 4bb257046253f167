"""What changed between two reports, one line a finding, for stdout of ``diff`` and stderr of ``audit --baseline``."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tiktrack.compare import Change
    from tiktrack.model.report import Report


def change_lines(before: Report, after: Report, *, same: bool = False) -> list[str]:
    """Every finding that is new, worse, fixed, better or no longer checked; with ``same`` the others too."""
    from tiktrack.compare import changes, incomparable

    lines = [_line(change) for change in changes(before, after) if same or change.word != "same"]
    altered = incomparable(before, after)
    if altered:
        lines.append(f"not compared, because the rule or its limits changed: {', '.join(altered)}")
    return lines


def _line(change: Change) -> str:
    from tiktrack.render import text, words

    shown = change.after or change.before
    since = f"since {shown.since}" if shown and shown.since else ""
    place = ", ".join(part for part in (words.segment(change.segment), since) if part)
    title = text.sentence(change.title)
    why = f": {change.why}" if change.why else ""
    return f"{change.word:<18} {change.severity:<8} {title} ({change.rule}; {place or 'everywhere'}){why}"
