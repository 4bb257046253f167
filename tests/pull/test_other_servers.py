"""TikTok as others know it: the same answers in other clothes, and what stands between TikTok and us."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from tests.helpers import audited
from tests.pull.conftest import World
from tests.pull.fake import faults
from tests.pull.fake.account import Account
from tests.pull.fake.faults import REPORT, at
from tests.pull.fake.guard import Seen
from tests.pull.fake.server import Answer, FakeTikTok
from tiktrack.pull import reports, tasks
from tiktrack.pull.ask import Ask, PageInfo, Reply
from tiktrack.pull.codes import Verdict, invalid_metrics, verdict
from tiktrack.pull.failures import ComeBackLater, TokenRefused, Unreachable
from tiktrack.pull.limits import Limit, limit_named
from tiktrack.pull.spans import Span

REPORTS_ONLY = ("account", "campaigns", "reports")
YEAR = Span(date(2025, 11, 21), date(2026, 11, 20))
Dress = Callable[[Any], Any]


def dressed(dress: Dress) -> Callable[[FakeTikTok, Seen], Answer]:
    """The honest answer, its JSON changed."""

    def answer(fake: FakeTikTok, seen: Seen) -> Answer:
        honest = fake._honest(seen)
        return Answer(json.dumps(dress(json.loads(honest.body))).encode(), honest.status)

    return answer


def everywhere(answer: Callable[[FakeTikTok, Seen], Answer]) -> list[Any]:
    return [at("", 1, answer, times=10**6)]


def walk(value: Any, leaf: Callable[[str, Any], Any], name: str = "") -> Any:
    """The value with every leaf, named by its key, changed."""
    if isinstance(value, dict):
        return {key: walk(inner, leaf, key) for key, inner in value.items()}
    if isinstance(value, list):
        return [walk(inner, leaf, name) for inner in value]
    return leaf(name, value)


def numbers(name: str, value: Any) -> Any:
    """Everything that looks like a number is one, also ids beyond 2^53."""
    if isinstance(value, str) and value.isdigit():
        return int(value)
    try:
        return float(value) if isinstance(value, str) and "." in value else value
    except ValueError:
        return value


def texts(name: str, value: Any) -> Any:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def turned(body: Any) -> Any:
    """Keys in the opposite order, and keys that nobody knows."""
    if isinstance(body, dict):
        return {"zz_new": {"nested": [1, None]}, **{key: turned(body[key]) for key in reversed(body)}, "aa_new": "x"}
    return [turned(item) for item in body] if isinstance(body, list) else body


def without(*names: str) -> Dress:
    def dress(body: Any) -> Any:
        if isinstance(body, dict):
            return {key: dress(value) for key, value in body.items() if key not in names}
        return [dress(item) for item in body] if isinstance(body, list) else body

    return dress


DRESSES: dict[str, Dress] = {
    "numbers are numbers": lambda body: walk(body, numbers),
    "numbers are text": lambda body: walk(body, texts),
    "another order, more fields": turned,
    "no total_page": without("total_page"),
    "no total_number": without("total_number"),
    "no totals": without("total_page", "total_number"),
    "no page_info": without("page_info"),
    "no request_id": without("request_id"),
    "no message": without("message"),
    "page_info is null": lambda body: {**body, "data": {**body["data"], "page_info": None}},
}


@pytest.mark.parametrize("dress", DRESSES.values(), ids=list(DRESSES))
def test_the_same_answers_in_other_clothes(world: World, monkeypatch: pytest.MonkeyPatch, dress: Dress) -> None:
    monkeypatch.setattr(reports, "PAGE_SIZE", 50)
    world.fake.faults = everywhere(dressed(dress))
    assert not world.pull().failed
    world.assert_true_totals()
    totals = audited(world.out).totals["ads"]
    truth = world.account().truth(world.plan.span.since, world.plan.span.until)
    assert totals["spend"] == pytest.approx(float(truth["spend"]))
    assert totals["purchases"] == truth["complete_payment"]


def test_packed_answers(world: World) -> None:
    def packed(fake: FakeTikTok, seen: Seen) -> Answer:
        return Answer(gzip.compress(fake._honest(seen).body), headers={"Content-Encoding": "gzip"})

    world.fake.faults = everywhere(packed)
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()


def test_answers_in_slow_pieces(world: World) -> None:
    world.fake.faults = everywhere(lambda fake, seen: Answer(fake._honest(seen).body, manner="chunked"))
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()


def test_a_packed_answer_that_breaks_is_asked_again(world: World) -> None:
    world.fake.faults = [
        at(REPORT, 1, lambda fake, seen: Answer(b"no gzip at all", headers={"Content-Encoding": "gzip"}))
    ]
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b'{"code": null}', b'{"error": "x"}', b'{"code": "odd"}', b"[" * 9999]
)
def test_what_is_no_envelope_is_asked_again(world: World, body: bytes) -> None:
    world.fake.faults = [at(REPORT, 1, lambda fake, seen: Answer(body))]
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()


@pytest.mark.parametrize("data", [None, {}, [], {"list": None}, {"list": []}, "nothing"])
def test_a_good_answer_without_rows_is_a_day_without_delivery(world: World, data: Any) -> None:
    world.fake.faults = everywhere(
        lambda fake, seen: (
            dressed(lambda body: {**body, "data": data})(fake, seen) if seen.endpoint == REPORT else fake._honest(seen)
        )
    )
    assert not world.pull(parts=REPORTS_ONLY).failed
    asked = len(world.fake.seen)
    world.fake.faults = []
    world.pull(parts=REPORTS_ONLY)
    assert len(world.fake.seen) == asked


def test_a_gateway_that_says_when(world: World) -> None:
    world.fake.faults = [
        at(REPORT, 1, lambda fake, seen: Answer(b"slow down", 429, {"Retry-After": "17"})),
        at(REPORT, 1, lambda fake, seen: Answer(b"busy", 503, {"Retry-After": "Tue, 24 Nov 2026 12:10:00 GMT"})),
    ]
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()
    first, second = (seconds for seconds, _ in world.heard.waits)
    assert 17 <= first < 18
    assert 500 < second < 600


def test_a_gateway_that_does_not_say_when(world: World) -> None:
    world.fake.faults = [at(REPORT, 1, lambda fake, seen: Answer(b"<html>429</html>", 429), times=3)]
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()
    waits = [seconds for seconds, _ in world.heard.waits]
    assert waits == sorted(waits)
    assert sum(waits) < 30


def test_a_gateway_that_wants_an_hour_ends_the_run(world: World) -> None:
    world.fake.faults = [at(REPORT, 1, lambda fake, seen: Answer(b"", 503, {"Retry-After": "3600"}), times=9)]
    with pytest.raises(ComeBackLater, match="503") as stop:
        world.pull(parts=REPORTS_ONLY)
    assert (stop.value.until - world.clock.now()).total_seconds() == pytest.approx(3600, abs=2)
    assert len(world.fake.asked(REPORT)) == 1


def test_a_documented_wait_is_not_shortened_by_a_header(world: World) -> None:
    def minute(fake: FakeTikTok, seen: Seen) -> Answer:
        return replace(faults.qpm(fake, seen), headers={"Retry-After": "1"})

    world.fake.faults = [at(REPORT, 1, minute)]
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()
    assert world.heard.waits[0][0] >= 300


@pytest.mark.parametrize(
    ("message", "limit"),
    [
        ("App 7 reaches the QPS limit 10, current QPS is 11.", Limit.SECOND),
        ("Too many requests per second, please retry in the next second", Limit.SECOND),
        ("request rate exceeds 10/s. Max requests/sec reached", Limit.SECOND),
        ("At most 10 requests in 1 second are allowed", Limit.SECOND),
        ("Requests are restricted for 300 seconds", Limit.MINUTE),
        ("App 7 reaches the QPM limit 600, current QPM is 601.", Limit.MINUTE),
        ("Due to too many requests, requests from App [7] are temporarily restricted.", Limit.MINUTE),
        ("Requests made too frequently", Limit.MINUTE),
        ("", Limit.MINUTE),
        ("App 7 reaches the QPD limit 864000.", Limit.DAY),
        ("You have reached the daily limit", Limit.DAY),
        ("The limit of requests per day is used up, come back tomorrow", Limit.DAY),
    ],
)
def test_limits_by_their_words(message: str, limit: Limit) -> None:
    assert limit_named(message) is limit


@pytest.mark.parametrize(
    ("code", "meaning"),
    [
        (0, Verdict.GOOD), (20001, Verdict.GOOD), (40000, Verdict.REQUEST), (40001, Verdict.PERMISSION),
        (40002, Verdict.REQUEST), (40011, Verdict.TOO_LONG), (40016, Verdict.SLOW_DOWN), (40100, Verdict.SLOW_DOWN),
        (40101, Verdict.TOKEN), (40102, Verdict.TOKEN), (40104, Verdict.TOKEN), (40105, Verdict.TOKEN),
        (40106, Verdict.ACCOUNT), (40118, Verdict.UNAVAILABLE), (40125, Verdict.PERMISSION), (40133, Verdict.SLOW_DOWN),
        (40200, Verdict.NOT_READY), (40201, Verdict.NOT_READY), (40202, Verdict.AGAIN), (40300, Verdict.ACCOUNT),
        (40700, Verdict.AGAIN), (41000, Verdict.BLOCKED), (50000, Verdict.AGAIN), (50002, Verdict.AGAIN),
        (51001, Verdict.AGAIN), (51010, Verdict.TOO_LONG), (51037, Verdict.AGAIN), (52001, Verdict.AGAIN),
        (60001, Verdict.MAINTENANCE), (61000, Verdict.BLOCKED),
    ],
)  # fmt: skip
def test_codes(code: int, meaning: Verdict) -> None:
    assert verdict(code) is meaning


@pytest.mark.parametrize("code", ["50000", 51001, 51099, 52000, 40700, 40202])
def test_passing_faults_under_any_code(world: World, code: Any) -> None:
    world.fake.faults = [at(REPORT, 1, lambda fake, seen: Answer(json.dumps({"code": code}).encode()), times=2)]
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()


def test_http_500_and_401_with_an_envelope(world: World) -> None:
    busy = Answer(b'{"code": 50000, "message": "internal", "data": {}}', 500)
    world.fake.faults = [at(REPORT, 1, lambda fake, seen: busy)]
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()
    refused = Answer(b'{"code": 40105, "message": "Access token is incorrect", "data": {}}', 401)
    world.fake.faults = [at("", 1, lambda fake, seen: refused, times=9)]
    with pytest.raises(TokenRefused):
        world.pull(refresh=True)


def test_maintenance_for_ever_ends_the_run(world: World) -> None:
    world.fake.faults = [at(REPORT, 1, faults.code(60001, "maintenance"), times=99)]
    with pytest.raises(Unreachable, match="maintenance"):
        world.pull(parts=REPORTS_ONLY)


@pytest.mark.parametrize(
    ("message", "names"),
    [
        (
            "Please correct the information in invalid metric fields and try again. Invalid metric fields: ['a_b', 'c'].",
            ("a_b", "c"),
        ),
        ('Invalid metric fields: ["a_b"]', ("a_b",)),
        ("Invalid metrics: a_b, c", ("a_b", "c")),
        ("metrics: [a_b] are not supported in this report", ("a_b",)),
        ("Unsupported metric: a_b.", ("a_b",)),
        ("The metric fields: 'a_b', 'c' do not exist", ("a_b", "c")),
        ("Invalid advertiser_id", ()),
        ("page_size: must be at most 1000", ()),
    ],
)
def test_metrics_named_in_other_words(message: str, names: tuple[str, ...]) -> None:
    assert invalid_metrics(message) == names


def test_metrics_refused_in_other_words_are_dropped(world: World) -> None:
    def refuse(fake: FakeTikTok, seen: Seen) -> Answer:
        if "billed_cost" in seen.params["metrics"]:
            return faults.envelope(40002, "Unsupported metrics: billed_cost")
        return fake._honest(seen)

    world.fake.faults = [at(REPORT, 1, refuse, times=99)]
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()
    assert len(world.fake.asked(REPORT)) == 3


@pytest.mark.parametrize("state", ["success", "SUCCESS"])
def test_states_of_a_task(world: World, state: str) -> None:
    world.fake.task_states = ["QUEUING", "RUNNING", "PROCESSING", state]
    world.fake.faults = [at(tasks.CHECK, 1, faults.code(40200, "task error"))]
    world.pull(parts=REPORTS_ONLY, span=YEAR)
    world.assert_true_totals(span=YEAR)
    assert len(world.fake.asked(tasks.CREATE)) == 1


def test_a_task_that_was_cancelled(world: World) -> None:
    world.fake.task_states = ["CANCELLED"]
    world.pull(parts=REPORTS_ONLY, span=YEAR)
    world.assert_true_totals(span=YEAR)


def test_the_download_itself_is_limited(world: World) -> None:
    world.fake.faults = [
        at(tasks.DOWNLOAD, 1, faults.qps),
        at(tasks.DOWNLOAD, 1, lambda fake, seen: Answer(b"", 429, {"Retry-After": "2"})),
        at(tasks.DOWNLOAD, 1, faults.bad_gateway),
    ]
    world.pull(parts=REPORTS_ONLY, span=YEAR)
    world.assert_true_totals(span=YEAR)
    assert len(world.fake.asked(tasks.CREATE)) == 1


def test_a_list_that_stays_shorter_than_its_total_is_told(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reports, "PAGE_SIZE", 100)

    def more(name: str, value: Any) -> Any:
        return value + 3 if name == "total_number" else value

    world.fake.faults = [at(REPORT, 1, dressed(lambda body: walk(body, more)), times=99)]
    world.pull(parts=REPORTS_ONLY)
    world.assert_true_totals()
    assert any("also when asked again" in note for note in world.heard.notes)


def test_an_account_that_tiktok_says_nothing_about_is_told(world: World) -> None:
    world.fake.faults = [at("advertiser/info/", 1, dressed(lambda body: {**body, "data": {"list": []}}))]
    world.pull(parts=REPORTS_ONLY)
    assert any("treated as UTC" in note for note in world.heard.notes)


@pytest.mark.parametrize(
    ("info", "number", "here", "more"),
    [
        (PageInfo(3, 250, 100), 3, 50, False), (PageInfo(3, 250, 100), 2, 100, True), (PageInfo(0, 250, 100), 2, 100, True),
        (PageInfo(0, 250, 0), 3, 50, False), (PageInfo(2, 0, 0), 1, 100, True), (PageInfo(0, 0, 0), 1, 100, True),
        (PageInfo(0, 0, 0), 2, 99, False), (PageInfo(1, 250, 100), 1, 100, True), (PageInfo(9, 900, 100), 4, 0, False),
    ],
)  # fmt: skip
def test_whether_there_is_another_page(info: PageInfo, number: int, here: int, more: bool) -> None:
    assert info.has_more(number, here, 100) is more


def test_counts_that_are_none() -> None:
    reply = Reply({"data": {"page_info": {"total_page": "2", "total_number": "-", "page_size": 50.0}}})
    assert reply.page_info == PageInfo(2, 0, 50)
    assert Reply({"data": "text"}).rows == []
    assert Ask("x/", {}).query() == {}


def test_zone_and_money_of_an_account_in_numbers(world: World) -> None:
    world.accounts(Account(currency="JPY", decimals=0, timezone="Asia/Tokyo", display_timezone=None))
    world.fake.faults = everywhere(dressed(lambda body: walk(body, numbers)))
    world.pull()
    report = audited(world.out)
    assert report.window.timezone == "Asia/Tokyo"
    assert report.totals["ads"]["currency"] == "JPY"
