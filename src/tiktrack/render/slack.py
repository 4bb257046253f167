"""What changed since the last audit, as a short message for a webhook in Slack's format."""

from __future__ import annotations

import json

from tiktrack.compare import WORDS, Change, changes
from tiktrack.model.report import Report
from tiktrack.model.words import Outcome
from tiktrack.render import accepted, text, tickets, view, words
from tiktrack.render.impact import impact_lines

_SHOWN = 5
_WORDS = {word: word.capitalize() for word in WORDS if word != "same"}


def message(before: Report, now: Report, *, names: bool = True) -> str | None:
    """The body to post, or None where nothing changed that is worth a message.

    That is: a confirmed finding that is new, worse, better, fixed or no longer checked, or another letter. What is only
    suspected stays in the report. Without ``names`` no segment is told.
    """
    found = [change for change in changes(before, now) if change.word in _WORDS and _confirmed(change)]
    if not found and before.grade.letter == now.grade.letter:
        return None
    lines = [f"TikTok tracking: {_harmless(view.grade_line(now))}. Before: {_harmless(view.grade_line(before))}."]
    lines += [f"• {_harmless(_line(change, names=names))}" for change in found[:_SHOWN]]
    if len(found) > _SHOWN:
        lines.append(f"… and {len(found) - _SHOWN} more changes, see the report.")
    lines += [f"• {_harmless(alarm)}" for alarm in accepted.alarms(now) if names]
    body = {"text": "\n".join(lines), "mrkdwn": False, "unfurl_links": False, "unfurl_media": False}
    return json.dumps(body, ensure_ascii=False)


def _confirmed(change: Change) -> bool:
    return any(found is not None and found.outcome is Outcome.FAILED for found in (change.before, change.after))


def _line(change: Change, *, names: bool) -> str:
    found = change.after or change.before
    where = f" ({tickets.where(found)})" if names and found else ""
    since = f", since {words.day(found.since)}" if change.word == "new" and found and found.since else ""
    cost = impact_lines(found)[:1] if change.word in ("new", "worse") and found else []
    who = [words.label(found.owner)] if change.word in ("new", "worse") and found else []
    told = "; ".join([*cost, *who])
    return f"{_WORDS[change.word]}: {change.title}{where}{since}" + (f". {told}" if told else "")


def _harmless(value: str) -> str:
    """Text that mentions nobody and links nowhere: Slack reads ``<!here>``, and makes links of bare addresses."""
    shown = text.sentence(value).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return shown.replace("://", "[:]//").replace("www.", "www[.]")
