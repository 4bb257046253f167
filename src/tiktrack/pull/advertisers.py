"""Which advertisers a token may read: for this TikTok wants the id and the secret of the app as well."""

from __future__ import annotations

import os

from tiktrack.errors import ConfigError
from tiktrack.pull.ask import Ask
from tiktrack.pull.client import Client
from tiktrack.pull.secret import APP_ID_VARIABLE, APP_SECRET_VARIABLE, Secret

ENDPOINT = "oauth2/advertiser/get/"


def read_app() -> tuple[str, Secret]:
    """Id and secret of the app from the environment. Raises ConfigError where one is missing."""
    app_id, secret = (os.environ.get(name, "").strip() for name in (APP_ID_VARIABLE, APP_SECRET_VARIABLE))
    if not app_id or not secret:
        raise ConfigError(
            "--all-advertisers needs the app's id and secret.",
            hint=f"Set {APP_ID_VARIABLE} and {APP_SECRET_VARIABLE}, or name accounts with --advertiser-id.",
        )
    return app_id, Secret(secret)


def list_advertisers(client: Client, app_id: str, secret: Secret) -> tuple[str, ...]:
    """Ids of all advertisers that have authorised the app for this token."""
    reply = client.ask(Ask(ENDPOINT, {"app_id": app_id, "secret": secret}))
    return tuple(sorted(str(row["advertiser_id"]) for row in reply.rows if row.get("advertiser_id")))
