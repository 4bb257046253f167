"""One event of the benchmark: drawn once, written in either shape, spoilt at low rates."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from pools import PIXELS, SKUS, Person

DEFECTS = {
    "no_currency": 0.010,
    "text_value": 0.008,
    "no_value": 0.004,
    "plain_email": 0.003,
    "no_email": 0.060,
    "no_ip": 0.010,
    "milliseconds": 0.002,
    "legacy": 0.015,
}
"""What goes wrong, and how often."""

DUPLICATES = 0.03
"""Events sent a second time, byte for byte."""

PAIRED, OWN_ID = 0.45, 0.02
"""Browser actions whose server copy follows, and server copies with an id of their own."""

START, DAYS = 1_791_763_200, 42
"""2026-10-12 00:00 UTC."""

EVENTS = ("ViewContent",) * 50 + ("AddToCart",) * 22 + ("InitiateCheckout",) * 14 + ("Purchase",) * 14


@dataclass(slots=True)
class Event:
    """The fields both shapes share. Not frozen: ten million are made, and freezing costs a third."""

    name: str
    at: int
    event_id: str
    channel: str
    pixel: str
    order_id: str
    value: str
    currency: str
    email: str
    person: Person
    ip: str
    sku: str
    price: float


def draw(rng: Random, crowd: list[Person], serial: int, total: int) -> Event:
    """The ``serial``-th action of ``total``; time runs evenly through the window."""
    roll = rng.random
    person = crowd[int(roll() * len(crowd))]
    name = EVENTS[int(roll() * 100)]
    price = 5 + int(roll() * 19_500) / 100
    event = Event(
        name,
        START + serial * DAYS * 86_400 // total,
        f"{serial:08x}-{int(roll() * 4294967296):08x}",
        "browser",
        PIXELS[int(roll() * 3)],
        str(100_000 + serial) if name == "Purchase" else "",
        f"{price:.2f}",
        "USD",
        person.email,
        person,
        person.ip,
        SKUS[int(roll() * 400)],
        price,
    )
    # One draw decides on the defect: most events have none and must stay cheap.
    luck = roll()
    for defect, share in DEFECTS.items():
        luck -= share
        if luck < 0:
            spoil(event, defect)
            break
    return event


def spoil(event: Event, defect: str) -> None:
    """Breaks one thing."""
    match defect:
        case "no_currency":
            event.currency = ""
        case "text_value":
            event.value = f'"{event.value}"'
        case "no_value":
            event.value = ""
        case "plain_email":
            event.email = f"{event.person.ttp[:8]}@example.com"
        case "no_email":
            event.email = ""
        case "no_ip":
            event.ip = ""
        case "milliseconds":
            event.at *= 1000
        case "legacy":
            event.name = "CompletePayment" if event.name == "Purchase" else event.name


def stream(crowd: list[Person], first: int, last: int, total: int, *, pairs: bool) -> Iterator[Event]:
    """The lines numbered ``first`` to ``last`` of ``total``, with repeats and, if asked for, server copies.

    The same object is yielded again for a repeat and changed for a copy: write it down before going on.
    """
    rng, serial = Random(f"tiktrack/bench/{first}"), first
    while serial < last:
        event = draw(rng, crowd, serial, total)
        event.channel = "browser" if pairs else "server"
        yield event
        serial += 1
        if pairs and serial < last and rng.random() < PAIRED:
            event.channel = "server"
            if rng.random() < OWN_ID:
                event.event_id = f"srv-{event.event_id}"
            yield event
            serial += 1
        if serial < last and rng.random() < DUPLICATES:
            yield event
            serial += 1
