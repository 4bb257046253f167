"""What an example does not say: healthy rows of each table."""

from __future__ import annotations

DAY = "2026-01-15"
"""The day of a row that names none."""
TIMES = {"events": "ts_ms", "orders": "created_ms", "witness": "ts_ms"}
"""Table → the column of its moment."""
A_MOMENT = "(epoch_ms(d::timestamp) + 43200000 + (i * 17 % 600) * 60000)"
"""Within ten hours from noon on, another for each repetition."""
DEFAULTS: dict[str, dict[str, str]] = {
    "events": {
        "channel": "'server'",
        "event": "'Purchase'",
        "event_id": "'e{row}-' || i || coalesce(strftime(d::date, '-%m%d'), '')",
        "event_id_state": "'ok'",
        "order_id": "'o{row}-' || i || coalesce(strftime(d::date, '-%m%d'), '')",
        "pixel_code": "'C1'",
        "pixel_code_status": "'ok'",
        "value": "50.0 + (i % 7)",
        "value_status": "'ok'",
        "currency": "'EUR'",
        "currency_status": "'ok'",
        "content_ids": "1",
        "content_state": "'ok'",
        "content_type": "'product'",
        "content_type_status": "'ok'",
        "email_state": "'hashed'",
        "phone_state": "'hashed'",
        "external_id_state": "'hashed'",
        "ttclid_state": "'ok'",
        "ttp_state": "'ok'",
        "ip_state": "'ok'",
        "user_agent_state": "'ok'",
        "page_host": "'shop.example'",
        "page_path": "'/thanks'",
        "page_state": "'ok'",
        "page_host_kind": "'production'",
        "page_pii": "false",
        "page_ttclid": "false",
        "browser": "'Chrome'",
        "time_status": "'ok'",
        "test": "false",
        "ldu": "false",
        "delivery": "'unknown'",
    },
    "ads": {
        "level": "'campaign'",
        "campaign": "'Campaign'",
        "campaign_id": "'1'",
        "spend": "100.0",
        "impressions": "10000",
        "clicks": "100",
        "currency": "'EUR'",
        "row_state": "'delivered'",
    },
    "orders": {
        "order_id": "'o{row}-' || i || coalesce(strftime(d::date, '-%m%d'), '')",
        "status": "'paid'",
        "total": "50.0 + (i % 7)",
        "currency": "'EUR'",
        "origin": "'web'",
    },
    "setup": {
        "object": "'adgroup'",
        "account": "'7000000000000000001'",
        "campaign": "'Campaign'",
        "campaign_id": "'1'",
        "adgroup": "'Ad group {row}-' || i",
        "adgroup_id": "'{row}-' || i",
        "state": "'live'",
        "objective": "'WEB_CONVERSIONS'",
        "goal": "'CONVERT'",
        "event_raw": "'SHOPPING'",
        "event": "'Purchase'",
        "web_goal": "true",
        "pixel_id": "'7100000000000000001'",
        "pixel_code": "'C1'",
        "pixel_link": "'ok'",
        "click_days": "7",
        "view_days": "1",
        "engaged_days": "1",
        "event_count": "'every'",
        "matching": "'on'",
        "first_party_cookies": "true",
        "ownership": "'own'",
    },
    "pixel_stats": {
        "account": "'7000000000000000001'",
        "pixel_id": "'7100000000000000001'",
        "pixel_code": "'C1'",
        "event": "'Purchase'",
        "event_class": "'conversion'",
        "event_kind": "'standard'",
        "total": "100",
        "browser": "60",
        "server": "40",
        "attributed": "30",
        "preview": "0",
    },
    "witness": {
        "counter": "'ga4'",
        "event": "'Purchase'",
        "order_id": "'o{row}-' || i || coalesce(strftime(d::date, '-%m%d'), '')",
        "value": "50.0",
        "currency": "'EUR'",
        "from_tiktok": "false",
    },
    "changes": {"origin": "'tiktok'", "kind": "'other'", "account": "'7000000000000000001'"},
}
"""Table → what a column is where the example does not say: SQL in which ``{row}`` is the number of the row, ``i`` that
of the repetition and ``d`` the day."""


def _hash(x: str) -> str:
    """hash(NULL) is a number in DuckDB; nothing has no hash here."""
    return f"case when {x} is not null then hash({x}) end"


DERIVED = {
    "events": {
        "event_id_hash": "case when event_id_state <> 'missing' then hash(event_id) end",
        "order_hash": _hash("ltrim(order_id, '#')"),
        "hour": "ts_ms // 3600000",
        "lag_ms": "received_ms - ts_ms",
        **{name: _hash(name) for name in ("email_hash", "phone_hash", "external_id_hash", "ttp_hash")},
    },
    "ads": {},
    "orders": {
        "order_hash": _hash("ltrim(order_id, '#')"),
        "order_name_hash": _hash("ltrim(order_name, '#')"),
        **{name: _hash(name) for name in ("email_hash", "phone_hash")},
    },
    "setup": {},
    "pixel_stats": {},
    "changes": {},
    "witness": {"order_hash": _hash("ltrim(order_id, '#')")},
}
"""Table → columns that follow from the others, as SQL over a row."""
