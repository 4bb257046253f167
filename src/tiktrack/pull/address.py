"""Which host is asked. Only loopback may be plain http or carry a certificate that nobody signed."""

from __future__ import annotations

import ipaddress
import os
from dataclasses import dataclass
from urllib.parse import urlsplit

from tiktrack.errors import ConfigError
from tiktrack.pull.limits import DEFAULT_PER_SECOND, SANDBOX_PER_SECOND

VARIABLE = "TIKTRACK_BASE_URL"
API_PATH = "/open_api/v1.3/"
PRODUCTION = f"https://business-api.tiktok.com{API_PATH}"


@dataclass(frozen=True, slots=True)
class Address:
    """Where the API stands."""

    base_url: str
    """Ends with a slash; endpoints are appended as they are."""

    loopback: bool

    @property
    def per_second(self) -> float:
        """Requests a second that this host bears; the sandbox takes 30 a minute and locks hasty tokens."""
        return SANDBOX_PER_SECOND if "sandbox" in self.base_url else DEFAULT_PER_SECOND


def read_address() -> Address:
    """TikTok, or what TIKTRACK_BASE_URL names. Raises ConfigError for plain http to another machine."""
    return parse_address(os.environ.get(VARIABLE) or PRODUCTION)


def parse_address(text: str) -> Address:
    """``http://127.0.0.1:8080`` means the API's own path below it."""
    parts = urlsplit(text.strip())
    host = parts.hostname or ""
    loopback = is_loopback(host)
    if not host or parts.scheme not in {"http", "https"} or parts.username or parts.query:
        raise ConfigError(f"{VARIABLE} is not an address.", hint=f"It should look like {PRODUCTION}")
    if parts.scheme == "http" and not loopback:
        raise ConfigError(
            f"{VARIABLE} names {host} without TLS; the token would travel in the open.",
            hint="Use https. Plain http is allowed for this machine only (127.0.0.1, ::1, localhost).",
        )
    path = API_PATH if parts.path in {"", "/"} else parts.path.rstrip("/") + "/"
    return Address(f"{parts.scheme}://{parts.netloc}{path}", loopback)


def is_loopback(host: str) -> bool:
    """Whether a host name means this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
