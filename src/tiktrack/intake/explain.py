"""A file that nobody understood: its header, the nearest kind, what is missing, and a map to copy."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping, Sequence

from tiktrack.intake.files import Refused
from tiktrack.sources import Head
from tiktrack.sources.ads_columns import of_another_network
from tiktrack.sources.ads_languages import MAYBE
from tiktrack.sources.event_table import counts_events, fields_of
from tiktrack.sources.flat import any_flat
from tiktrack.sources.header_words import words
from tiktrack.sources.map_line import map_line
from tiktrack.sources.mapped import FIELDS, REQUIRED
from tiktrack.sources.pages import is_answer

_ANSWER = ("code", "message", "request_id", "data")
_SHOWN = 14
_CLOSE = 0.75
_PERSONAL = re.compile(r"@|%40|\d{5}|\d{1,3}(\.\d{1,3}){3}|://|\bE\.C\.P\.")
_DATA = re.compile(r"""[{\[]\s*['"{]|['"]\s*:""")
"""What stands in a line of data, and in no name of a column."""
_LITERAL = re.compile(r"""\{\s*'\w+'\s*:""")
_NAMES = {"ads": "an ads report", "events": "a table of events", "orders": "a table of orders"}
_AS_JSON = "log what is sent as JSON, json.dumps(payload), or give another log of it"
_MAYBE = {**FIELDS, "ads": {name: (*known, *MAYBE.get(name, ())) for name, known in FIELDS["ads"].items()}}
"""Kind → field → names of its column, those that nobody confirmed behind the others."""
_READABLE = "docs/inputs.md lists the kinds of files tiktrack reads"


def not_understood(shown: str, head: Head, *, quiet: bool = False) -> Refused:
    """Why, and what to do; cells that may tell of people are left out."""
    if all(f'"{key}"' in head.text for key in _ANSWER) and is_answer(head):
        return Refused(shown, *_of_an_answer(head), quiet=quiet)
    why = "the kind of file was not recognised"
    table = any_flat(head)
    first = next((line for line in head.lines if line.strip()), "")
    if table is None or any(map(_DATA.search, table.header)):
        if _LITERAL.search(head.text):
            return Refused(shown, "is a log of Python objects, not of JSON", _AS_JSON, quiet=quiet)
        start = f"; it begins with: {first[:80]!r}" if first and not _PERSONAL.search(first) else ""
        return Refused(shown, why + start, _READABLE, quiet=quiet)
    if counts_events(table, fields_of(table)):
        hint = "give a log with one row an event, or the events that were sent: counts do not show what was sent"
        return Refused(shown, "is a table of counts, not of single events", hint, quiet=quiet)
    kind, found = _nearest(table.header)
    missing = [field for field in REQUIRED[kind] if field not in found]
    lacks = f", but no column was found for {', '.join(missing)}" if missing else ", under names that nobody confirmed"
    near = f"nearest is {_NAMES[kind]}{lacks}" if found else "no column has a name of ads, events or orders"
    if foreign := of_another_network(table.header, table.rows):
        near = f"'{foreign[0]}' is a column of {foreign[1]}, and nothing says TikTok; else {near}"
    hint = (
        f"{near}. If the file has them under other names, save the following line as map.yaml, correct it and add "
        f"--map map.yaml (docs/inputs.md): {map_line(kind, found, missing)}"
    )
    return Refused(shown, f"{why}; its columns are: {_listed(table.header)}", hint, quiet=quiet)


def _of_an_answer(head: Head) -> tuple[str, str]:
    """What is said of an answer of TikTok's API that no source reads."""
    code = re.search(r'"code"\s*:\s*"?(\d+)', head.text)
    if code and code[1] not in ("0", "20001"):
        why = f"is an answer of TikTok's API that says no (code {code[1]})"
        return why, "ask again; `tiktrack doctor` checks the token"
    hint = "a report needs the dimension stat_time_day; `tiktrack pull` asks for all that is read"
    return "is an answer of TikTok's API without rows, or none that is read", hint


def _listed(header: Sequence[str]) -> str:
    shown = ["…" if _PERSONAL.search(name) else name[:40] for name in header[:_SHOWN]]
    return ", ".join(shown) + (f" and {len(header) - _SHOWN} more" if len(header) > _SHOWN else "")


def _nearest(header: Sequence[str]) -> tuple[str, dict[str, str]]:
    """The table that most of the columns may belong to, and field → header."""
    guesses = {kind: _guessed(header, fields) for kind, fields in _MAYBE.items()}
    kind = max(guesses, key=lambda kind: (sum(f in guesses[kind] for f in REQUIRED[kind]), len(guesses[kind])))
    return kind, guesses[kind]


def _guessed(header: Sequence[str], fields: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Field → header, the likest names first: each header once."""
    plain = {"".join(words(name)): name for name in header if not _PERSONAL.search(name)}
    close = [
        (-difflib.SequenceMatcher(None, text, alias).ratio(), place, field, plain[text])
        for place, (field, aliases) in enumerate(fields.items())
        for alias in ("".join(words(name)) for name in aliases)
        for text in difflib.get_close_matches(alias, plain, cutoff=_CLOSE)
    ]
    found: dict[str, str] = {}
    for _, _, field, name in sorted(close):
        if field not in found and name not in found.values():
            found[field] = name
    return {field: found[field] for field in fields if field in found}
