"""The CI kit as far as it can run here: files valid by their published schemas, their steps run with the command."""

from __future__ import annotations

import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.cli.test_baseline_story import log, orders
from tests.helpers import ROOT
from tests.pull.fake.account import Account
from tests.pull.process import fake_tiktok
from tests.shell import Shell

KIT = ROOT / "examples" / "ci"
FILES = {
    "vendor.github-actions": ROOT / "action.yml",
    "vendor.github-workflows": KIT / "github-daily.yml",
    "vendor.gitlab-ci": KIT / "gitlab-ci.yml",
}
REPORTS = {"report.json", "report.html", "report.md", "report.csv", "report.xml", "report.sarif"}


@pytest.mark.parametrize("schema", FILES)
def test_files_are_valid_by_the_published_schemas(schema: str) -> None:
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, str(FILES[schema])]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A shell in an empty checkout."""
    return Shell.below(tmp_path)


def action_step() -> dict[str, Any]:
    """The step of the action that audits."""
    steps = yaml.safe_load(FILES["vendor.github-actions"].read_text(encoding="utf-8"))["runs"]["steps"]
    return next(step for step in steps if step.get("name") == "Audit")


def test_days_of_a_github_job(shell: Shell) -> None:
    """Red at first, then quiet, then red for what is new; a missing file neither hides nor forgets anything."""
    step = action_step()
    summary = shell.work / "summary.md"
    fixed = {
        **dict.fromkeys(step["env"], ""), "AUDIT_FORMAT": step["env"]["AUDIT_FORMAT"], "REPORTS": "out",
        "BASELINE": "kept/baseline.json", "GITHUB_ACTION_PATH": str(ROOT), "GITHUB_STEP_SUMMARY": str(summary),
    }  # fmt: skip
    events, baseline = shell.work / "events.jsonl", shell.work / "kept" / "baseline.json"
    orders(shell.work / "orders.csv")

    def day(paths: str = "events.jsonl orders.csv") -> subprocess.CompletedProcess[str]:
        return shell.run(step["run"], **{**fixed, "AUDIT_PATHS": paths})

    log(events, 1, currency=40)
    first = day()
    assert first.returncode == 1, first.stderr
    assert "no baseline yet" in first.stderr
    assert {path.name for path in (shell.work / "out").iterdir()} == REPORTS
    assert "::error title=Purchases arrive without a currency::" in first.stdout
    assert summary.read_text(encoding="utf-8").startswith("# TikTok tracking: ")

    log(events, 2, currency=40)
    assert day().returncode == 0
    second = baseline.read_bytes()

    assert day("orders.csv").returncode == 0
    assert baseline.read_bytes() == second, "a run that could check less is no baseline"

    log(events, 3, currency=40, email=50)
    third = day()
    assert third.returncode == 1
    assert "new or worse since the baseline: email-in-plain" in third.stderr
    assert day().returncode == 1, "it stays red until it is mended"
    assert baseline.read_bytes() == second

    log(events, 4, currency=40)
    assert day().returncode == 0
    assert baseline.read_bytes() != second


def test_gitlab_job(shell: Shell) -> None:
    job = yaml.safe_load(FILES["vendor.gitlab-ci"].read_text(encoding="utf-8"))["tiktrack"]
    (shell.work / "examples").symlink_to(ROOT / "examples")
    log(shell.work / "events.jsonl", 1)
    done = shell.run("\n".join(job["script"]), **{**job["variables"], "AUDIT_ARGS": ""}, AUDIT_PATHS="events.jsonl")
    assert done.returncode in (0, 1), done.stderr
    for path in (*job["artifacts"]["paths"], *job["cache"]["paths"], job["artifacts"]["reports"]["junit"]):
        assert (shell.work / path).exists()


def test_cron_line_prints_only_when_it_is_red(shell: Shell) -> None:
    lines = (KIT / "crontab").read_text(encoding="utf-8").splitlines()
    job = lines[-1].split(maxsplit=5)
    assert len(job) == 6
    assert "%" not in job[5], "cron ends a command at a percent sign"
    command = job[5].replace("/opt/tiktrack", shlex.quote(str(ROOT)))
    log(shell.work / "events.jsonl", 1, currency=40)
    first, second = (shell.run(command, REPORTS="out", AUDIT_PATHS="events.jsonl") for _ in range(2))
    assert "Purchases arrive without a currency" in first.stdout
    assert (second.returncode, second.stdout + second.stderr) == (0, "")


def test_a_job_that_pulls(shell: Shell) -> None:
    """The account is pulled into the job's folder first; a refused token is exit 4 and makes no baseline."""
    with fake_tiktok(Account()) as fake:
        (account,) = fake.accounts
        done = shell.run(
            action_step()["run"], GITHUB_ACTION_PATH=str(ROOT), ADVERTISER_ID=account, TIKTRACK_BASE_URL=fake.host,
            TIKTRACK_ACCESS_TOKEN="made-up",
        )  # fmt: skip
    assert done.returncode == 4, done.stderr
    assert not (shell.work / "tiktrack-reports" / "baseline.json").exists()
    assert "made-up" not in done.stdout + done.stderr
