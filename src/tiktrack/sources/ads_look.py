"""Where the fields of a report are, and how the cells of their columns are written: one look at the whole table."""

from __future__ import annotations

from dataclasses import dataclass

from tiktrack.sources import dates
from tiktrack.sources.ads_columns import names_networks, network_columns
from tiktrack.sources.ads_headers import BREAKDOWNS, FOOTERS, MONEY, NUMBERS
from tiktrack.sources.base import Head, quoted
from tiktrack.sources.csvfile import Sheet, cell, plain, text
from tiktrack.sources.ids import lost, whole
from tiktrack.sources.numbers import Style, styles
from tiktrack.sources.survey import Survey, survey

IDS = ("campaign_id", "adgroup_id", "ad_id")


@dataclass(frozen=True, slots=True)
class Columns:
    """Where the fields are, and how their cells are written."""

    found: dict[str, int]
    breakdowns: tuple[int, ...]
    styles: dict[int, Style]
    days: dates.Days | None
    survey: Survey
    first: int
    """The first column that has a name: a report calls its last row a sum there."""
    rounded: dict[int, str]
    """Columns of ids that a spreadsheet rounded, each with an example: not used."""

    def text(self, field: str) -> str:
        """SQL of the text in a field, NULL where the report has none."""
        if field not in self.found:
            return "null::varchar"
        written = text(cell(self.found[field]))
        return whole(written) if field in IDS else written

    def number(self, field: str) -> str:
        """SQL of the number in a field, NULL where the report has none."""
        if field not in self.found:
            return "null::double"
        index = self.found[field]
        number = self.styles[index].sql(cell(index))
        return f"case when not {says_sum(index)} then {number} end" if index == self.first else number


def look(head: Head, table: Sheet, found: dict[str, int], told_date: str | None, mark: str | None) -> Columns:
    """The columns of a report. ``told_date`` is the user's format of days, ``mark`` the decimal mark of the kind."""
    numbers = {field: index for field, index in found.items() if field in NUMBERS}
    networks = [found["network"]] if "network" in found else network_columns(table.header)
    listed = [found[field] for field in ("day", *IDS) if field in found]
    seen = survey(table, numbers.values(), [*listed, *networks])
    named = max(networks, key=lambda index: names_networks(seen.texts[index]), default=None)
    if named is not None and names_networks(seen.texts[named]):
        found = {**found, "network": named}
    counts = frozenset(index for field, index in numbers.items() if field not in MONEY)
    days = None
    if "day" in found:
        days = dates.days(seen.texts[found["day"]], dates.period_in(head.path.name), told_date)
    rounded = {found[field]: example for field in IDS if field in found and (example := lost(seen.texts[found[field]]))}
    found = {field: index for field, index in found.items() if index not in rounded and _says(field, found, days)}
    used = set(found.values())
    return Columns(
        found=found,
        breakdowns=tuple(i for i, name in enumerate(table.header) if plain(name) in BREAKDOWNS and i not in used),
        styles=styles(seen.numbers, counts, table.delimiter, mark),
        days=days,
        survey=seen,
        first=next((index for index, name in enumerate(table.header) if name.strip()), 0),
        rounded=rounded,
    )


def _says(field: str, found: dict[str, int], days: dates.Days | None) -> bool:
    """Whether a column holds what its name says: no weeks for days, and no clock for days."""
    if field != "day" or not days:
        return True
    clock = found.get("hour") == found["day"] and not (days.formats or days.serial)
    return not (days.longer or clock)


def says_sum(index: int) -> str:
    """SQL: the cell calls its row the sums, in a language that we know."""
    pattern = quoted(r"\s*(" + "|".join(FOOTERS) + r")\s*")
    return f"coalesce(regexp_full_match(lower({text(cell(index))}), {pattern}), false)"
