"""Records of a log → requests, answers and moments, as SQL: what ``places`` found, read natively."""

from __future__ import annotations

from tiktrack.sources.base import Head, quoted
from tiktrack.sources.carried import message_text
from tiktrack.sources.jsonlines import object_in, read_lines
from tiktrack.sources.places import Keys, Place, Survey
from tiktrack.sources.times import epoch_or_instant_ms

_MOST_PLACES = 6
_MARKS = ("event_source_id", "event_source", "pixel_code", "event_set_id", "event")
"""Keys of which each request has one and no answer has any."""


def bodies(head: Head, found: Survey) -> str:
    """SELECT of ``line`` (its number), ``body``, ``answer``, ``http_status``, ``received_ms`` and ``lost`` of each
    record."""
    received = epoch_or_instant_ms("try_cast(seen as double)", "seen")
    lines = (
        "select row_number() over () as line, case when json is null then 'not a line of JSON' end as lost, "
        f"{_body(found)} as body, {_any(found, 'answer')} as answer, {_status(found)} as http_status, "
        f"{_any(found, 'time')} as seen, {received} as received_ms from {read_lines(head)}"
    )
    return _joined(head, found, lines) if found.apart else lines


def _joined(head: Head, found: Survey, lines: str) -> str:
    """Answers on lines of their own go to the request with the same trace; where several requests share one, or where
    there is none, the first answer goes to the first of them. What is matched is narrow: bodies stay out of it."""
    marked = f"select * from ({_marks(head, found)}) where pair is not null and (asks or answers)"
    ranked = f"select *, row_number() over (partition by pair, answers order by line) as turn from ({marked})"
    return (
        f"with ranked as materialized ({ranked}), told as ("
        "select q.line, q.answers, a.answer, a.http_status from ranked q left join ranked a "
        "on q.pair = a.pair and q.turn = a.turn and a.answers and q.asks) "
        "select line, r.body, coalesce(told.answer, r.answer) as answer, "
        "coalesce(told.http_status, r.http_status) as http_status, r.received_ms, "
        f"case when told.answers then '#answers, read with their requests' else r.lost end as lost "
        f"from ({lines}) r left join told using (line)"
    )


def _marks(head: Head, found: Survey) -> str:
    """SELECT of what each line is, a request (``asks``) or an answer to one (``answers``), and what pairs the two."""
    same = f"concat('|', {_any(found, 'tag')}, '|', {_any(found, 'named')})"
    pair = f"{_any(found, 'trace')} || {same}" if found.traced else same
    answers = "answer is not null or http_status is not null" if found.traced else "contains(answer, '\"request_id\"')"
    body = _any(found, "body")
    if found.plain or set(found.places("body")) & set(found.places("answer")):
        # Requests and answers lie in one place: what they hold tells which is which.
        holder = "json" if found.plain else object_in(body)
        body = f"coalesce({', '.join(_extract(holder, (key,)) for key in _MARKS)})"
    return (
        f"select row_number() over () as line, {pair} as pair, {_any(found, 'answer')} as answer, "
        f"{_status(found)} as http_status, {body} is not null as asks, "
        f"coalesce(not asks and ({answers}), false) as answers from {read_lines(head)}"
    )


def _status(found: Survey) -> str:
    return f"try_cast({_any(found, 'status')} as bigint)"


def _body(found: Survey) -> str:
    if found.plain:
        return "json"
    addresses = [object_in(message_text(_text(place))) for place in found.places("address")]
    return f"coalesce({', '.join([object_in(_any(found, 'body')), *addresses])}, null)"


def _any(found: Survey, role: str) -> str:
    """SQL text of a role, wherever it was seen."""
    texts = [_text(place) for place in found.places(role)[:_MOST_PLACES]]
    return f"coalesce({', '.join(texts)}, null)" if texts else "null::varchar"


def _text(place: Place) -> str:
    """SQL text at a place of the column ``json``; objects come as JSON text."""
    sql = _extract("json", place[0])
    for number, keys in enumerate(place[1:], 1):
        text_in_text = not keys and number < len(place) - 1
        sql = _extract(f"try_cast({sql} as json)" if text_in_text else object_in(sql), keys)
    return sql


def _extract(json: str, keys: Keys) -> str:
    path = "$" + "".join(f'."{key}"' for key in keys)
    return f"json_extract_string({json}, {quoted(path)})"
