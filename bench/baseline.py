"""DuckDB reads the columns that an audit reads, unnests the events, and counts every field: what cannot be avoided."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb

from tiktrack.sources import Head
from tiktrack.sources.events_api import COLUMNS, UNNEST
from tiktrack.sources.jsonlines import read_json

FIELDS = (
    *("event", "event_time", "event_id", "limited_data_use", "page.url", "page.referrer"),
    *(f"properties.{key}" for key in ("currency", "value", "content_type", "content_ids", "contents", "order_id")),
    *(f"user.{key}" for key in ("email", "phone", "external_id", "ttclid", "ttp", "ip", "user_agent")),
    *("user.locale", "user.country"),
)


source = read_json(Head.of(Path(sys.argv[1]), Path()), COLUMNS | {"response": "VARCHAR", "response_status": "VARCHAR"})
counts = ", ".join(f"count(e.{field})" for field in FIELDS)
with duckdb.connect(config={"memory_limit": "1500MB"}) as connection:
    print(connection.execute(f"select {counts} from (select {UNNEST} from {source})").fetchall())
