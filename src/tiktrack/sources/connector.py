"""What connectors that stand between a shop and TikTok do with personal data, as SQL: they hash it before they send.

Their own logs hold it in the clear. What TikTok gets is the hash, so the hash is what is judged and joined; a value
that is no address and no number passes as it is, so that junk and wrong digests stay visible.
"""

from __future__ import annotations

from tiktrack.sources.event_fields import first_of_list


def hashed_email(x: str) -> str:
    """SHA-256 of an address, trimmed and in lower case."""
    one = first_of_list(x)
    return f"case when contains({x}, '@') then sha256(lower(trim({one}))) else {one} end"


def hashed_phone(x: str, *, digits_only: bool) -> str:
    """SHA-256 of a number: of ``+`` and its digits, or of the text as it is."""
    one = first_of_list(x)
    digits = f"regexp_replace({one}, '[^0-9]', '', 'g')"
    sent = f"'+' || {digits}" if digits_only else f"trim({one})"
    number = f"length({digits}) between 7 and 16 and length({one}) <= 24"
    return f"case when {number} then sha256({sent}) else {one} end"


def hashed_id(x: str) -> str:
    """SHA-256 of a customer id in lower case; what is one already stays."""
    one = first_of_list(x)
    return f"case when length({one}) = 64 or {one} = '' then {one} else sha256(lower(trim({one}))) end"


def number(x: str) -> str:
    """A JSON number, also where it was written as text: the connector turns it into a number."""
    return f"coalesce(try_cast({x} ->> '$' as double)::varchar, {x}::varchar)"


def seconds(*moments: str) -> str:
    """The first moment that is there, as seconds: ISO text is right by design; anything else stays as it was sent."""
    sent = f"coalesce({', '.join(moments)})"
    return f"coalesce((epoch_ms(try_cast({sent} ->> '$' as timestamptz)) / 1000.0)::varchar, {sent}::varchar)"


def renamed(x: str, names: dict[str, str]) -> str:
    """The name that TikTok gets for a name of the connector (in lower case); other names pass."""
    cases = " ".join(f"when '{theirs}' then '{ours}'" for theirs, ours in names.items())
    return f"case lower(trim({x})) {cases} else {x} end"
