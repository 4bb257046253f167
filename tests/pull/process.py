"""Runs the commands in a real process against a fake that lives in this one, on the real clock."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.pull.fake.account import Account
from tests.pull.fake.server import TOKEN, FakeTikTok
from tiktrack.pull.clock import SystemClock

ROOT = Path(__file__).parents[2]


@contextmanager
def fake_tiktok(*accounts: Account) -> Iterator[FakeTikTok]:
    fake = FakeTikTok(SystemClock(), *accounts)
    try:
        yield fake
    finally:
        fake.close()


def start(fake: FakeTikTok, *arguments: str, token: str | None = TOKEN, **variables: str) -> subprocess.Popen[str]:
    """The command, its streams kept."""
    environment = {
        **{name: value for name, value in os.environ.items() if not name.startswith("TIKTRACK_")},
        "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        "TIKTRACK_BASE_URL": fake.host,
        **({"TIKTRACK_ACCESS_TOKEN": token} if token else {}),
        **variables,
    }
    command = [sys.executable, "-m", "tiktrack", *arguments]
    return subprocess.Popen(
        command, env=environment, cwd=ROOT, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def run(
    fake: FakeTikTok, *arguments: str, token: str | None = TOKEN, **variables: str
) -> subprocess.CompletedProcess[str]:
    """The command to its end."""
    with start(fake, *arguments, token=token, **variables) as process:
        out, err = process.communicate(timeout=60)
    return subprocess.CompletedProcess(process.args, process.returncode, out, err)


def pull_arguments(fake: FakeTikTok, out: Path, since: str, until: str, *more: str) -> list[str]:
    ids = [part for id_ in fake.accounts for part in ("--advertiser-id", id_)]
    return ["pull", *ids, "--since", since, "--until", until, "--out", str(out), *more]
