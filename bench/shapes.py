"""The two shapes of the benchmark's log. Written by f-string: a JSON library would take most of the time."""

from __future__ import annotations

from datetime import UTC, datetime

from events import Event

CSV_HEADER = (
    "event,timestamp,event_id,channel,pixel_code,order_id,value,currency,email,phone,external_id,ttclid,ttp,ip,"
    "user_agent,url,content_ids,content_type\n"
)


def page(event: Event) -> str:
    """The page on which it happened."""
    place = "checkouts/thank-you" if event.order_id else f"products/{event.sku.lower()}"
    return f"https://www.emberoak.example/{place}"


def given(key: str, value: str) -> str:
    """A JSON member, or nothing where the value is not known."""
    return f'"{key}":"{value}",' if value else ""


def user(event: Event) -> str:
    """The members of ``user``."""
    who = event.person
    return (
        given("email", event.email)
        + given("phone", who.phone)
        + given("external_id", who.external_id)
        + given("ttclid", who.ttclid)
        + given("ip", event.ip)
        + f'"ttp":"{who.ttp}","user_agent":"{who.user_agent}"'
    )


def properties(event: Event) -> str:
    """The members of ``properties``; ``value`` brings its own quotes when it is sent as text."""
    return (
        (f'"value":{event.value},' if event.value else "")
        + given("currency", event.currency)
        + given("order_id", event.order_id)
        + f'"content_type":"product","content_ids":["{event.sku}"],'
        f'"contents":[{{"content_id":"{event.sku}","quantity":1,"price":{event.price:.2f}}}]'
    )


def events2_line(event: Event) -> str:
    """One request with one event; what was spoilt away is left out."""
    return (
        f'{{"event_source":"web","event_source_id":"{event.pixel}","data":[{{"event":"{event.name}",'
        f'"event_time":{event.at},"event_id":"{event.event_id}","user":{{{user(event)}}},'
        f'"properties":{{{properties(event)}}},'
        f'"page":{{"url":"{page(event)}","referrer":"https://www.tiktok.com/"}}}}]}}\n'
    )


ORDERS_HEADER = "Name,Email,Financial Status,Paid at,Created at,Total,Currency,Lineitem name,Id\n"


def order_row(event: Event) -> str:
    """The order behind a purchase as Shopify exports it; other events have none. A purchase that is sent again is a row
    that comes again, as in exports that overlap.
    """
    if not event.order_id:
        return ""
    seconds = event.at // 1000 if event.at > 10**11 else event.at
    moment = datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S +0000")
    return (
        f"#{event.order_id},buyer{event.order_id}@example.com,paid,{moment},{moment},{event.price:.2f},USD,{event.sku},"
        f"{6_000_000_000_000 + int(event.order_id)}\n"
    )


def csv_row(event: Event) -> str:
    """One row; user agents hold commas and are quoted."""
    who, value = event.person, event.value.strip('"')
    return (
        f"{event.name},{event.at},{event.event_id},{event.channel},{event.pixel},{event.order_id},{value},"
        f"{event.currency},{event.email},{who.phone},{who.external_id},{who.ttclid},{who.ttp},{event.ip},"
        f'"{who.user_agent}",{page(event)},{event.sku},product\n'
    )
