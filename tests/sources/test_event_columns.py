"""Names of columns → fields of an event."""

from __future__ import annotations

import pytest

from tiktrack.sources.event_columns import ALIASES, columns


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Event Name", "event"), ("eventName", "event"), ("EVENT-NAME", "event"), ("ｅｖｅｎｔ＿ｎａｍｅ", "event"),
        ("event.name", "event"), ("data.event", "event"), ("properties.value", "value"), ("value", "value"),
        ("context_page_url", "url"), ("context.page.referrer", "referrer"), ("user.email", "email"),
        ("context.traits.email", "email"), ("user_data.phone", "phone"), ("event_time_ms", "time"), ("Time (UTC)", "time"),
        ("context.ad.callback", "ttclid"), ("_ttp", "ttp"), ("userAgent", "user_agent"), ("context.pixel.code", "pixel_code"),
        ("Value (EUR)", "value"), ("revenue_usd", "value"), ("properties.order_id", "order_id"), ("Event ID", "event_id"), ("request.client_ip", "ip"),
    ],
)  # fmt: skip
def test_one_column(header: str, field: str) -> None:
    assert columns([header], ALIASES) == {field: 0}


@pytest.mark.parametrize(
    "header", ["page_title", "user_name", "campaign_source", "product_name", "session_id", "id", ""]
)
def test_other_columns_are_left_alone(header: str) -> None:
    assert columns([header], ALIASES) == {}


def test_the_name_that_fits_as_it_is_wins() -> None:
    header = ["properties.event_id", "event_id", "email", "email_sha256", "event", "properties.value", "event_value"]
    found = columns(header, ALIASES)
    assert {field: header[position] for field, position in found.items()} == {
        "event": "event", "event_id": "event_id", "email": "email_sha256", "value": "event_value",
    }  # fmt: skip
