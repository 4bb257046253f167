"""How an action reaches TikTok: the pixel's copy from the browser, the Events API's copy from the server."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from random import Random

from tools.samples.chance import stream
from tools.samples.records import Account, Action, Copy

BROWSER_LOSS, SERVER_LOSS = 0.008, 0.018
SERVER_RETRIES = 0.012
"""Requests sent again after a time-out although TikTok had them: exact copies, seconds later."""

CHECKOUT = ("InitiateCheckout", "Purchase", "Lead")
"""Steps at which a visitor has told who they are."""


def copy(account: Account, action: Action, channel: str, sent_ms: int) -> Copy:
    """The message of one channel before anything went wrong."""
    person = action.person
    known = action.event in CHECKOUT or person.logged_in
    valued = action.value is not None
    return Copy(
        channel=channel, pixel_code=action.store.pixel_code, event=action.event, event_id=action.event_id,
        ms=action.ms, sent_ms=sent_ms, url=action.url, referrer=action.referrer, browser=person.browser,
        user_agent=person.user_agent, ip=person.ip,
        email=person.email_hash if known and person.gives_email else "",
        phone=person.phone_hash if known and person.gives_phone else "",
        external_id=person.customer_hash if known else "",
        ttclid=action.ttclid, ttp=person.ttp, lines=action.lines,
        value=action.value / 100 if valued else None, currency=account.currency if valued else "",
        order_id=action.order_id, plain_email=person.email,
    )  # fmt: skip


def browser(account: Account, action: Action, rng: Random) -> Iterator[Copy]:
    """The pixel's copy, unless the person blocks it or the page closes too soon."""
    lost, delay = rng.random() < BROWSER_LOSS, int(rng.uniform(80, 900))
    if not (lost or action.person.blocks_pixel):
        yield copy(account, action, "browser", action.ms + delay)


def server(account: Account, action: Action, rng: Random) -> Iterator[Copy]:
    """The server's copy; page views are left to the pixel."""
    lost, again = rng.random() < SERVER_LOSS, rng.random() < SERVER_RETRIES
    sent = action.ms + int(rng.uniform(700, 14_000))
    if lost or action.event == "Pageview":
        return
    message = copy(account, action, "server", sent)
    yield message
    if again:
        yield replace(message, sent_ms=sent + int(rng.uniform(5_000, 50_000)))


def deliver(account: Account, actions: tuple[Action, ...]) -> list[Copy]:
    """Every copy of every action."""
    pixel, api = stream(account.name, "browser"), stream(account.name, "server")
    return [c for a in actions for c in (*browser(account, a, pixel), *server(account, a, api))]
