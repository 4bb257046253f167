"""``--notify``: what changed goes to a webhook. Whether it arrives never changes the result of the audit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from tiktrack.cli.console import say
from tiktrack.errors import ConfigError

if TYPE_CHECKING:
    from tiktrack.model.report import Report

VARIABLE = "TIKTRACK_NOTIFY_URL"
_HERE = ("localhost", "127.0.0.1", "::1")


def webhook_of(environment: Mapping[str, str]) -> str:
    """The address, a secret: from the environment only. Raises ConfigError, without showing it."""
    url = environment.get(VARIABLE, "").strip()
    if not url:
        raise ConfigError(f"--notify needs {VARIABLE}", hint="set it to the address of an incoming webhook")
    try:
        parts = urlsplit(url)
        local = parts.scheme == "http" and parts.hostname in _HERE
        safe = bool(parts.hostname) and (parts.scheme == "https" or local)
    except ValueError:
        safe = False
    if not safe:
        raise ConfigError(
            f"{VARIABLE} is not an https:// address", hint="copy the whole address of the incoming webhook"
        )
    return url


def tell_changes(before: Report, now: Report, url: str, *, names: bool) -> None:
    """Post the changes, if there are any; a failure is a warning on stderr and nothing else."""
    from tiktrack.render.slack import message

    body = message(before, now, names=names)
    if body is None:
        return
    from tiktrack.webhook import post

    problem = post(url, body)
    say(f"not notified: {problem}; the audit result itself is unaffected" if problem else "notified of the changes")
