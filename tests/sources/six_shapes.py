"""The same events as six logs would hold them: each writer gives the text of a file. One record of each is broken."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

PIXEL = "C3LTV833G487IS978FKG"
START = 1_790_000_000
_AGENT = "Mozilla/5.0 (X11) Chrome/120.0"
_PAGE = "https://shop.example/thanks?step=2"
_HEADER = (
    "event", "timestamp", "event_id", "value", "currency", "order_id", "email", "ttclid", "ip", "user_agent", "url",
    "content_ids", "test_event_code",
)  # fmt: skip
_BROKEN = '{"event": "Purch'


@dataclass(frozen=True)
class Event:
    """An event; ``value``, ``currency``, ``email`` and ``ttclid`` are None where they were not sent."""

    number: int
    name: str
    at: int
    event_id: str
    value: float | None
    currency: str | None
    email: str | None
    ttclid: str | None
    skus: tuple[str, ...]

    @property
    def order_id(self) -> str | None:
        return f"o{self.event_id}" if self.name == "Purchase" else None

    @property
    def iso(self) -> str:
        return datetime.fromtimestamp(self.at, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")

    @property
    def email_hash(self) -> str | None:
        return self.email and hashlib.sha256(self.email.encode()).hexdigest()


def events(count: int = 120) -> list[Event]:
    """Events over three days, with the faults that every shape can carry, and every tenth sent twice."""
    names = ("ViewContent", "AddToCart", "Purchase", "Lead", "CompleteRegistration", "Purchase")
    return [
        Event(
            number=number,
            name=names[number % len(names)],
            at=START + number * 2000,
            event_id=f"id-{number - 6 if number % 10 == 9 else number}",
            value=None if number % 7 == 0 else 0.0 if number % 11 == 0 else 10 + number / 4,
            currency=None if number % 13 == 0 else "eur" if number % 5 == 0 else "EUR",
            email=None if number % 3 == 0 else f"person{number % 20}@shop.example",
            ttclid=None if number % 4 == 0 else "E.C.P.Gn0123456789abcdefgh",
            skus=("a", "b")[: number % 3],
        )
        for number in range(count)
    ]


def given(**fields: Any) -> dict[str, Any]:
    """Fields that were sent."""
    return {key: value for key, value in fields.items() if value is not None}


def lines(*records: Any) -> str:
    """JSON, one object a line."""
    return "".join((record if isinstance(record, str) else json.dumps(record)) + "\n" for record in records)


def events_api_2(made: list[Event]) -> str:
    """Requests of three events each."""
    parts = [made[i : i + 3] for i in range(0, len(made), 3)]
    return lines(*(_request(*part) for part in parts), _BROKEN)


def _request(*part: Event) -> dict[str, Any]:
    data = [
        {
            "event": e.name, "event_time": e.at, "event_id": e.event_id, "page": {"url": _PAGE},
            "user": given(email=e.email_hash, ttclid=e.ttclid, ip="81.2.69.142", user_agent=_AGENT),
            "properties": _properties(e),
        }
        for e in part
    ]  # fmt: skip
    return {"event_source": "web", "event_source_id": PIXEL, "data": data}


def _properties(e: Event) -> dict[str, Any]:
    contents = [{"content_id": sku, "content_type": "product", "quantity": 1} for sku in e.skus]
    return given(value=e.value, currency=e.currency, order_id=e.order_id, contents=contents or None)


def _context(e: Event, **more: Any) -> dict[str, Any]:
    return {"page": {"url": _PAGE}, "ad": given(callback=e.ttclid), "user": given(email=e.email_hash), **more}


def events_api_1(made: list[Event]) -> str:
    """Single events and batches by turns, under the names of that time."""
    old = {"Purchase": "CompletePayment", "Lead": "SubmitForm"}
    items = [
        {"type": "track", "event": old.get(e.name, e.name), "event_id": e.event_id, "timestamp": e.iso,
         "context": _context(e, ip="81.2.69.142", user_agent=_AGENT), "properties": _properties(e)}
        for e in made
    ]  # fmt: skip
    half = len(items) // 2
    return lines(
        *({"pixel_code": PIXEL, **i} for i in items[:half]), {"pixel_code": PIXEL, "batch": items[half:]}, _BROKEN
    )


def har(made: list[Event]) -> str:
    """Hits of the pixel among other requests."""
    entries = []
    for e in made:
        hit = {
            "event": e.name, "event_id": e.event_id, "message_id": f"m{e.number}", "timestamp": e.iso,
            "context": _context(e, pixel={"code": PIXEL}, ip="81.2.69.142", userAgent=_AGENT), "properties": _properties(e),
        }  # fmt: skip
        entries += [
            _entry("GET", "https://shop.example/app.js"),
            _entry("POST", "https://analytics.tiktok.com/api/v2/pixel", hit),
        ]
    entries.append(_entry("POST", "https://analytics.tiktok.com/api/v2/pixel"))
    return json.dumps({"log": {"version": "1.2", "creator": {"name": "Browser"}, "entries": entries}}, indent=1)


def _entry(method: str, url: str, body: Any = None) -> dict[str, Any]:
    post = {"postData": {"mimeType": "text/plain", "text": json.dumps(body)}} if body else {}
    return {"request": {"method": method, "url": url, **post}, "response": {"status": 200}}


def sgtm_log(made: list[Event]) -> str:
    """A line for the request and one for the answer."""
    pairs = [
        line
        for e in made
        for line in (
            {"Name": "TikTok", "Type": "Request", "TraceId": f"t{e.number}", "RequestBody": _request(e)},
            {
                "Name": "TikTok",
                "Type": "Response",
                "TraceId": f"t{e.number}",
                "ResponseStatusCode": 200,
                "ResponseBody": "{}",
            },
        )
    ]
    return lines(*pairs, _BROKEN)


def segment(made: list[Event]) -> str:
    """Track calls, with the names of Segment and addresses in the clear."""
    theirs = {"ViewContent": "Product Viewed", "AddToCart": "Product Added", "Purchase": "Order Completed",
              "Lead": "Form Submitted", "CompleteRegistration": "Signed Up"}  # fmt: skip
    calls = [
        {
            "type": "track", "messageId": f"ajs-{e.number}", "timestamp": e.iso, "event": theirs[e.name],
            "properties": given(
                event_id=e.event_id, value=e.value, currency=e.currency, order_id=e.order_id, ttclid=e.ttclid,
                products=[{"product_id": sku} for sku in e.skus] or None,
            ),
            "context": {"ip": "81.2.69.142", "userAgent": _AGENT, "page": {"url": _PAGE}, "traits": given(email=e.email)},
        }
        for e in made
    ]  # fmt: skip
    return lines(*calls, _BROKEN)


def flat_csv(made: list[Event]) -> str:
    """One row an event."""
    out = io.StringIO()
    rows = csv.writer(out)
    rows.writerow(_HEADER)
    for e in made:
        skus = ",".join(e.skus)
        known = (e.name, e.at, e.event_id, e.value, e.currency, e.order_id, e.email_hash, e.ttclid)
        rows.writerow((*known, "81.2.69.142", _AGENT, _PAGE, skus, ""))
    rows.writerow([""] * len(_HEADER))
    return out.getvalue()
