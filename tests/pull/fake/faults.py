"""Things that go wrong, each for the requests of one endpoint from the n-th on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.pull.fake.guard import Seen
from tests.pull.fake.server import Answer, FakeTikTok, Fault, envelope

REPORT = "report/integrated/get/"


def at(endpoint: str, n: int, make: Callable[[FakeTikTok, Seen], Answer], *, times: int = 1) -> Fault:
    """``make`` answers the n-th request to ``endpoint`` and the next ``times`` − 1."""
    count = 0

    def fault(fake: FakeTikTok, seen: Seen) -> Answer | None:
        nonlocal count
        if not seen.endpoint.startswith(endpoint):
            return None
        count += 1
        return make(fake, seen) if n <= count < n + times else None

    return fault


def code(number: int, message: str) -> Callable[[FakeTikTok, Seen], Answer]:
    return lambda fake, seen: envelope(number, message)


def envelope_of(data: object) -> Callable[[FakeTikTok, Seen], Answer]:
    return lambda fake, seen: envelope(0, "OK", data)


def qps(fake: FakeTikTok, seen: Seen) -> Answer:
    fake.penalty(seconds=1)
    return envelope(40100, "App 7 reaches the QPS limit 10, current QPS is 11.")


def qpm(fake: FakeTikTok, seen: Seen) -> Answer:
    fake.penalty(minutes=5)
    return envelope(40100, "Due to too many requests, requests from App [7] are temporarily restricted.")


def qpd(fake: FakeTikTok, seen: Seen) -> Answer:
    midnight = (fake.clock.now() + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    fake.guard.penalty_until = midnight
    return envelope(40100, "App 7 reaches the QPD limit 864000.")


def bad_gateway(fake: FakeTikTok, seen: Seen) -> Answer:
    return Answer(b"<html><body>502 Bad Gateway</body></html>", 502, {"Content-Type": "text/html"})


def reset(fake: FakeTikTok, seen: Seen) -> Answer:
    whole = fake._honest(seen)
    return Answer(whole.body, manner="reset")


def cut(fake: FakeTikTok, seen: Seen) -> Answer:
    whole = fake._honest(seen)
    return Answer(whole.body[: len(whole.body) // 2])


def stall(fake: FakeTikTok, seen: Seen) -> Answer:
    return Answer(b"", manner="stall")


def throttled(fake: FakeTikTok, seen: Seen) -> Answer:
    return Answer(fake._honest(seen).body, headers={"X-Tt-Ads-Throttle": "true"})


def partial(fake: FakeTikTok, seen: Seen) -> Answer:
    whole = fake._honest(seen).body.replace(b'"code": 0', b'"code": 20001').replace(b'"OK"', b'"Partial success"')
    return Answer(whole)
