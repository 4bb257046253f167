"""``tiktrack doctor`` against the fake: every line ok, warning or failed, with the remedy."""

from __future__ import annotations

from pathlib import Path

from tests.pull.fake import faults
from tests.pull.fake.account import Account
from tests.pull.fake.faults import at
from tests.pull.fake.server import TOKEN, FakeTikTok
from tests.pull.process import fake_tiktok, run


def doctor(fake: FakeTikTok, out: Path, *, token: str | None = TOKEN) -> tuple[int, str]:
    ids = [part for id_ in fake.accounts for part in ("--advertiser-id", id_)]
    done = run(fake, "doctor", *ids, "--out", str(out), token=token)
    return done.returncode, done.stdout + done.stderr


def test_all_well(tmp_path: Path) -> None:
    with fake_tiktok(Account()) as fake:
        code, text = doctor(fake, tmp_path)
        assert fake.guard.violations == []
    assert code == 0, text
    assert "failed" not in text
    assert "warning" not in text
    for name in (
        "versions",
        "folder",
        "token",
        "clock",
        "time zone",
        "currency",
        "status",
        "(802)",
        "(230)",
        "limits",
    ):
        assert name in text


def test_events_api_token(tmp_path: Path) -> None:
    with fake_tiktok(Account()) as fake:
        code, text = doctor(fake, tmp_path, token="events-api-token")
    assert code == 4
    assert "failed   token" in text
    assert "The usual mistake is the Events API token from Events Manager" in text


def test_one_scope_missing(tmp_path: Path) -> None:
    with fake_tiktok(Account()) as fake:
        fake.faults = [at("pixel/event/stats/", 1, faults.code(40001, "No permission"), times=9)]
        code, text = doctor(fake, tmp_path)
    assert code == 4
    failed = [line for line in text.splitlines() if line.startswith("failed")]
    assert len(failed) == 1
    assert "Pixel Level Reporting (802)" in failed[0]


def test_unreadable_account_and_no_token(tmp_path: Path) -> None:
    with fake_tiktok(Account()) as fake:
        code, text = doctor(fake, tmp_path, token=None)
    assert code == 2
    assert "There is no TikTok access token" in text
