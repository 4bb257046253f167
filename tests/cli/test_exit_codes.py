"""Every exit code, with the command that gives it; and stdout carries the report and nothing else."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import jsonschema
import pytest

from tests.helpers import ROOT, SAMPLES, jsonl, request, tiktrack
from tests.pull.fake.account import Account
from tests.pull.process import fake_tiktok, pull_arguments
from tiktrack.render.json import schema

SCHEMA = schema()
HEALTHY, BROKEN, MESSY = (str(SAMPLES / name) for name in ("healthy", "broken", "messy"))


def test_0_nothing_over_the_limit() -> None:
    done = tiktrack("audit", HEALTHY, "-q")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Grade    A" in done.stdout


def test_1_findings() -> None:
    done = tiktrack("audit", BROKEN, "-f", "json")
    assert done.returncode == 1
    assert "at or above --fail-on high" in done.stderr
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(done.stdout))


@pytest.mark.parametrize(
    ("flags", "words"),
    [
        (["--fail-on", "never", "--min-score", "101"], "is below --min-score"),
        (["--fail-on", "never", "--min-coverage", "100.1%"], "--min-coverage asks for"),
    ],
)
def test_1_gates(flags: list[str], words: str) -> None:
    done = tiktrack("audit", HEALTHY, "-q", *flags)
    assert done.returncode == 1
    assert words in done.stderr


def test_1_no_grade_passes_no_score() -> None:
    done = tiktrack("audit", MESSY, "-q", "--fail-on", "never", "--min-score", "10")
    assert done.returncode == 1
    assert "there is no grade to hold against --min-score 10" in done.stderr


def test_never_is_never() -> None:
    assert tiktrack("audit", BROKEN, "-q", "--fail-on", "never").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["audit", "--nonsense"], "nonsense"),
        (["audit", HEALTHY, "--fail-on", "often"], "often"),
        (["audit", HEALTHY, "-f", "pdf"], "pdf"),
        (["audit", HEALTHY, "-o", "x.pdf"], "x.pdf"),
        (["audit", HEALTHY, "-o", "no-such-folder/r.json"], "mkdir -p no-such-folder"),
        (["audit", HEALTHY, "--color", "sometimes"], "auto, always, never"),
        (["audit", HEALTHY, "--select", "purchase-without-curency"], "did you mean 'purchase-without-currency'"),
        (["audit", HEALTHY, "--tz", "Europe/Berln"], "time zone"),
        (["audit", HEALTHY, "--since", "yesterday"], "yesterday"),
        (["audit", HEALTHY, "--memory", "much"], "much"),
        (["audit", HEALTHY, "--rules", "no-such-folder"], "no such rule file"),
        (["audit", HEALTHY, "--config", "no-such.yaml"], "no such settings file"),
        (["audit", HEALTHY, "--fail-on-regression"], "--baseline"),
        (["rules", "show", "nonsense"], "no rule"),
        (["audit"], "no files given"),
    ],
)
def test_2_usage(arguments: list[str], words: str, tmp_path: Path) -> None:
    done = tiktrack(*arguments, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


def test_2_a_rule_with_an_unknown_column(tmp_path: Path) -> None:
    tiktrack("rules", "new", "my-rule", "--folder", str(tmp_path))
    rule = tmp_path / "my-rule.yaml"
    rule.write_text(rule.read_text().replace("share: order_id is null", "share: ordr_id is null"))
    done = tiktrack("audit", HEALTHY, "--rules", str(tmp_path))
    assert done.returncode == 2
    assert f"{rule}:9: share: there is no column 'ordr_id' in events" in done.stderr
    assert "did you mean 'order_id'?" in done.stderr


def test_3_nothing_that_could_be_audited(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").write_text("")
    (tmp_path / "odd.csv").write_text("a,b\n1,2\n")
    (tmp_path / "folder").mkdir()
    jsonl(tmp_path / "log.jsonl", request(), request())
    for name, words in {
        "gone.csv": "no such file", "empty.csv": "empty", "odd.csv": "not recognised", "folder": "the folder contains no data file",
        "log.jsonl": "none of the files contains a row",
    }.items():  # fmt: skip
        done = tiktrack("audit", str(tmp_path / name))
        assert (done.returncode, done.stdout) == (3, ""), name
        assert words in done.stderr
        assert "→" in done.stderr, "a remedy is named"


def test_3_an_unreadable_file(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl.gz"
    path.write_bytes(b"\x1f\x8b broken")
    done = tiktrack("audit", str(path))
    assert done.returncode == 3
    assert str(path) in done.stderr


def test_3_the_disk_is_full() -> None:
    """A limit on the size of files stands for a full disk: the engine's file cannot grow."""

    def limit() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))

    done = subprocess.run(
        [sys.executable, "-m", "tiktrack", "audit", BROKEN], capture_output=True, text=True, cwd=ROOT, preexec_fn=limit, check=False
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    assert "disk" in done.stderr
    assert "TMPDIR" in done.stderr


def test_4_tiktok_or_the_network(tmp_path: Path) -> None:
    with fake_tiktok(Account()) as fake:
        arguments = pull_arguments(fake, tmp_path / "out", "2026-11-01", "2026-11-02")
        done = tiktrack(*arguments, TIKTRACK_ACCESS_TOKEN="made-up", TIKTRACK_BASE_URL=fake.host)
    assert done.returncode == 4, done.stderr
    assert "token" in done.stderr
    assert "made-up" not in done.stdout + done.stderr


def test_70_our_own_bug(tmp_path: Path) -> None:
    script = (
        "import sys; sys.argv = ['tiktrack', 'rules', 'list']\n"
        "import tiktrack.rules.load as load\n"
        "def bug(*a, **k): secret = 'token-123'; raise RuntimeError('on purpose')\n"
        "load.load = bug\n"
        "from tiktrack.cli import main; main()"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 70
    assert "bug in tiktrack" in done.stderr
    assert "token-123" not in done.stderr


def test_130_interrupted() -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "tiktrack", "audit", "-"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        text=True, cwd=ROOT, env=dict(os.environ),
        preexec_fn=partial(signal.signal, signal.SIGINT, signal.SIG_DFL),  # a job in the background ignores it
    )  # fmt: skip
    # It waits for its standard input; a signal that comes while Python still loads libraries may be lost in them.
    deadline = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < deadline:
        time.sleep(2)
        process.send_signal(signal.SIGINT)
    _, stderr = process.communicate(timeout=20)
    assert process.returncode == 130, stderr
    assert "interrupted" in stderr


def test_stdin() -> None:
    log = (SAMPLES / "healthy" / "events_api.jsonl").read_text(encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "tiktrack", "audit", "-", "-q", "--fail-on", "never"], input=log, capture_output=True, text=True, cwd=ROOT, check=False
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "Grade" in done.stdout


def test_outputs(tmp_path: Path) -> None:
    done = tiktrack("audit", MESSY, "-q", "--fail-on", "never", "-o", str(tmp_path / "r.json"))
    assert done.returncode == 0
    report = json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(SCHEMA).validate(report)
    assert tiktrack("report", str(tmp_path / "r.json")).stdout.startswith("TikTok tracking audit")


def test_help_names_the_codes() -> None:
    shown = " ".join(tiktrack("--help").stdout.split())
    for words in (
        "0 nothing at or above",
        "1 findings",
        "2 usage",
        "3 nothing that could be audited",
        "4 TikTok",
        "70 a bug in tiktrack",
        "130",
    ):
        assert words in shown
