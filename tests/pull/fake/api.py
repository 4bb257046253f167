"""What the fake answers when nothing is wrong: the endpoints, from the truth of its accounts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any

from tests.pull.fake.account import Account
from tests.pull.fake.guard import Seen

if TYPE_CHECKING:
    from tests.pull.fake.server import FakeTikTok

Data = dict[str, Any]


class Refusal(Exception):  # noqa: N818 - an answer, not an error of the test
    """A return code other than 0."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def account_of(fake: FakeTikTok, seen: Seen) -> Account:
    try:
        return fake.accounts[seen.params["advertiser_id"]]
    except KeyError:
        raise Refusal(40300, "advertiser does not exist") from None


def paged(rows: list[Data], seen: Seen) -> Data:
    """One page of a list."""
    size, page = int(seen.params.get("page_size", 10)), int(seen.params.get("page", 1))
    info = {"page": page, "page_size": size, "total_number": len(rows), "total_page": -(-len(rows) // size)}
    return {"list": rows[(page - 1) * size : page * size], "page_info": info}


def info(fake: FakeTikTok, seen: Seen) -> Data:
    return {"list": [fake.accounts[id_].info() for id_ in seen.params["advertiser_ids"] if id_ in fake.accounts]}


def objects(level: str) -> Callable[[FakeTikTok, Seen], Data]:
    def answer(fake: FakeTikTok, seen: Seen) -> Data:
        rows = account_of(fake, seen).objects(level)
        if seen.params.get("filtering", {}).get("primary_status") != "STATUS_ALL":
            rows = [row for row in rows if "DELETE" not in row["secondary_status"]]
        return paged(rows, seen)

    return answer


def pixels(fake: FakeTikTok, seen: Seen) -> Data:
    account = account_of(fake, seen)
    rows = [{"pixel_id": id_, "pixel_code": f"C{id_[-6:]}", **account.pixel_settings} for id_ in account.pixel_ids]
    page = paged(rows, seen)
    return {"pixels": page["list"], "page_info": page["page_info"]}


def pixel_stats(fake: FakeTikTok, seen: Seen) -> Data:
    account_of(fake, seen)
    counts = {
        "pixel_event_type": "SHOPPING",
        "total_count": 12,
        "browser_event_total_count": 7,
        "server_event_total_count": 5,
    }
    return {"list": [{"pixel_id": id_, "statistics": [counts]} for id_ in seen.params["pixel_ids"]]}


def diagnosis(fake: FakeTikTok, seen: Seen) -> Data:
    return {"results": [{"adgroup_id": id_, "diagnosis": {}} for id_ in seen.params["filtering"]["adgroup_ids"]]}


def report(fake: FakeTikTok, seen: Seen) -> Data:
    unknown = [name for name in seen.params["metrics"] if name in fake.invalid_metrics]
    if unknown:
        names = ", ".join(f"'{name}'" for name in unknown)
        raise Refusal(
            40002,
            f"Please correct the information in invalid metric fields and try again. Invalid metric fields: [{names}].",
        )
    rows = report_rows(fake, seen)
    fake.before_page(rows, seen)
    return paged(rows, seen)


def report_rows(fake: FakeTikTok, seen: Seen) -> list[Data]:
    account = account_of(fake, seen)
    id_name, time_name = seen.params["dimensions"]
    level = id_name.removesuffix("_id")
    filters = {f["field_name"]: json.loads(f["filter_value"]) for f in seen.params.get("filtering", [])}
    since, until = (date.fromisoformat(seen.params[name]) for name in ("start_date", "end_date"))
    deleted = filters.get(f"{level}_status") == ["STATUS_ALL"] or seen.endpoint.startswith("report/task")
    rows = list(account.rows(level, since, until, hourly=time_name == "stat_time_hour", deleted=deleted))
    if "campaign_ids" in filters:
        mine = {getattr(ad, id_name) for ad in account.ads if ad.campaign_id in filters["campaign_ids"]}
        rows = [row for row in rows if row["dimensions"][id_name] in mine]
    for row in rows:
        row["metrics"] = {name: row["metrics"].get(name, "0") for name in seen.params["metrics"]}
    return rows


def task_create(fake: FakeTikTok, seen: Seen) -> Data:
    account_of(fake, seen)
    task_id = f"task{len(fake.tasks) + 1}"
    fake.tasks[task_id] = seen
    return {"task_id": task_id}


def changelog_check(fake: FakeTikTok, seen: Seen) -> Data:
    if seen.params["task_id"] not in fake.tasks:
        raise Refusal(40002, "no such task")
    return {"status": "SUCCESS"}


def task_check(fake: FakeTikTok, seen: Seen) -> Data:
    if seen.params["task_id"] not in fake.tasks:
        raise Refusal(40002, "no such task")
    status = fake.task_states.pop(0) if fake.task_states else "SUCCESS"
    return {"status": status, "message": "too much data" if status == "FAILED" else ""}


def task_download(fake: FakeTikTok, seen: Seen) -> Data:
    fake.links += 1
    return {"download_url": f"{fake.host}/files/{fake.links}/{seen.params['task_id']}.csv?signature=abc"}


def task_csv(fake: FakeTikTok, task_id: str) -> bytes:
    seen = fake.tasks[task_id]
    text = io.StringIO()
    out = csv.writer(text)
    out.writerow([*seen.params["dimensions"], *seen.params["metrics"]])
    for row in report_rows(fake, seen):
        out.writerow([*row["dimensions"].values(), *row["metrics"].values()])
    return text.getvalue().encode("utf-8-sig")


def changelog_download(fake: FakeTikTok, seen: Seen) -> Data:
    return {
        "status": "SUCCESS",
        "changelog": json.dumps({"file_data": "b'Time,Object ID\\r\\n'", "file_name": "log.csv"}),
    }


def advertisers(fake: FakeTikTok, seen: Seen) -> Data:
    if seen.params.get("secret") != fake.app_secret:
        raise Refusal(40101, "secret is wrong")
    return {"list": [{"advertiser_id": id_, "advertiser_name": "Shop"} for id_ in fake.accounts]}


def catalogs(fake: FakeTikTok, seen: Seen) -> Data:
    return paged([{"catalog_id": "9001"}], seen)


def catalog_counts(fake: FakeTikTok, seen: Seen) -> Data:
    """Of a hundred events a day ninety have an id, and seventy-five an id that the catalogue knows."""
    counts = {"EVENT_RECEIVED": 100, "EVENT_WITH_CONTENT_ID": 90, "EVENT_WITH_CONTENT_ID_MATCHING_INVENTORY": 75}
    days = [f"2026-11-{day:02}" for day in range(1, 21)]
    return {
        "list": [
            {
                "available_type": kind,
                "event_details": [{"date": d, "count": str(n), "percentage": str(n)} for d in days],
            }
            for kind, n in counts.items()
        ]
    }


ENDPOINTS: dict[str, Callable[[FakeTikTok, Seen], Data]] = {
    "advertiser/info/": info,
    "oauth2/advertiser/get/": advertisers,
    "user/info/": lambda fake, seen: {"display_name": "Buyer"},
    "campaign/get/": objects("campaign"),
    "adgroup/get/": objects("adgroup"),
    "ad/get/": objects("ad"),
    "pixel/list/": pixels,
    "pixel/event/stats/": pixel_stats,
    "tool/diagnosis/get/": diagnosis,
    "report/integrated/get/": report,
    "report/task/create/": task_create,
    "report/task/check/": task_check,
    "report/task/download/": task_download,
    "changelog/task/create/": task_create,
    "changelog/task/check/": changelog_check,
    "changelog/task/download/": changelog_download,
    "catalog/get/": catalogs,
    "diagnostic/catalog/eventsource/metric/": catalog_counts,
    "diagnostic/catalog/eventsource/issue/": lambda fake, seen: {"list": []},
}
