"""The report as plain JSON values and back: the contract ``tiktrack/report/v1``.

Writing follows the records of ``model``, so a field of a record is a key of the file. Reading is tolerant
where files of the same major version may differ: keys it does not know are passed over, keys that a record
has a default for may be absent. Everything else is told with the path of the key.
"""

from __future__ import annotations

import math
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from tiktrack.errors import InputError
from tiktrack.model.report import Report
from tiktrack.render.wire_read import read

SCHEMA = "tiktrack/report/v1"


def to_wire(report: Report) -> dict[str, Any]:
    """The report as dictionaries, lists, text, finite numbers, truth values, None."""
    body: dict[str, Any] = _plain(report)
    return {"schema": body.pop("schema"), **body}


def from_wire(data: Any) -> Report:
    """The report of a stored file; raises ``InputError`` for what is no report of this major version."""
    if not isinstance(data, dict) or not str(data.get("schema", "")).startswith("tiktrack/report/"):
        raise InputError("this is not a tiktrack report", hint="make one with `tiktrack audit -o report.json`")
    if data["schema"] != SCHEMA:
        raise InputError(
            f"this report is of version {data['schema']!r}, and this tiktrack reads {SCHEMA!r}",
            hint="use the tiktrack that wrote the file, or audit again",
        )
    report: Report = read(Report, data, "report")
    return report


def _plain(value: Any) -> Any:
    """One value of a record as JSON knows it; an infinite or undefined number becomes None."""
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, dict):
        return {_text(str(key)): _plain(item) for key, item in value.items()}
    if isinstance(value, (tuple, list)):
        return [_plain(item) for item in value]
    return _scalar(value)


def _scalar(value: Any) -> Any:
    """A leaf: what JSON has no type for becomes text."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, str):
        return _text(value)
    if value is None or isinstance(value, (bool, int)):
        return value
    if isinstance(value, (float, Decimal)):
        return float(value) if math.isfinite(value) else None
    return value.isoformat() if isinstance(value, date) else _text(str(value))


def _text(value: str) -> str:
    """Text that can be written as UTF-8: half of a surrogate pair, as broken logs hold it, is replaced."""
    return value.encode("utf-8", "replace").decode()
