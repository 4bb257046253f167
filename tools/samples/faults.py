"""Ways to spoil a copy. Each takes a copy and gives it back worse, or ``None`` when it never leaves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from tools.samples.chance import fate
from tools.samples.clock import at
from tools.samples.records import Account, Copy

Spoil = Callable[[Copy], Copy | None]
Hits = Callable[[Copy], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """A planted fault: what ``expected.json`` says about it, and what it does to the copies it hits."""

    id: str
    symptom: str
    rule_idea: str
    segment: dict[str, str]
    since: date
    note: str
    until: date | None = None
    echoes: tuple[dict[str, str], ...] = ()
    hits: Hits = lambda _: False
    spoil: Spoil = lambda copy: copy


DEPLOY_HOUR = 9
"""Releases happen at nine in the morning, account time: the first bad day is not bad from midnight."""


def lose(share: float) -> Spoil:
    """Both copies of a ``share`` of the actions are never sent."""
    return lambda copy: None if fate("lose" + copy.event_id) < share else copy


def lose_currency(copy: Copy) -> Copy:
    """The currency is no longer filled in."""
    return replace(copy, currency="")


def value_as_text(copy: Copy) -> Copy:
    """The value becomes a JSON string."""
    return replace(copy, value=f"{copy.value:.2f}")


def value_in_cents(copy: Copy) -> Copy:
    """The value is sent in minor units."""
    return replace(copy, value=round(float(copy.value or 0) * 100))


def lose_customer(copy: Copy) -> Copy:
    """The customer is no longer passed on: no e-mail, no phone, no customer id."""
    return replace(copy, email="", phone="", external_id="")


def email_in_plain(copy: Copy) -> Copy:
    """Hashing was switched off."""
    return replace(copy, email=copy.plain_email if copy.email else "")


def own_event_id(copy: Copy) -> Copy:
    """The server makes up an id instead of passing on the browser's."""
    return replace(copy, event_id=f"srv-{int(fate('own' + copy.event_id) * 2**32):08x}{copy.event_id[::-2]}")


def rename(event: str, share: float) -> Spoil:
    """A ``share`` of the actions goes out under an older name, alike in both channels."""
    return lambda copy: replace(copy, event=event) if fate("name" + copy.event_id) < share else copy


def spoiled(account: Account, faults: tuple[Fault, ...], copies: list[Copy]) -> list[Copy]:
    """The copies after all faults, each inside its days."""
    for fault in faults:
        start = at(fault.since, account.zone, DEPLOY_HOUR)
        end = at(fault.until, account.zone, DEPLOY_HOUR) if fault.until else float("inf")
        hit = [start <= c.ms < end and fault.hits(c) for c in copies]
        changed = [fault.spoil(c) if bad else c for c, bad in zip(copies, hit, strict=True)]
        copies = [c for c in changed if c is not None]
    return copies
