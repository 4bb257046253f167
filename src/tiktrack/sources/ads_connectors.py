"""Reports as connectors hand them on: one line a tool, told by the columns that only it has (facts: connector shapes).

The metrics are the API's own in all of them, under their ids. What a tool adds is its time of extraction, which tells
the newer of two pulls.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import lru_cache

from tiktrack.errors import InputError
from tiktrack.sources.ads_columns import fields_of, looks_like_a_report
from tiktrack.sources.ads_records import first_records, report_table
from tiktrack.sources.ads_table import read_report
from tiktrack.sources.base import Head, Reading
from tiktrack.sources.csvfile import Sheet, plain, sheet_with
from tiktrack.sources.header_words import keys

_SURE = 97
_UTC_HOURS = "Fivetran documents its hourly tables of TikTok as UTC: their days are not the account's"


@dataclass(frozen=True, slots=True)
class Connector:
    """A tool; ``mark`` tells its tables by the names of their columns. ``decimal_mark`` is None for tools that deliver
    into spreadsheets, where the user's country decides."""

    name: str
    about: str
    mark: Callable[[frozenset[str]], bool]
    table: str = "ads"
    hours_in_utc: bool = False
    decimal_mark: str | None = "."
    sure: int = _SURE

    def sniff(self, head: Head) -> int:
        found = first_records(head)
        if found is None or not looks_like_a_report(found):
            return 0
        return self.sure if self.mark(frozenset(map(plain, found.header))) else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        found = report_table(head)
        if found is None:
            raise InputError(
                "its rows cannot be read to their end",
                hint="check that the file is whole; a very large one may be given as CSV",
            )
        fields = fields_of(found)
        reading = read_report(head, found, fields, mark=self.decimal_mark)
        said = (_UTC_HOURS,) if self.hours_in_utc and "hour" in fields else ()
        return replace(reading, notes=(*reading.notes, *said))


CONNECTORS = (
    Connector(
        "ads-airbyte",
        "Airbyte's streams of TikTok reports: JSON records or tables with `_airbyte_…` columns",
        lambda names: any(name.startswith("_airbyte_") for name in names),
    ),
    Connector(
        "ads-fivetran",
        "Fivetran's TikTok report tables: API ids, with `_fivetran_synced`",
        lambda names: "_fivetran_synced" in names,
        hours_in_utc=True,
    ),
    Connector(
        "ads-singer",
        "Records of the Singer tap (Stitch), as messages or with `_sdc_…` columns",
        lambda names: "time_extracted" in names or any(name.startswith("_sdc_") for name in names),
    ),
    Connector(
        "ads-supermetrics",
        "Supermetrics' TikTok fields: `advertiser_currency`, `optimize_goal`, `cost`, …",
        lambda names: bool(names & {"advertiser_currency", "advertiser_timezone", "optimize_goal"}),
        decimal_mark=None,
    ),
    Connector(
        "ads-windsor",
        "Windsor.ai's fields: `date`, `campaign`, `spend`, `clicks`, with `source` or `datasource`",
        lambda names: "spend" in names and bool(names & {"datasource", "source"}) and "campaign" in names,
        decimal_mark=None,
    ),
    Connector(
        "ads-owox",
        "OWOX's TikTok table: `stat_time_day` with `cost` instead of `spend`",
        lambda names: "stat_time_day" in names and "cost" in names and "spend" not in names,
    ),
    Connector(
        "ads-api-flat",
        "A flat table under the ids of TikTok's API, as from its asynchronous tasks, ingestr or Lakeflow",
        lambda names: bool(keys(names) & {"stattimeday", "stattimehour"}),
        sure=90,
    ),
    Connector(
        "ads-records",
        "Any other report as JSON or Parquet, under the names of Ads Manager, of the API or of a connector",
        lambda names: True,
        decimal_mark=None,
        sure=60,
    ),
)


class Keboola:
    """Keboola's CSV: no header in the file, the columns stand in a manifest beside it."""

    name = "ads-keboola"
    table = "ads"
    about = "Keboola's CSV without header, with its `.manifest` beside it"

    def sniff(self, head: Head) -> int:
        found = _with_manifest(head)
        return _SURE + 1 if found and looks_like_a_report(found) else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        found = _with_manifest(head)
        if found is None:
            raise AssertionError("sniffed as a table")
        return read_report(head, found, fields_of(found), mark=".")


@lru_cache(maxsize=64)
def _with_manifest(head: Head) -> Sheet | None:
    manifest = head.path.with_name(head.path.name + ".manifest")
    if not manifest.is_file():
        return None
    try:
        told = json.loads(manifest.read_text(encoding="utf-8"))
        columns = told.get("columns") or [column["name"] for column in told["schema"]]
        return sheet_with(head, [str(name) for name in columns], str(told.get("delimiter") or ","))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None
