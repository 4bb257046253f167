"""Pages of TikTok's Business API: as ``tiktrack pull`` keeps them, or as somebody saved an answer.

A line of a pulled file is ``{"request": {…}, "response": envelope}``; a saved answer is the envelope itself, one a file
or one a line. docs/pull.md says how a folder of them is read right: of the files that cover a day the newest counts,
and in a file the last copy of a row.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from pathlib import Path

from tiktrack.sources.base import LONGEST_LINE, Head, quoted
from tiktrack.sources.jsonlines import struct

NO_ROWS = "#a page without rows"
NO_PAGE = "not a page of the API"

_NAME = re.compile(
    r"(?:snapshot|(?P<since>\d{4}-\d\d-\d\d)_(?P<until>\d{4}-\d\d-\d\d))"
    r"\.[0-9a-f]+\.(?P<at>\d{8}T\d{6}Z)\.ndjson"
)
_PULLED = re.compile(r'^\s*\{"request":.*?"part":\s*"(?P<part>\w+)"', re.DOTALL)
_REQUEST_BYTES = 64 * 1024
"""The request stands at the beginning of a line; a hundred ids and as many metrics take less than this."""

_ENVELOPE = re.compile(r'"(code|message|request_id|page_info|data|list|pixels|results)"\s*:')


@dataclass(frozen=True, slots=True)
class PageFile:
    """What the name of a pulled file says (docs/pull.md); days are None for a snapshot."""

    path: Path
    pulled_at: datetime
    since: date | None
    until: date | None

    def days(self) -> list[date]:
        """The days that the file answers."""
        if self.since is None or self.until is None:
            return []
        return [self.since + timedelta(days=i) for i in range((self.until - self.since).days + 1)]


def page_file(path: Path) -> PageFile | None:
    """The file by its name, or None for a file that no pull wrote."""
    found = _NAME.fullmatch(path.name)
    if not found:
        return None
    try:
        since, until = (date.fromisoformat(found[key]) if found[key] else None for key in ("since", "until"))
        at = datetime.strptime(found["at"], "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
    except ValueError:
        return None
    return PageFile(path, at, since, until)


def part_of(head: Head) -> str | None:
    """Part of the pull that a file belongs to, ``report_ad_day`` for example; None for a file that is not pulled."""
    return _part(head.text)


def part_in(path: Path) -> str | None:
    """The same from a file that is not yet opened; None where it cannot be read."""
    try:
        with path.open("rb") as file:
            return _part(file.read(_REQUEST_BYTES).decode("utf-8", errors="replace"))
    except OSError:
        return None


def _part(text: str) -> str | None:
    found = _PULLED.match(text)
    return found["part"] if found else None


def is_answer(head: Head) -> bool:
    """Whether the file looks like a saved answer of the API: an object, or a list of objects, with the envelope."""
    return head.text.lstrip()[:1] in "{[" and len(set(_ENVELOPE.findall(head.text))) >= 2


def days_that_count(paths: Sequence[Path]) -> dict[str, list[tuple[date, date]]]:
    """Name of a file → spans of days for which it is the newest; snapshots have the one span of all time."""
    files = sorted((file for path in paths if (file := page_file(path))), key=lambda file: (file.pulled_at, file.path))
    newest: dict[date, str] = {}
    for file in files:
        newest |= dict.fromkeys(file.days(), file.path.name)
    spans: dict[str, list[tuple[date, date]]] = {}
    for day, name in sorted(newest.items()):
        own = spans.setdefault(name, [])
        if own and own[-1][1] + timedelta(days=1) == day:
            own[-1] = (own[-1][0], day)
        else:
            own.append((day, day))
    return spans


@dataclass(frozen=True)
class Pages:
    """SQL over the rows of a group of pages. ``row`` is the type of a row, ``keys`` are its places in ``data``."""

    head: Head
    row: str
    keys: tuple[str, ...] = ("list",)

    @cached_property
    def files(self) -> list[PageFile]:
        """Those of the files that a pull wrote."""
        return [file for path in self.head.paths if (file := page_file(path))]

    def rows(self) -> str:
        """SELECT of ``file``, ``seq`` (grows with the place of a page), ``nth``, ``ok``, the facts of the request and
        ``r``, a row. A page without rows keeps one empty row, so that it is counted and not lost."""
        data = struct(**dict.fromkeys(self.keys, f"{self.row}[]"))
        asked = struct(pixel_code="VARCHAR", event_type="VARCHAR")
        request = struct(advertiser_id="VARCHAR", since="VARCHAR", pulled_at="VARCHAR", params=asked)
        columns = {
            "request": request, "response": struct(code="VARCHAR", data=data), "code": "VARCHAR", "data": data,
            **dict.fromkeys(self.keys, f"{self.row}[]"),
        }  # fmt: skip
        found = [f"{place}{key}" for key in self.keys for place in ("response.data.", "data.", "")]
        listed = ", ".join(f"{quoted(name)}: {quoted(kind)}" for name, kind in columns.items())
        pages = (
            f"select parse_filename(filename) as file, row_number() over () as seq, request, "
            f"coalesce({', '.join(found)}) as rows, coalesce(response.code, code) as code "
            f"from read_json([{', '.join(quoted(str(path)) for path in self.head.paths)}], {self._form()}, "
            f"compression = {quoted(self.head.compression)}, filename = true, maximum_object_size = {LONGEST_LINE}, "
            f"columns = {{{listed}}})"
        )
        kept = "case when len(rows) > 0 then rows else [null] end"
        return (
            f"select file, seq, request.advertiser_id as advertiser_id, request.since as since, "
            f"request.params as params, "
            f"epoch_ms(try_cast(request.pulled_at as timestamptz)) as pulled_ms, "
            f"code is not null or rows is not null as ok, unnest({kept}) as r, generate_subscripts({kept}, 1) as nth "
            f"from ({pages})"
        )

    def _form(self) -> str:
        """One page a line keeps a broken line apart; a document that spreads over lines has to be whole."""
        by_line = part_of(self.head) is not None or bool(self.head.objects)
        return "format = 'newline_delimited', ignore_errors = true" if by_line else "format = 'auto'"

    def not_current(self, day: str) -> str:
        """SQL: whether a newer file answers the same day; for snapshots, whether there is a newer file."""
        if not self.files:
            return "false"
        if self.files[0].since is None:
            newest = max(self.files, key=lambda file: (file.pulled_at, file.path))
            return f"file <> {quoted(newest.path.name)}"
        spans = days_that_count(self.head.paths)
        if len(spans) == len(self.files) and all(len(own) == 1 for own in spans.values()) and _disjoint(self.files):
            return "false"
        kept = " or ".join(
            f"file = {quoted(name)} and ({' or '.join(f'{day} between {_day(a)} and {_day(b)}' for a, b in own)})"
            for name, own in spans.items()
        )
        return f"not coalesce({kept}, false)"


def _disjoint(files: Sequence[PageFile]) -> bool:
    days = [day for file in files for day in file.days()]
    return len(days) == len(set(days))


def _day(day: date) -> str:
    return f"date '{day}'"


def id_text(sql: str) -> str:
    """An id as text; blank, ``0`` and ``-`` mean none."""
    return f"nullif(nullif(nullif(trim({sql}), ''), '0'), '-')"


def figure(sql: str) -> str:
    """A number of the API: text or a JSON number; ``-`` means not applicable."""
    return f"try_cast(nullif(trim({sql}), '-') as double)"
