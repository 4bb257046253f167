"""Access tokens that a log holds in the clear: whoever has the log can send events in the account's name."""

from __future__ import annotations

import re

from tiktrack.sources.base import Head

# A header or a member of JSON, as text in text or as a HAR lists headers; TikTok's long-lived tokens are 40 hex digits.
_TOKEN = re.compile(r"access[-_ ]?token[^0-9a-z]{1,20}(value[^0-9a-z]{1,12})?[0-9a-f]{40}\b", re.IGNORECASE)
_NOTE = "contains an access token in plain text: revoke it at TikTok, and keep headers out of the log"


def notes(head: Head) -> tuple[str, ...]:
    """What to tell about tokens in the beginning of the file; the token itself is never repeated."""
    return (_NOTE,) if _TOKEN.search(head.text) else ()
