"""SIGKILL at ten random moments: the folder ends complete, and nothing finished is asked for twice."""

from __future__ import annotations

import random
import time
from datetime import date
from pathlib import Path

import pytest

from tests.helpers import audited
from tests.pull import reading
from tests.pull.fake.account import Account
from tests.pull.fake.faults import REPORT
from tests.pull.fake.guard import Seen
from tests.pull.process import fake_tiktok, pull_arguments, run, start

SINCE, UNTIL = date(2026, 10, 12), date(2026, 11, 10)
KILLS = 10
PARTS = {
    REPORT: "report_campaign_hour",
    "pixel/event/stats/": "pixel_stats",
    "advertiser/info/": "account",
    "campaign/get/": "campaigns",
    "adgroup/get/": "adgroups",
    "ad/get/": "ads",
    "pixel/list/": "pixels",
    "tool/diagnosis/get/": "diagnosis",
}


def finished_days(folder: Path) -> set[tuple[str, str]]:
    """(part, first day) of every finished file: what no later run may ask for."""
    names = [file.relative_to(folder).parts for file in folder.glob("*/*/*.ndjson")]
    return {(part, name.split(".")[0][:10]) for _, part, name in names}


def slice_of(seen: Seen) -> tuple[str, str]:
    """The same for a request: which file its answer belongs to."""
    params = seen.params
    if "stat_time_day" in params.get("dimensions", []):
        return "report_campaign_day", params["start_date"]
    day = params.get("start_date") or params.get("date_range", {}).get("start_date") or "snapshot"
    return PARTS.get(seen.endpoint, seen.endpoint), day


def test_killed_ten_times_and_completed(tmp_path: Path) -> None:
    rng = random.Random(6)
    account = Account(campaigns=1, pixel_ids=("7100000000000000001",))
    with fake_tiktok(account) as fake:
        arguments = pull_arguments(fake, tmp_path, str(SINCE), str(UNTIL), "--hourly", "--level", "campaign")
        for _ in range(KILLS):
            there, asked = finished_days(tmp_path), len(fake.seen)
            with start(fake, *arguments) as process:
                deadline = time.monotonic() + 20
                while len(fake.seen) == asked and time.monotonic() < deadline:
                    time.sleep(0.01)
                time.sleep(rng.uniform(0.0, 1.1))
                assert process.poll() is None, "killed too late: the run was over"
                process.kill()
            for seen in fake.seen[asked:]:
                assert slice_of(seen) not in there
        done = run(fake, *arguments)
        assert done.returncode == 0, done.stderr
        asked = len(fake.seen)
        assert run(fake, *arguments).returncode == 0
        assert len(fake.seen) == asked, "a complete folder asks for nothing"
        id_ = account.advertiser_id
        assert reading.totals(tmp_path, id_, "report_campaign_day") == account.truth(SINCE, UNTIL)
        audit = audited(tmp_path)
        assert audit.totals["ads"]["spend"] == pytest.approx(float(account.truth(SINCE, UNTIL)["spend"]))
        assert audit.totals["ads"]["conversions"] == float(account.truth(SINCE, UNTIL)["conversion"])
        assert not [unknown for unknown in audit.unknowns if "pull" in unknown.why]
        hours = reading.totals(tmp_path, id_, "report_campaign_hour")
        assert hours == account.truth(SINCE, UNTIL, hourly=True)
        assert len({line["request"]["since"] for line in reading.lines(tmp_path, "pixel_stats")}) == 30
        assert not list(tmp_path.rglob("*.part"))
        assert fake.guard.violations == []
