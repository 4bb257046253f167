"""Browser pixel hits: bodies of ``analytics.tiktok.com/api/v2/pixel``, one a line.

``{"event": "Pageview", "event_id": "", "timestamp": "…Z", "context": {"pixel": {"code": …}, "user": {…}, "page": {…}},
"properties": {…}}``. Hits of the automatic kind carry ``action`` and no ``event``: they are no events and stay aside.
"""

from __future__ import annotations

from tiktrack.sources.base import Head, Reading
from tiktrack.sources.event_fields import projection
from tiktrack.sources.jsonlines import read_json, struct

_CONTEXT = struct(
    pixel=struct(code="VARCHAR", codes="VARCHAR"),
    ad=struct(callback="VARCHAR"),
    user=struct(
        email="VARCHAR", phone_number="VARCHAR", external_id="VARCHAR", anonymous_id="VARCHAR", country="VARCHAR"
    ),
    page=struct(url="VARCHAR", referrer="VARCHAR"),
    library=struct(name="VARCHAR", version="VARCHAR"),
    userAgent="VARCHAR",
    user_agent="VARCHAR",
    ip="VARCHAR",
)
_PROPERTIES = struct(
    currency="VARCHAR",
    value="JSON",
    content_type="VARCHAR",
    content_ids="VARCHAR[]",
    content_id="VARCHAR",
    contents=struct(content_id="VARCHAR", content_type="VARCHAR") + "[]",
    order_id="VARCHAR",
    limited_data_use="VARCHAR",
)
_COLUMNS = {
    "event": "VARCHAR",
    "action": "VARCHAR",
    "event_id": "JSON",
    "timestamp": "JSON",
    "context": _CONTEXT,
    "properties": _PROPERTIES,
    "response_status": "BIGINT",
}


class PixelHits:
    """Hits of the browser pixel."""

    name = "pixel-hits"
    table = "events"
    about = "Browser pixel hits, JSON lines: event, timestamp and context.pixel.code"

    def sniff(self, head: Head) -> int:
        hits = sum(isinstance(o.get("context"), dict) and "pixel" in o["context"] for o in head.objects)
        return 95 if hits and hits * 2 >= len(head.objects) else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        raw = f"select {_RAW} from {read_json(head, _COLUMNS)}"
        return Reading(projection(raw, needed=needed, literal=True))


# The pixel writes its time as ISO text by design: it becomes seconds here, so that it is no fault.
_RAW = """
    true as record_start,
    case when event is null and action is not null then '#automatic activity of the pixel, no event'
         when event = 'EnrichAM' then '#internal event of the pixel'
         when event is null then 'not a JSON object of the pixel with an event' end as reject,
    coalesce((epoch_ms(try_cast(timestamp ->> '$' as timestamptz)) / 1000.0)::varchar, timestamp::varchar) as time,
    null::bigint as received_ms, 'browser' as channel, event as event,
    event_id::varchar as event_id, context.pixel.code as pixel_code, properties.order_id as order_id,
    properties.value::varchar as value, properties.currency as currency,
    coalesce(nullif(len(properties.content_ids), 0), case when properties.content_id is not null then 1 end,
             case when properties.contents[1].content_id is not null then len(properties.contents) end) as content_ids,
    coalesce(properties.content_type, properties.contents[1].content_type) as content_type,
    context.user.email as email, context.user.phone_number as phone, context.user.external_id as external_id,
    context.ad.callback as ttclid, context.user.anonymous_id as ttp, context.ip as ip,
    coalesce(context.userAgent, context.user_agent) as user_agent,
    context.page.url as url, context.page.referrer as referrer, context.user.country as country,
    null as test_code, properties.limited_data_use as ldu, null::bigint as api_code, null as api_message,
    response_status as http_status, concat_ws(' ', context.library.name, context.library.version) as sender
"""
