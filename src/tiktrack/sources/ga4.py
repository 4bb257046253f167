"""GA4's BigQuery export (``events_YYYYMMDD``) as JSON lines or Parquet, and flat queries of it as CSV.

It counts on its own and sends nothing to TikTok, so it is read into ``witness``. ``event_timestamp`` is in microseconds
UTC. Parquet of BigQuery may hold a list as ``list[].element``. Source: Google, "BigQuery Export schema".
"""

from __future__ import annotations

from tiktrack.sources.base import Head, Reading
from tiktrack.sources.connector import renamed
from tiktrack.sources.event_columns import columns
from tiktrack.sources.flat import any_flat, whole
from tiktrack.sources.header_words import keys
from tiktrack.sources.jsonlines import read_as, read_json, struct
from tiktrack.sources.times import epoch_or_instant_ms

NAMES = {
    "purchase": "Purchase",
    "in_app_purchase": "Purchase",
    "ecommerce_purchase": "Purchase",
    "begin_checkout": "InitiateCheckout",
    "add_to_cart": "AddToCart",
    "add_to_wishlist": "AddToWishlist",
    "add_payment_info": "AddPaymentInfo",
    "view_item": "ViewContent",
    "page_view": "Pageview",
    "generate_lead": "Lead",
    "sign_up": "CompleteRegistration",
    "view_search_results": "Search",
    "search": "Search",
}
"""GA4's recommended names → TikTok's."""

_VALUE = struct(string_value="VARCHAR", int_value="VARCHAR", float_value="DOUBLE", double_value="DOUBLE")
_PARAMS = f"{struct(key='VARCHAR', value=_VALUE, element=struct(key='VARCHAR', value=_VALUE))}[]"
_COLUMNS = {
    "event_name": "VARCHAR",
    "event_timestamp": "VARCHAR",
    "event_params": "JSON",
    "ecommerce": struct(transaction_id="VARCHAR", purchase_revenue="DOUBLE"),
    "collected_traffic_source": struct(manual_source="VARCHAR"),
}
_FLAT = {
    "event_name": ("event_name",),
    "event_timestamp": ("event_timestamp",),
    "order_id": ("transaction_id", "order_id"),
    "value": ("purchase_revenue", "value", "revenue"),
    "currency": ("currency",),
    "url": ("page_location", "page_url", "url"),
    "source": ("manual_source", "source", "session_source"),
}
_NOTE = "an independent source: used for comparison, not counted as a signal to TikTok"


class Ga4:
    """The export with its nested parameters."""

    name = "ga4-bigquery"
    table = "witness"
    about = "GA4 BigQuery export, JSON lines or Parquet: event_name, event_timestamp, event_params and user_pseudo_id"
    limits = "Used for comparison in its own table; items are not read; give either the daily or the intraday table"

    def sniff(self, head: Head) -> int:
        needed = {"event_name", "event_timestamp"}
        hits = sum(needed <= o.keys() and bool({"event_params", "user_pseudo_id"} & o.keys()) for o in head.objects)
        return 96 if hits and hits * 2 >= len(head.objects) else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        unfolded = read_as("coalesce(event_params -> '$.list', event_params)", _PARAMS)
        raw = f"select *, {unfolded} as params from {read_json(head, _COLUMNS)}"
        fields = {
            "event_name": "event_name",
            "event_timestamp": "event_timestamp",
            "order_id": f"coalesce(ecommerce.transaction_id, {_param('transaction_id')})",
            "value": f"coalesce(ecommerce.purchase_revenue, try_cast({_param('value')} as double))",
            "currency": _param("currency"),
            "url": _param("page_location"),
            "source": f"coalesce(collected_traffic_source.manual_source, {_param('source')})",
        }
        return Reading(_projection(raw, fields), notes=(_NOTE,))


class Ga4Flat:
    """A flat query of the export."""

    name = "ga4-flat"
    table = "witness"
    about = "A flat query of GA4's BigQuery export, CSV or Parquet: event_name, event_timestamp and user_pseudo_id"
    limits = "One row per event; the columns of the query decide what is known"

    def sniff(self, head: Head) -> int:
        table = any_flat(head)
        names = keys(table.header) if table else frozenset()
        nested = any(name.startswith("eventparams") for name in names)
        return 90 if {"eventname", "eventtimestamp", "userpseudoid"} <= names and not nested else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        table = whole(head)
        found = columns(table.header, _FLAT)
        fields = {name: table.cells[found[name]] if name in found else "null::varchar" for name in _FLAT}
        fields["value"] = f"try_cast({fields['value']} as double)"
        return Reading(
            _projection(f"select * from {table.relation}", fields),
            mapping={name: table.header[position] for name, position in found.items()},
            notes=(*table.notes, _NOTE),
            first_row=table.first_row,
            csv=table.csv,
        )


def _param(key: str) -> str:
    """Text of a parameter, whichever of its four columns holds it."""
    found = f"list_filter(params, lambda p: coalesce(p.key, p.element.key) = '{key}')[1]"
    holders = (f"{found}.value", f"{found}.element.value")
    kinds = ("string_value", "int_value", "double_value::varchar", "float_value::varchar")
    return f"coalesce({', '.join(f'{holder}.{kind}' for holder in holders for kind in kinds)})"


def _projection(raw: str, fields: dict[str, str]) -> str:
    texts = ", ".join(f"{sql} as x_{name}" for name, sql in fields.items())
    order = "case when x_order_id not in ('', '(not set)') then x_order_id end"
    return f"""
        select {epoch_or_instant_ms("try_cast(x_event_timestamp as double)", "x_event_timestamp")} as ts_ms,
            'ga4' as counter, x_event_name as event_raw, {renamed("x_event_name", NAMES)} as event,
            {order} as order_id, case when {order} is not null then hash(ltrim({order}, '#')) end as order_hash,
            x_value as value, nullif(x_currency, '') as currency,
            nullif(lower(split_part(split_part(x_url, '?', 1), '/', 3)), '') as page_host,
            contains(lower(coalesce(x_source, '')), 'tiktok') or contains(coalesce(x_url, ''), 'ttclid=')
                as from_tiktok,
            case when x_event_name is null and x_event_timestamp is null then 'not an event of GA4' end as reject
        from (select {texts} from ({raw}))
    """
