"""Writing small things the same way everywhere."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any


def json_line(record: dict[str, Any]) -> str:
    """Compact JSON, one record a line."""
    return json.dumps(record, separators=(",", ":"), ensure_ascii=False) + "\n"


def without_blanks(record: dict[str, Any]) -> dict[str, Any]:
    """The record without what is not known: systems leave such keys out."""
    return {key: value for key, value in record.items() if value not in ("", None, [], {})}


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """CSV with ``\\n`` and quotes only where needed, as Ads Manager and Shopify write it."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()


def iso_ms(ms: int) -> str:
    """``2026-06-29T17:47:07.730Z``."""
    moment = datetime.fromtimestamp(ms // 1000, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{ms % 1000:03d}Z"


def money(minor: int) -> str:
    """Minor units as plain digits with two decimals."""
    return f"{minor / 100:.2f}"
