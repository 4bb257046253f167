"""Browsers of a TikTok audience, with user agents as they were really sent in 2026."""

from __future__ import annotations

from random import Random

_WEBKIT = "AppleWebKit/605.1.15 (KHTML, like Gecko)"
_BLINK = "AppleWebKit/537.36 (KHTML, like Gecko)"

SHARES = {"TikTok": 26, "Safari": 33, "Chrome": 27, "Samsung Internet": 5, "Edge": 4, "Firefox": 5}
"""Per cent of visits."""


TEMPLATES = {
    "TikTok": (f"(iPhone; CPU iPhone OS 18_{{minor}} like Mac OS X) {_WEBKIT} "
               "Mobile/15E148 musical_ly_{app}.{minor}.0",),
    "Safari": (f"(iPhone; CPU iPhone OS 18_{{minor}} like Mac OS X) {_WEBKIT} "
               "Version/18.{minor} Mobile/15E148 Safari/604.1",),
    "Chrome": (f"(Linux; Android 10; K) {_BLINK} Chrome/{{build}}.0.0.0 Mobile Safari/537.36",
               f"(Windows NT 10.0; Win64; x64) {_BLINK} Chrome/{{build}}.0.0.0 Safari/537.36"),
    "Samsung Internet": (f"(Linux; Android 14; K) {_BLINK} "
                         "SamsungBrowser/2{minor}.0 Chrome/{build}.0.0.0 Mobile Safari/537.36",),
    "Edge": (f"(Windows NT 10.0; Win64; x64) {_BLINK} Chrome/{{build}}.0.0.0 Safari/537.36 "
             "Edg/{build}.0.0.0",),
    "Firefox": ("(Windows NT 10.0; Win64; x64; rv:{build}.0) Gecko/20100101 Firefox/{build}.0",),
}  # fmt: skip


def user_agent(rng: Random, family: str) -> str:
    """A user agent of ``family``; versions vary as they do among real visitors."""
    minor, build = int(rng.random() * 6), 120 + int(rng.random() * 20)
    return "Mozilla/5.0 " + rng.choice(TEMPLATES[family]).format(minor=minor, build=build, app=build // 4)


def family(rng: Random) -> str:
    """Which browser somebody uses."""
    return rng.choices(tuple(SHARES), tuple(SHARES.values()))[0]
