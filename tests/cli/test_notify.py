"""``--notify``: what changed goes to the webhook, once; what goes wrong there changes nothing here."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import jsonl, purchase, request, tiktrack
from tests.render.sample_findings import HOSTILE
from tests.render.sample_report import rich
from tiktrack.model.report import Report
from tiktrack.model.words import Outcome
from tiktrack.render.slack import message

SECRET = "B00/very-secret"
RULE = "purchase-without-currency"
ONLY = ("--select", RULE, "--fail-on", "never", "-q")


@dataclass
class Hook:
    """A webhook that remembers what it was sent."""

    url: str = ""
    status: int = 200
    bodies: list[dict[str, Any]] = field(default_factory=list)


@pytest.fixture
def hook() -> Iterator[Hook]:
    """A local webhook."""
    made = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            made.bodies.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(made.status)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    made.url = f"http://127.0.0.1:{server.server_port}/{SECRET}"
    yield made
    server.shutdown()
    server.server_close()


def log(path: Path, bad: int) -> Path:
    """A hundred purchases, so many of them without a currency."""
    return jsonl(path, *(request(purchase(i, properties={"currency": None} if i < bad else {})) for i in range(100)))


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """The report of a day on which all was well."""
    stored = tmp_path / "before.json"
    done = tiktrack("audit", str(log(tmp_path / "before.jsonl", 0)), *ONLY, "-o", str(stored))
    assert done.returncode == 0, done.stderr
    return stored


def test_a_change_is_told_once_and_shortly(tmp_path: Path, before: Path, hook: Hook) -> None:
    bad = str(log(tmp_path / "bad.jsonl", 60))
    done = tiktrack(
        "audit",
        bad,
        *ONLY,
        "--baseline",
        str(before),
        "--notify",
        "-o",
        f"{tmp_path}/bad.json",
        TIKTRACK_NOTIFY_URL=hook.url,
    )
    assert (done.returncode, SECRET in done.stdout + done.stderr) == (0, False)
    assert "notified of the changes" in done.stderr
    (body,) = hook.bodies
    assert body["mrkdwn"] is False
    first, change = body["text"].splitlines()
    assert first.startswith("TikTok tracking: ")
    assert "Before: " in first
    assert change.startswith("• New: Purchases arrive without a currency (pixel C3LTV833G487IS978FKG")
    again = tiktrack(
        "audit", bad, *ONLY, "--baseline", f"{tmp_path}/bad.json", "--notify", TIKTRACK_NOTIFY_URL=hook.url
    )
    assert again.returncode == 0
    assert len(hook.bodies) == 1, "nothing changed, so nothing is sent"


def test_redacted_news_name_nothing(tmp_path: Path, before: Path, hook: Hook) -> None:
    bad = str(log(tmp_path / "bad.jsonl", 60))
    tiktrack("audit", bad, *ONLY, "--baseline", str(before), "--notify", "--redact", TIKTRACK_NOTIFY_URL=hook.url)
    assert "C3LTV833G487IS978FKG" not in json.dumps(hook.bodies)
    assert "New: Purchases arrive without a currency" in hook.bodies[0]["text"]


@pytest.mark.parametrize(
    ("status", "said"), [(404, "answered 404"), (500, "answered 500"), (0, "could not be reached")]
)
def test_a_webhook_that_fails_is_a_warning(tmp_path: Path, before: Path, hook: Hook, status: int, said: str) -> None:
    hook.status = status
    url = hook.url if status else f"http://127.0.0.1:1/{SECRET}"
    bad = str(log(tmp_path / "bad.jsonl", 60))
    for flags, code in ((ONLY, 0), (("--select", RULE, "-q"), 1)):
        done = tiktrack("audit", bad, *flags, "--baseline", str(before), "--notify", TIKTRACK_NOTIFY_URL=url)
        assert done.returncode == code
        assert said in done.stderr
        assert SECRET not in done.stderr


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "--notify needs TIKTRACK_NOTIFY_URL"),
        ("hooks.slack.example/x", "not an https:// address"),
        ("http://hooks.slack.example/x", "not an https:// address"),
        ("https://", "not an https:// address"),
        ("file:///etc/passwd", "not an https:// address"),
        ("https://[::1", "not an https:// address"),
    ],
)
def test_an_address_that_cannot_be_right_is_told_before_the_work(before: Path, url: str, said: str) -> None:
    done = tiktrack("audit", "no-such-file", "--baseline", str(before), "--notify", TIKTRACK_NOTIFY_URL=url)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "slack.example" not in done.stderr


def test_without_something_to_compare_with_there_is_no_news() -> None:
    done = tiktrack("audit", ".", "--notify", TIKTRACK_NOTIFY_URL="https://hooks.example/x")
    assert done.returncode == 2
    assert "--notify needs a report to compare with" in done.stderr


def changed(segment: dict[str, str]) -> Report:
    """The sample report with one more confirmed finding, in this segment."""
    sample = rich()
    first = sample.results[0]
    more = replace(first.findings[0], fingerprint="f-more", segment=segment)
    return replace(sample, results=(replace(first, findings=(*first.findings, more)), *sample.results[1:]))


def test_nobody_is_mentioned_and_nothing_is_linked() -> None:
    hostile = "<!channel> <https://evil.example|click> & www.evil.example https://evil.example *bold* \u202eevil"
    body = json.loads(message(rich(), changed({"campaign": hostile})) or "")
    assert "<" not in body["text"]
    assert "://" not in body["text"]
    assert "www." not in body["text"]
    assert "\u202e" not in body["text"]
    for name in HOSTILE.values():
        text = json.loads(message(rich(), changed({"campaign": name})) or "")["text"]
        assert len(text) < 3000
        assert len(text.splitlines()) < 8


def test_what_is_only_suspected_and_what_is_accepted_is_no_news() -> None:
    sample = rich()
    assert message(sample, sample) is None
    first = sample.results[0]
    for outcome in (Outcome.WARNED, Outcome.SUPPRESSED):
        more = replace(first.findings[0], fingerprint="f-more", outcome=outcome)
        assert (
            message(
                sample, replace(sample, results=(replace(first, findings=(*first.findings, more)), *sample.results[1:]))
            )
            is None
        )


def test_many_changes_are_counted_and_another_letter_is_news() -> None:
    sample = rich()
    first = sample.results[0]
    many = tuple(replace(first.findings[0], fingerprint=f"f-{i}") for i in range(12))
    text = json.loads(
        message(sample, replace(sample, results=(replace(first, findings=many), *sample.results[1:]))) or ""
    )["text"]
    assert "… and 8 more changes" in text
    assert message(sample, replace(sample, grade=replace(sample.grade, letter="F"))) is not None
