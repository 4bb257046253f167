"""What could not be checked, why, and what would make it checkable: grouped, so that one missing file is one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tiktrack.model.report import RuleResult, Unknown
from tiktrack.model.words import Outcome
from tiktrack.rules.keys import SYMPTOMS

NO_TABLE = {
    "events": "no event log was given",
    "ads": "no ads report was given",
    "orders": "no shop orders were given",
    "setup": "no account settings were given",
    "pixel_stats": "TikTok's own pixel counts were not given",
    "changes": "no change log was given",
    "witness": "no other analytics data was given",
}
HOW = {
    "events": "Add an event log: Events API requests as JSON lines from your server, pixel hits, or a CSV with one "
    "event per row (developer). Reports alone do not show individual events.",
    "ads": "Add an Ads Manager export: Campaign tab → Custom columns (cost, impressions, clicks, conversions, "
    "purchases and their value) → breakdown By day → Export → CSV (media buyer).",
    "orders": "Add the shop's orders: in Shopify Orders → Export → Plain CSV for the same days (shop owner).",
    "setup": "Pull them with `tiktrack pull` (docs/pull.md) and audit the folder; exports do not contain them "
    "(developer).",
    "pixel_stats": "Pull them with `tiktrack pull` (docs/pull.md); the app needs the permission Pixel Level "
    "Reporting, 802 (developer).",
    "changes": "Pull the change log with `tiktrack pull`, or write your own notes: a CSV with the columns date "
    "and what.",
    "witness": "Add GA4's BigQuery export of the same days as JSON lines or Parquet (analyst).",
}
NO_DAY = "the export has no day column"
NO_TIME = "no row has a usable time"
_MORE_DATA = "Give a longer period, or accept that this cannot be judged at such low volume."


def unknowns(results: Sequence[RuleResult]) -> tuple[Unknown, ...]:
    """One line a reason, the weightiest first."""
    groups: dict[tuple[str, str], list[RuleResult]] = defaultdict(list)
    for result in results:
        if result.outcome in (Outcome.UNKNOWN, Outcome.ERRORED):
            groups[_reason(result)].append(result)
    ordered = sorted(groups.items(), key=lambda item: (min(r.severity.rank for r in item[1]), -len(item[1])))
    return tuple(_line(reason, how, members) for (reason, how), members in ordered)


def left_out(currency: str | None, others: Sequence[str]) -> tuple[Unknown, ...]:
    """What is not said about money in other currencies."""
    if not others:
        return ()
    told = f"costs are given in {currency} only" if currency else "no costs are given"
    return (
        Unknown(
            what=f"the spend in {', '.join(others)}",
            why=f"amounts in different currencies are never added up: {told}",
            how_to_get="Audit the accounts of each currency separately, or set another `currency` in tiktrack.yaml.",
        ),
    )


def _reason(result: RuleResult) -> tuple[str, str]:
    reason = result.reason or "not known"
    for table, why in NO_TABLE.items():
        if reason == why:
            return why, HOW[table]
    if reason == NO_DAY:
        return NO_DAY, "Export again with the breakdown 'By day'."
    if reason == NO_TIME:
        return NO_TIME, "Give the file with its times as they were recorded; see its notes under Inputs."
    if result.outcome is Outcome.ERRORED:
        return reason, "This is a bug in the rule or in tiktrack, not in your tracking; please report it."
    if reason.startswith("the files do not contain") and result.table in ("setup", "pixel_stats"):
        return (
            reason,
            "TikTok left it out of its response for this account; look it up in Ads Manager or Events Manager.",
        )
    if result.table == "ads" and reason.startswith("the report has no"):
        return reason, "Export again with that column: Campaign tab → Custom columns (media buyer)."
    if reason.startswith("the files do not contain"):
        return reason, "Use a log that keeps the field; the original requests contain everything."
    return "too few rows or days", _MORE_DATA


def _line(reason: str, how: str, members: Sequence[RuleResult]) -> Unknown:
    symptoms = list(dict.fromkeys(SYMPTOMS[m.symptom] for m in members))
    titles = f"1 check: {members[0].title}" if len(members) == 1 else f"{len(members)} checks: {', '.join(symptoms)}"
    return Unknown(what=titles, why=reason, how_to_get=how)
