"""The token is nowhere but in the header of a request: not in files, streams, tracebacks or logs."""

from __future__ import annotations

import stat
import traceback
from pathlib import Path

import pytest

from tests.pull.conftest import World
from tests.pull.fake import faults
from tests.pull.fake.account import Account
from tests.pull.fake.faults import REPORT, at
from tests.pull.fake.guard import Seen
from tests.pull.fake.server import TOKEN, Answer, FakeTikTok, envelope
from tests.pull.process import fake_tiktok, pull_arguments, run
from tiktrack.cli import main
from tiktrack.errors import ConfigError, PullError
from tiktrack.pull import snapshots
from tiktrack.pull.address import parse_address
from tiktrack.pull.secret import Secret, read_token

DAYS = ("2026-11-01", "2026-11-03")


def echo(fake: FakeTikTok, seen: Seen) -> Answer:
    """A server so careless that it repeats the token in its message."""
    return envelope(0, f"hello {TOKEN}", {"list": []})


def assert_nowhere(folder: Path, *texts: str) -> None:
    for path in folder.rglob("*"):
        if path.is_file():
            assert TOKEN not in path.read_text(encoding="utf-8")
            assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for text in texts:
        assert TOKEN not in text


def test_files_and_streams_of_a_loud_run(tmp_path: Path) -> None:
    with fake_tiktok(Account(campaigns=1)) as fake:
        fake.faults = [at(REPORT, 1, faults.reset), at("campaign/get/", 1, echo)]
        done = run(fake, *pull_arguments(fake, tmp_path / "out", *DAYS, "-vv"))
    assert done.returncode == 0, done.stderr
    assert "report/integrated/get/" in done.stderr
    assert_nowhere(tmp_path, done.stdout, done.stderr)


def test_refused_token_and_quiet_run(tmp_path: Path) -> None:
    with fake_tiktok(Account()) as fake:
        fake.faults = [at("", 1, lambda fake, seen: envelope(40105, f"Access token {TOKEN} is incorrect."), times=9)]
        done = run(fake, *pull_arguments(fake, tmp_path, *DAYS, "-q"))
    assert done.returncode == 4
    assert "Events API token" in done.stderr
    assert not done.stdout
    assert_nowhere(tmp_path, done.stdout, done.stderr)


def test_forced_traceback_with_locals(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """A bug of ours in the middle of an answer: even a traceback that shows every local is clean."""

    def bug(*args: object) -> None:
        raise RuntimeError("a bug")

    monkeypatch.setattr("tiktrack.pull.envelope.read", bug)
    with pytest.raises(RuntimeError) as caught:
        world.pull()
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert_nowhere(world.out, "".join(shown.format()).replace(repr(world), ""))


def test_a_bug_of_ours_in_the_one_step_form(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command itself, asked for its traceback."""

    def bug(*args: object) -> None:
        raise RuntimeError("a bug")

    with fake_tiktok(Account()) as fake:
        for name, value in (("ACCESS_TOKEN", TOKEN), ("BASE_URL", fake.host), ("DEBUG", "1")):
            monkeypatch.setenv(f"TIKTRACK_{name}", value)
        days = ["--since", DAYS[0], "--until", DAYS[1], "--cache", str(tmp_path), "--isolated"]
        monkeypatch.setattr("sys.argv", ["tiktrack", "audit", "--pull", "--advertiser-id", *fake.accounts, *days])
        monkeypatch.setattr("tiktrack.pull.envelope.read", bug)
        with pytest.raises(SystemExit) as stop:
            main()
    said = capsys.readouterr()
    assert stop.value.code == 70
    assert "Traceback" in said.err
    assert_nowhere(tmp_path, said.out, said.err)


def test_network_failure_with_locals(world: World) -> None:
    world.fake.faults = [at("advertiser/info/", 1, faults.reset, times=99)]
    with pytest.raises(PullError) as caught:
        world.pull()
    shown = traceback.TracebackException.from_exception(caught.value, capture_locals=True)
    assert_nowhere(world.out, "".join(shown.format()).replace(repr(world), ""))


def test_app_secret_of_all_advertisers(tmp_path: Path) -> None:
    with fake_tiktok(Account(campaigns=1), Account("7000000000000000002", campaigns=1)) as fake:
        command = [
            "pull",
            "--all-advertisers",
            "--since",
            DAYS[0],
            "--until",
            DAYS[1],
            "--out",
            str(tmp_path),
            "-vv",
        ]
        done = run(fake, *command, TIKTRACK_APP_ID="1", TIKTRACK_APP_SECRET=fake.app_secret)
        assert done.returncode == 0, done.stderr
        assert fake.app_secret not in done.stdout + done.stderr
        assert {path.name for path in tmp_path.iterdir()} == {*fake.accounts, "manifest.json", ".lock"}
        assert not any(fake.app_secret in path.read_text() for path in tmp_path.rglob("*.*son"))


def test_token_file(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"{TOKEN}\n")
    with fake_tiktok(Account(campaigns=1)) as fake:
        arguments = pull_arguments(fake, tmp_path / "out", *DAYS, "--only", "reports", "--token-file", str(file))
        done = run(fake, *arguments, token=None)
    assert done.returncode == 0, done.stderr
    assert "chmod 600" in done.stderr
    assert TOKEN not in done.stdout + done.stderr


def test_no_token_says_which_one_is_meant(tmp_path: Path) -> None:
    with fake_tiktok(Account()) as fake:
        done = run(fake, *pull_arguments(fake, tmp_path, *DAYS), token=None)
    assert done.returncode == 2
    assert "TIKTRACK_ACCESS_TOKEN" in done.stderr
    assert "Events API token" in done.stderr


@pytest.mark.parametrize("text", ["two words", "tökén", '{"token": "x"}\n{}', "  "])
def test_a_text_that_is_no_token_is_refused_unseen(tmp_path: Path, text: str) -> None:
    file = tmp_path / "token"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        read_token(file)
    assert text.strip() == "" or text not in "\n".join(refused.value.lines())


def test_repr_is_masked() -> None:
    assert repr(Secret(TOKEN)) == "Secret(***)"
    assert Secret("a/b").hide_in("x?t=a%2Fb a/b") == "x?t=*** ***"


@pytest.mark.parametrize(
    "address", ["http://tiktok.example", "ftp://127.0.0.1", "business-api.tiktok.com", "https://u@h/"]
)
def test_no_plain_http_except_to_ourselves(address: str) -> None:
    with pytest.raises(ConfigError):
        parse_address(address)


@pytest.mark.parametrize(
    ("address", "base", "loopback"),
    [
        ("http://127.0.0.1:80", "http://127.0.0.1:80/open_api/v1.3/", True),
        ("http://localhost:1/open_api/v1.3", "http://localhost:1/open_api/v1.3/", True),
        ("https://sandbox-ads.tiktok.com/", "https://sandbox-ads.tiktok.com/open_api/v1.3/", False),
    ],
)
def test_addresses(address: str, base: str, loopback: bool) -> None:
    found = parse_address(address)
    assert (found.base_url, found.loopback) == (base, loopback)


def test_zone_name_prefers_the_display_zone() -> None:
    both = {"timezone": "Etc/GMT+8", "display_timezone": "America/Los_Angeles"}
    assert snapshots.zone_name(both) == "America/Los_Angeles"
    assert snapshots.zone_name({"timezone": "nonsense"}) == "UTC"
