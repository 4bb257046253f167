"""A column map on one line, so that it survives every report and can be copied from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def map_line(
    kind: str, found: Mapping[str, str], missing: Sequence[str] = (), *, date_format: str | None = None
) -> str:
    """YAML of a map: ``found`` is field → header, ``missing`` are fields whose header the user has to fill in."""
    columns = [f"{field}: {_quoted(header)}" for field, header in found.items()]
    columns += [f"{field}: NAME OF ITS COLUMN" for field in missing]
    form = f"date_format: {_quoted(date_format)}, " if date_format else ""
    return f"{{kind: {kind}, {form}columns: {{{', '.join(columns)}}}}}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
