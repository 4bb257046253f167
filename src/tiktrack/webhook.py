"""The second door of httpx: one POST to the user's own webhook.

It shares nothing with the client of TikTok's API, on purpose: that one carries the token, the pace and the retries, and
must never be pointed at another host.
"""

from __future__ import annotations

import logging

import httpx

from tiktrack import __version__

logging.getLogger("httpx").setLevel(logging.WARNING)  # it logs whole addresses, and this one is a secret
SECONDS = 10.0


def post(url: str, body: str) -> str | None:
    """Send ``body`` (JSON) to ``url``; None when it was taken, else what went wrong, without the address."""
    headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": f"tiktrack/{__version__}"}
    try:
        answer = httpx.post(url, content=body.encode("utf-8", "replace"), headers=headers, timeout=SECONDS)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        return f"the webhook could not be reached ({type(error).__name__})"
    return None if answer.is_success else f"the webhook answered {answer.status_code}"
