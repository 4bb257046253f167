"""Of all series those that can testify about one group of findings: the same pixel's other channel, its campaigns …"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta

import numpy as np

from tiktrack.audit.incidents.group import Member
from tiktrack.audit.incidents.read import EventKey, Store
from tiktrack.audit.incidents.signs import Sign, Signs, Symptom
from tiktrack.audit.runs import Floats
from tiktrack.detect.completeness import DEFAULT, at_age

_CLICK_DATED = ("conversions", "view_purchases", "click_purchases", "add_to_cart", "checkouts", "content_views")
_VISIT, _STEP, _CONVERSION = ("page", "browse"), ("funnel",), ("conversion",)


def calendar(store: Store) -> tuple[date, ...]:
    """From the first day of any table to the last."""
    every = [day for days in store.days.values() for day in days]
    if not every:
        return ()
    return tuple(min(every) + timedelta(days=i) for i in range((max(every) - min(every)).days + 1))


def symptom_of(group: Sequence[Member], ended: Sequence[Member], store: Store, days: tuple[date, ...]) -> Symptom:
    """What the group says went wrong; its first member is the main one."""
    main = group[0]
    open_yet = [m for m in group if m.until is None]
    until = None if open_yet else max(m.until for m in group if m.until)
    reported = main.result.table == "ads"
    return Symptom(
        since=main.since,
        until=until,
        counts=_placed({date.fromisoformat(d.day): d.bad for d in main.finding.series}, days) if main.counted else None,
        reported=reported,
        click_dated=reported,
        in_rows=tuple(_said(m) for m in group if not m.counted and m.result.table != "ads"),
        ended=tuple(_said(m) for m in ended),
        part=1.0 if reported else _part(main, store),
    )


def _said(member: Member) -> str:
    return f"{member.result.title}: {member.finding.message}"


def _part(main: Member, store: Store) -> float:
    """Share of all pixels' conversions before it began that the main finding's pixel had."""
    pixel, event = main.finding.segment.get("pixel_code"), main.finding.segment.get("event")
    sums: dict[str, float] = {}
    for key, by_day in store.events.items():
        if key[2] in _CONVERSION and event in (None, key[3]):
            sums[key[0]] = sums.get(key[0], 0.0) + sum(n for day, n in by_day.items() if day < main.since)
    total = sum(sums.values())
    return 1.0 if pixel is None or not total else max(sums.get(pixel, 0.0) / total, 0.05)


def signs_of(group: Sequence[Member], store: Store, days: tuple[date, ...]) -> Signs:
    """The series that can testify about the group."""
    main = group[0]
    if not main.counted:
        return Signs(days=days, changes=store.changes)
    if main.result.table == "ads":
        campaigns = {m.finding.segment.get("campaign") for m in group if m.result.table == "ads" and m.counted}
        series = _of_report(store, days, lambda name: name in campaigns or None in campaigns)
    else:
        series = _of_log(store, days, main.finding.segment)
    there = {sign: counts for sign, counts in series.items() if counts is not None and np.nansum(counts) > 0}
    return Signs(days=days, series=there, changes=store.changes)


def _of_log(store: Store, days: tuple[date, ...], segment: dict[str, str]) -> dict[Sign, Floats | None]:
    pixel, channel, event = (segment.get(name) for name in ("pixel_code", "channel", "event"))

    def of(
        kinds: tuple[str, ...], *, here: bool = True, by: str | None = None, only: str | None = None
    ) -> Floats | None:
        def wanted(key: EventKey) -> bool:
            ours = pixel is None or key[0] == pixel
            return ours is here and key[2] in kinds and (by is None or key[1] == by) and (only in (None, key[3]))

        return _events(store, days, wanted)

    other = {"browser": "server", "server": "browser"}.get(channel or "")
    return {
        Sign.ORDERS: _orders(store, days) if event in (None, "Purchase") else None,
        Sign.OTHER_CHANNEL: of(_CONVERSION, by=other, only=event) if other else None,
        Sign.OTHER_PIXELS: of(_CONVERSION, here=False, by=channel, only=event) if pixel else None,
        Sign.VISITS: of(_VISIT, by="browser"),
        Sign.STEPS: of(_STEP, by=channel),
        Sign.CLICKS: _ads(store, days, ("clicks",), lambda name: True),
    }


def _of_report(store: Store, days: tuple[date, ...], ours: Callable[[str], bool]) -> dict[Sign, Floats | None]:
    return {
        Sign.ORDERS: _orders(store, days),
        Sign.LOGGED: _events(store, days, lambda key: key[2] in _CONVERSION and key[1] in ("browser", "server")),
        Sign.OTHER_CAMPAIGNS: _ads(store, days, ("conversions",), lambda name: not ours(name)),
        Sign.CLICKS: _ads(store, days, ("clicks",), ours),
        Sign.LANDING: _ads(store, days, ("landing_page_views",), ours),
        Sign.REPORTED_STEPS: _ads(store, days, ("add_to_cart", "checkouts"), ours),
        Sign.EVENT_DATED: _ads(store, days, ("conversions_event_time",), ours),
        Sign.VIEW_THROUGH: _ads(store, days, ("view_purchases",), ours),
        Sign.CLICK_THROUGH: _ads(store, days, ("click_purchases",), ours),
    }


def _orders(store: Store, days: tuple[date, ...]) -> Floats | None:
    return _placed(store.orders, days) if store.orders else None


def _events(store: Store, days: tuple[date, ...], wanted: Callable[[EventKey], bool]) -> Floats | None:
    chosen = [by_day for key, by_day in store.events.items() if wanted(key)]
    return _summed(chosen, store.days.get("events", ()), days)


def _ads(store: Store, days: tuple[date, ...], names: tuple[str, ...], ours: Callable[[str], bool]) -> Floats | None:
    chosen = [by_day for (campaign, name), by_day in store.ads.items() if name in names and ours(campaign)]
    found = _summed(chosen, store.days.get("ads", ()), days)
    if found is None or names[0] not in _CLICK_DATED:
        return found
    last = max(store.days["ads"])
    booked, _ = at_age(DEFAULT, np.array([max(0.0, float((last - day).days)) for day in days]))
    return found / booked


def _summed(chosen: Sequence[Mapping[date, float]], covered: Sequence[date], days: tuple[date, ...]) -> Floats | None:
    """Sum of the mappings over the days that their table covers; None where there is nothing to sum."""
    if not chosen or not covered:
        return None
    total = dict.fromkeys(covered, 0.0)
    for by_day in chosen:
        for day, n in by_day.items():
            total[day] = total.get(day, 0.0) + n
    return _placed(total, days)


def _placed(counts: Mapping[date, float], days: tuple[date, ...]) -> Floats:
    """By day → on the calendar, NaN where nothing is known."""
    return np.array([counts.get(day, np.nan) for day in days])
