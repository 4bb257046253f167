"""What can go wrong with TikTok, told apart by how much of the pull it ends.

PullError                        exit 4
├── StopRun                      nothing more can be asked; what is there stays
│   ├── TokenRefused             expired, revoked, or of another kind
│   ├── ComeBackLater            the day's requests are used up, or TikTok blocks us; carries ``until``
│   └── Unreachable              no sensible answer from anybody, or TikTok slows us down without end
├── AccountRefused               this advertiser only; the others go on
└── PartRefused                  this part only (one endpoint, one report)
    ├── NoPermission             the token lacks the scope, or the account lacks the feature
    │   └── NoSuchAddress        nobody knows the endpoint: not even a refusal of TikTok's
    ├── TimedOut                 TikTok took too long: ask for less, never the same again
    ├── Unanswered               no sensible answer to this question after all tries; others were answered
    ├── TaskNotReady             a task of TikTok's still runs
    └── BadRequest               a parameter TikTok does not take
        └── InvalidMetrics       carries the names to leave out

``Passing``, ``NoConnection`` and ``SlowDown`` never leave the client: it tries again.
"""

from __future__ import annotations

from datetime import datetime

from tiktrack.errors import PullError


class StopRun(PullError):  # noqa: N818 - these names say what to do, not that something is an error
    """Nothing more can be asked in this run."""


class TokenRefused(StopRun):
    """The token is expired, revoked or of another kind."""


class ComeBackLater(StopRun):
    """TikTok takes no more requests before ``until``."""

    def __init__(self, message: str, *, until: datetime, hint: str) -> None:
        super().__init__(message, hint=hint)
        self.until = until


class Unreachable(StopRun):
    """No sensible answer from anybody, or TikTok slows us down without end."""


class AccountRefused(PullError):  # noqa: N818 - as above
    """The token may not see this advertiser, or there is none with this id."""


class PartRefused(PullError):  # noqa: N818 - as above
    """One part cannot be pulled; the others can."""


class NoPermission(PartRefused):
    """The token lacks the scope of this endpoint, or TikTok does not offer it to this account."""


class NoSuchAddress(NoPermission):
    """Nobody knows the endpoint. Says nothing of the token."""


class TimedOut(PartRefused):
    """TikTok took too long. The same request must not be sent again; a narrower one may."""


class Unanswered(PartRefused):
    """No sensible answer to this question after all tries. Where nothing else is answered, it is Unreachable."""


class TaskNotReady(PartRefused):
    """A task of TikTok's still runs."""


class BadRequest(PartRefused):
    """TikTok does not take a parameter."""


class InvalidMetrics(BadRequest):
    """TikTok names the metrics that it does not take."""

    def __init__(self, names: tuple[str, ...], message: str) -> None:
        super().__init__(message)
        self.names = names


class Passing(PullError):  # noqa: N818 - as above
    """A fault that may be gone at the next try; ``seconds`` is a wait that TikTok documents for it."""

    def __init__(self, message: str, *, seconds: float | None = None) -> None:
        super().__init__(message)
        self.seconds = seconds


class NoConnection(Passing):
    """Nobody could be reached: TikTok, the network, or a wrong address."""


class SlowDown(Passing):
    """A rate limit that ends by itself within minutes."""
