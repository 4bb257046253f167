"""States of match keys as SQL: hashed, plain, junk, bad format, missing.

Sources: TikTok, "Report App, Web, Offline, or CRM Events" (hashing and formats); junk values and wrong digests as
connectors are known to send them. Each function takes the SQL of a text value and returns the SQL of the code of its
state (``schema.packing``).
"""

from __future__ import annotations

import hashlib

from tiktrack.schema.packing import Codes

_K = Codes("email_state")  # all match keys share their states
_NOTHING = (
    "",
    "null",
    "undefined",
    "none",
    "nan",
    "0",
    "guest",
    "n/a",
    "na",
    "-",
    "false",
    "true",
    " ",
    "[object object]",
)
_TEST_PEOPLE = ("test@test.com", "test@example.com", "email@example.com", "example@example.com", "guest@guest.com")
_PLACEHOLDERS = ("null", "undefined", "none", "nan", "n/a", "NULL", "None", "NaN", "[object Object]", "(not set)")


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


_JUNK = (*_NOTHING, *_TEST_PEOPLE, "Null", "NULL", "None", "NaN", "+", "anonymous", "unknown", "test", "test@gmail.com")
# Hashed twice, nothing is junk as well; other values that were hashed twice cannot be told from good ones.
_TWICE = ("", "null", "undefined", "test@test.com")
JUNK_HASHES = (*(_sha256(text) for text in _JUNK), *(_sha256(_sha256(text)) for text in _TWICE))


def literals(values: tuple[str, ...]) -> str:
    """A list of SQL text literals."""
    return ", ".join("'" + value.replace("'", "''") + "'" for value in values)


def one_of(x: str, values: tuple[str, ...]) -> str:
    """``x in (…)`` as comparisons: an IN list inside a CASE becomes a join over all rows, this stays inside its
    branch.
    """
    return "(" + " or ".join(f"{x} = {literals((value,))}" for value in values) + ")"


def _digest_state(x: str, otherwise: str) -> str:
    """64 characters that begin as lower-case hexadecimal are a SHA-256: looking at all 64 costs five times as much and
    tells nothing more. Other digests are named by their length and case."""
    return (
        f"case when length({x}) = 64 and regexp_full_match(left({x}, 16), '[0-9a-f]*') then "
        f"case when {one_of(x, JUNK_HASHES)} then {_K.junk} else {_K.hashed} end "
        f"when {x} is null or {x} = '' then {_K.missing} "
        f"when {one_of(x, _PLACEHOLDERS)} or starts_with({x}, '{{{{') then {_K.junk} "
        f"when length({x}) in (32, 40, 64, 128) and regexp_full_match({x}, '[0-9a-fA-F]*') then {_K.bad_format} "
        f"when length({x}) = 44 and ends_with({x}, '=') then {_K.bad_format} {otherwise} end"
    )


def email_state(x: str) -> str:
    """hashed is right; anything with an @ went out in the clear."""
    return _digest_state(x, f"when contains({x}, '@') then {_K.plain} else {_K.bad_format}")


def phone_state(x: str) -> str:
    """hashed is right; seven digits or more went out in the clear."""
    digits = f"length(regexp_replace({x}, '[^0-9]', '', 'g')) between 7 and 16"
    return _digest_state(x, f"when {digits} and length({x}) <= 24 then {_K.plain} else {_K.bad_format}")


def external_id_state(x: str) -> str:
    """hashed is right on the server; the pixel sends it as it is."""
    return _digest_state(x, f"else {_K.plain}")


def ttclid_state(x: str) -> str:
    """A click id is long; an unexpanded macro or a stub is junk."""
    return (
        f"case when {x} is null or {x} = '' then {_K.missing} "
        f"when starts_with({x}, '__') or length({x}) < 20 then {_K.junk} else {_K.ok} end"
    )


def ttp_state(x: str) -> str:
    """The cookie has about 27 characters; its format is not published, so only stubs are junk."""
    return f"case when {x} is null or {x} = '' then {_K.missing} when length({x}) < 10 then {_K.junk} else {_K.ok} end"


def ip_state(x: str) -> str:
    """Private, loopback and unusable addresses are junk: they belong to a server, not to a person."""
    private = " or ".join(
        f"starts_with({x}, '{prefix}')"
        for prefix in ("10.", "192.168.", "127.", "0.", "169.254.", "::1", "fc", "fd", "fe80")
    )
    carrier = f"starts_with({x}, '172.') and try_cast(split_part({x}, '.', 2) as integer) between 16 and 31"
    shape = f"({x} like '%.%.%.%' or contains({x}, ':'))"
    suspects = f"left({x}, 1) in ('1', '0', ':', 'f')"
    return (
        f"case when {x} is null or {x} = '' then {_K.missing} "
        f"when {suspects} and ({private} or ({carrier})) then {_K.junk} "
        f"when {shape} then {_K.ok} else {_K.bad_format} end"
    )


_LIBRARIES = (
    "axios|node-fetch|undici|python|aiohttp|go-http|guzzle|curl|wget|rudder|segment|okhttp|apache-http|java/|ruby|php|"
    "postman|insomnia|google-|gtm|cloudflare|lambda"
)


def user_agent_state(x: str) -> str:
    """The name of a server library is junk: it is the sender's, not the person's."""
    return (
        f"case when {x} is null or {x} = '' then {_K.missing} when starts_with({x}, 'Mozilla/') then {_K.ok} "
        f"when regexp_matches(lower({x}), '{_LIBRARIES}') then {_K.junk} "
        f"when {one_of(x, _PLACEHOLDERS)} then {_K.junk} else {_K.ok} end"
    )


def browser(x: str) -> str:
    """Browser family of a user agent; in-app browsers first, because they also call themselves Safari or Chrome."""
    families = (
        ("TikTok app", ("musical_ly", "BytedanceWebview", "trill_")),
        ("Meta app", ("FBAN", "Instagram")),
        ("Edge", ("Edg",)),
        ("Samsung Internet", ("SamsungBrowser",)),
        ("Opera", ("OPR/",)),
        ("Firefox", ("Firefox", "FxiOS")),
        ("Chrome", ("Chrome/", "CriOS")),
        ("Safari", ("Safari",)),
    )
    cases = " ".join(
        "when " + " or ".join(f"contains({x}, '{mark}')" for mark in marks) + f" then '{name}'"
        for name, marks in families
    )
    return f"case when {x} is null or {x} = '' then null {cases} else 'Other' end"
