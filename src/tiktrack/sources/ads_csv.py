"""Ads Manager exports: custom reports and tab exports, as text or as a workbook, in any language that we know.

Facts (genuine English and Korean exports and the metric pages): UTF-8 with BOM, last row ``Total of N results``,
``-`` for missing, currency in a column of its own, rows in no order, the date anywhere or not at all. Rates are
percent points in a CSV and fractions in a workbook; none is read, they are counted again.
"""

from __future__ import annotations

from tiktrack.sources.ads_columns import fields_of, looks_like_a_report
from tiktrack.sources.ads_table import read_report
from tiktrack.sources.base import Head, Reading
from tiktrack.sources.csvfile import sheet


class AdsCsv:
    """Ads Manager CSV or TSV."""

    name = "ads-manager-csv"
    table = "ads"
    about = "An Ads Manager export as CSV: cost, impressions and clicks by campaign, ad group or ad, best by day"
    limits = "Days that may be day/month or month/day need a map; languages that nobody confirmed need one as well"
    workbook = False

    def sniff(self, head: Head) -> int:
        table = sheet(head)
        if table is None or table.workbook is not self.workbook:
            return 0
        return looks_like_a_report(table)

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        table = sheet(head)
        if table is None:
            raise AssertionError("sniffed as a table")
        return read_report(head, table, fields_of(table))


class AdsXlsx(AdsCsv):
    """Ads Manager workbook."""

    name = "ads-manager-xlsx"
    about = "An Ads Manager export as XLSX, with the same columns"
    limits = "Each tab is an input of its own; ids that a spreadsheet keeps as numbers lose digits behind the 15th"
    workbook = True
