"""Events API 2.0 requests, one a line, single or batched (TikTok: "Report App, Web, Offline, or CRM Events").

``{"event_source": "web", "event_source_id": "C…", "data": [{"event": …, "event_time": …, "user": {…}, …}]}``.
A log that keeps TikTok's answer beside the request has it under ``response``.
"""

from __future__ import annotations

from tiktrack.sources import answers
from tiktrack.sources.base import Head, Reading
from tiktrack.sources.event_fields import projection
from tiktrack.sources.jsonlines import read_json, struct

_USER = struct(
    email="VARCHAR", phone="VARCHAR", external_id="VARCHAR", ttclid="VARCHAR", ttp="VARCHAR", ip="VARCHAR",
    user_agent="VARCHAR", locale="VARCHAR", country="VARCHAR",
)  # fmt: skip
_PROPERTIES = struct(
    currency="VARCHAR", value="JSON", content_type="VARCHAR", content_ids="VARCHAR[]",
    contents=struct(content_id="VARCHAR") + "[]", order_id="VARCHAR", event_trigger_source="VARCHAR",
)  # fmt: skip
_EVENT = struct(
    event="VARCHAR", event_time="JSON", event_id="JSON", user=_USER, properties=_PROPERTIES,
    page=struct(url="VARCHAR", referrer="VARCHAR"), limited_data_use="VARCHAR", test_event_code="VARCHAR",
)  # fmt: skip
COLUMNS = {
    "event_source": "VARCHAR",
    "event_source_id": "VARCHAR",
    "test_event_code": "VARCHAR",
    "partner_name": "VARCHAR",
    "data": _EVENT + "[]",
    "response": struct(code="BIGINT", message="VARCHAR"),
    "response_status": "BIGINT",
}


# A record without events keeps one empty row, so that it is counted as rejected and not lost.
UNNEST = (
    "unnest(case when len(data) > 0 then data else [null] end) as e, "
    "generate_subscripts(case when len(data) > 0 then data else [null] end, 1) as nth"
)


class EventsApi:
    """Requests to ``/event/track/``."""

    name = "events-api-2.0"
    table = "events"
    about = "Events API 2.0 requests, JSON lines: event_source, event_source_id and data[]"

    def sniff(self, head: Head) -> int:
        hits = sum("data" in o and ("event_source_id" in o or "event_source" in o) for o in head.objects)
        return 95 if hits and hits * 2 >= len(head.objects) else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        events = f"select *, {UNNEST} from {read_json(head, COLUMNS)}"
        raw = f"select {_RAW} from ({events})"
        return Reading(projection(raw, needed=needed, literal=True, also=answers.ALSO))


_RAW = f"""
    nth = 1 as record_start,
    case when e is null then 'not a JSON object with events in data[]' when e.event is null and e.event_time is null
         then 'an element of data[] without event and event_time' end as reject,
    e.event_time::varchar as time, null::bigint as received_ms,
    case coalesce(event_source, 'web') when 'web' then 'server' else lower(event_source) end as channel,
    e.event as event, e.event_id::varchar as event_id, event_source_id as pixel_code,
    e.properties.order_id as order_id, e.properties.value::varchar as value, e.properties.currency as currency,
    coalesce(nullif(len(e.properties.content_ids), 0),
             case when e.properties.contents[1].content_id is not null
                  then len(e.properties.contents) end) as content_ids,
    e.properties.content_type as content_type,
    e.user.email as email, e.user.phone as phone, e.user.external_id as external_id, e.user.ttclid as ttclid,
    e.user.ttp as ttp, e.user.ip as ip, e.user.user_agent as user_agent, e.page.url as url, e.page.referrer as referrer,
    coalesce(case when length(e.user.country) = 2 then e.user.country end,
             nullif(split_part(e.user.locale, '-', 2), '')) as country,
    coalesce(test_event_code, e.test_event_code) as test_code, e.limited_data_use as ldu,
    response.code as api_code, response.message as api_message, response_status as http_status,
    {answers.told("response.message", "nth")},
    coalesce(partner_name, e.properties.event_trigger_source) as sender
"""
