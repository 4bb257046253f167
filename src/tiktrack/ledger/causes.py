"""Why TikTok counts too many or too few: each cause with its words and its remedy."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cause:
    """``over`` says that it makes TikTok count too many, else too few; ``with_fix`` completes "with …"."""

    id: str
    over: bool
    title: str
    with_fix: str
    owner: str = "developer"
    note: str = ""


CAUSES = (
    Cause("id_mismatch", True, "browser and server send different IDs", "one ID for both channels"),
    Cause("new_id", True, "sent again under a new ID (reload, second tag)", "an ID made from the order number"),
    Cause("no_id", True, "sent again without an event ID", "an event ID on every event"),
    Cause("name_mismatch", True, "one ID under two event names", "one event name in both channels",
          note="whether TikTok treats the old and new name as one is not documented; it may already count them once"),
    Cause("repeat_48h", True, "the same ID again after 48 hours", "a record on the server that the order was sent"),
    Cause("late_twin", True, "the other channel's copy after 48 hours", "server events in real time"),
    Cause("two_pixels", True, "a second pixel counts it too", "one pixel",
          note="it doubles only where the ad account uses both pixels"),
    Cause("shared_id", False, "one ID for several orders or people", "a separate ID for each event"),
    Cause("rejected", False, "rejected by TikTok", "requests that TikTok accepts"),
    Cause("throttled", False, "throttled or timed out", "a retry after a pause"),
    Cause("blocked", False, "never left the browser", "a server event in addition to the pixel"),
)  # fmt: skip
BY_ID = {cause.id: cause for cause in CAUSES}
OVER = tuple(cause.id for cause in CAUSES if cause.over)
