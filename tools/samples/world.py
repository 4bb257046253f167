"""The simulation itself: clicks and chance bring visitors, visits make actions, some actions are orders."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from random import Random

from tools.samples import carts
from tools.samples.chance import poisson, stream
from tools.samples.clock import at, day_of, moment, window_end
from tools.samples.demand import ad_days, buying_clicks, moods
from tools.samples.people import Crowd
from tools.samples.records import Account, Action, Click, Order, Store, World
from tools.samples.visits import basket, new_ttclid, visit

KEEPS_CLICK_ID = 0.87
"""Visits from ads whose click id survives until the purchase (cookie kept)."""

BROWSING = {3: 0.08, 2: 0.08, 1: 0.12, 0: 0.28}
"""Visits that end early, by depth, per sale: far fewer than in life, the logs are thinned."""

Visit = tuple[Order, list[Action]]


def shopping(rng: Random, store: Store, crowd: Crowd, ms: int, click: Click | None) -> Visit:
    """One visit that buys."""
    person, lines = crowd.buyer(), basket(rng, store)
    order = carts.draft(rng, person, lines, click)
    ttclid = new_ttclid(rng) if click and rng.random() < KEEPS_CLICK_ID else ""
    same_visit = click is not None and click.ms == ms
    actions = visit(rng, store, person, ms, 4, lines, total=order.total, ttclid=ttclid,
                    campaign=click.ad.campaign_id if click and same_visit else "")  # fmt: skip
    order = replace(order, ms=actions[-1].ms + int(rng.random() * 900))
    return order, actions[:-1] if order.status == "pending" else actions


def sales(account: Account, crowd: Crowd, clicks: list[Click]) -> list[Visit]:
    """All buying visits: those from ads and those that came by themselves."""
    mood, rng = moods(account), stream(account.name, "sales")
    visits = [shopping(rng, account.stores[click.ad.store], crowd, click.buys_ms, click) for click in clicks]
    for day in account.calendar():
        for store in account.stores:
            for _ in range(poisson(rng, store.organic_per_day * mood[day])):
                start = moment(rng, day, account.zone)
                visits.append(shopping(rng, store, crowd, start, None))
    return visits


def browsing(account: Account, crowd: Crowd, sold: dict[tuple[date, str], int]) -> list[Action]:
    """Visits that do not buy; half of them come from an ad."""
    rng, actions = stream(account.name, "browsing"), []
    for day in account.calendar():
        for number, store in enumerate(account.stores):
            running = [ad for ad in account.ads if ad.store == number and ad.flight[0] <= day <= ad.flight[1]]
            for depth, per_sale in BROWSING.items():
                for _ in range(max(account.least_browsing, poisson(rng, per_sale * sold.get((day, store.host), 0)))):
                    ad = rng.choice(running) if rng.random() < 0.5 else None
                    actions += visit(rng, store, crowd.newcomer(), moment(rng, day, account.zone), depth,
                                     basket(rng, store), ttclid=new_ttclid(rng) if ad else "",
                                     campaign=ad.campaign_id if ad else "")  # fmt: skip
    return actions


def leads(account: Account, crowd: Crowd) -> list[Action]:
    """Newsletter sign-ups on the first store."""
    rng, actions = stream(account.name, "leads"), []
    for day in account.calendar():
        for _ in range(poisson(rng, account.leads_per_day)):
            person, start = crowd.newcomer(), moment(rng, day, account.zone)
            page = visit(rng, account.stores[0], person, start, 0, basket(rng, account.stores[0]))[0]
            actions.append(replace(page, event="Lead", person=replace(person, gives_email=True)))
    return actions


def numbered(visits: list[Visit], others: list[Order]) -> tuple[list[Order], list[Action]]:
    """Orders get consecutive numbers in the order of time; their purchase actions carry them."""
    queue = sorted([*visits, *((order, []) for order in others)], key=lambda pair: pair[0].ms)
    orders, actions = [], []
    for number, (order, steps) in enumerate(queue, start=1001):
        orders.append(replace(order, number=number))
        actions += [replace(a, order_id=str(number)) if a.event == "Purchase" else a for a in steps]
    return orders, actions


def simulate(account: Account) -> World:
    """Runs the account's window; only what happened inside it is kept."""
    days = ad_days(account)
    crowd = Crowd(stream(account.name, "people"), account.country)
    start, end = at(account.first, account.zone), window_end(account)
    inside = [v for v in sales(account, crowd, buying_clicks(account, days)) if start <= v[1][0].ms and v[0].ms < end]
    sold: dict[tuple[date, str], int] = {}
    for order, steps in inside:
        key = (day_of(order.ms, account.zone), steps[0].store.host)
        sold[key] = sold.get(key, 0) + 1
    orders, actions = numbered(inside, carts.offline(account, crowd))
    actions += browsing(account, crowd, sold) + leads(account, crowd)
    return World(
        ad_days=tuple(row for row in days if row.day >= account.first), orders=tuple(orders),
        actions=tuple(sorted((a for a in actions if start <= a.ms < end), key=lambda a: a.ms)),
    )  # fmt: skip
