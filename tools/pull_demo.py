"""Pull and audit a made-up account, as README shows it: ``python -m tools.pull_demo`` prints the two commands and what
they say.

TikTok is the fake of the tests, on this machine. The account has three faults in its settings.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.pull.fake.account import Account
from tests.pull.fake.server import TOKEN, FakeTikTok

from tiktrack.pull.clock import SystemClock

ROOT = Path(__file__).parents[1]
DAYS = ("2025-10-01", "2025-11-09")
"""In the past for whoever runs this, so that every day is final."""

_AUDIT_LINES = 34


class Shop(Account):
    """Two campaigns with faults, one that is deleted and therefore not judged."""

    def objects(self, level: str) -> list[dict[str, Any]]:
        """An ad group whose pixel was unbound, and one that wants leads from a pixel that gets purchases."""
        rows = super().objects(level)
        if level == "adgroup":
            rows[0] |= {"secondary_status": "ADGROUP_STATUS_PIXEL_UNBIND"}
            rows[2] |= {"optimization_event": "FORM", "attribution_event_count": "ONCE"}
        return rows


def transcript() -> str:
    """The two commands with their output; of the report only the beginning."""
    nothing = {"email": False, "phone_number": False}
    shop = Shop(pixel_ids=("7100000000000000001",), pixel_settings={"advanced_matching_fields": nothing})
    fake = FakeTikTok(SystemClock(), shop)
    try:
        with tempfile.TemporaryDirectory() as folder:
            days = ("--since", DAYS[0], "--until", DAYS[1])
            pulled = _run(fake, folder, "pull", "--advertiser-id", shop.advertiser_id, *days, "--out", "pulled")
            audited = _run(fake, folder, "audit", "pulled", "--fail-on", "never")
    finally:
        fake.close()
    return f"{pulled}\n{audited}"


def _run(fake: FakeTikTok, folder: str, *arguments: str) -> str:
    environment = {
        **os.environ, "COLUMNS": "96", "TIKTRACK_BASE_URL": fake.host, "TIKTRACK_ACCESS_TOKEN": TOKEN,
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), os.environ.get("PYTHONPATH", "")]),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tiktrack", *arguments], cwd=folder, env=environment, capture_output=True, text=True,
        check=True,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    shown = lines if len(lines) <= _AUDIT_LINES else [*lines[:_AUDIT_LINES], "…"]
    return "\n".join([f"$ tiktrack {' '.join(arguments)}", *shown])


if __name__ == "__main__":
    print(transcript())
