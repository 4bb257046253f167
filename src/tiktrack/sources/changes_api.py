"""TikTok's change log: CSV inside a JSON text inside the answer, as ``/changelog/task/download/`` sends it.

The text begins with counts, a blank line follows, then a table: time, object type, object id, what was changed, who
did it, by which tool, details as JSON. Bytes come in Python's notation, ``b'…'``. Who did it is left out: a person.
"""

from __future__ import annotations

import ast
import csv
import json
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tiktrack.sources.base import Head, Reading, quoted
from tiktrack.sources.pages import days_that_count, part_of

PART = "changelog"
_KINDS = (
    ("budget", r"budget"),
    ("bid", r"\bbid|\bcpa\b|roas|cost cap"),
    ("status", r"status|on/off"),
    ("targeting", r"target|audience|placement|location|\bage\b|gender|language|interest"),
)
_OBJECTS = {"ad group": "adgroup", "adgroup": "adgroup", "campaign": "campaign", "ad": "ad", "advertiser": "advertiser"}
_TYPES = {
    **dict.fromkeys(("account", "object", "object_id", "kind", "what", "before", "after", "reject"), "VARCHAR"),
    "day": "DATE", "hour": "BIGINT",
}  # fmt: skip


class ChangesApi:
    """Change log of the Business API."""

    name = "tiktok-api-changes"
    table = "changes"
    about = "The change log of the account, pulled from TikTok's Business API"

    def sniff(self, head: Head) -> int:
        return 99 if part_of(head) == PART else 0

    def read(self, head: Head, needed: frozenset[str]) -> Reading:
        made = head.scratch(".ndjson")
        with made.open("w", encoding="utf-8") as out:
            for path in head.paths:
                for row in _rows(path, days_that_count(head.paths).get(path.name)):
                    out.write(json.dumps(row, ensure_ascii=False) + "\n")
        columns = ", ".join(f"{quoted(name)}: {quoted(kind)}" for name, kind in _TYPES.items())
        return Reading(
            f"select *, 'tiktok' as origin from read_json({quoted(str(made))}, format = 'newline_delimited', "
            f"columns = {{{columns}}})"
        )


def _rows(path: Path, spans: list[tuple[date, date]] | None) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            try:
                page = json.loads(line)
                text = _table(page["response"]["data"].get("changelog"))
            except (ValueError, KeyError, TypeError, AttributeError, SyntaxError):
                yield {"reject": "not a page of a change log"}
                continue
            for entry in csv.DictReader(text):
                yield _row(entry, str(page["request"].get("advertiser_id")), spans)


def _table(changelog: Any) -> list[str]:
    """Lines of the table, the header first; none where nothing was changed."""
    lines = unquoted(_text(changelog)).splitlines()
    start = next((i for i, line in enumerate(lines) if line.lower().startswith("time,")), len(lines))
    return [line for line in lines[start:] if line.strip()]


def _text(changelog: Any) -> str:
    """The file's text: inside a JSON text, inside an object, or bare."""
    if isinstance(changelog, str):
        if not changelog.lstrip().startswith("{"):
            return changelog
        changelog = json.loads(changelog)
    return str((changelog or {}).get("file_data") or "")


def unquoted(text: str) -> str:
    """The text inside ``b'…'``; anything else as it is."""
    if not re.fullmatch(r"b(['\"]).*\1", text, re.DOTALL):
        return text
    try:
        return bytes(ast.literal_eval(text)).decode("utf-8", errors="replace")
    except (SyntaxError, ValueError):
        return text[2:-1].replace("\\r\\n", "\n").replace("\\n", "\n")


def _row(entry: dict[str, Any], account: str, spans: list[tuple[date, date]] | None) -> dict[str, Any]:
    by_name = {str(key).strip().lower().replace("_", " "): str(value or "").strip() for key, value in entry.items()}
    moment = _moment(by_name.get("time", ""))
    if moment is None:
        return {"reject": "no time of the change"}
    current = spans is None or any(since <= moment.date() <= until for since, until in spans)
    changed = by_name.get("object", "")
    before, after = _before_after(by_name.get("activity details", ""))
    return {
        "account": account,
        "object": _OBJECTS.get(by_name.get("log object type", "").lower(), by_name.get("log object type")),
        "object_id": by_name.get("object id"),
        "kind": next((kind for kind, words in _KINDS if re.search(words, changed, re.IGNORECASE)), "other"),
        "what": changed,
        "before": before,
        "after": after,
        "day": moment.date().isoformat(),
        "hour": int((moment - datetime(1970, 1, 1)).total_seconds()) // 3600,  # noqa: DTZ001 - the account's own clock
        "reject": None if current else "#an older pull of the same days, kept apart",
    }


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).replace(tzinfo=None)
    except ValueError:
        return None


def _before_after(details: str) -> tuple[str | None, str | None]:
    """First pair of the details; None where they are worded otherwise."""
    try:
        pair = json.loads(details)[0]["before_after"][0]
        return unquoted(str(pair.get("before", ""))) or None, unquoted(str(pair.get("after", ""))) or None
    except (ValueError, LookupError, TypeError, AttributeError):
        return None, None
