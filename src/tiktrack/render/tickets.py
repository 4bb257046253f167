"""Texts to copy: a ticket for whoever fixes a finding, and a note for whoever reads the numbers meanwhile."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tiktrack.model.report import Finding, RuleResult
from tiktrack.render import text, words
from tiktrack.render.impact import impact_lines

_MEANWHILE = {
    "firing": "Conversions for these days are missing or uneven. Judge campaigns by the shop's orders, and do "
    "not pause or scale based on what Ads Manager shows.",
    "counting": "Purchases, value and ROAS for these days do not match what the shop sold. Compare with its orders "
    "before moving budget.",
    "value": "Value and ROAS for these days cannot be used; the number of purchases still can.",
    "matching": "TikTok matches fewer of the conversions that happened, so results look worse than they are and "
    "bidding learns from only part of them.",
    "reporting": "Treat this part of the report with care, and do not move budget because of it alone.",
    "privacy": "The numbers are fine, but data must not keep being sent like this.",
}


def where(finding: Finding) -> str:
    """The segment in one line."""
    return words.segment(finding.segment) or "everywhere"


def ticket(result: RuleResult, finding: Finding, others: Sequence[Finding] = ()) -> str:
    """What whoever fixes it has to know, as plain text; ``others`` are further segments of the same fault."""
    return "\n".join(_ticket(result, finding, others)) + "\n"


def _ticket(result: RuleResult, finding: Finding, others: Sequence[Finding]) -> Iterator[str]:
    yield f"{text.sentence(result.title)} ({result.severity})"
    yield ""
    yield f"What:  {text.sentence(finding.message)}"
    yield f"Where: {where(finding)}"
    yield f"When:  {words.period(finding.since, finding.until)}"
    yield from (f"Also:  {where(found)}; {words.period(found.since, found.until)}" for found in others)
    yield ""
    yield f"Why it matters\n{text.paragraph(finding.why)}"
    yield ""
    yield f"What to do ({words.effort(finding.effort)})\n{text.paragraph(finding.fix)}"
    yield from _rows(finding)
    yield ""
    limit = f" (limit: {words.limit(finding)})" if finding.limit else ""
    yield f"Done when a new audit no longer shows {result.rule} here{limit}."
    yield f"Reference: {result.rule}, {finding.fingerprint}"


def _rows(finding: Finding) -> Iterator[str]:
    """A few sample rows, so that the developer finds the place."""
    evidence = finding.evidence
    if evidence.rows:
        yield ""
        yield f"Examples ({len(evidence.rows)} of {evidence.total:,})"
    for row in evidence.rows:
        cells = (f"{key}={cell(value)}" for key, value in zip(evidence.columns, row, strict=False) if value is not None)
        yield "- " + " ".join(cells)


def cell(value: object) -> str:
    """One value of an evidence row."""
    return "" if value is None else text.name(str(value))


def note(result: RuleResult, finding: Finding, others: Sequence[Finding] = ()) -> str:
    """What a media buyer has to know, as plain text; ``others`` are further segments of the same fault."""
    cost = impact_lines(finding)
    who = words.label(finding.owner)
    affected = f"Affected: {where(finding)}; {words.period(finding.since, finding.until)}."
    also = "; ".join(where(found) for found in others)
    lines = [
        f"TikTok tracking: {text.sentence(result.title)}",
        "",
        f"{text.sentence(finding.message)} {affected}",
        *([f"Also affected: {also}."] if also else []),
        *([f"What it costs: {'; '.join(cost)}."] if cost else []),
        _MEANWHILE.get(result.family, _MEANWHILE["reporting"]),
        f"Who fixes it: {who}, {words.effort(finding.effort)}.",
    ]
    return "\n".join(lines) + "\n"
