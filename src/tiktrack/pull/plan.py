"""What the user asks for."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from tiktrack.errors import UsageError
from tiktrack.pull.coverage import LONGEST_RESTATED_DAYS, RESTATED_DAYS
from tiktrack.pull.spans import Span

PARTS = (
    "account",
    "campaigns",
    "adgroups",
    "ads",
    "pixels",
    "reports",
    "pixel_stats",
    "diagnosis",
    "changelog",
    "catalogs",
)
"""Names for --only, in the order in which they are pulled; later ones may need earlier ones."""

NEEDS = {
    "reports": ("account", "campaigns"),
    "pixel_stats": ("pixels",),
    "diagnosis": ("adgroups",),
    "changelog": ("account",),
    "catalogs": ("pixels",),
}
"""What else must be asked to be able to ask: the time zone, the app campaigns, the ids of the pixels."""

LEVELS = ("campaign", "adgroup", "ad")


@dataclass(frozen=True, slots=True)
class Plan:
    """One call of ``tiktrack pull``."""

    advertiser_ids: tuple[str, ...]
    span: Span
    """In the account's time zone (pixel statistics: UTC)."""

    out: Path
    level: str = "ad"
    hourly: bool = False
    parts: tuple[str, ...] = PARTS
    business_center_id: str | None = None
    refresh: bool = False
    restated_days: int = RESTATED_DAYS


def check_plan(plan: Plan, *, accounts_known: bool = True) -> None:
    """Raises UsageError for what makes no sense, before anything is asked."""
    if plan.span.since > plan.span.until:
        raise UsageError(f"--since {plan.span.since} lies after --until {plan.span.until}.", hint="Swap the two days.")
    if accounts_known and not plan.advertiser_ids:
        raise UsageError("No advertiser given.", hint="Give --advertiser-id, or --all-advertisers with an app id.")
    if not all(id_.isascii() and id_.isdigit() for id_ in plan.advertiser_ids):
        raise UsageError(
            "An advertiser id is a long number.", hint="Ads Manager shows it in the address bar as aadvid=…"
        )
    if plan.level not in LEVELS:
        raise UsageError(f"There is no level {plan.level!r}.", hint=f"Choose one of {', '.join(LEVELS)}.")
    if not 0 <= plan.restated_days <= LONGEST_RESTATED_DAYS:
        raise UsageError(
            f"{plan.restated_days} restated days are not possible.",
            hint=f"Choose 0 to {LONGEST_RESTATED_DAYS}, the longest click window.",
        )


def choose_parts(names: Iterable[str]) -> tuple[str, ...]:
    """The parts for --only, with what they need. Raises UsageError for an unknown name."""
    chosen: set[str] = set()
    for name in names:
        if name not in PARTS:
            near = get_close_matches(name, PARTS, n=1)
            meant = f"Did you mean {near[0]!r}? " if near else ""
            raise UsageError(f"There is no part {name!r}.", hint=f"{meant}The parts are {', '.join(PARTS)}.")
        chosen |= {name, *NEEDS.get(name, ())}
    return tuple(part for part in PARTS if part in chosen)
