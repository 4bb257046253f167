"""Requests to TikTok of any generation → raw fields of events.

One JSON object is told by its keys (TikTok, "Report App, Web, Offline, or CRM Events"; official SDK models of 1.0):

- Events API 2.0: ``event_source`` or ``event_source_id`` beside ``data[]``; also one event with its envelope, or bare;
- Events API 1.0: ``pixel_code`` beside one event or ``batch[]``; offline 1.0 has ``event_set_id`` instead;
- browser pixel: ``context.pixel``, alone or as a list in ``data``, ``events`` or ``batch``;
- app SDK: ``tiktok_app_id`` beside ``batch[]``.

``projected`` reads all of them in one way, for logs that wrap or mix requests. Reading with explicit columns
(``events_api``) is faster.
"""

from __future__ import annotations

from typing import Any

from tiktrack.sources import answers, signals
from tiktrack.sources.jsonlines import read_as, struct
from tiktrack.sources.times import written_seconds

EVENTS_2, BARE_2, EVENTS_1, OFFLINE_1, PIXEL, APP_SDK = (
    "2.0", "2.0 without its envelope", "1.0", "1.0 offline", "pixel", "app SDK",
)  # fmt: skip
_LISTS = ("data", "batch", "events")
_PARTS = ("user", "properties", "page", "context")

OWN_KEYS = frozenset({
    "event", "event_id", "event_time", "timestamp", "type", "action", "context", "properties", "user", "page", "app",
    "ad", "lead", "data", "batch", "events", "event_source", "event_source_id", "pixel_code", "event_set_id",
    "partner_name", "test_event_code", "message_id", "limited_data_use", "signal_diagnostic_labels", "_inspection",
    "auto_collected_properties", "tiktok_app_id",
})  # fmt: skip
"""Keys that belong to a request itself and say nothing of the log around it."""


def shape_of(o: dict[str, Any]) -> str | None:
    """Which kind of request an object is; None where it is none."""
    lists = any(isinstance(o.get(key), (list, dict)) and o[key] for key in _LISTS)
    single = isinstance(o.get("event"), str)
    alone = single and _nested(o)
    if ("event_source_id" in o or "event_source" in o) and ("data" in o or (alone and "event_time" in o)):
        return EVENTS_2
    if _of_the_pixel(o) or any(_of_the_pixel(item) for key in _LISTS for item in _items(o.get(key))[:1]):
        return PIXEL
    if "tiktok_app_id" in o and lists:
        return APP_SDK
    if "event_set_id" in o and (alone or lists):
        return OFFLINE_1
    if "pixel_code" in o and (alone or lists):
        return EVENTS_1
    if single and "event_time" in o and any(isinstance(o.get(key), dict) for key in ("user", "properties")):
        return BARE_2
    return None


def _nested(o: dict[str, Any]) -> bool:
    """Whether an event keeps its fields in the parts that requests have. With keys of its own and none of the parts it
    is a flat row, and what it says lies beside the name."""
    return o.keys() <= OWN_KEYS or any(isinstance(o.get(key), dict) for key in _PARTS)


def _of_the_pixel(o: Any) -> bool:
    context = o.get("context") if isinstance(o, dict) else None
    return isinstance(context, dict) and isinstance(context.get("pixel"), dict)


