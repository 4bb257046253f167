"""RudderStack's own log: calls of the Segment protocol with marks of RudderStack.

Its TikTok destination sends track calls on: which field goes where follows its mapping (rudderlabs/rudder-transformer,
``tiktok_ads``, Events API 2.0). It sends ``properties.value`` and never ``revenue``. Names are set in the destination
and not in the log, so they are not judged.
"""

from __future__ import annotations

from typing import Any

from tiktrack.sources.base import Head, Reading
from tiktrack.sources.calls import NOT_FOR_TIKTOK, calls, calls_of, personal_note, share_of_calls
from tiktrack.sources.connector import hashed_email, hashed_id, hashed_phone, number, renamed, seconds
from tiktrack.sources.event_fields import projection
from tiktrack.sources.jsonlines import struct
from tiktrack.sources.times import instant_ms

NAMES = {
    "order completed": "Purchase",
    "checkout started": "InitiateCheckout",
    "payment info entered": "AddPaymentInfo",
    "product added": "AddToCart",
    "product added to wishlist": "AddToWishlist",
    "product viewed": "ViewContent",
    "products searched": "Search",
    "signed up": "CompleteRegistration",
    "submitform": "Lead",
    "application approval": "ApplicationApproval",
    "submit application": "SubmitApplication",
    "start trial": "StartTrial",
    **{
        name.lower(): name
        for name in (
            "AddToCart", "InitiateCheckout", "ViewContent", "Search", "Contact", "Download", "CompleteRegistration",
            "Subscribe", "Purchase", "Lead", "CustomizeProduct", "FindLocation", "Schedule",
        )
    },
}  # fmt: skip
"""Names in lower case, as the destination compares them → today's name of the event."""

_PERSON = {"email": "VARCHAR", "phone": "VARCHAR"}
_PROPERTIES = struct(
    **_PERSON, eventId="VARCHAR", event_id="VARCHAR", order_id="VARCHAR", orderId="VARCHAR", currency="VARCHAR",
    value="JSON", content_type="VARCHAR", contentType="VARCHAR", contents=struct(content_id="VARCHAR") + "[]",
    products=struct(product_id="VARCHAR") + "[]", ttclid="VARCHAR", ttp="VARCHAR", url="VARCHAR", referrer="VARCHAR",
    testEventCode="VARCHAR", limited_data_use="VARCHAR", eventSource="VARCHAR", event_source="VARCHAR",
    context=struct(
        page=struct(url="VARCHAR", referrer="VARCHAR"),
        user=struct(**_PERSON, ttp="VARCHAR", ip="VARCHAR", userAgent="VARCHAR"),
    ),
)  # fmt: skip
_CONTEXT = struct(
    ip="VARCHAR", userAgent="VARCHAR", locale="VARCHAR", page=struct(url="VARCHAR", referrer="VARCHAR"),
    traits=struct(**_PERSON, country="VARCHAR"), user=struct(email="VARCHAR"),
    externalId=struct(type="VARCHAR", id="VARCHAR") + "[]",
)  # fmt: skip
_CALL = {
    "type": "VARCHAR", "event": "VARCHAR", "messageId": "VARCHAR", "timestamp": "JSON", "originalTimestamp": "JSON",
    "receivedAt": "VARCHAR", "request_ip": "VARCHAR", "traits": struct(**_PERSON), "properties": _PROPERTIES,
    "context": _CONTEXT, "integrations": "JSON",
}  # fmt: skip


class RudderStack:
    """Calls of RudderStack."""

    name = "rudderstack"
    table = "events"
    about = "RudderStack calls, JSON lines: type, messageId and properties, with rudderId, request_ip or its library"
    limits = "As with Segment's log; only track calls are sent on, and value but not revenue"

    def sniff(self, head: Head) -> int:
        marked = any(_marked(call) for o in head.objects for call in calls_of(o))
        return 90 if marked and share_of_calls(head) >= 0.5 else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        raw = f"select {_RAW} from ({calls(head, _CALL)})"
        notes = (
            "Order Completed is read as Purchase; RudderStack's own map makes it PlaceAnOrder, so see that your "
            "destination maps it to Purchase. The names are set there and are not judged",
            *_without_value(head),
            *personal_note(head, "RudderStack's destination"),
        )
        sql = projection(raw, needed=needed, literal=True, absent=frozenset({"pixel_code"}))
        return Reading(sql, notes=notes, translated=True)


def _marked(call: dict[str, Any]) -> bool:
    context = call.get("context")
    library = context.get("library") if isinstance(context, dict) else None
    return "rudderId" in call or "request_ip" in call or "rudder" in str(library).lower()


def _without_value(head: Head) -> tuple[str, ...]:
    lacking = any(
        isinstance(properties := call.get("properties"), dict) and "revenue" in properties and "value" not in properties
        for o in head.objects
        for call in calls_of(o)
    )
    return ("revenue is not sent to TikTok: RudderStack's destination takes properties.value alone",) * lacking


_EMAIL = (
    "coalesce(properties.context.user.email, context.user.email, traits.email, context.traits.email, properties.email)"
)
_PHONE = "coalesce(properties.context.user.phone, traits.phone, context.traits.phone, properties.phone)"
_OWN_ID = "list_filter(context.externalId, lambda x: x.type = 'tiktokExternalId')[1].id"
_RAW = f"""
    record_start,
    case when type is null and event is null and messageId is null then 'not a JSON object with a call of RudderStack'
         when type <> 'track' then '#' || type || ' calls, which the TikTok destination does not send'
         when {NOT_FOR_TIKTOK} then '#calls that integrations keep from TikTok'
         when event is null and timestamp is null then 'a track call without event and timestamp' end as reject,
    {seconds("timestamp", "originalTimestamp")} as time, {instant_ms("receivedAt")} as received_ms,
    case coalesce(properties.eventSource, properties.event_source) when 'app' then 'app' when 'offline' then 'offline'
         when 'crm' then 'crm' else 'server' end as channel,
    {renamed("event", NAMES)} as event,
    to_json(coalesce(properties.eventId, properties.event_id, messageId))::varchar as event_id, null as pixel_code,
    coalesce(properties.order_id, properties.orderId) as order_id, {number("properties.value")} as value,
    properties.currency as currency,
    coalesce(case when properties.contents[1].content_id is not null then len(properties.contents) end,
             case when properties.products[1].product_id is not null then len(properties.products) end) as content_ids,
    coalesce(properties.contentType, properties.content_type, 'product') as content_type,
    {hashed_email(_EMAIL)} as email, {hashed_phone(_PHONE, digits_only=False)} as phone,
    {hashed_id(_OWN_ID)} as external_id, properties.ttclid as ttclid,
    coalesce(properties.context.user.ttp, properties.ttp) as ttp,
    coalesce(properties.context.user.ip, context.ip, request_ip) as ip,
    coalesce(properties.context.user.userAgent, context.userAgent) as user_agent,
    coalesce(properties.context.page.url, properties.url, context.page.url) as url,
    coalesce(properties.context.page.referrer, properties.referrer, context.page.referrer) as referrer,
    coalesce(case when length(context.traits.country) = 2 then context.traits.country end,
             nullif(split_part(context.locale, '-', 2), '')) as country,
    properties.testEventCode as test_code, properties.limited_data_use as ldu, null::bigint as api_code,
    null as api_message, null::bigint as http_status, 'RudderStack' as sender
"""
