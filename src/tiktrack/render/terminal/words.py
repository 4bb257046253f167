"""Numbers, days, segments and series as people read them; text from outside is made harmless."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from datetime import date

from tiktrack.model.report import DayCount, Finding
from tiktrack.model.words import Outcome
from tiktrack.render import words

_BLOCKS, _PLAIN = "▁▂▃▄▅▆▇█", "_.:-=+*#"
_MOST = 60


def clean(text: object) -> str:
    """Text as text: control characters, escapes and direction marks go, line breaks become blanks."""
    spaced = " ".join(str(text).split())
    return "".join(c for c in spaced if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co"))


def short(text: object, most: int = _MOST) -> str:
    """Cleaned, and cut where it is endless."""
    cleaned = clean(text)
    return cleaned if len(cleaned) <= most else cleaned[: most - 1] + "…"


def day(iso: str | None) -> str:
    """``12 Nov``; hours stay where a finding has them."""
    if not iso:
        return ""
    return words.short_day(date.fromisoformat(iso[:10])) + (f", {iso[11:16]}" if len(iso) > 10 else "")


def span(first: str | None, last: str | None) -> str:
    """``5 Nov to 12 Nov``; one day is one day."""
    begin, end = day((first or "")[:10]), day((last or "")[:10])
    return begin if begin == end else f"{begin} to {end}"


def segment(found: Finding) -> str:
    """``pixel C4…, channel server``."""
    return ", ".join(f"{words.key(key)} {short(value)}" for key, value in found.segment.items())


def others(found: Sequence[Finding], most: int) -> str:
    """Further segments of the same fault, in short."""
    shown = [", ".join(part for part in (segment(f), percent_of(f), period(f)) if part) for f in found[:most]]
    return "; ".join(shown) + (f"; and {len(found) - most} more" if len(found) > most else "")


def percent_of(found: Finding) -> str:
    """``99.7%`` where the finding is a share."""
    return f"{found.value:.1%}" if found.unit == "share" and found.value is not None else ""


def period(found: Finding) -> str:
    """``since 12 Nov`` or ``12 Nov to 15 Nov (ended)``."""
    if not found.since:
        return ""
    return f"{day(found.since)} to {day(found.until)} (ended)" if found.until else f"since {day(found.since)}"


def sparkline(series: Sequence[DayCount], *, counts: bool, ascii: bool, most: int) -> str:
    """The trend by day, newest last: bad shares, or counts. Days without rows are blank."""
    values: list[float | None] = [d.bad if counts else (d.bad / d.n if d.n else None) for d in series][-most:]
    known = [v for v in values if v is not None]
    if len(known) < 3:
        return ""
    marks, top = (_PLAIN if ascii else _BLOCKS), max(max(known), 1e-9)
    return "".join(" " if v is None else marks[min(7, int(v / top * 7.999))] for v in values)


def places(found: Finding, most: int = 3) -> str:
    """``events.jsonl:88, :91`` of the sample rows."""
    rows = [
        (str(row[0]), row[1])
        for row in found.evidence.rows
        if len(row) > 1 and found.evidence.columns[:1] == ("source_file",)
    ]
    if not rows:
        return ""
    before = ["", *(path for path, _ in rows)]
    named = ("" if path == last else clean(path) for (path, _), last in zip(rows, before, strict=False))
    shown = ", ".join(f"{name}:{number}" for name, (_, number) in list(zip(named, rows, strict=True))[:most])
    more = int(found.evidence.total) - min(most, len(rows))
    return f"{shown} and {more:,} more" if more > 0 else shown


def symbol(outcome: Outcome, *, ascii: bool) -> str:
    """One mark for an outcome."""
    marks = {
        Outcome.FAILED: ("✖", "x"), Outcome.WARNED: ("▲", "!"), Outcome.PASSED: ("✔", "+"), Outcome.UNKNOWN: ("?", "?"),
        Outcome.ERRORED: ("⚠", "E"), Outcome.SUPPRESSED: ("–", "-"), Outcome.NOT_APPLICABLE: ("–", "-"),
    }  # fmt: skip
    return marks[outcome][1 if ascii else 0]
