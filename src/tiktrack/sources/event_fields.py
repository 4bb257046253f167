"""Raw fields of an event → the canonical columns of ``events``. Every event source ends here.

A source hands over a SELECT with the columns of ``RAW``, as text. Where the log is JSON, ``event_id``, ``time`` and
``value`` come as JSON literals, so that ``"99.95"`` (text) and ``99.95`` (number) stay apart. The work is done in three
layers, so that nothing is computed twice: texts, then numbers and hosts, then codes.
"""

from __future__ import annotations

from tiktrack.schema.packing import Codes, layout
from tiktrack.sources import match_keys as keys
from tiktrack.sources.times import epoch_or_instant_ms

RAW = (
    "record_start",
    "reject",
    "time",
    "received_ms",
    "channel",
    "event",
    "event_id",
    "pixel_code",
    "order_id",
    "value",
    "currency",
    "content_ids",
    "content_type",
    "email",
    "phone",
    "external_id",
    "ttclid",
    "ttp",
    "ip",
    "user_agent",
    "url",
    "referrer",
    "country",
    "test_code",
    "ldu",
    "api_code",
    "api_message",
    "http_status",
    "sender",
)
"""``record_start`` is true on the first event of each record of the file; ``reject`` is the reason why a row cannot be
read, else NULL; ``content_ids`` is a count; ``received_ms``, ``api_code`` and ``http_status`` are integers."""

OPTIONAL = ("message_id", "api_field", "faulted", "signal_verdict", "signal_faults")
"""Raw fields that few logs carry; a source that has them says so in ``also``. ``api_field`` is the field that TikTok's
message names; ``faulted`` is true where the message names this very event; ``signal_verdict`` is TikTok's own word on
the match keys of a browser hit (missing, valid, invalid) and ``signal_faults`` its reasons."""

_PLACEHOLDER_IDS = (
    "undefined",
    "null",
    "NULL",
    "None",
    "NaN",
    "nan",
    "0",
    "-1",
    "[object Object]",
    "(not set)",
    "none",
)


def _text(x: str, literal: bool) -> str:
    """The text inside a JSON literal; objects and arrays stay as they are."""
    if not literal:
        return x
    plain = f"case when contains({x}, '\\') then json_extract_string({x}, '$') else substr({x}, 2, length({x}) - 2) end"
    return f"case when starts_with({x}, '\"') then {plain} when {x} <> 'null' then {x} end"


def first_of_list(x: str) -> str:
    """TikTok takes email, phone and external_id as text or as a list. One in the clear speaks for the event, because
    it is the fault to be seen; else the first that is not blank. A text that only looks like a list
    (``[object Object]``) stays."""
    items = f"from_json({x}, '[\"VARCHAR\"]')"
    clear = f"list_filter({items}, lambda i: contains(i, '@') or starts_with(i, '+'))[1]"
    return (
        f"case when starts_with({x}, '[') and json_valid({x}) "
        f"then coalesce({clear}, list_filter({items}, lambda i: i <> '')[1], '') else {x} end"
    )


def _texts(literal: bool) -> dict[str, str]:
    """Layer 1: plain texts, and whether a literal was quoted."""
    quoted = {f"{x}_quoted": f"starts_with({x}, '\"')" if literal else "false" for x in ("time", "value", "event_id")}
    return {
        **quoted,
        **{f"{x}_text": _text(x, literal) for x in ("time", "value", "event_id")},
        **{f"{x}_text": first_of_list(x) for x in ("email", "phone", "external_id")},
        "url_base": "split_part(case when contains(url, '#') then split_part(url, '#', 1) else url end, '?', 1)",
        "order_text": "ltrim(order_id, '#')",
    }


_NUMBERS = {
    "time_number": "try_cast(time_text as double)",
    "value_number": "try_cast(value_text as double)",
    "host": "lower(split_part(url_base, '/', 3))",
}
"""Layer 2."""


