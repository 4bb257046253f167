"""When the same request may be tried again, and after how long (tenacity; see docs/decisions/010)."""

from __future__ import annotations

from collections.abc import Callable

from tenacity import RetryCallState, Retrying, retry_if_exception_type, stop_after_attempt, wait_random
from tenacity.wait import wait_exponential

from tiktrack.pull.clock import Clock
from tiktrack.pull.failures import Passing, SlowDown, Unreachable

TRIES = 7
"""With the waits below about seven minutes: TikTok asks for five after a server fault."""

_GROWING = wait_exponential(multiplier=2, exp_base=3, max=300) + wait_random(0, 1)
"""2, 6, 18, 54, 162, 300 seconds and up to one more, so that two runs do not march in step."""

_JITTER = wait_random(0.1, 0.6)

Waiting = Callable[[float, Passing], None]
"""Told before each wait: the seconds and the reason."""


def patience(clock: Clock, waiting: Waiting, tries: int = TRIES) -> Retrying:
    """Tries again after a passing fault or a rate limit; everything else leaves at once.

    After the last try raises Unreachable with what TikTok said last.
    """

    def before_sleep(state: RetryCallState) -> None:
        if state.next_action is not None:
            waiting(state.next_action.sleep, _reason(state))

    return Retrying(
        sleep=clock.sleep,
        wait=_seconds,
        stop=stop_after_attempt(tries),
        retry=retry_if_exception_type(Passing),
        before_sleep=before_sleep,
        retry_error_callback=_give_up,
    )


def _seconds(state: RetryCallState) -> float:
    """A documented wait where there is one; the next second for a per-second limit; growing for the rest."""
    reason = _reason(state)
    if reason.seconds is not None:
        return reason.seconds + _JITTER(state)
    if isinstance(reason, SlowDown):
        return float(min(2 ** (state.attempt_number - 1), 30)) + _JITTER(state)
    return _GROWING(state)


def _reason(state: RetryCallState) -> Passing:
    error = state.outcome.exception() if state.outcome else None
    return error if isinstance(error, Passing) else Passing("no answer")


def _give_up(state: RetryCallState) -> None:
    raise Unreachable(
        f"No good answer after {state.attempt_number} tries. {_reason(state).message}",
        hint="TikTok or the connection to it is having problems. What was pulled is kept; run the command again later.",
    ) from None
