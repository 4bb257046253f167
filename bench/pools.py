"""Values that are dear to compute, made once: hashes, addresses, browsers, goods."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from random import Random

PEOPLE = 50_000
"""Fewer than events, as in life: people come back."""

_BLINK = "AppleWebKit/537.36 (KHTML, like Gecko)"
USER_AGENTS = tuple(
    agent.format(build)
    for build in range(122, 142)
    for agent in (
        f"Mozilla/5.0 (Linux; Android 10; K) {_BLINK} Chrome/{{}}.0.0.0 Mobile Safari/537.36",
        f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {_BLINK} Chrome/{{}}.0.0.0 Safari/537.36",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:{0}.0) Gecko/20100101 Firefox/{0}.0",
    )
)
PIXELS = ("CT8P4LJC77U9E1SDQ6F0", "D1M5WXBC77UA04RJHKZG", "D3K7QBRC77U5N2LMT0VG")
SKUS = tuple(f"SKU-{number}" for number in range(10_000, 10_400))


@dataclass(frozen=True, slots=True)
class Person:
    """The match keys of one made-up customer; not everybody gives all of them."""

    email: str
    phone: str
    external_id: str
    ttp: str
    ttclid: str
    ip: str
    user_agent: str


def digest(text: str) -> str:
    """SHA-256 in hexadecimal, as TikTok wants it."""
    return hashlib.sha256(text.encode()).hexdigest()


def people(count: int = PEOPLE) -> list[Person]:
    """The crowd; the same in every process."""
    rng = Random("tiktrack/bench/people")
    return [
        Person(
            email=digest(f"person{serial}@example.com"),
            phone=digest(f"+1201555{serial:07d}") if serial % 2 else "",
            external_id=digest(f"customer-{serial}") if serial % 5 < 3 else "",
            ttp=digest(f"ttp{serial}")[:27],
            ttclid="E.C.P." + digest(f"click{serial}")[:40] if serial % 4 < 2 else "",
            ip=f"{rng.choice((24, 67, 71, 73, 98))}.{int(rng.random() * 256)}.{serial >> 8}.{serial & 255}",
            user_agent=rng.choice(USER_AGENTS),
        )
        for serial in range(count)
    ]
