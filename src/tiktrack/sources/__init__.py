"""The kinds of files that tiktrack reads: one file each, listed here."""

from tiktrack.sources.adjust import Adjust
from tiktrack.sources.ads_api import AdsApi
from tiktrack.sources.ads_connectors import CONNECTORS, Keboola
from tiktrack.sources.ads_csv import AdsCsv, AdsXlsx
from tiktrack.sources.app_sdk import AppSdk
from tiktrack.sources.appsflyer import AppsFlyer
from tiktrack.sources.base import Head, Reading, Source
from tiktrack.sources.catalogs_api import CatalogsApi
from tiktrack.sources.change_notes import ChangeNotes
from tiktrack.sources.changes_api import ChangesApi
from tiktrack.sources.cloud_logging import CloudLogging
from tiktrack.sources.events_api import EventsApi
from tiktrack.sources.events_api_1 import EventsApi1
from tiktrack.sources.events_csv import EventsTable
from tiktrack.sources.flat import of_csv, of_json, of_parquet
from tiktrack.sources.ga4 import Ga4, Ga4Flat
from tiktrack.sources.har import Har
from tiktrack.sources.offline_csv import OfflineCsv
from tiktrack.sources.orders import SHOPS
from tiktrack.sources.pixel_hits import PixelHits
from tiktrack.sources.pixel_stats_api import PixelStatsApi
from tiktrack.sources.request_log import RequestLog
from tiktrack.sources.rudderstack import RudderStack
from tiktrack.sources.segment import Segment
from tiktrack.sources.setup_api import SetupApi
from tiktrack.sources.sgtm_log import SgtmLog
from tiktrack.sources.shop_events import ShopEvents
from tiktrack.sources.stape_log import StapeLog
from tiktrack.sources.warehouse import Warehouse
from tiktrack.sources.zaraz import Zaraz

OF_LINES: tuple[Source, ...] = (
    EventsApi(),
    EventsApi1(),
    PixelHits(),
    SgtmLog(),
    StapeLog(),
    CloudLogging(),
    RequestLog(),
    AppSdk(),
    Segment(),
    RudderStack(),
    Zaraz(),
    Ga4(),
    EventsTable("events-json", "Flat or nested events, JSON lines: an event name, a time and usual fields", of_json, 2),
    ShopEvents(),
)
"""Kinds that are one JSON object a line; a table may hold them as well, in a column or as its rows."""

SOURCES: tuple[Source, ...] = (
    *OF_LINES,
    Har(),
    Warehouse(),
    AppsFlyer(),
    Adjust(),
    Ga4Flat(),
    OfflineCsv(),
    EventsTable(
        "events-csv",
        "A flat event CSV: a column for the event name, one for the time, and any of the usual fields",
        of_csv,
        1,
    ),
    EventsTable("events-parquet", "The same as Parquet, nested or not", of_parquet, 1),
    AdsCsv(),
    AdsXlsx(),
    Keboola(),
    *CONNECTORS,
    *SHOPS,
    AdsApi(),
    SetupApi(),
    PixelStatsApi(),
    CatalogsApi(),
    ChangesApi(),
    ChangeNotes(),
)

__all__ = ["OF_LINES", "SOURCES", "Head", "Reading", "Source"]
