"""From a basket to an order: shipping, discount, what became of it, and orders that no website saw."""

from __future__ import annotations

from random import Random

from tools.samples.chance import poisson, stream
from tools.samples.clock import moment
from tools.samples.people import Crowd
from tools.samples.records import Account, Click, Line, Order, Person
from tools.samples.visits import basket

SHIPPING, FREE_FROM = 490, 5000
DISCOUNTED, DISCOUNT = 0.09, 0.10
STATUSES = {"paid": 958, "refunded": 22, "partially_refunded": 6, "cancelled": 6, "pending": 8}
"""Per mille of web orders. A pending order (bank transfer) has not fired a Purchase yet."""

OFFLINE_PER_WEEK = {"pos": 4.0, "shopify_draft_order": 1.0, "test": 0.5}
"""Orders that never touch the website, and the shop's own test orders: none of them may fire events."""


def draft(rng: Random, person: Person, lines: tuple[Line, ...], click: Click | None = None) -> Order:
    """A web order without number and time yet: both are known when the visit is over."""
    goods = sum(line.product.price * line.quantity for line in lines)
    discount = round(goods * DISCOUNT) if rng.random() < DISCOUNTED else 0
    shipping = 0 if goods >= FREE_FROM else SHIPPING
    status = rng.choices(tuple(STATUSES), tuple(STATUSES.values()))[0]
    return Order(number=0, ms=0, person=person, lines=lines, shipping=shipping, discount=discount,
                 status=status, origin="web", click=click)  # fmt: skip


def offline(account: Account, crowd: Crowd) -> list[Order]:
    """Till, telephone and test orders over the window."""
    rng, orders = stream(account.name, "offline"), []
    for day in account.calendar():
        for origin, weekly in OFFLINE_PER_WEEK.items():
            for _ in range(poisson(rng, weekly / 7)):
                lines, test = basket(rng, account.stores[0]), origin == "test"
                orders.append(Order(
                    number=0, ms=moment(rng, day, account.zone), person=crowd.newcomer(), lines=lines,
                    shipping=0, discount=0, status="test" if test else "paid",
                    origin="web" if test else origin))  # fmt: skip
    return orders
