"""Segment's own log: track and page calls as they lie in S3, in the debugger or in a batch of its HTTP API.

``{"type": "track", "event": "Order Completed", "messageId": …, "timestamp": "…Z", "properties": {…}, "context": {…}}``.
The cloud destination "TikTok Conversions" sends them on: which field goes where follows its default mapping
(segmentio/action-destinations, ``tiktok-conversions``). Names are set there and not in the log, so they are not judged.
"""

from __future__ import annotations

from tiktrack.sources.base import Head, Reading
from tiktrack.sources.calls import NOT_FOR_TIKTOK, calls, personal_note, share_of_calls
from tiktrack.sources.connector import hashed_email, hashed_id, hashed_phone, number, renamed, seconds
from tiktrack.sources.event_fields import projection
from tiktrack.sources.jsonlines import struct
from tiktrack.sources.times import instant_ms

NAMES = {
    "order completed": "Purchase",
    "order placed": "PlaceAnOrder",
    "checkout started": "InitiateCheckout",
    "payment info entered": "AddPaymentInfo",
    "product added": "AddToCart",
    "product added to wishlist": "AddToWishlist",
    "product viewed": "ViewContent",
    "product clicked": "ClickButton",
    "products searched": "Search",
    "signed up": "CompleteRegistration",
    "form submitted": "Lead",
    "subscription created": "Subscribe",
    "callback started": "Contact",
    "download link clicked": "Download",
}
"""Segment's names in lower case → today's name of the event that the preset sends."""

_TRAITS = struct(email="VARCHAR", phone="VARCHAR", address=struct(country="VARCHAR"))
_PROPERTIES = struct(
    email="VARCHAR", phone="VARCHAR", order_id="VARCHAR", currency="VARCHAR", value="JSON", revenue="JSON",
    content_type="VARCHAR", content_ids="VARCHAR[]", contents=struct(content_id="VARCHAR") + "[]",
    products=struct(product_id="VARCHAR") + "[]", product_id="VARCHAR", ttclid="VARCHAR", ttp="VARCHAR",
    event_id="VARCHAR", test_event_code="VARCHAR", limited_data_use="VARCHAR",
)  # fmt: skip
_CONTEXT = struct(
    ip="VARCHAR", userAgent="VARCHAR", locale="VARCHAR", page=struct(url="VARCHAR", referrer="VARCHAR"),
    traits=_TRAITS, device=struct(type="VARCHAR"),
)  # fmt: skip
_CALL = {
    "type": "VARCHAR", "event": "VARCHAR", "messageId": "VARCHAR", "timestamp": "JSON", "originalTimestamp": "JSON",
    "receivedAt": "VARCHAR", "userId": "VARCHAR", "anonymousId": "VARCHAR", "properties": _PROPERTIES,
    "context": _CONTEXT, "integrations": "JSON",
}  # fmt: skip


class Segment:
    """Calls of Segment."""

    name = "segment"
    table = "events"
    about = "Segment calls, JSON lines: type, messageId, properties and context"
    limits = "The pixel and the names that TikTok gets are set in the destination: names are not judged"

    def sniff(self, head: Head) -> int:
        return 85 if share_of_calls(head) >= 0.5 else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        raw = f"select {_RAW} from ({calls(head, _CALL)})"
        notes = (
            "TikTok gets these names as Segment's presets send them (Order Completed is Purchase); the names "
            "themselves are set in the destination and are not judged",
            *personal_note(head, "Segment's destination"),
        )
        sql = projection(raw, needed=needed, literal=True, absent=frozenset({"pixel_code"}))
        return Reading(sql, notes=notes, translated=True)


_USER = "coalesce(userId, anonymousId)"
_EMAIL = "coalesce(properties.email, context.traits.email)"
_PHONE = "coalesce(properties.phone, context.traits.phone)"
_RAW = f"""
    record_start,
    case when type is null and event is null and messageId is null then 'not a JSON object with a call of Segment'
         when type not in ('track', 'page') then '#' || type || ' calls, no events'
         when {NOT_FOR_TIKTOK} then '#calls that integrations keep from TikTok'
         when type = 'track' and event is null and timestamp is null
         then 'a track call without event and timestamp' end as reject,
    {seconds("timestamp", "originalTimestamp")} as time, {instant_ms("receivedAt")} as received_ms,
    case when lower(context.device.type) in ('ios', 'android') then 'app' else 'server' end as channel,
    case when type = 'page' then 'Pageview' else {renamed("event", NAMES)} end as event,
    to_json(coalesce(properties.event_id, messageId))::varchar as event_id, null as pixel_code,
    properties.order_id as order_id, {number("coalesce(properties.value, properties.revenue)")} as value,
    properties.currency as currency,
    coalesce(nullif(len(properties.content_ids), 0),
             case when properties.contents[1].content_id is not null then len(properties.contents) end,
             case when properties.products[1].product_id is not null then len(properties.products) end,
             case when properties.product_id is not null then 1 end) as content_ids,
    coalesce(properties.content_type, 'product') as content_type,
    {hashed_email(_EMAIL)} as email, {hashed_phone(_PHONE, digits_only=True)} as phone,
    {hashed_id(_USER)} as external_id,
    coalesce(properties.ttclid, json_extract_string(integrations, '$."TikTok Conversions".ttclid')) as ttclid,
    coalesce(properties.ttp, json_extract_string(integrations, '$."TikTok Conversions".ttp')) as ttp,
    context.ip as ip, context.userAgent as user_agent, context.page.url as url, context.page.referrer as referrer,
    coalesce(case when length(context.traits.address.country) = 2 then context.traits.address.country end,
             nullif(split_part(context.locale, '-', 2), '')) as country,
    properties.test_event_code as test_code, properties.limited_data_use as ldu, null::bigint as api_code,
    null as api_message, null::bigint as http_status, 'Segment' as sender
"""