def _time_status(literal: bool) -> str:
    """A request must carry a number; in a table a written time is as good."""
    k = Codes("time_status")
    written = k.text if literal else k.ok
    return (
        f"case when time_text is null or time_text = '' then {k.missing} when time_number is null then {written} "
        f"when time_number >= 1e14 then {k.microseconds} when time_number >= 1e11 then {k.milliseconds} "
        f"when time_quoted then {k.text} else {k.ok} end"
    )


def _value_status() -> str:
    k = Codes("value_status")
    return (
        f"case when value_text is null or trim(value_text) = '' then {k.missing} "
        f"when value_number is null or not isfinite(value_number) then {k.unparsable} "
        f"when value_number < 0 then {k.negative} when value_number = 0 then {k.zero} "
        f"when value_quoted then {k.numeric_text} else {k.ok} end"
    )


def _delivery(faulted: bool) -> str:
    """HTTP 200 says nothing: a code other than 0 is a refusal. Of a partial success the events that the message names
    were refused; TikTok does not say what became of the others."""
    k = Codes("delivery")
    named = f"when api_code = 20001 and faulted then {k.rejected} " if faulted else ""
    return (
        f"case when api_code = 0 then {k.accepted} {named}when api_code = 20001 then {k.partial} "
        f"when api_code = 40100 or api_code = 40016 or api_code = 40132 or api_code = 40133 or api_code = 61000 "
        f"or http_status = 429 or http_status >= 500 then {k.throttled} "
        f"when api_code is not null or http_status between 400 and 499 then {k.rejected} "
        f"when http_status = 0 then {k.blocked} else {k.unknown} end"
    )


def _event_id_state(literal: bool) -> str:
    k = Codes("event_id_state")
    number = f"when not event_id_quoted then {k.not_text} " if literal else ""
    placeholder = keys.one_of("event_id_text", _PLACEHOLDER_IDS)
    return (
        f"case when event_id_text is null or event_id_text = '' then {k.missing} {number}"
        f"when {placeholder} or starts_with(event_id_text, '{{{{') then {k.placeholder} "
        f"else {k.ok} end"
    )


def _page_codes() -> dict[str, str]:
    state = Codes("page_state")
    number = "(contains(url, 'phone=') or contains(url, 'tel=') or contains(url, 'mobile='))"
    digits = "regexp_matches(url, '[?&](phone|tel|mobile)=(%2B|[+])?[0-9]{7}')"
    return {
        "page_state": (
            f"case when url is null or url = '' or starts_with(url, 'about:') then {state.missing} else {state.ok} end"
        ),
        "page_pii": _flag(f"contains(url, '@') or contains(url, '%40') or ({number} and {digits})"),
        "page_ttclid": _flag("contains(url, 'ttclid=')"),
    }


def _flag(condition: str) -> str:
    return f"case when {condition} then 2 else 1 end"


def _signal_verdict() -> str:
    verdict = layout()["signal_verdict"]
    return "case signal_verdict " + " ".join(f"when '{v}' then {verdict.code(v)}" for v in verdict.values) + " end"


def _codes(literal: bool, also: frozenset[str]) -> dict[str, tuple[str, str]]:
    """Layer 3: packed column → the raw field it needs, and the SQL of its code."""
    content = Codes("content_state")
    channel = layout()["channel"]
    key_states = {
        "email": keys.email_state("email_text"),
        "phone": keys.phone_state("phone_text"),
        "external_id": keys.external_id_state("external_id_text"),
        "ttclid": keys.ttclid_state("ttclid"),
        "ttp": keys.ttp_state("ttp"),
        "ip": keys.ip_state("ip"),
        "user_agent": keys.user_agent_state("user_agent"),
    }
    return {
        "channel": (
            "channel",
            "case channel "
            + " ".join(f"when '{v}' then {channel.code(v)}" for v in channel.values)
            + f" else {channel.code('unknown')} end",
        ),
        "event_id_state": ("event_id", _event_id_state(literal)),
        "value_status": ("value", _value_status()),
        "content_state": ("content_ids", f"case when content_ids > 0 then {content.ok} else {content.missing} end"),
        **{f"{key}_state": (key, sql) for key, sql in key_states.items()},
        **{name: ("url", sql) for name, sql in _page_codes().items()},
        "time_status": ("time", _time_status(literal)),
        "test": ("test_code", _flag("test_code <> ''")),
        "ldu": ("ldu", _flag("lower(ldu) in ('true', '1')")),
        "delivery": ("api_code", _delivery("faulted" in also)),
        "signal_verdict": ("signal_verdict", _signal_verdict()),
    }


