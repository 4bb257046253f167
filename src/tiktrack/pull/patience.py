"""When the same request may be tried again, and after how long (tenacity; see docs/decisions/010)."""

from __future__ import annotations

from collections.abc import Callable

from tenacity import RetryCallState, Retrying, retry_if_exception_type, wait_random
from tenacity.wait import wait_exponential

from tiktrack.pull.clock import Clock
from tiktrack.pull.failures import NoConnection, Passing, SlowDown, Unanswered, Unreachable

TRIES = 7
"""With the waits below about seven minutes: TikTok asks for five after a server fault."""

TRIES_TO_CONNECT = 4
"""Half a minute where nobody was ever reached: more likely the network or the address than TikTok."""

_GROWING = wait_exponential(multiplier=2, exp_base=3, max=300) + wait_random(0, 1)
"""2, 6, 18, 54, 162, 300 seconds and up to one more, so that two runs do not march in step."""

_JITTER = wait_random(0.1, 0.6)

Waiting = Callable[[float, Passing], None]
"""Told before each wait: the seconds and the reason."""


def patience(clock: Clock, waiting: Waiting, tries: int = TRIES, *, reached: bool = True) -> Retrying:
    """Tries again after a passing fault or a rate limit; everything else leaves at once.

    ``reached``: somebody has answered something in this run. After the last try raises Unanswered with what TikTok
    said last, Unreachable where it asked for less.
    """

    def before_sleep(state: RetryCallState) -> None:
        if state.next_action is not None:
            waiting(state.next_action.sleep, _reason(state))

    def enough(state: RetryCallState) -> bool:
        nowhere = not reached and isinstance(_reason(state), NoConnection)
        return state.attempt_number >= (min(tries, TRIES_TO_CONNECT) if nowhere else tries)

    return Retrying(
        sleep=clock.sleep,
        wait=_seconds,
        stop=enough,
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
    reason, tries = _reason(state), state.attempt_number
    about_all = isinstance(reason, SlowDown) or reason.seconds is not None  # a limit or a wait that TikTok names
    raise (Unreachable if about_all else Unanswered)(
        f"No good answer after {tries} {'tries' if tries > 1 else 'try'}. {reason.message}",
        hint="TikTok or the connection to it is having problems. What was pulled is kept; run the command again later.",
    ) from None
