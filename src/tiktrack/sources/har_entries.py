"""Entries of a HAR → requests to TikTok.

A browser posts its hits as ``text/plain`` or as a beacon, so a body is JSON whatever its type says; some are GETs that
carry it in the address. What is which follows from the path, not from the host: shops relay the pixel through
hosts of their own. Paths as MisterPhilip/omnibug and the pixel itself know them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, BinaryIO
from urllib.parse import parse_qs

import ijson

from tiktrack.sources.carried import decoded, json_of, message, parts
from tiktrack.sources.requests import PIXEL, shape_of

_API = re.compile(r"/open_api/v[0-9.]+/(event|pixel|offline|app)/(track|batch)/?$|/api/v[0-9]+/app_sdk/batch/?$")
_TELEMETRY = re.compile(r"/api/v[12]/(pixel|shopify_pixel)/(inter|perf|monitor|enrich_ipv6)\b")
_HITS = re.compile(r"/api/v[12]/(pixel|shopify_pixel|track)(/|$)")
_LOADER = re.compile(r"/i18n/pixel/|/pixel/(events|sdk)\.js$")


@dataclass(slots=True)
class Entry:
    """One entry, as a line for DuckDB. ``lost`` says why it is no event that can be read; with ``#`` it is none."""

    lost: str | None = None
    body: Any = None
    answer: str | None = None
    http_status: int | None = None
    received_ms: int | None = None

    def line(self) -> bytes:
        """As JSON."""
        return json.dumps(asdict(self), ensure_ascii=False).encode(errors="replace") + b"\n"


def entries(file: BinaryIO) -> Iterator[Entry]:
    """All entries in their order; one that is lost at the end where the file is cut off."""
    try:
        for raw in ijson.items(file, "log.entries.item", use_float=True):
            yield _entry(raw) if isinstance(raw, dict) else Entry(lost="not an entry of a HAR")
    except ijson.JSONError:
        yield Entry(lost="the HAR breaks off here: what follows cannot be read")


def once(found: Iterator[Entry]) -> list[Entry]:
    """The same with hits that were sent again set aside: TikTok's ``message_id`` names one hit. The copy that arrived
    stays, where one of them was blocked."""
    kept: dict[str, Entry] = {}
    listed = []
    for entry in found:
        listed.append(entry)
        key = _identity(entry)
        earlier = kept.setdefault(key, entry) if key else entry
        if earlier is not entry:
            again = earlier if earlier.http_status == 0 and entry.http_status != 0 else entry
            again.body, again.lost = None, "#hits sent again (the same message_id)"
            kept[key] = entry if again is earlier else earlier
    return listed


def _loaded_pixel(url: str) -> str | None:
    """The pixel code that a loader asks for."""
    return next(iter(parse_qs(parts(url)[1]).get("sdkid", [])), None)


def _identity(entry: Entry) -> str:
    body = entry.body if isinstance(entry.body, dict) else {}
    message_id = body.get("message_id")
    pixel = _object(_object(body.get("context")).get("pixel")).get("code")
    return f"{message_id}|{pixel}|{body.get('event')}" if isinstance(message_id, str) and message_id else ""


def _entry(raw: dict[str, Any]) -> Entry:
    request, response = _object(raw.get("request")), _object(raw.get("response"))
    url = str(request.get("url") or "")
    path, _ = parts(url)
    if request.get("method") == "OPTIONS":
        return Entry(lost="#preflight requests")
    if _TELEMETRY.search(path):
        return Entry(lost="#telemetry of the pixel")
    if not (_API.search(path) or _HITS.search(path)):
        pixel = _LOADER.search(path) and _loaded_pixel(url)
        return Entry(lost=f"#loads of the pixel {pixel}" if pixel else "#requests that carry no event")
    return _read(request, response, url, str(raw.get("startedDateTime") or ""))


def _read(request: dict[str, Any], response: dict[str, Any], url: str, started: str) -> Entry:
    sent = _sent(request, url)
    entry = Entry(
        answer=_content(_object(response.get("content"))), http_status=_status(response), received_ms=_ms(started)
    )
    body = json_of(sent) if sent else None
    if sent is None:
        entry.lost = "a hit without its body: record the HAR again with request bodies"
    elif isinstance(body, list):
        entry.body = {"events": body}
    elif not isinstance(body, dict):
        entry.lost = "a hit whose body is no JSON"
    elif shape_of(body) is None and not _of_act(body):
        entry.lost = "#requests of the pixel that carry no event"
    else:
        entry.body = body
    return entry


def _status(response: dict[str, Any]) -> int | None:
    """0 where the request was blocked or failed. A page that closes takes no answer for its last beacon: whether that
    arrived is not known."""
    status = response.get("status")
    if not isinstance(status, int) or status < 0:
        return None
    return None if status == 0 and "ERR_ABORTED" in str(response.get("_error")) else status


def _of_act(body: dict[str, Any]) -> bool:
    return shape_of({**body, "event": "x"}) == PIXEL


def _sent(request: dict[str, Any], url: str) -> str | None:
    """What was sent: the body, form fields joined again, or the message in the address."""
    post = _object(request.get("postData"))
    text = post.get("text")
    if isinstance(text, str) and text.strip():
        return decoded(text) if post.get("encoding") == "base64" else text
    params = post.get("params")
    if isinstance(params, list) and params:
        return "&".join(
            "=".join(str(p[k]) for k in ("name", "value") if p.get(k)) for p in params if isinstance(p, dict)
        )
    return message(url)


def _content(content: dict[str, Any]) -> str | None:
    text = content.get("text")
    if not isinstance(text, str):
        return None
    return decoded(text) if content.get("encoding") == "base64" else text


def _ms(started: str) -> int | None:
    try:
        moment = datetime.fromisoformat(started)
    except ValueError:
        return None
    return int(moment.timestamp() * 1000) if moment.tzinfo else None


def _object(value: Any) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}
