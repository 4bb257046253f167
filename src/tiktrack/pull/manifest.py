"""The index of a folder: what was asked, when, what came back. The files are the truth; this can be rebuilt.

``manifest.json`` is written atomically and without hurry: a run killed between a finished file and the
manifest loses nothing, because every line of a file says which request it answers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from typing import Any

from tiktrack import __version__
from tiktrack.pull.spans import Span

SCHEMA = "tiktrack/pull/v1"
NAME = "manifest.json"


@dataclass(frozen=True, slots=True)
class Label:
    """What a file answers."""

    advertiser_id: str
    part: str
    """Folder of the file below its advertiser: ``campaigns``, ``report_ad_day``, ``pixel_stats``."""

    pulled_at: datetime
    """When the first request of the file left (UTC, whole seconds); the same on every line of the file."""

    recipe: str
    """Short hash of what was asked apart from the days: another list of metrics is another recipe."""

    span: Span | None = None
    """The days asked for; None for a snapshot of settings."""

    level: str | None = None
    grain: str | None = None

    @property
    def stem(self) -> str:
        """Name of the file, without the ending."""
        days = f"{self.span.since}_{self.span.until}" if self.span else "snapshot"
        return f"{days}.{self.recipe}.{self.pulled_at:%Y%m%dT%H%M%SZ}"

    def as_json(self) -> dict[str, Any]:
        return {
            "advertiser_id": self.advertiser_id,
            "part": self.part,
            "level": self.level,
            "grain": self.grain,
            "since": self.span.since.isoformat() if self.span else None,
            "until": self.span.until.isoformat() if self.span else None,
            "recipe": self.recipe,
            "pulled_at": self.pulled_at.isoformat(),
        }


@dataclass(frozen=True, slots=True)
class Slice:
    """One finished file."""

    label: Label
    path: str
    """Below the folder, with forward slashes."""

    endpoint: str
    pages: int
    rows: int
    """Different rows: one that moved to the next page while being read counts once."""

    size: int
    """Bytes."""

    sha256: str
    request_ids: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        known = {"path": self.path, "endpoint": self.endpoint, "pages": self.pages, "rows": self.rows}
        rest = {
            "size": self.size,
            "sha256": self.sha256,
            "request_ids": self.request_ids,
            "notes": self.notes,
        }
        return {**self.label.as_json(), **known, **rest}


@dataclass(frozen=True, slots=True)
class Skipped:
    """A part that could not be pulled; its rules are unknown, not passed."""

    advertiser_id: str
    part: str
    reason: str
    remedy: str | None
    at: datetime
    permitted: bool
    """False: the token lacks the permission. True: TikTok failed or refused a parameter."""


@dataclass(frozen=True, slots=True)
class Hold:
    """TikTok asked us to wait; no request before ``until``."""

    until: datetime
    why: str


@dataclass(slots=True)
class Manifest:
    """What stands in ``manifest.json``."""

    accounts: dict[str, dict[str, Any]] = field(default_factory=dict)
    """Advertiser id → name, timezone (IANA), currency, status."""

    slices: dict[str, Slice] = field(default_factory=dict)
    """Path → finished file."""

    skipped: dict[tuple[str, str], Skipped] = field(default_factory=dict)
    tasks: dict[str, str] = field(default_factory=dict)
    """Key of an asynchronous report → id of the task that TikTok still works on."""

    hold: Hold | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "schema": SCHEMA,
            "tool": f"tiktrack {__version__}",
            "accounts": self.accounts,
            "files": [self.slices[path].as_json() for path in sorted(self.slices)],
            "skipped": [{**asdict(skip), "at": skip.at.isoformat()} for skip in self.skipped.values()],
            "tasks": self.tasks,
            "hold": {"until": self.hold.until.isoformat(), "why": self.hold.why} if self.hold else None,
        }


def read_manifest(body: Mapping[str, Any]) -> Manifest:
    """The manifest out of its JSON. Raises KeyError, TypeError or ValueError when it is not one."""
    hold = body["hold"]
    skips = [Skipped(**{**skip, "at": datetime.fromisoformat(skip["at"])}) for skip in body["skipped"]]
    return Manifest(
        accounts=dict(body["accounts"]),
        slices={entry["path"]: read_slice(entry) for entry in body["files"]},
        skipped={(skip.advertiser_id, skip.part): skip for skip in skips},
        tasks=dict(body["tasks"]),
        hold=Hold(datetime.fromisoformat(hold["until"]), hold["why"]) if hold else None,
    )


def read_slice(entry: Mapping[str, Any]) -> Slice:
    """One entry of ``files``."""
    counts = {key: entry[key] for key in ("path", "endpoint", "pages", "rows", "size", "sha256")}
    lists = {key: tuple(entry[key]) for key in ("request_ids", "notes")}
    return Slice(label=read_label(entry), **{**counts, **lists})


def read_label(entry: Mapping[str, Any]) -> Label:
    """The label out of an entry of ``files`` or out of the ``request`` of a line."""
    days = (entry["since"], entry["until"])
    return Label(
        advertiser_id=entry["advertiser_id"],
        part=entry["part"],
        pulled_at=datetime.fromisoformat(entry["pulled_at"]),
        recipe=entry["recipe"],
        span=Span(date.fromisoformat(days[0]), date.fromisoformat(days[1])) if all(days) else None,
        level=entry["level"],
        grain=entry["grain"],
    )
