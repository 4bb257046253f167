"""How much a day brings: spend, impressions, clicks, and the clicks that will buy."""

from __future__ import annotations

from datetime import date
from random import Random

from tools.samples.chance import poisson, stream, wobble
from tools.samples.clock import WEEKDAYS, later_purchase, moment
from tools.samples.records import Account, Ad, AdDay, Click

WARM_UP_DAYS = 8
"""Clicks of the week before the window still buy inside it."""

CARTS_PER_SALE, CHECKOUTS_PER_SALE, VIEWS_PER_CLICK = 5.2, 2.7, 0.56


def moods(account: Account) -> dict[date, float]:
    """Demand per day: the weekday times a mood that all channels of the shop share."""
    rng = stream(account.name, "mood")
    return {day: WEEKDAYS[day.weekday()] * wobble(rng, 0.07) for day in account.calendar(WARM_UP_DAYS)}


def ad_day(rng: Random, ad: Ad, day: date, mood: float) -> AdDay:
    """One day of one ad; a day outside its flight is the zero row that exports are full of."""
    if not ad.flight[0] <= day <= ad.flight[1]:
        return AdDay(ad=ad, day=day)
    cost = round(ad.budget * wobble(rng, 0.05))
    impressions = round(cost * 1000 / (ad.cpm * wobble(rng, 0.08)))
    clicks = poisson(rng, impressions * ad.ctr * wobble(rng, 0.06))
    sales = clicks * ad.cvr * mood
    checkouts = poisson(rng, sales * CHECKOUTS_PER_SALE)
    return AdDay(
        ad=ad, day=day, cost=cost, impressions=impressions, clicks=clicks,
        landings=min(clicks, poisson(rng, clicks * ad.landing_rate)),
        views=min(clicks, poisson(rng, clicks * VIEWS_PER_CLICK)),
        carts=checkouts + poisson(rng, sales * (CARTS_PER_SALE - CHECKOUTS_PER_SALE)), checkouts=checkouts,
    )  # fmt: skip


def ad_days(account: Account) -> list[AdDay]:
    """Every ad on every day, warm-up included."""
    mood, rng = moods(account), stream(account.name, "ads")
    return [ad_day(rng, ad, day, mood[day]) for day in account.calendar(WARM_UP_DAYS) for ad in account.ads]


def buying_clicks(account: Account, days: list[AdDay]) -> list[Click]:
    """The clicks that end in a purchase, each with the moment of that purchase."""
    mood, rng, zone = moods(account), stream(account.name, "clicks"), account.zone
    clicks = []
    for row in days:
        for _ in range(poisson(rng, row.clicks * row.ad.cvr * mood[row.day])):
            clicked = moment(rng, row.day, zone)
            clicks.append(Click(row.ad, row.day, clicked, later_purchase(rng, clicked, row.day, zone)))
    return clicks