def _items(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


_PLACE = struct(url="VARCHAR", referrer="VARCHAR")
_USER_2 = struct(
    email="VARCHAR", phone="VARCHAR", external_id="VARCHAR", ttclid="VARCHAR", ttp="VARCHAR", ip="VARCHAR",
    user_agent="VARCHAR", locale="VARCHAR", country="VARCHAR",
)  # fmt: skip
_USER_1 = struct(
    email="VARCHAR", emails="VARCHAR", phone_number="VARCHAR", phone_numbers="VARCHAR", external_id="VARCHAR",
    ttp="VARCHAR", anonymous_id="VARCHAR", country="VARCHAR", locale="VARCHAR",
)  # fmt: skip
_CONTEXT = struct(
    pixel=struct(code="VARCHAR"), ad=struct(callback="VARCHAR"), user=_USER_1, page=_PLACE,
    library=struct(name="VARCHAR", version="VARCHAR"), ip="VARCHAR", user_agent="VARCHAR", userAgent="VARCHAR",
)  # fmt: skip
_PROPERTIES = struct(
    currency="VARCHAR", value="JSON", content_type="VARCHAR", content_ids="VARCHAR[]", content_id="VARCHAR",
    contents=struct(content_id="VARCHAR", content_type="VARCHAR") + "[]", order_id="VARCHAR",
    event_trigger_source="VARCHAR", limited_data_use="VARCHAR",
)  # fmt: skip
_EVENT = struct(
    type="VARCHAR", event="VARCHAR", action="VARCHAR", event_id="JSON", event_time="JSON", timestamp="JSON",
    message_id="VARCHAR", user=_USER_2, page=_PLACE, context=_CONTEXT, properties=_PROPERTIES,
    limited_data_use="VARCHAR", test_event_code="VARCHAR", pixel_code="VARCHAR", event_source_id="VARCHAR",
    signal_diagnostic_labels=signals.TYPE,
)  # fmt: skip
_ENVELOPE = struct(
    event="VARCHAR", event_time="JSON", event_source="VARCHAR", event_source_id="VARCHAR", test_event_code="VARCHAR",
    partner_name="VARCHAR", pixel_code="VARCHAR", event_set_id="VARCHAR", tiktok_app_id="VARCHAR",
    context=struct(pixel="JSON"), data="JSON", batch="JSON", events="JSON",
)  # fmt: skip


_LIST = """
    case when json_type(r.data) = 'ARRAY' and json_array_length(r.data) > 0 then r.data
         when json_type(r.batch) = 'ARRAY' and json_array_length(r.batch) > 0 then r.batch
         when json_type(r.events) = 'ARRAY' and json_array_length(r.events) > 0 then r.events end
"""
"""The events of a request that lists them."""
_SINGLE = "case when json_type(r.data) = 'OBJECT' then r.data else body end"
"""The event of a request that holds but one."""

_PIXEL_CODE = (
    "coalesce(r.event_source_id, r.pixel_code, r.event_set_id, r.tiktok_app_id, e.pixel_code, e.event_source_id, "
    "{pixel})"
)
_KNOWN = _PIXEL_CODE.format(pixel="e.context.pixel.code") + " is not null or r.event_source is not null"

_MAY_LACK_TIME = "coalesce(r.pixel_code, r.event_set_id, e.context.pixel.code) is not null"
"""Without a timestamp an event of 1.0 happened when it was received (SDK models); 2.0 requires one."""


def projected(bodies: str, *, bare: bool, wrapped: bool) -> str:
    """SELECT of raw fields out of a SELECT of one request a row.

    ``bodies`` has the columns ``line`` (its number), ``body`` (JSON; NULL where the record has none), ``answer``,
    ``http_status``, ``received_ms`` and ``lost`` (why the record is no request, or NULL). ``bare`` lets events without
    an envelope pass; ``wrapped`` says that records without a request are other lines of the log and no fault.
    """
    parsed = f"select *, {read_as('body', _ENVELOPE)} as r, {answers.read('answer')} as told from ({bodies})"
    grouped = f"select *, {_LIST} as listed from ({parsed})"
    events = f"case when listed is null then [{read_as(_SINGLE, _EVENT)}] else {read_as('listed', _EVENT + '[]')} end"
    complete = f"select *, {events} as all_events from ({grouped})"
    spread = f"select *, unnest(all_events) as e, generate_subscripts(all_events, 1) as nth from ({complete})"
    return f"select {_raw(bare=bare, wrapped=wrapped)} from ({spread})"


def _reject(*, bare: bool, wrapped: bool) -> str:
    known = f"({_KNOWN} or e.event_time is not null)" if bare else f"({_KNOWN})"
    stranger = "'#log lines without a request to TikTok'" if wrapped else "'not a JSON object with an event for TikTok'"
    return f"""
        case when lost is not null then lost
             when told.code is not null and e.event is null and not {known}
             then '#answers of TikTok without a request that can be read'
             when body is null then {stranger}
             when not {known} and ({wrapped} or e.event is null) then {stranger}
             when e.event is null and e.type = 'identify' then '#identify calls, no events'
             when e.event is null and e.action is not null then '#automatic activity of the pixel, no event'
             when e.event = 'EnrichAM' then '#internal event of the pixel'
             when e.event is null and (e.context.pixel is not null or coalesce(e.event_time, e.timestamp) is null)
             then 'a request without an event name' end"""


def _raw(*, bare: bool, wrapped: bool) -> str:
    return f"""
    line, nth, nth = 1 as record_start, {_reject(bare=bare, wrapped=wrapped)} as reject,
    coalesce(e.event_time::varchar, {written_seconds("e.timestamp")}, e.timestamp::varchar,
             case when {_MAY_LACK_TIME} then (received_ms / 1000)::varchar end) as time, received_ms,
    case when e.context.pixel is not null then 'browser' when r.event_set_id is not null then 'offline'
         when r.tiktok_app_id is not null then 'app'
         when coalesce(r.event_source, 'web') = 'web' then 'server' else lower(r.event_source) end as channel,
    e.event as event, e.event_id::varchar as event_id,
    {_PIXEL_CODE.format(pixel="e.context.pixel.code")} as pixel_code,
    e.properties.order_id as order_id, e.properties.value::varchar as value, e.properties.currency as currency,
    coalesce(nullif(len(e.properties.content_ids), 0), case when e.properties.content_id is not null then 1 end,
             case when e.properties.contents[1].content_id is not null
                  then len(e.properties.contents) end) as content_ids,
    coalesce(e.properties.content_type, e.properties.contents[1].content_type) as content_type,
    coalesce(e.user.email, e.context.user.email, e.context.user.emails) as email,
    coalesce(e.user.phone, e.context.user.phone_number, e.context.user.phone_numbers) as phone,
    coalesce(e.user.external_id, e.context.user.external_id) as external_id,
    coalesce(e.user.ttclid, e.context.ad.callback) as ttclid,
    coalesce(e.user.ttp, e.context.user.ttp, e.context.user.anonymous_id) as ttp,
    coalesce(e.user.ip, e.context.ip) as ip,
    coalesce(e.user.user_agent, e.context.user_agent, e.context.userAgent) as user_agent,
    {_page("url")} as url, {_page("referrer")} as referrer, {_country()} as country,
    coalesce(r.test_event_code, e.test_event_code) as test_code,
    coalesce(e.limited_data_use, e.properties.limited_data_use) as ldu,
    http_status, {answers.told("told", "nth")},
    coalesce(r.partner_name, e.properties.event_trigger_source,
             nullif(concat_ws(' ', e.context.library.name, e.context.library.version), '')) as sender,
    e.message_id as message_id, {signals.told("e.signal_diagnostic_labels")}
"""


def _page(field: str) -> str:
    """The pixel of 2020 sent whole addresses percent-encoded."""
    sent = f"coalesce(e.page.{field}, e.context.page.{field})"
    return f"case when regexp_matches({sent}, '^https?%3[aA]%2[fF]') then url_decode({sent}) else {sent} end"


def _country() -> str:
    given = "coalesce(e.user.country, e.context.user.country)"
    locale = "coalesce(e.user.locale, e.context.user.locale)"
    return f"coalesce(case when length({given}) = 2 then {given} end, nullif(split_part({locale}, '-', 2), ''))"


ALSO = answers.ALSO | signals.ALSO | {"message_id"}
ORDER = "line, nth"
"""The order of the file, for ``projection``: a join does not keep it."""
