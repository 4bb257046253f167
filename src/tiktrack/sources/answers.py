"""What TikTok's answer says about one event of a request, as SQL.

HTTP 200 with a ``code`` other than 0 is a refusal, and its message holds the path of what is wrong:
``Batch.0.properties.contents.0.content_id: Not a valid string``, ``data[3].properties.currency: …`` or
``Invalid value for event_id: not a valid string.``. Events are counted from 0, as seen for ``Batch``; that ``data`` is
counted alike is not confirmed.
"""

from __future__ import annotations

from tiktrack.sources.jsonlines import object_in, read_as, struct

_OF_EVENT = r"(?i)\b(?:data|batch|events)(?:\.|\[)([0-9]+)\]?\.?([A-Za-z0-9_.\[\]]*)"
_OF_REQUEST = r"(?i)value for ([a-z0-9_.\[\]]+)"
_AT_START = r"^([a-z][a-z0-9_]*(?:[.\[][A-Za-z0-9_\]]+)*): "
_NUMBER = r"(\.[0-9]+|\[[0-9]+\])"


def field(message: str) -> str:
    """The field that the message names, without numbers of events and items; '' where it names none."""
    found = ", ".join(
        f"nullif(regexp_extract({message}, '{pattern}', {group}), '')"
        for pattern, group in ((_OF_EVENT, 2), (_OF_REQUEST, 1), (_AT_START, 1))
    )
    return f"regexp_replace(rtrim(coalesce({found}, ''), '.'), '{_NUMBER}', '', 'g')"


def names_event(message: str, nth: str) -> str:
    """Whether the message names the event that stands ``nth`` in its request, counted from 1."""
    return f"list_contains(regexp_extract_all({message}, '{_OF_EVENT}', 1), ({nth} - 1)::varchar)"


def read(text: str) -> str:
    """An answer as a log keeps it, an object or text that holds one → a struct; NULL where it is none, as the page of
    a proxy that failed."""
    return read_as(object_in(text), struct(code="BIGINT", message="VARCHAR"))


def told(answer: str, nth: str) -> str:
    """The raw fields that follow from an answer as ``read`` gives it."""
    message = f"{answer}.message"
    return (
        f"{answer}.code as api_code, {message} as api_message, "
        f"{field(message)} as api_field, {names_event(message, nth)} as faulted"
    )


ALSO = frozenset({"api_field", "faulted"})
