"""Events API 2.0 requests, one a line, single or batched (TikTok: "Report App, Web, Offline, or CRM Events").

``{"event_source": "web", "event_source_id": "C…", "data": [{"event": …, "event_time": …, "user": {…}, …}]}``.
An even log, with TikTok's answer, the HTTP status or a time under one key beside the request, is read with explicit
columns, the fastest way; any other is read as ``wrapped`` requests are.
"""

from __future__ import annotations

from tiktrack.sources import answers, leaks
from tiktrack.sources.base import Head, Reading, name
from tiktrack.sources.event_fields import projection
from tiktrack.sources.jsonlines import read_json, struct
from tiktrack.sources.places import survey
from tiktrack.sources.requests import BARE_2, EVENTS_2
from tiktrack.sources.times import epoch_or_instant_ms
from tiktrack.sources.wrapped import holds_requests, read_wrapped, seen_places

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
}
_OF_AN_EVENT = frozenset({
    "event", "event_time", "event_id", "user", "properties", "page", "app", "ad", "lead", "device", "limited_data_use",
    "test_event_code", "response", "response_status", "status",
})  # fmt: skip
"""Keys of an element of ``data[]``, and what a log keeps beside it: with others it is a log of somebody's own."""
_BESIDE = {"answer": "response", "status": "response_status", "time": None}
"""What a log keeps beside the request; under which key is seen in the first lines, else it is taken to be this one."""


# A record without events keeps one empty row, so that it is counted as rejected and not lost.
UNNEST = (
    "unnest(case when len(data) > 0 then data else [null] end) as e, "
    "generate_subscripts(case when len(data) > 0 then data else [null] end, 1) as nth"
)


class EventsApi:
    """Requests to ``/event/track/``."""

    name = "events-api-2.0"
    table = "events"
    about = "Events API 2.0 requests, JSON lines: event_source, event_source_id and data[], or one event a line"

    def sniff(self, head: Head) -> int:
        found = survey(head)
        if not found.plain or not found.shapes <= {EVENTS_2, BARE_2} or not holds_requests(found, 0.5):
            return 0
        if EVENTS_2 in found.shapes:
            return 95
        # What Parquet has no column for is unknown, and not missing as in a request.
        typed = head.inside is not None and not head.inside.csv
        return 85 if not typed and all(record.keys <= _OF_AN_EVENT for record in found.requests) else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        keys = _keys(head)
        if keys is None:
            return read_wrapped(head, needed)
        events = f"select *, {UNNEST} from {read_json(head, {**COLUMNS, **dict.fromkeys(keys.values(), 'VARCHAR')})}"
        told = f"select *, {answers.read(name(keys['answer']))} as told from ({events})"
        raw = f"select {_RAW}, {_beside(keys)} from ({told})"
        sql = projection(raw, needed=needed, literal=True, also=answers.ALSO)
        return Reading(sql, mapping=seen_places(survey(head)), notes=leaks.notes(head))


def _keys(head: Head) -> dict[str, str] | None:
    """Role → key beside ``data[]``; None where the log is not as even as explicit columns need it."""
    found = survey(head)
    even = found.shapes == {EVENTS_2} and all(isinstance(o.get("data"), list) for o in head.objects)
    keys = {role: key for role, key in _BESIDE.items() if key}
    for role in _BESIDE:
        places = found.places(role)
        if any(len(place[0]) != 1 or any(place[1:]) for place in places):
            return None
        names = {place[0][0] for place in places}
        if len(names) > 1:
            return None
        keys.update((role, key) for key in names)
    return keys if even else None


def _beside(keys: dict[str, str]) -> str:
    time = name(keys["time"]) if "time" in keys else None
    received = epoch_or_instant_ms(f"try_cast({time} as double)", time) if time else "null::bigint"
    status = f"try_cast({name(keys['status'])} as bigint)"
    return f"{received} as received_ms, {status} as http_status, {answers.told('told', 'nth')}"


_RAW = """
    nth = 1 as record_start,
    case when e is null then 'not a JSON object with events in data[]' when e.event is null and e.event_time is null
         then 'an element of data[] without event and event_time' end as reject,
    e.event_time::varchar as time,
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
    coalesce(partner_name, e.properties.event_trigger_source) as sender
"""
