"""Settings: flags before environment before files before defaults."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.helpers import SAMPLES, tiktrack
from tiktrack.config import configure
from tiktrack.config.memory import size
from tiktrack.errors import ConfigError


def made(tmp_path: Path, text: str, flags: dict[str, object] | None = None, **environment: str) -> dict[str, object]:
    (tmp_path / "tiktrack.yaml").write_text(text, encoding="utf-8")
    (tmp_path / ".git").mkdir(exist_ok=True)
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True, exist_ok=True)
    found = configure(flags or {}, {"XDG_CONFIG_HOME": str(tmp_path), **environment}, start=below)
    return {name: (getattr(found.settings, name), found.origins.get(name)) for name in ("timezone", "fail_on")}


def test_layers(tmp_path: Path) -> None:
    file = "timezone: Europe/Berlin\nfail_on: low\n"
    assert made(tmp_path, file)["fail_on"] == ("low", str(tmp_path / "tiktrack.yaml"))
    assert made(tmp_path, file, TIKTRACK_FAIL_ON="medium")["fail_on"] == ("medium", "environment")
    assert made(tmp_path, file, {"fail_on": "critical"}, TIKTRACK_FAIL_ON="medium")["fail_on"] == ("critical", "flag")
    assert made(tmp_path, "timezone: UTC\n")["fail_on"] == ("high", None)


@pytest.mark.parametrize(
    ("text", "words", "hint"),
    [
        ("timezon: UTC\n", "there is no setting 'timezon'", "did you mean 'timezone'?"),
        ("fail_on: often\n", "is not valid", None),
        ("suppress:\n  - rule: x\n", "is not valid", None),
        ("- a\n", "mapping", None),
    ],
)
def test_wrong_settings(tmp_path: Path, text: str, words: str, hint: str | None) -> None:
    with pytest.raises(ConfigError, match=words) as caught:
        made(tmp_path, text)
    assert hint is None or caught.value.hint == hint


def test_a_pyproject_that_cannot_be_read_is_no_bug_of_ours(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.tiktrack]\nthreads = \n", encoding="utf-8")
    with pytest.raises(ConfigError, match="not readable as TOML") as caught:
        configure({}, {"XDG_CONFIG_HOME": str(tmp_path)}, start=tmp_path)
    assert str(caught.value.place) == str(tmp_path / "pyproject.toml")
    assert caught.value.hint


def test_sizes() -> None:
    assert (size("2GB"), size("500 MB"), size("1GiB")) == (2_000_000_000, 500_000_000, 1 << 30)


def test_override_suppress_and_ignore(tmp_path: Path) -> None:
    (tmp_path / "tiktrack.yaml").write_text(
        f"paths: [{SAMPLES / 'broken'}]\n"
        "select: [purchase-without-currency, email-in-plain, event-names-mixed]\n"
        "ignore: {email-in-plain: agreed with the client}\n"
        "override: {event-names-mixed: {fail: '> 99%'}}\n"
        "suppress:\n"
        "  - {rule: purchase-without-currency, reason: known, until: 2027-01-01}\n"
        "  - {rule: event-names-mixed, segment: {event: Nothing}, reason: old}\n",
        encoding="utf-8",
    )
    done = tiktrack("audit", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "matches no finding" in " ".join(done.stdout.split())
    assert "1 finding accepted" in done.stdout
    shown = tiktrack("audit", "--show-settings", cwd=tmp_path).stdout
    assert "agreed with the client" in shown
