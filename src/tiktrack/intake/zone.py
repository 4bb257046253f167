"""Days in the account's time zone, as arithmetic on milliseconds: portable, and no zone tables in the engine."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from tiktrack.errors import ConfigError

_STEP = timedelta(hours=1)


def zone(name: str) -> ZoneInfo:
    """The zone of that name; TikTok's ``Etc/GMT+8`` means UTC−8, as zoneinfo knows."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ConfigError(
            f"there is no time zone called '{name}'", hint="use a name such as Europe/Berlin or America/New_York"
        ) from error


def is_zone(name: str) -> bool:
    """Whether there is a zone of that name."""
    try:
        return bool(ZoneInfo(name))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


# Zones tried in this order when only the offsets of the orders are known; each covers its neighbours with the
# same clock.
_LIKELY = (
    "Europe/Berlin", "Europe/London", "America/New_York", "America/Los_Angeles", "America/Chicago", "America/Denver",
    "America/Phoenix", "America/Halifax", "America/Sao_Paulo", "America/Mexico_City", "America/Bogota", "Europe/Athens",
    "Europe/Istanbul", "Asia/Jerusalem", "Asia/Dubai", "Asia/Karachi", "Asia/Kolkata", "Asia/Dhaka", "Asia/Jakarta",
    "Asia/Singapore", "Asia/Tokyo", "Australia/Sydney", "Australia/Brisbane", "Australia/Adelaide", "Australia/Perth",
    "Pacific/Auckland", "Pacific/Honolulu", "Africa/Lagos", "Africa/Johannesburg", "Africa/Nairobi", "UTC",
)  # fmt: skip


def zone_of_offsets(seen: list[tuple[int, int]]) -> str | None:
    """The first likely zone whose clock shows each ``(moment ms, offset minutes)``; None where none does."""
    for candidate in _LIKELY:
        tz = ZoneInfo(candidate)
        if seen and all(
            _offset(tz, datetime.fromtimestamp(ms / 1000, UTC)) == minutes * 60_000 for ms, minutes in seen
        ):
            return candidate
    return None


def local_ms(ts_ms: str, name: str, first_ms: int, last_ms: int) -> str:
    """SQL of local wall-clock milliseconds between two moments; one branch a change of the clocks."""
    changes = _offsets(zone(name), first_ms, last_ms)
    if len(changes) == 1:
        return f"({ts_ms} + {changes[0][1]})"
    branches = " ".join(f"when {ts_ms} < {until} then {offset}" for until, offset in _until(changes))
    return f"({ts_ms} + case {branches} else {changes[-1][1]} end)"


def _until(changes: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [(changes[i + 1][0], changes[i][1]) for i in range(len(changes) - 1)]


def _offsets(tz: ZoneInfo, first_ms: int, last_ms: int) -> list[tuple[int, int]]:
    """Moments from which an offset holds, ms."""
    moment = datetime.fromtimestamp(first_ms / 1000, UTC).replace(minute=0, second=0, microsecond=0)
    end = datetime.fromtimestamp(last_ms / 1000, UTC)
    changes = [(first_ms, _offset(tz, moment))]
    while moment <= end:
        following = moment + timedelta(days=1)
        if _offset(tz, following) != _offset(tz, moment):
            hour = moment
            while _offset(tz, hour) == changes[-1][1]:
                hour += _STEP
            changes.append((int(hour.timestamp() * 1000), _offset(tz, hour)))
        moment = following
    return changes


def _offset(tz: ZoneInfo, moment: datetime) -> int:
    offset = moment.astimezone(tz).utcoffset()
    return int(offset.total_seconds() * 1000) if offset else 0
