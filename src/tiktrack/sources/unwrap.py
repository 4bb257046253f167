"""Records of a log → requests, answers and moments, as SQL: what ``places`` found, read natively."""

from __future__ import annotations

from tiktrack.sources.base import Head, quoted
from tiktrack.sources.jsonlines import object_in, read_lines
from tiktrack.sources.places import Keys, Place, Survey
from tiktrack.sources.times import epoch_or_instant_ms

_MOST_PLACES = 6


def bodies(head: Head, found: Survey) -> str:
    """SELECT of ``body``, ``answer``, ``http_status``, ``received_ms`` and ``lost`` of each record."""
    lines = f"select {_columns(found)} from {read_lines(head)}"
    return _joined(lines) if found.apart else lines


def _columns(found: Survey) -> str:
    received = epoch_or_instant_ms("try_cast(seen as double)", "seen")
    roles = {role: _any(found, role) for role in ("body", "answer", "status", "time", "trace", "tag", "named")}
    return (
        "case when json is null then 'not a line of JSON' end as lost, "
        f"{_body(found)} as body, {roles['answer']} as answer, "
        f"try_cast({roles['status']} as bigint) as http_status, {roles['time']} as seen, {received} as received_ms, "
        f"{roles['trace']} || concat('|', {roles['tag']}, '|', {roles['named']}) as pair"
    )


def _joined(lines: str) -> str:
    """Answers on lines of their own go to the request with the same trace; where several requests share one, the first
    answer goes to the first of them."""
    numbered = (
        "select *, row_number() over () as line, body is null and pair is not null "
        f"and (answer is not null or http_status is not null) as answers from ({lines})"
    )
    ranked = f"select *, row_number() over (partition by pair, answers order by line) as turn from ({numbered})"
    told = "'#answers, read with their requests'"
    return (
        f"with ranked as ({ranked}) "
        "select q.body, coalesce(q.answer, a.answer) as answer, coalesce(q.http_status, a.http_status) as http_status, "
        f"q.received_ms, case when q.answers then {told} else q.lost end as lost "
        "from ranked q left join (select * from ranked where answers) a "
        "on q.pair = a.pair and q.turn = a.turn and not q.answers order by q.line"
    )


def _body(found: Survey) -> str:
    return "json" if found.plain else object_in(_any(found, "body"))


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
