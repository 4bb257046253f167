"""Labelled scenarios of a shop: what happens, and the cause that an incident should name.

``tracking_break`` twelve ways, an over-count that was mended, and twelve look-alikes that are no break at all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from bench.detection.shop import DAYS, ONSET, Shop


@dataclass(frozen=True, slots=True)
class Scenario:
    """``happens`` changes the shop from ``ONSET`` on; ``in_rows`` tells that single rows show the fault too."""

    name: str
    cause: str
    happens: Callable[[Shop], None]


def _pixel_removed(s: Shop) -> None:
    for name in ("visits", "carts browser", "browser"):
        s.keep[name][ONSET:] *= s.rng.uniform(0.0, 0.1)


def _purchase_tag_lost(s: Shop) -> None:
    s.keep["browser"][ONSET:] *= s.rng.uniform(0.0, 0.15)


def _checkout_untagged(s: Shop) -> None:
    left = s.rng.uniform(0.3, 0.6)
    s.keep["browser"][ONSET:] *= left
    s.keep["server"][ONSET:] *= left


def _consent_banner(s: Shop) -> None:
    left = s.rng.uniform(0.4, 0.7)
    for counts in s.keep.values():
        counts[ONSET:] *= left


def _consent_ramp(s: Shop) -> None:
    left = s.rng.uniform(0.35, 0.6)
    for counts in s.keep.values():
        counts[ONSET:] *= 1.0 + (left - 1.0) * np.minimum(1.0, np.arange(1, DAYS - ONSET + 1) / 3)


def _token_expired(s: Shop) -> None:
    for name in ("carts server", "server"):
        s.keep[name][ONSET:] = 0.0


def _server_loses_some(s: Shop) -> None:
    s.keep["server"][ONSET:] *= s.rng.uniform(0.3, 0.6)


def _one_browser_dark(s: Shop) -> None:
    left = s.rng.uniform(0.45, 0.65)
    for name in ("visits", "carts browser", "browser"):
        s.keep[name][ONSET:] *= left


def _fires_twice(s: Shop) -> None:
    s.keep["browser"][ONSET:] *= s.rng.uniform(1.6, 2.0)


def _both_send_twice(s: Shop) -> None:
    more = s.rng.uniform(1.5, 1.9)
    s.keep["browser"][ONSET:] *= more
    s.keep["server"][ONSET:] *= more


def _click_id_lost(s: Shop) -> None:
    s.reported[:, ONSET:] *= s.rng.uniform(0.2, 0.5)


def _everything_lost(s: Shop) -> None:
    for counts in s.keep.values():
        counts[ONSET:] *= 0.02
    s.reported[:, ONSET:] *= 0.05


def _one_campaign_untagged(s: Shop) -> None:
    s.reported[0, ONSET:] *= s.rng.uniform(0.0, 0.2)


def _double_firing_mended(s: Shop) -> None:
    more = s.rng.uniform(1.6, 2.0)
    for name in ("browser", "server"):
        s.keep[name][:ONSET] *= more


def _stock_out(s: Shop) -> None:
    left = s.rng.uniform(0.3, 0.6)
    s.orders[ONSET:] *= left


def _holiday(s: Shop) -> None:
    left = s.rng.uniform(0.4, 0.6)
    s.orders[ONSET : ONSET + 3] *= left
    s.visits[ONSET : ONSET + 3] *= left


def _fewer_people(s: Shop) -> None:
    left = s.rng.uniform(0.3, 0.6)
    s.orders[ONSET:] *= left
    s.visits[ONSET:] *= left


def _promotion_and_return(s: Shop) -> None:
    more = s.rng.uniform(1.8, 2.5)
    s.orders[ONSET - 5 : ONSET] *= more
    s.visits[ONSET - 5 : ONSET] *= more


def _checkout_broken(s: Shop) -> None:
    s.orders[ONSET:] *= s.rng.uniform(0.0, 0.1)
    s.carts[ONSET:] /= np.maximum(s.orders[ONSET:], 0.02)


def _site_down(s: Shop) -> None:
    s.orders[ONSET:] *= 0.02
    s.visits[ONSET:] *= 0.05
    s.landing[:, ONSET:] *= 0.05


def _budget_cut(s: Shop) -> None:
    s.clicks[:, ONSET:] *= s.rng.uniform(0.2, 0.5)


def _budget_rise(s: Shop) -> None:
    s.clicks[:, ONSET:] *= s.rng.uniform(1.8, 2.5)


def _pause(s: Shop) -> None:
    s.clicks[0, ONSET:] *= 0.02


def _worse_clicks(s: Shop) -> None:
    more = s.rng.uniform(1.5, 2.2)
    s.clicks[:, ONSET:] *= more
    s.reported[:, ONSET:] /= more**0.85


def _slow_decay(s: Shop) -> None:
    s.reported[:, ONSET - 10 :] *= 0.98 ** np.arange(1, DAYS - ONSET + 11)


def _window_change(s: Shop) -> None:
    s.reported[:, ONSET:] *= s.rng.uniform(0.7, 0.8)
    s.view_through[ONSET:] *= 0.02


def _nothing(s: Shop) -> None:
    """A quiet month."""


LABELLED = (
    Scenario("pixel removed", "tracking_break", _pixel_removed),
    Scenario("purchase tag lost", "tracking_break", _purchase_tag_lost),
    Scenario("checkout template untagged", "tracking_break", _checkout_untagged),
    Scenario("consent banner", "tracking_break", _consent_banner),
    Scenario("consent banner, three-day ramp", "tracking_break", _consent_ramp),
    Scenario("server token expired", "tracking_break", _token_expired),
    Scenario("server loses some", "tracking_break", _server_loses_some),
    Scenario("one browser dark", "tracking_break", _one_browser_dark),
    Scenario("fires twice", "tracking_break", _fires_twice),
    Scenario("both channels send twice", "tracking_break", _both_send_twice),
    Scenario("click id lost", "tracking_break", _click_id_lost),
    Scenario("one campaign untagged", "tracking_break", _one_campaign_untagged),
    Scenario("everything lost", "tracking_break", _everything_lost),
    Scenario("double firing mended", "tracking_fix", _double_firing_mended),
    Scenario("stock-out", "demand", _stock_out),
    Scenario("holiday", "demand", _holiday),
    Scenario("fewer people", "demand", _fewer_people),
    Scenario("promotion and return", "demand", _promotion_and_return),
    Scenario("checkout broken", "site_break", _checkout_broken),
    Scenario("site down", "site_break", _site_down),
    Scenario("budget cut", "delivery_change", _budget_cut),
    Scenario("budget rise", "delivery_change", _budget_rise),
    Scenario("campaign paused", "delivery_change", _pause),
    Scenario("worse clicks", "delivery_change", _worse_clicks),
    Scenario("slow decay", "unknown", _slow_decay),
    Scenario("attribution window cut", "attribution_change", _window_change),
    Scenario("nothing", "unknown", _nothing),
)
