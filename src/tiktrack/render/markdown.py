"""The report as GitHub-flavoured Markdown, for pull requests, tickets and step summaries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from tiktrack.model.report import Finding, Report
from tiktrack.model.words import Outcome
from tiktrack.render import accepted, text, view, words
from tiktrack.render.brief import brief
from tiktrack.render.impact import impact_lines
from tiktrack.render.series import daily, spark
from tiktrack.render.tickets import cell
from tiktrack.render.timeline import by_beginning

_MARKUP = re.compile(r"[\\`*_{}\[\]|~$]")
_AT_START = re.compile(r"^(\d+(?=[.)](?:\s|$))|(?=[#>+=-]))([#>+=.)-])")
_ENTITIES = {"&": "&amp;", "<": "&lt;", "://": "&#58;//", "www.": "www&#46;", "@": "@&#8203;"}


def render(report: Report) -> str:
    """The report; nothing in it that came from data is read as Markdown or HTML, or mentions anybody."""
    parts = (
        _head(report),
        _symptoms(report),
        _findings(report),
        _incidents(report),
        _unknowns(report),
        _inputs(report),
        _quiet(report),
    )
    return "\n".join(line for part in parts for line in part).rstrip() + "\n"


def escape(value: str) -> str:
    """Text from data as Markdown text on one line: no markup, no links, no mentions."""
    shown = _AT_START.sub(r"\1\\\2", _MARKUP.sub(r"\\\g<0>", text.sentence(value)))
    for plain, entity in _ENTITIES.items():
        shown = shown.replace(plain, entity)
    return re.sub(r"(?<!&)#(?=\d)", "#&#8203;", shown)


def _head(report: Report) -> Iterator[str]:
    window = report.window
    yield f"# TikTok tracking: {escape(view.grade_line(report))}"
    yield ""
    yield f"**Can these numbers be trusted?** {escape(view.answer(report))} {escape(view.tally(report))}"
    if view.spend_line(report):
        yield f"**Spend:** {escape(view.spend_line(report))}"
    yield ""
    if window.since and window.until:
        days = f"{words.day(window.since)} to {words.day(window.until)}"
        yield f"{days} ({escape(window.timezone)}), as of {escape(words.day(report.as_of))}."
        yield ""
    for question, lines in brief(report):
        inline = f" {escape(lines[0])}" if len(lines) == 1 else ""
        yield f"- **{question}:**{inline}"
        yield from (f"  - {escape(line)}" for line in lines if not inline)
    yield ""
    if accepted.summary(report):
        yield escape(accepted.summary(report))
        yield ""
    for alarm in accepted.alarms(report):
        yield f"> **{escape(alarm)}**"
        yield ""
    for note in report.notes:
        yield f"> {escape(note)}"
        yield ""


def _symptoms(report: Report) -> Iterator[str]:
    yield from _table(
        ("Symptom", "Verdict", "See"),
        ((s.title, words.SYMPTOM[s.outcome], view.see(report, s)) for s in report.symptoms),
    )


def _findings(report: Report) -> Iterator[str]:
    items = view.ranked(report)
    if items:
        yield "## What to do next"
        yield ""
    for item in items:
        yield from _finding(item)


def _finding(item: view.Item) -> Iterator[str]:
    result, finding = item.result, item.finding
    yield f"### {_number(item)}. {escape(result.title)}"
    yield ""
    gain = words.gain(finding.points, finding.lifts_cap)
    facts = [
        words.SEVERITY[result.severity],
        words.OUTCOME[finding.outcome].lower(),
        *([gain] if gain else []),
    ]
    yield f"**{escape(', '.join(facts))}.** {escape(finding.message)}"
    yield ""
    for key, value in finding.segment.items():
        yield f"- {escape(words.label(key))}: {escape(text.name(value))}"
    shown = daily(finding)
    yield f"- When: {escape(words.period(finding.since, finding.until))}" + (f" `{spark(shown)}`" if shown else "")
    yield f"- Measured: {escape(words.measured(finding, finding.value))}" + _limit(finding)
    for line in impact_lines(finding):
        yield f"- Impact: {escape(line)}"
    yield f"- Why: {_flat(finding.why)}"
    who = f"{escape(words.label(finding.owner))}, {escape(words.effort(finding.effort))}"
    yield f"- Fix ({who}): {_flat(finding.fix)}"
    yield f"- Rule: `{result.rule}`, fingerprint `{finding.fingerprint}`"
    yield ""
    yield from _evidence(item)


def _number(item: view.Item) -> str:
    """``4`` for a fault, ``4, segment 2`` for a further segment of it."""
    return f"{item.number}, segment {item.place}" if item.place > 1 else str(item.number)


def _limit(finding: Finding) -> str:
    return f", limit {escape(words.limit(finding))}" if finding.limit else ""


def _flat(value: str) -> str:
    """A text of a rule, which may have line breaks and code between backticks, inside a list item or a cell."""
    parts = " ".join(value.split()).split("`")
    if len(parts) % 2 == 0 or "|" in value or not all(map(str.strip, parts[1::2])):
        return escape("`".join(parts))
    return "".join(f"`{text.sentence(part)}`" if at % 2 else escape(part) for at, part in enumerate(parts))


def _evidence(item: view.Item) -> Iterator[str]:
    evidence = item.finding.evidence
    if not evidence.rows:
        return
    yield f"<details><summary>{len(evidence.rows)} of {evidence.total:,} rows</summary>"
    yield ""
    yield from _table(evidence.columns, ([cell(value) for value in row] for row in evidence.rows))
    yield "</details>"
    yield ""


def _incidents(report: Report) -> Iterator[str]:
    known = by_beginning(report)
    if known:
        yield "## What happened"
        yield ""
    for incident in known:
        cause = words.CAUSE.get(incident.cause) or words.label(incident.cause)
        when = words.period(incident.since, incident.until)
        numbers = ", ".join(f"no. {number}" for number in view.numbers(report, incident))
        yield f"- **{escape(incident.title)}**: {escape(cause)}, {escape(when)}" + (f" ({numbers})" if numbers else "")
        for told, lines in (("for", incident.evidence_for), ("against", incident.evidence_against)):
            yield from (f"  - {told}: {escape(line)}" for line in lines)
        yield from (f"  - ruled out: {escape(line)}" for line in incident.ruled_out)
    if known:
        yield ""


def _unknowns(report: Report) -> Iterator[str]:
    if report.unknowns:
        yield "## What could not be checked"
        yield ""
        rows = ((u.what, u.why, u.how_to_get) for u in report.unknowns)
        yield from _table(("What", "Why", "How to check it"), rows)


def _inputs(report: Report) -> Iterator[str]:
    if report.inputs:
        yield "## Inputs"
        yield ""
        rows = ((i.path, i.kind, f"{i.rows:,}", f"{i.rejected:,}", _span(i.first, i.last)) for i in report.inputs)
        yield from _table(("File", "Read as", "Rows", "Rejected", "Days"), rows)


def _span(first: str | None, last: str | None) -> str:
    return f"{words.day(first)} to {words.day(last)}" if first and last else ""


def _quiet(report: Report) -> Iterator[str]:
    """What needs no attention, folded."""
    quiet = view.having(report, Outcome.PASSED, Outcome.SUPPRESSED, Outcome.NOT_APPLICABLE)
    if not quiet:
        return
    yield f"<details><summary>{len(quiet)} rules with nothing to act on</summary>"
    yield ""
    rows = ((r.rule, r.title, words.OUTCOME[r.outcome], r.reason or "") for r in quiet)
    yield from _table(("Rule", "About", "Outcome", "Reason"), rows)
    yield "</details>"
    yield ""


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> Iterator[str]:
    """A table; cells are escaped here and nowhere else."""
    titles = [escape(title) for title in head]
    yield f"| {' | '.join(titles)} |"
    yield f"|{' --- |' * len(titles)}"
    for row in rows:
        yield f"| {' | '.join(escape(value) for value in row)} |"
    yield ""
