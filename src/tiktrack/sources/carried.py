"""Hits of the pixel that an address carries: a GET with base64 of JSON in ``analytics_message``."""

from __future__ import annotations

import base64
import binascii
import json
import re
from typing import Any
from urllib.parse import unquote, unquote_plus, urlsplit

from tiktrack.sources.base import quoted

PARAMETER = "analytics_message"
_VALUE = "[?&]" + PARAMETER + "=([^&#\\s\"',]+)"


def parts(url: str) -> tuple[str, str]:
    """Path and query; blank where the address is none."""
    try:
        split = urlsplit(url)
    except ValueError:
        return "", ""
    return split.path, split.query


def message(text: str) -> str | None:
    """What an address carries, as it was sent; the address may stand among other words, as in a web server's log."""
    found = re.search(_VALUE, text)
    return unquote_plus(found[1]) if found else None


def json_of(text: str) -> Any:
    """JSON in a text: as it is, percent-encoded or in base64; None where it is none of them."""
    for candidate in (text, unquote(text), decoded(text), decoded(unquote(text))):
        try:
            return json.loads(candidate, parse_constant=str)
        except (ValueError, RecursionError):
            continue
    return None


def decoded(text: str) -> str:
    """Text in base64 of either alphabet, also where the padding was lost; '' where it is none."""
    plain = text.strip().replace("-", "+").replace("_", "/").replace(" ", "+")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True).decode()
    except (binascii.Error, ValueError):
        return ""


def message_text(text: str) -> str:
    """SQL of the same: the JSON text that an address carries; NULL where it carries none."""
    sent = f"regexp_extract({text}, {quoted(_VALUE)}, 1)"
    plain = f"rtrim(translate(url_decode({sent}), '-_ ', '+/+'), '=')"
    return f"try(decode(from_base64(rpad({plain}, cast((length({plain}) + 3) // 4 * 4 as integer), '='))))"
