"""Cloudflare Zaraz: events as a managed component gets them, ``{"type", "name", "payload", "client"}``, one a line.

What the TikTok component makes of them follows its code (managed-components/tiktok): a page view becomes ViewContent,
an event without ``event_id`` gets a random one that can meet no copy of the pixel (so here it has none), contacts are
hashed.
"""

from __future__ import annotations

from tiktrack.sources.base import Head, Reading
from tiktrack.sources.connector import hashed_email, hashed_id, number, renamed
from tiktrack.sources.event_fields import projection
from tiktrack.sources.jsonlines import read_json, struct
from tiktrack.sources.times import epoch_or_instant_ms

NAMES = {
    "order completed": "CompletePayment",
    "product added": "AddToCart",
    "products searched": "Search",
    "checkout started": "InitiateCheckout",
    "payment info entered": "AddPaymentInfo",
    "product added to wishlist": "AddToWishlist",
    "product viewed": "ViewContent",
}
"""The component's own map; another e-commerce event leaves it without a name."""

_PRODUCT = {"product_id": "VARCHAR", "sku": "VARCHAR"}
_COLUMNS = {
    "type": "VARCHAR",
    "name": "VARCHAR",
    "timestamp": "JSON",
    "payload": struct(
        ev="VARCHAR", cev="VARCHAR", event_id="VARCHAR", email="VARCHAR", phone="VARCHAR", phone_number="VARCHAR",
        external_id="VARCHAR", ttp="VARCHAR", ttclid="VARCHAR", ldu="VARCHAR", order_id="VARCHAR", value="JSON",
        currency="VARCHAR",
        ecommerce=struct(
            revenue="JSON", total="JSON", value="JSON", price="JSON", currency="VARCHAR", order_id="VARCHAR",
            products=struct(**_PRODUCT) + "[]", **_PRODUCT,
        ),
    ),
    "client": struct(ip="VARCHAR", userAgent="VARCHAR", language="VARCHAR", referer="VARCHAR", url="VARCHAR",
                     timestamp="JSON"),
}  # fmt: skip


class Zaraz:
    """Events of a managed component."""

    name = "zaraz"
    table = "events"
    about = "Events of Cloudflare Zaraz, JSON lines: type, payload and client"
    limits = "Events as a component gets them; its requests are Events API 2.0. The pixel is set in the component"

    def sniff(self, head: Head) -> int:
        hits = sum(
            isinstance(o.get("client"), dict) and "type" in o and isinstance(o.get("payload"), dict)
            and bool({"userAgent", "url", "ip"} & o["client"].keys())
            for o in head.objects
        )  # fmt: skip
        return 85 if hits and hits * 2 >= len(head.objects) else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        raw = f"select {_RAW} from {read_json(head, _COLUMNS)}"
        notes = ("an event without event_id gets a random one from Zaraz, so it counts as one without",)
        return Reading(projection(raw, needed=needed, literal=True, absent=frozenset({"pixel_code"})), notes=notes)


_TIME = "coalesce(timestamp, client.timestamp) ->> '$'"
_SHOP = "payload.ecommerce"
_URL = "coalesce(try_cast(client.url as json) ->> '$.href', client.url)"
_RAW = f"""
    true as record_start,
    case when type is null and payload is null then 'not a JSON object with an event of Zaraz'
         when type in ('clientcreated', 'mousemove', 'mousedown', 'mouseup', 'scroll', 'resize', 'pageShow', 'pageHide',
                       'visibilityChange', 'historyChange', 'resourcePerformanceEntry')
         then '#activity of the page, no events' end as reject,
    ({epoch_or_instant_ms(f"try_cast({_TIME} as double)", _TIME)} / 1000.0)::varchar as time,
    null::bigint as received_ms, 'server' as channel,
    case when type = 'pageview' then 'ViewContent'
         when type = 'ecommerce' then nullif({renamed("name", NAMES)}, name)
         else coalesce(payload.ev, payload.cev, name, type) end as event,
    to_json(payload.event_id)::varchar as event_id, null as pixel_code,
    coalesce(payload.order_id, {_SHOP}.order_id) as order_id,
    {number(f"coalesce({_SHOP}.revenue, {_SHOP}.total, {_SHOP}.value, {_SHOP}.price, payload.value)")} as value,
    coalesce({_SHOP}.currency, payload.currency) as currency,
    coalesce(case when coalesce({_SHOP}.products[1].sku, {_SHOP}.products[1].product_id) is not null
                  then len({_SHOP}.products) end,
             case when coalesce({_SHOP}.sku, {_SHOP}.product_id) is not null then 1 end) as content_ids,
    null as content_type,
    {hashed_email("payload.email")} as email, {hashed_id("coalesce(payload.phone, payload.phone_number)")} as phone,
    {hashed_id("payload.external_id")} as external_id, payload.ttclid as ttclid, payload.ttp as ttp,
    client.ip as ip, client.userAgent as user_agent, {_URL} as url, client.referer as referrer,
    nullif(split_part(client.language, '-', 2), '') as country, null as test_code, payload.ldu as ldu,
    null::bigint as api_code, null as api_message, null::bigint as http_status, 'Zaraz' as sender
"""
