"""The world of a test: one clock, one fake TikTok, one folder, and a way to pull."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.pull import reading
from tests.pull.fake.account import Account
from tests.pull.fake.clock import FakeClock
from tests.pull.fake.server import TOKEN, FakeTikTok
from tiktrack.pull.address import parse_address
from tiktrack.pull.client import Client
from tiktrack.pull.plan import Plan
from tiktrack.pull.run import Pulled, pull
from tiktrack.pull.secret import Secret
from tiktrack.pull.spans import Span

SPAN = Span(date(2026, 10, 1), date(2026, 11, 20))
"""51 days: two slices of a day report; on the fake's today, 24 November, the newest still move."""


@dataclass
class Heard:
    """An observer with a memory."""

    notes: list[str] = field(default_factory=list)
    waits: list[tuple[float, str]] = field(default_factory=list)

    def part(self, advertiser_id: str, part: str, slices: int) -> None: ...

    def slice_done(self, rows: int) -> None: ...

    def waiting(self, seconds: float, why: str) -> None:
        self.waits.append((seconds, why))

    def note(self, text: str) -> None:
        self.notes.append(text)


@dataclass
class World:
    """What a test turns the knobs of."""

    fake: FakeTikTok
    clock: FakeClock
    plan: Plan
    heard: Heard = field(default_factory=Heard)
    token: str = TOKEN

    @property
    def out(self) -> Path:
        return self.plan.out

    def account(self, index: int = 0) -> Account:
        return list(self.fake.accounts.values())[index]

    def accounts(self, *accounts: Account) -> None:
        self.fake.accounts = {account.advertiser_id: account for account in accounts}
        self.plan = replace(self.plan, advertiser_ids=tuple(self.fake.accounts))

    def pull(self, **changes: Any) -> Pulled:
        client = Client(Secret(self.token), parse_address(self.fake.host), self.clock, self.heard, read_seconds=1.0)
        try:
            return pull(replace(self.plan, **changes), client, self.clock, self.heard)
        finally:
            client.close()

    def assert_true_totals(self, part: str = "report_ad_day", span: Span | None = None) -> None:
        """Totals of every account equal the truth, and the fake has nothing to complain of."""
        span = span or self.plan.span
        for id_, account in self.fake.accounts.items():
            truth = account.truth(span.since, span.until, hourly="hour" in part)
            assert reading.totals(self.out, id_, part) == truth
        assert self.fake.guard.violations == []


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    clock = FakeClock()
    account = Account()
    fake = FakeTikTok(clock, account)
    yield World(fake, clock, Plan((account.advertiser_id,), SPAN, tmp_path / "pulled"))
    fake.close()
