"""The kinds of files that tiktrack reads: one file each, listed here."""

from tiktrack.sources.ads_csv import AdsCsv
from tiktrack.sources.base import Head, Reading, Source
from tiktrack.sources.events_api import EventsApi
from tiktrack.sources.events_csv import EventsCsv
from tiktrack.sources.orders_shopify import ShopifyOrders
from tiktrack.sources.pixel_hits import PixelHits
from tiktrack.sources.segment import Segment

SOURCES: tuple[Source, ...] = (EventsApi(), PixelHits(), Segment(), EventsCsv(), AdsCsv(), ShopifyOrders())

__all__ = ["SOURCES", "Head", "Reading", "Source"]
