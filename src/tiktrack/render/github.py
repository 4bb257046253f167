"""The report as GitHub workflow commands; the step summary is the Markdown face."""

from __future__ import annotations

from collections.abc import Iterator

from tiktrack.model.report import Report
from tiktrack.model.words import Outcome, Severity
from tiktrack.render import accepted, text, tickets, view, words
from tiktrack.render.markdown import render as _markdown

_LOUD = frozenset({Severity.CRITICAL, Severity.HIGH})
_SUMMARY_BYTES = 1_000_000
"""GitHub refuses a step summary of more than 1 MiB as a whole, so a long one is cut."""


def render(report: Report) -> str:
    """One annotation a finding, the worst first, and a last one with the grade."""
    return "".join(f"{line}\n" for line in _lines(report))


def summary(report: Report) -> str:
    """What to append to the file named by GITHUB_STEP_SUMMARY."""
    whole = _markdown(report).encode()
    if len(whole) <= _SUMMARY_BYTES:
        return whole.decode()
    kept = whole[:_SUMMARY_BYTES].decode(errors="ignore").rpartition("\n")[0]
    cut = "The report is too long for this page; the other outputs hold all of it."
    return f"{kept}\n\n</details>\n\n{cut}\n"


def _lines(report: Report) -> Iterator[str]:
    for item in view.ranked(report):
        finding = item.finding
        place = f"{tickets.where(finding)}; {words.period(finding.since, finding.until)}."
        yield command(_level(item), item.result.title, f"{finding.message} {place} Fix: {finding.fix}")
    for result in view.having(report, Outcome.ERRORED):
        yield command("warning", result.title, f"the check failed to run: {result.reason or 'no reason given'}")
    for alarm in accepted.alarms(report):
        yield command("warning", "Suppression", alarm)
    yield command("notice", "TikTok tracking", f"{view.grade_line(report)}. {view.tally(report)}")


def _level(item: view.Item) -> str:
    if item.finding.outcome is not Outcome.FAILED:
        return "notice" if item.result.severity in (Severity.LOW, Severity.INFO) else "warning"
    return "error" if item.result.severity in _LOUD else "warning"


def command(level: str, title: str, message: str) -> str:
    """A workflow command that data cannot break out of."""
    return f"::{level} title={_property(text.sentence(title))}::{_data(text.paragraph(message))}"


def _data(value: str) -> str:
    return value.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(value: str) -> str:
    return _data(value).replace(":", "%3A").replace(",", "%2C")
