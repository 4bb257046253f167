"""The report as JSON: the contract that every other face is a function of."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from tiktrack.model.report import Report
from tiktrack.render.wire import to_wire


def render(report: Report) -> str:
    """The report, indented, in UTF-8 text with a final newline."""
    return json.dumps(to_wire(report), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def schema() -> dict[str, Any]:
    """The JSON Schema of ``tiktrack/report/v1`` as shipped."""
    text = files("tiktrack.render").joinpath("report.v1.schema.json").read_text(encoding="utf-8")
    loaded: dict[str, Any] = json.loads(text)
    return loaded
