"""Reads a pulled folder by the rules of docs/pull.md, as an auditor would: without the code that wrote it."""

from __future__ import annotations

import json
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

from tests.pull.fake.account import COUNTED

Line = dict[str, Any]


def lines(folder: Path, part: str, advertiser_id: str = "*") -> list[Line]:
    """Pages of a part, oldest pull first."""
    files = sorted(folder.glob(f"{advertiser_id}/{part}/*.ndjson"))
    found = [json.loads(line) for file in files for line in file.read_text(encoding="utf-8").splitlines()]
    return sorted(found, key=lambda line: line["request"]["pulled_at"])


def report_rows(folder: Path, part: str, advertiser_id: str) -> dict[tuple[str, str], Line]:
    """For every day the newest pull that covers it; in a pull the last copy of a row."""
    newest: dict[str, str] = {}
    rows: dict[tuple[str, str], Line] = {}
    for line in lines(folder, part, advertiser_id):
        request, data = line["request"], line["response"]["data"]
        for row in data.get("list", []):
            stamp = row["dimensions"].get("stat_time_day") or row["dimensions"]["stat_time_hour"]
            if newest.setdefault(stamp[:10], request["pulled_at"]) < request["pulled_at"]:
                newest[stamp[:10]] = request["pulled_at"]
                rows = {key: kept for key, kept in rows.items() if key[1][:10] != stamp[:10]}
            id_ = next(value for name, value in row["dimensions"].items() if name.endswith("_id"))
            rows[id_, stamp] = row
    return rows


def totals(folder: Path, advertiser_id: str, part: str = "report_ad_day") -> dict[str, Decimal]:
    """Sums over the rows."""
    total: Counter[str] = Counter({name: Decimal(0) for name in COUNTED})
    for row in report_rows(folder, part, advertiser_id).values():
        total.update({name: Decimal(str(row["metrics"].get(name) or 0)) for name in COUNTED})
    return dict(total)


def manifest(folder: Path) -> Line:
    found: Line = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    return found