# A blank text means that the field was sent empty or not at all; NULL means that the file cannot carry it.
_STORED = {
    "ts_ms": ("time", epoch_or_instant_ms("time_number", "time_text")),
    "received_ms": ("received_ms", "received_ms"),
    "event_raw": ("event", "coalesce(event, '')"),
    "event_id": ("event_id", "nullif(event_id_text, '')"),
    "event_id_hash": ("event_id", "case when event_id_text <> '' then hash(event_id_text) end"),
    "order_id": ("order_id", "nullif(order_text, '')"),
    "order_hash": ("order_id", "case when order_text <> '' then hash(order_text) end"),
    "pixel_code": ("pixel_code", "coalesce(pixel_code, '')"),
    "value": ("value", "case when isfinite(value_number) then value_number end"),
    "currency": ("currency", "coalesce(currency, '')"),
    "content_ids": ("content_ids", "content_ids"),
    "content_type": ("content_type", "coalesce(content_type, '')"),
    **{
        f"{key}_hash": (key, f"case when {key}_text <> '' then hash({key}_text) end")
        for key in ("email", "phone", "external_id")
    },
    "ttp_hash": ("ttp", "case when ttp <> '' then hash(ttp) end"),
    "page_host": ("url", "coalesce(host, '')"),
    "page_path": ("url", "nullif(substr(url_base, strpos(url_base, '//') + 2 + length(host)), '')"),
    "referrer_host": ("referrer", "nullif(lower(split_part(split_part(referrer, '?', 1), '/', 3)), '')"),
    "browser": ("user_agent", keys.browser("user_agent")),
    "country": ("country", "nullif(upper(country), '')"),
    "api_code": ("api_code", "api_code"),
    "api_message": ("api_message", "api_message"),
    "api_field": ("api_field", "nullif(api_field, '')"),
    "message_hash": ("message_id", "case when message_id <> '' then hash(message_id, event, pixel_code) end"),
    "signal_faults": ("signal_faults", "nullif(signal_faults, '')"),
    "sender": ("sender", "sender"),
}

STORED = tuple(_STORED)
"""Columns that are stored as they are, in the order of the stored table; ``states`` follows them."""


def projection(
    raw: str,
    *,
    needed: frozenset[str],
    literal: bool,
    absent: frozenset[str] = frozenset(),
    also: frozenset[str] = frozenset(),
    order: str = "",
) -> str:
    """SELECT of the stored columns out of a SELECT of ``RAW``.

    ``needed`` names the stored and packed columns that somebody reads; the others are not computed. ``absent`` names
    raw fields that the file cannot carry: what follows from them is NULL, that is unknown, and not missing. ``also``
    names the ``OPTIONAL`` fields that ``raw`` has. ``order`` names columns of ``raw`` by which rows are put into the
    order of the file, where ``raw`` does not keep it.
    """
    absent |= frozenset(OPTIONAL) - also
    stored = {name: "null" if field in absent else sql for name, (field, sql) in _STORED.items() if name in needed}
    packed = [
        layout()[name].put(sql)
        for name, (field, sql) in _codes(literal, also).items()
        if name in needed and field not in absent
    ]
    columns = {**stored, "states": " | ".join(packed) or "0", "record_start": "record_start", "reject": "reject"}
    layers = f"select *, {_columns(_NUMBERS)} from (select *, {_columns(_texts(literal))} from ({raw}))"
    ordered = f" order by {order}" if order else ""
    return f"select {_columns(columns)} from ({layers}){ordered}"


def _columns(expressions: dict[str, str]) -> str:
    return ", ".join(f"{sql} as {name}" for name, sql in expressions.items())
