"""A text that must never be shown: the access token, the secret of the app."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from urllib.parse import quote

from tiktrack.errors import ConfigError, Place

TOKEN_VARIABLE = "TIKTRACK_ACCESS_TOKEN"  # noqa: S105 - the name of the variable, not a token
APP_ID_VARIABLE = "TIKTRACK_APP_ID"
APP_SECRET_VARIABLE = "TIKTRACK_APP_SECRET"  # noqa: S105 - the name of the variable, not a secret
MASK = "***"


class Secret:
    """Holds the text; its repr, and thus every traceback with locals, shows only a mask."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return f"Secret({MASK})"

    def reveal(self) -> str:
        """The text itself; only for the moment of sending."""
        return self._text

    def hide_in(self, text: str) -> str:
        """``text`` with every copy of the secret masked, also its form inside an address."""
        return text.replace(self._text, MASK).replace(quote(self._text, safe=""), MASK)


def read_token(token_file: Path | None) -> Secret:
    """The token from the file where one is named, else from the environment. Raises ConfigError."""
    if token_file is not None:
        return _checked(_file_text(token_file), f"The file {token_file}")
    text = os.environ.get(TOKEN_VARIABLE, "")
    if not text.strip():
        raise ConfigError(
            "There is no TikTok access token.",
            hint=f"Set {TOKEN_VARIABLE}, or give a file with --token-file. It is the long-lived token of a "
            "Marketing API app, not the Events API token of Events Manager; see docs/pull.md.",
        )
    return _checked(text, TOKEN_VARIABLE)


def readable_by_others(path: Path) -> bool:
    """Whether somebody else on this machine may read the file (always false where modes mean nothing)."""
    return os.name == "posix" and bool(path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))


def _file_text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(
            "The token file cannot be read.",
            hint="Give the path of a text file containing the token and nothing else.",
            place=Place(str(path)),
        ) from error


def _checked(text: str, where: str) -> Secret:
    """A token is one printable ASCII word; anything else would be cut or refused on the way."""
    token = text.strip()
    if not token or not token.isascii() or not token.isprintable() or " " in token:
        raise ConfigError(
            f"{where} does not contain an access token.",
            hint="It must contain the token alone: one word of letters and digits, without quotes or JSON.",
        )
    return Secret(token)
