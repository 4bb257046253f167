"""Moments in text → milliseconds since 1970 UTC, as SQL."""

from __future__ import annotations


def instant_ms(x: str) -> str:
    """ISO 8601 with ``T`` or blank, with ``Z``, ``+01:00``, ``+0100`` or nothing (then UTC); NULL where it is no
    time.
    """
    joined = f"regexp_replace(trim({x}), '\\s+([+-][0-9])', '\\1')"
    return f"epoch_ms(try_cast({joined} as timestamptz))"


def epoch_or_instant_ms(number: str, x: str) -> str:
    """Seconds, milliseconds or microseconds by their size, else a text as in ``instant_ms``."""
    return (
        f"cast(case when {number} is null then {instant_ms(x)} when abs({number}) >= 1e14 then {number} / 1000 "
        f"when abs({number}) >= 1e11 then {number} else {number} * 1000 end as bigint)"
    )


def offset_minutes(x: str) -> str:
    """Offset as written, minutes east of UTC; NULL where the text has none."""
    sign = f"regexp_extract({x}, '([+-])[0-9]{{2}}:?[0-9]{{2}}$', 1)"
    hours, minutes = (
        f"try_cast(regexp_extract({x}, '[+-]([0-9]{{2}}):?([0-9]{{2}})$', {i}) as integer)" for i in (1, 2)
    )
    return f"case when {sign} <> '' then ({hours} * 60 + {minutes}) * case {sign} when '-' then -1 else 1 end end"


def written_seconds(literal: str) -> str:
    """A time that is written as text by design, as in Events API 1.0 and in the pixel: ISO 8601 in a JSON literal →
    seconds as text, so that it is no fault; NULL where it is none."""
    text = f"({literal} ->> '$')"
    return f"({instant_ms(text)} / 1000.0)::varchar"
