"""TikTok's merge rule event by event, as one would explain it on paper: what the engine's result is held against."""

from __future__ import annotations

from dataclasses import dataclass

MINUTES_5, HOURS_48 = 5 * 60_000, 48 * 3_600_000


@dataclass(frozen=True)
class Sent:
    """An event of a log; ``received_ms`` is None where the log does not say."""

    pixel: str
    name: str
    event_id: str | None
    channel: str
    ts_ms: int
    received_ms: int | None = None
    test: bool = False
    delivery: str = "unknown"

    @property
    def arrived(self) -> int:
        return self.ts_ms if self.received_ms is None else self.received_ms


@dataclass
class Kept:
    """An event that counts, and what became of the copies after it. The Events API writes whole seconds: where a browser
    copy lies in the second of the first one, the browser is taken as the first, then the server.
    """

    first: Sent
    channels: set[str]
    same_second: set[str]
    merged: int = 0
    resent: int = 0
    late: int = 0

    def row(self) -> tuple[object, ...]:
        s = self.first
        channel = next((c for c in ("browser", "server") if c in self.same_second), s.channel)
        return (s.pixel, s.name, s.event_id, s.arrived, channel, self.merged, self.resent + self.late, self.late)


def replay(log: list[Sent]) -> list[Kept]:
    """Walk through the log in the order of arrival."""
    kept: list[Kept] = []
    open_: dict[tuple[str, str, str], Kept] = {}
    taken = [s for s in log if not s.test and s.delivery not in ("rejected", "throttled", "blocked")]
    rank = {"browser": 0, "server": 1}
    for sent in sorted(taken, key=lambda s: (s.arrived, rank.get(s.channel, 2))):
        if sent.event_id is None:
            kept.append(Kept(sent, {sent.channel}, {sent.channel}))
            continue
        key = (sent.pixel, sent.name, sent.event_id)
        before = open_.get(key)
        if before is None or sent.arrived - before.first.arrived > HOURS_48:
            open_[key] = Kept(sent, {sent.channel}, {sent.channel})
            kept.append(open_[key])
            continue
        crosses = {before.first.channel, sent.channel} == {"browser", "server"} and sent.channel not in before.channels
        if crosses and sent.arrived - before.first.arrived <= MINUTES_5:
            before.merged += 1
        elif crosses:
            before.late += 1
        else:
            before.resent += 1
        before.channels.add(sent.channel)
        if sent.arrived // 1000 == before.first.arrived // 1000:
            before.same_second.add(sent.channel)
    return kept
