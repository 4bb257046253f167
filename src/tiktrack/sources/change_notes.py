"""Notes of one's own: what was changed on the site or in the account, and when; a table, or a list in YAML.

``date,what`` with one change a line; a column ``kind`` may say budget, bid, status, targeting, site or other. In YAML a
list of mappings with the same keys.
"""

from __future__ import annotations

import csv
import re

from tiktrack import yamlfile
from tiktrack.schema.changes import CHANGES
from tiktrack.sources import csvfile, dates
from tiktrack.sources.base import Head, Reading, quoted
from tiktrack.sources.csvfile import Sheet

ALIASES = {
    "day": ("date", "day", "when", "time", "timestamp", "deployed at", "released at"),
    "what": ("what", "change", "note", "notes", "description", "summary", "deploy", "release", "changed"),
    "kind": ("kind", "type", "category"),
    "campaign": ("campaign", "campaign name"),
}
MOST_COLUMNS = 6
"""Wider tables are something else, even where two of their columns have such names."""

_YAML = re.compile(r"\A(?:---\s*\n|\s*#[^\n]*\n|\s*\n)*\s*-\s+(?:date|day|when|what|change|note)\s*:", re.IGNORECASE)


class ChangeNotes:
    """A change log that somebody keeps by hand."""

    name = "change-notes"
    table = "changes"
    about = "Notes of changes: CSV or YAML with date and what, one change an entry"

    def sniff(self, head: Head) -> int:
        if _YAML.match(head.text):
            return 80
        table = csvfile.sheet(head)
        if table is None or len(table.header) > MOST_COLUMNS:
            return 0
        return 70 if {"day", "what"} <= set(csvfile.columns(table, ALIASES)) else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        table = _from_yaml(head) if _YAML.match(head.text) else csvfile.sheet(head)
        if table is None:
            raise AssertionError("sniffed as a table or a list")
        found = csvfile.columns(table, ALIASES)
        read_as = dates.days(row[found["day"]] for row in csvfile.rows(table))
        texts = {
            name: csvfile.text(csvfile.cell(found[name])) if name in found else "null::varchar" for name in ALIASES
        }
        kinds = ", ".join(map(quoted, CHANGES.by_name["kind"].values))
        day = read_as.sql(texts["day"])
        return Reading(
            f"select {day} as day, 'notes' as origin, {texts['what']} as what, {texts['campaign']} as campaign, "
            f"case when lower({texts['kind']}) in ({kinds}) then lower({texts['kind']}) else 'other' end as kind, "
            f"case when {texts['day']} is null and {texts['what']} is null then '#an empty line' "
            f"when {day} is null then 'no date, or one that is not understood' end as reject "
            f"from {csvfile.read_csv(table)}",
            mapping=csvfile.mapping(table, found),
            notes=tuple(note for note in (read_as.note, read_as.problem) if note),
            first_row=table.header_line + 1,
            csv=True,
        )


def _from_yaml(head: Head) -> Sheet:
    """The list as a table. An entry that is no mapping has no date, and is told as such."""
    made = head.scratch(".csv")
    (entries,) = yamlfile.read(head.path)[:1]
    with made.open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file)
        out.writerow(("date", "what", "kind", "campaign"))
        for entry in entries if isinstance(entries, list) else [entries]:
            known = entry if isinstance(entry, dict) else {"what": entry}
            told = {str(key).lower(): value for key, value in known.items()}
            out.writerow(_cell(told, field) for field in ("day", "what", "kind", "campaign"))
    return Sheet(",", ("date", "what", "kind", "campaign"), (), made)


def _cell(entry: dict[str, object], field: str) -> str:
    return next((str(entry[name]) for name in ALIASES[field] if entry.get(name) is not None), "")
