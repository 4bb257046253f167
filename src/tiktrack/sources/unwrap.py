"""Records of a log → requests, answers and moments, as SQL: what ``places`` found, read natively."""

from __future__ import annotations

from tiktrack.sources.base import Head, quoted
from tiktrack.sources.carried import message_text
from tiktrack.sources.jsonlines import object_in, read_lines
from tiktrack.sources.places import Keys, Place, Survey
from tiktrack.sources.times import epoch_or_instant_ms

_MOST_PLACES = 6


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
    """Answers on lines of their own go to the request with the same trace; where several requests share one, the first
    answer goes to the first of them. What is matched is narrow: bodies stay out of it."""
    pair = f"{_any(found, 'trace')} || concat('|', {_any(found, 'tag')}, '|', {_any(found, 'named')})"
    alone = "(answer is not null or http_status is not null)"
    numbered = (
        f"select row_number() over () as line, {pair} as pair, {_any(found, 'answer')} as answer, "
        f"{_status(found)} as http_status, {_any(found, 'body')} is null and {alone} as answers from {read_lines(head)}"
    )
    ranked = f"select *, row_number() over (partition by pair, answers order by line) as turn from ({numbered})"
    return (
        f"with ranked as materialized (select * from ({ranked}) where pair is not null), told as ("
        "select q.line, q.answers, a.answer, a.http_status from ranked q left join ranked a "
        "on q.pair = a.pair and q.turn = a.turn and a.answers and not q.answers) "
        "select line, r.body, coalesce(r.answer, told.answer) as answer, "
        "coalesce(r.http_status, told.http_status) as http_status, r.received_ms, "
        f"case when told.answers then '#answers, read with their requests' else r.lost end as lost "
        f"from ({lines}) r left join told using (line)"
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
