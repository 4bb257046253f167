"""Batches of TikTok's app SDK: ``{"tiktok_app_id", "event_source": "APP_EVENTS_SDK", "batch": [{"type", …}]}``.

Sources: tiktok/tiktok-business-android-sdk (request builder). The SDK hashes contacts itself and writes ISO times. The
answer, where the log keeps it, is under ``response``.
"""

from __future__ import annotations

from tiktrack.sources.base import Head, Reading
from tiktrack.sources.connector import number, seconds
from tiktrack.sources.event_fields import projection
from tiktrack.sources.jsonlines import read_json, struct

_EVENT = struct(
    type="VARCHAR", event="VARCHAR", event_id="JSON", timestamp="JSON", limited_data_use="VARCHAR",
    properties=struct(
        currency="VARCHAR", value="JSON", content_type="VARCHAR", content_id="VARCHAR", order_id="VARCHAR",
        contents=struct(content_id="VARCHAR", content_type="VARCHAR") + "[]",
    ),
    context=struct(
        ip="VARCHAR", user_agent="VARCHAR", locale="VARCHAR", library=struct(name="VARCHAR", version="VARCHAR"),
        user=struct(email="VARCHAR", phone_number="VARCHAR", external_id="VARCHAR"),
    ),
)  # fmt: skip
_COLUMNS = {
    "tiktok_app_id": "VARCHAR",
    "app_id": "VARCHAR",
    "test_event_code": "VARCHAR",
    "batch": _EVENT + "[]",
    "response": struct(code="BIGINT", message="VARCHAR"),
    "response_status": "BIGINT",
}
_LISTED = "case when len(batch) > 0 then batch else [null] end"


class AppSdk:
    """Requests of the app SDK."""

    name = "app-sdk"
    table = "events"
    about = "Batches of TikTok's app SDK, JSON lines: tiktok_app_id, event_source APP_EVENTS_SDK and batch[]"
    limits = "The body as the SDK builds it (Android, 2025); devices are not read"

    def sniff(self, head: Head) -> int:
        hits = sum(
            "batch" in o and ("tiktok_app_id" in o or o.get("event_source") == "APP_EVENTS_SDK") for o in head.objects
        )
        return 97 if hits and hits * 2 >= len(head.objects) else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        events = (
            f"select *, unnest({_LISTED}) as e, generate_subscripts({_LISTED}, 1) as nth "
            f"from {read_json(head, _COLUMNS)}"
        )
        raw = f"select {_RAW} from ({events})"
        return Reading(projection(raw, needed=needed, literal=True, absent=frozenset({"url", "referrer", "ttp"})))


_RAW = f"""
    nth = 1 as record_start,
    case when e is null then 'not a JSON object with events in batch[]'
         when e.type = 'identify' then '#identify calls, no events'
         when e.event is null and e.timestamp is null then 'an element of batch[] without event and timestamp'
    end as reject,
    {seconds("e.timestamp")} as time, null::bigint as received_ms, 'app' as channel, e.event as event,
    e.event_id::varchar as event_id, coalesce(tiktok_app_id, app_id) as pixel_code,
    e.properties.order_id as order_id, {number("e.properties.value")} as value, e.properties.currency as currency,
    coalesce(case when e.properties.contents[1].content_id is not null then len(e.properties.contents) end,
             case when e.properties.content_id is not null then 1 end) as content_ids,
    coalesce(e.properties.content_type, e.properties.contents[1].content_type) as content_type,
    e.context.user.email as email, e.context.user.phone_number as phone, e.context.user.external_id as external_id,
    null as ttclid, null as ttp, e.context.ip as ip, e.context.user_agent as user_agent, null as url,
    null as referrer, nullif(split_part(replace(e.context.locale, '_', '-'), '-', 2), '') as country,
    test_event_code as test_code, e.limited_data_use as ldu, response.code as api_code,
    response.message as api_message, response_status as http_status,
    concat_ws(' ', e.context.library.name, e.context.library.version) as sender
"""
