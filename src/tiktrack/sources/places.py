"""Where a log line keeps the request, TikTok's answer and what goes with them.

Logs wrap requests in many ways: under ``request``, ``RequestBody`` or ``jsonPayload.message``, as an object, as text
that holds JSON, as text in text. So nothing is fixed here but the names that say what a value *is*: the first lines are
searched, and where something was found in them is where the whole file is read.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from tiktrack.sources.base import Head
from tiktrack.sources.carried import PARAMETER, json_of, message
from tiktrack.sources.requests import EVENTS_2, OWN_KEYS, shape_of

Keys = tuple[str, ...]
Place = tuple[Keys, ...]
"""Keys from the record down to a value; where a value is text that holds JSON, further keys go on in it."""

ROOT: Place = ((),)
_DEEPEST = 8
_NAMED = {
    "status": "status statuscode responsestatus responsestatuscode httpstatus httpstatuscode httpcode",
    "time": "timestamp time ts loggedat receivedat receivedtime sentat createdat date datetime receivetimestamp "
    "ingestiontime requesttime starteddatetime logtime eventtimestamp",
    "trace": "traceid xtraceid correlationid requestid",
    "tag": "name tagname",
    "named": "eventname",
}
_ROLE_OF = {key: role for role, keys in _NAMED.items() for key in keys.split()}
_FOREIGN = frozenset({"httprequest", "responseheaders", "requestheaders", "headers", "resource", "labels"})
"""Parts of a record that say nothing of TikTok: Cloud Logging notes in httpRequest how its own service answered."""


@dataclass(frozen=True, slots=True)
class Record:
    """What one record holds: the kind of its request, if it has one, and the places of what was found."""

    shape: str | None
    places: dict[str, Place]
    keys: frozenset[str]
    signed: bool = False
    """Whether its answer bears a ``request_id``, as all of TikTok's do."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What the first records of a file hold, those of a mixed log included."""

    records: tuple[Record, ...]

    @property
    def requests(self) -> tuple[Record, ...]:
        """Records with a request."""
        return tuple(record for record in self.records if record.shape)

    @property
    def shapes(self) -> frozenset[str]:
        """Kinds of requests."""
        return frozenset(record.shape for record in self.records if record.shape)

    @property
    def plain(self) -> bool:
        """Whether the records are the requests themselves."""
        return self.places("body") == (ROOT,)

    @property
    def traced(self) -> bool:
        """Whether answers on lines of their own name their request by a trace."""
        traced = [record for record in self.records if "trace" in record.places]
        alone = any(r.shape is None and ("answer" in r.places or "status" in r.places) for r in traced)
        return alone and any(record.shape for record in traced)

    @property
    def apart(self) -> bool:
        """Whether answers stand on lines of their own."""
        alone = any(record.shape is None and record.signed for record in self.records)
        return self.traced or (alone and not any("answer" in record.places for record in self.requests))

    def places(self, role: str) -> tuple[Place, ...]:
        """Where a role (body, address, answer, status, time, trace, tag, named) was found; the most frequent first."""
        seen = Counter(record.places[role] for record in self.records if role in record.places)
        return tuple(place for place, _ in seen.most_common())

    def share_with(self, *keys: str) -> float:
        """Share of records that have all these top-level keys."""
        return sum(record.keys.issuperset(keys) for record in self.records) / max(len(self.records), 1)


@lru_cache(maxsize=4)
def survey(head: Head) -> Survey:
    """Search the first records. Lines that are no JSON object are left out."""
    return Survey(tuple(_record(value) for value in _objects(head.lines)))


def _objects(lines: Iterable[str]) -> Iterator[dict[str, Any]]:
    for line in lines:
        if line.lstrip().startswith("{"):
            try:
                value = json.loads(line)
            except (ValueError, RecursionError):
                continue
            if isinstance(value, dict):
                yield value


def _record(value: dict[str, Any]) -> Record:
    found = list(_nodes(value))
    body, shape = next(((p, shape) for p, v in found if isinstance(v, dict) and (shape := shape_of(v))), (None, None))
    places = {"body": body} if body is not None else {}
    if body is None:
        carrier, shape = next(((p, shape) for p, v in found if (shape := _carried(v))), (None, None))
        places |= {"address": carrier} if carrier is not None else {}
    rest = [
        (p, v)
        for p, v in found
        if not _own(p, body, shape) and not _FOREIGN & {_name(key) for keys in p for key in keys}
    ]
    answer, told = next(((p, v) for p, v in rest if isinstance(v, dict) and _is_answer(v)), (None, {}))
    if answer is not None:
        places["answer"] = answer
    for place, member in rest:
        role = _ROLE_OF.get(_name(place[-1][-1])) if place[-1] else None
        inside = answer is not None and _stem(place)[: len(_stem(answer))] == _stem(answer)
        if role and not inside and _fits(role, member):
            places.setdefault(role, place)
    return Record(shape, places, frozenset(value), signed="request_id" in told)


def _carried(value: Any) -> str | None:
    """Kind of the request that an address carries."""
    sent = message(value) if isinstance(value, str) and PARAMETER in value else None
    body = json_of(sent) if sent else None
    return shape_of(body) if isinstance(body, dict) else None


def _is_answer(o: dict[str, Any]) -> bool:
    code = o.get("code")
    number = isinstance(code, int) or (isinstance(code, str) and code.isdigit())
    return number and ("message" in o or "request_id" in o)


def _fits(role: str, value: Any) -> bool:
    if role == "status":
        return isinstance(value, int) or (isinstance(value, str) and value.isdigit())
    return isinstance(value, str | int | float) and value != ""


def _own(place: Place, body: Place | None, shape: str | None) -> bool:
    """Whether a place is part of the request itself. Events API 2.0 has no ``timestamp``: there it is the log's."""
    if body is None:
        return False
    stem, path = _stem(body), _stem(place)
    own = OWN_KEYS - {"timestamp"} if shape == EVENTS_2 else OWN_KEYS
    return path[: len(stem)] == stem and len(path) > len(stem) and path[len(stem)] in own


def _stem(place: Place) -> list[str | None]:
    """The keys in one row; None is where a text is read as JSON."""
    return [key for keys in place for key in (None, *keys)][1:]


def _name(key: str) -> str:
    return re.sub(r"[^a-z0-9]", "", key.lower())


def _nodes(value: Any, place: Place = ROOT) -> Iterator[tuple[Place, Any]]:
    """All values of a record, each object before what it holds."""
    yield place, value
    if len(_stem(place)) >= _DEEPEST:
        return
    if isinstance(value, str) and "{" in value:
        inner = embedded(value)
        if isinstance(inner, (dict, str)):
            yield from _nodes(inner, (*place, ()))
    elif isinstance(value, dict):
        for key, member in value.items():
            if '"' not in key and "\\" not in key:
                yield from _nodes(member, (*place[:-1], (*place[-1], key)))


def embedded(text: Any) -> Any:
    """The JSON inside a text, also after other words; None where there is none."""
    if not isinstance(text, str):
        return None
    for candidate in (text, text[text.find("{") : text.rfind("}") + 1]):
        try:
            return json.loads(candidate)
        except (ValueError, RecursionError):
            continue
    return None
