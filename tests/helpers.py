"""Small things that many tests need."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

from tiktrack.audit.run import audit
from tiktrack.engine.duckdb import DuckDB
from tiktrack.intake import Intake, take_in
from tiktrack.model.report import Report
from tiktrack.model.rule import Rule
from tiktrack.rules.load import choose, default_folders, load
from tiktrack.schema import EVENTS
from tiktrack.settings import Settings

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "sample_data"
MEMORY = 1 << 30
ALL_COLUMNS = frozenset(column.name for column in EVENTS.columns)


@contextmanager
def taken_in(*paths: Path, **options: Any) -> Iterator[tuple[DuckDB, Intake]]:
    """The engine after an intake of these files, with every column."""
    with DuckDB(memory_bytes=MEMORY, threads=1) as engine:
        yield engine, take_in(engine, [str(path) for path in paths], ALL_COLUMNS, **options)


@cache
def shipped_rules() -> tuple[Rule, ...]:
    """All shipped rules, read once."""
    return load(default_folders())


@cache
def sample(account: str) -> Report:
    """The report of a sample account, audited once: a report is a record and can be shared."""
    return audited(SAMPLES / account)


def audited(*paths: Path, select: tuple[str, ...] = (), **settings: Any) -> Report:
    """The report of these files by the shipped rules."""
    rules = choose(shipped_rules(), select, ())
    chosen = Settings(paths=tuple(str(path) for path in paths), **settings)
    return audit(chosen, rules, default_folders(), memory_bytes=MEMORY, now=datetime(2026, 11, 24, tzinfo=UTC))


def tiktrack(*arguments: str, cwd: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run the command as a user does."""
    import os

    clean = {key: value for key, value in os.environ.items() if not key.startswith("TIKTRACK_")}
    return subprocess.run(
        [sys.executable, "-m", "tiktrack", *arguments],
        capture_output=True, text=True, cwd=cwd or ROOT, env={**clean, "COLUMNS": "100", **environment}, check=False,
    )  # fmt: skip


def jsonl(path: Path, *objects: Any) -> Path:
    """Write objects, one a line; a text is written as it is."""
    lines = [item if isinstance(item, str) else json.dumps(item) for item in objects]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def request(*events: dict[str, Any], pixel: str = "C3LTV833G487IS978FKG", **envelope: Any) -> dict[str, Any]:
    """An Events API 2.0 request."""
    return {"event_source": "web", "event_source_id": pixel, "data": list(events), **envelope}


def purchase(number: int = 1, **changes: Any) -> dict[str, Any]:
    """A purchase as it should be; ``user``, ``properties`` and ``page`` are merged, other keys replaced."""
    event: dict[str, Any] = {
        "event": "Purchase",
        "event_time": 1_790_000_000 + number,
        "event_id": f"e{number}",
        "user": {"email": f"{number:064x}", "ip": "81.2.69.142", "user_agent": "Mozilla/5.0 (X11) Chrome/120.0"},
        "properties": {"value": 49.9, "currency": "EUR", "order_id": f"o{number}", "content_type": "product",
                       "contents": [{"content_id": "1", "quantity": 1}]},
        "page": {"url": "https://shop.example/thanks"},
    }  # fmt: skip
    for key, value in changes.items():
        event[key] = {**event[key], **value} if isinstance(value, dict) else value
    return event
