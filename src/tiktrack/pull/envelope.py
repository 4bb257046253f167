"""From the bytes of an answer to a Reply, or to the failure that it means."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any

from tiktrack.pull import codes, failures
from tiktrack.pull.ask import Ask, Reply
from tiktrack.pull.codes import Verdict
from tiktrack.pull.limits import MINUTE_PENALTY_SECONDS, Limit, limit_named, next_utc_midnight

EVENTS_API_HINT = (
    "The usual mistake is the Events API token from Events Manager: it can send events but not read reports. "
    "Use the long-lived access token of a Marketing API app that the advertiser has authorised; "
    "`tiktrack doctor` checks it."
)
UNAVAILABLE_HINT = (
    "TikTok does not offer this here: the sandbox, the country, or an account without the feature. "
    "The rules that need it stay unknown."
)
ACCOUNT_HINT = "Check the advertiser id, and that this advertiser has authorised the app of the token."
ADDRESS_HINT = (
    "TikTok does not offer this here (the sandbox lacks much), or TIKTRACK_BASE_URL is not the whole address. "
    "The rules that need it stay unknown."
)
RERUN_HINT = "What was pulled is kept; run the same command later to fetch only what is missing."

LONGEST_WAIT_SECONDS = 600.0
"""A server that wants a longer pause than this ends the run."""


def read(ask: Ask, status: int, headers: Mapping[str, str], text: str, now: datetime) -> Reply:
    """The answer to ``ask``; ``text`` has its secrets masked already.

    Raises the failure that the HTTP status or the code of the envelope means (see ``failures``).
    """
    body = _json_object(text)
    code = _code(body)
    if body is None or code is None:
        raise _patient(_not_an_envelope(ask, status), headers, now)
    message = str(body.get("message") or "")
    request_id = str(body.get("request_id") or headers.get("x-tt-logid") or "")
    if codes.verdict(code) is not Verdict.GOOD:
        raise _patient(failure(ask, code, message, request_id, now), headers, now)
    return Reply(
        body=body,
        message=message,
        request_id=request_id,
        partial=code == codes.PARTIAL,
        truncated=headers.get("x-tt-ads-throttle", "").lower() not in {"", "0", "false"},
        server_time=_http_date(headers.get("date", "")),
    )


def failure(ask: Ask, code: int, message: str, request_id: str, now: datetime) -> Exception:
    """What a return code other than 0 and 20001 means for this request."""
    ticket = f" (request {request_id})" if request_id else ""
    said = f"TikTok answered {code} to {ask.endpoint}: {message}{ticket}"
    match codes.verdict(code):
        case Verdict.SLOW_DOWN:
            return _limit(message, said, now)
        case Verdict.MAINTENANCE:
            return failures.Passing(f"{said}. TikTok is under maintenance.", seconds=MINUTE_PENALTY_SECONDS)
        case Verdict.AGAIN:
            return failures.Passing(said)
        case Verdict.TOO_LONG:
            return failures.TimedOut(said)
        case Verdict.NOT_READY:
            return failures.TaskNotReady(said)
        case Verdict.BLOCKED:
            until = next_utc_midnight(now)
            hint = f"TikTok blocks this app or address for now; asking on would prolong it. {_come_back(until)}"
            return failures.ComeBackLater(said, until=until, hint=hint)
        case Verdict.TOKEN:
            return failures.TokenRefused(f"TikTok does not accept the access token. {said}", hint=EVENTS_API_HINT)
        case Verdict.ACCOUNT:
            return failures.AccountRefused(said, hint=ACCOUNT_HINT)
        case Verdict.UNAVAILABLE:
            return failures.NoPermission(said, hint=UNAVAILABLE_HINT)
        case Verdict.PERMISSION:
            hint = f"The app needs the permission: {codes.scope_of(ask.endpoint)}; then authorise it once more."
            return failures.NoPermission(said, hint=hint)
        case _:
            names = codes.invalid_metrics(message)
            return failures.InvalidMetrics(names, said) if names else failures.BadRequest(said)


def _limit(message: str, said: str, now: datetime) -> Exception:
    match limit_named(message):
        case Limit.SECOND:
            return failures.SlowDown(said)
        case Limit.MINUTE:
            return failures.SlowDown(said, seconds=MINUTE_PENALTY_SECONDS)
        case Limit.DAY:
            until = next_utc_midnight(now)
            used_up = f"The app has used up TikTok's requests for today. {said}"
            return failures.ComeBackLater(used_up, until=until, hint=_come_back(until))


def _come_back(until: datetime) -> str:
    return f"Come back after {until:%Y-%m-%d %H:%M} UTC. {RERUN_HINT}"


def _not_an_envelope(ask: Ask, status: int) -> Exception:
    """Not TikTok's own answer: a gateway, a proxy, or a body that was cut."""
    said = f"The answer to {ask.endpoint} was HTTP {status} and not one of TikTok's"
    if status == 504:
        return failures.TimedOut(f"{said}: the gateway gave up waiting.")
    if 300 <= status < 400:
        return failures.Unanswered(f"{said}: a redirect, which is never followed with a token.", hint=PROXY_HINT)
    if status in {401, 403, 407}:
        return failures.Unanswered(f"{said}: something on the way refuses us.", hint=PROXY_HINT)
    if status in {404, 405, 410, 501}:
        return failures.NoSuchAddress(f"{said}: there is no such address.", hint=ADDRESS_HINT)
    if 400 <= status < 500 and status not in {408, 429}:
        return failures.BadRequest(f"{said}: the request did not reach TikTok's logic.")
    if status == 429:
        return failures.SlowDown(f"{said}: a gateway on the way wants fewer requests.")
    return failures.Passing(said)


PROXY_HINT = "Is there a proxy or a sign-in page between this machine and TikTok? Check TIKTRACK_BASE_URL too."


def _patient(failure: Exception, headers: Mapping[str, str], now: datetime) -> Exception:
    """The failure with the wait of a ``Retry-After``, where it is longer than ours. TikTok sends none, gateways do."""
    if not isinstance(failure, failures.Passing):
        return failure
    seconds = _retry_after(headers.get("retry-after", ""), now)
    if seconds is None:
        return failure
    if seconds > LONGEST_WAIT_SECONDS:
        until = now + timedelta(seconds=seconds)
        return failures.ComeBackLater(failure.message, until=until, hint=_come_back(until))
    failure.seconds = max(seconds, failure.seconds or 0.0)
    return failure


def _retry_after(text: str, now: datetime) -> float | None:
    """Seconds, written as such or as a date."""
    if text.strip().isdigit():
        return float(text)
    moment = _http_date(text)
    return max(0.0, (moment - now).total_seconds()) if moment else None


def _code(body: dict[str, Any] | None) -> int | None:
    """The return code, a number or the text of one."""
    try:
        return int(str((body or {}).get("code")))
    except ValueError:
        return None


def _json_object(text: str) -> dict[str, Any] | None:
    try:
        body = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return body if isinstance(body, dict) else None


def _http_date(text: str) -> datetime | None:
    try:
        return parsedate_to_datetime(text).astimezone(UTC)
    except ValueError:
        return None
