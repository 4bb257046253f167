"""What could not be checked, why, and what would make it checkable: grouped, so that one missing file is one line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from tiktrack.model import Outcome, RuleResult, Unknown
from tiktrack.rules.keys import SYMPTOMS

NO_TABLE = {
    "events": "no event log was given",
    "ads": "no ads report was given",
    "orders": "no orders of the shop were given",
    "setup": "the settings of the account were not given",
    "pixel_stats": "TikTok's own counts of the pixel were not given",
    "changes": "no log of changes was given",
    "witness": "no other counter was given",
}
HOW = {
    "events": "Add an event log: Events API requests as JSON lines from your server, pixel hits, or a CSV with one "
    "event a row (developer). Reports alone do not show single events.",
    "ads": "Add an Ads Manager export: Campaign tab → Custom columns (cost, impressions, clicks, conversions, "
    "purchases and their value) → breakdown By day → Export → CSV (media buyer).",
    "orders": "Add the shop's orders: in Shopify Orders → Export → Plain CSV for the same days (shop owner).",
    "setup": "Pull them with `tiktrack pull` (docs/pull.md) and audit its folder; exports do not hold them "
    "(developer).",
    "pixel_stats": "Pull them with `tiktrack pull` (docs/pull.md); the app needs the permission Pixel Level "
    "Reporting, 802 (developer).",
    "changes": "Pull the change log with `tiktrack pull`, or write notes of your own: a CSV with the columns date "
    "and what.",
    "witness": "Add GA4's BigQuery export of the same days as JSON lines or Parquet (analyst).",
}
NO_DAY = "the export has no day column"
_MORE_DATA = "Give a longer period, or accept that this cannot be told at such low numbers."


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
    told = f"what findings cost is told in {currency} only" if currency else "what findings cost is not told at all"
    return (
        Unknown(
            what=f"the spend in {', '.join(others)}",
            why=f"money of several currencies is never added up: {told}",
            how_to_get="Audit the accounts of each currency on their own, or name another `currency` in tiktrack.yaml.",
        ),
    )


def _reason(result: RuleResult) -> tuple[str, str]:
    reason = result.reason or "not known"
    for table, why in NO_TABLE.items():
        if reason == why:
            return why, HOW[table]
    if reason == NO_DAY:
        return NO_DAY, "Export again with the breakdown 'By day'."
    if result.outcome is Outcome.ERRORED:
        return reason, "This is a fault of the rule or of tiktrack, not of your tracking; please report it."
    if reason.startswith("the files do not carry") and result.table in ("setup", "pixel_stats"):
        return reason, "TikTok left it out of its answer for this account: look it up in Ads Manager or Events Manager."
    if reason.startswith("the files do not carry"):
        return reason, "Use a log that keeps the field: the requests as they were sent hold everything."
    return "too few rows or days", _MORE_DATA


def _line(reason: str, how: str, members: Sequence[RuleResult]) -> Unknown:
    symptoms = list(dict.fromkeys(SYMPTOMS[m.symptom] for m in members))
    titles = members[0].title if len(members) == 1 else f"{len(members)} checks: {', '.join(symptoms)}"
    return Unknown(what=titles, why=reason, how_to_get=how)
