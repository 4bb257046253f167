"""Browser pixel hits: bodies of ``analytics.tiktok.com/api/v2/pixel``, one a line.

``{"event": "Pageview", "event_id": "", "message_id": …, "timestamp": "…Z", "context": {"pixel": {"code": …}, …},
"properties": {…}, "signal_diagnostic_labels": {…}}``, or lists of them. Hits of the automatic kind carry ``action`` and
no ``event``: they are no events and stay aside.
"""

from __future__ import annotations

from tiktrack.sources import signals
from tiktrack.sources.base import Head, Reading
from tiktrack.sources.event_fields import projection
from tiktrack.sources.jsonlines import read_json, struct
from tiktrack.sources.places import survey
from tiktrack.sources.requests import PIXEL
from tiktrack.sources.times import written_seconds
from tiktrack.sources.wrapped import holds_requests, read_wrapped

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
    "message_id": "VARCHAR",
    "signal_diagnostic_labels": signals.TYPE,
}
_ALSO = signals.ALSO | {"message_id"}


class PixelHits:
    """Hits of the browser pixel."""

    name = "pixel-hits"
    table = "events"
    about = "Browser pixel hits, JSON lines: event, timestamp and context.pixel.code"

    def sniff(self, head: Head) -> int:
        found = survey(head)
        return 95 if found.plain and found.shapes == {PIXEL} and holds_requests(found, 0.5) else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        if not _even(head):
            return read_wrapped(head, needed)
        raw = f"select {_RAW} from {read_json(head, _COLUMNS)}"
        return Reading(projection(raw, needed=needed, literal=True, also=_ALSO))


def _even(head: Head) -> bool:
    """Whether each line is one hit with nothing else beside it, so that explicit columns read it all."""
    found = survey(head)
    beside = [place for role in ("answer", "time", "status") for place in found.places(role)]
    return all("context" in o for o in head.objects) and not set(beside) - {(("response_status",),)}


# The pixel writes its time as ISO text by design: it becomes seconds here, so that it is no fault.
_RAW = f"""
    true as record_start,
    case when event is null and action is not null then '#automatic activity of the pixel, no event'
         when event = 'EnrichAM' then '#internal event of the pixel'
         when event is null then 'not a JSON object of the pixel with an event' end as reject,
    coalesce({written_seconds("timestamp")}, timestamp::varchar) as time,
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
    response_status as http_status, concat_ws(' ', context.library.name, context.library.version) as sender,
    message_id, {signals.told("signal_diagnostic_labels")}
"""
