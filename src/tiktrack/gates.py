"""Gates: does this report make a CI job red, and why?"""

from __future__ import annotations

from tiktrack.compare import regressions
from tiktrack.model import Outcome, Report, Severity
from tiktrack.settings import Settings


def missed(report: Report, settings: Settings, baseline: Report | None = None) -> list[str]:
    """Reasons for exit code 1; empty where every gate holds. With a baseline only new or worse failures count."""
    reasons = []
    if settings.fail_on != "never":
        limit = Severity(settings.fail_on).rank
        failed = [r for r in report.results if r.outcome is Outcome.FAILED and r.severity.rank <= limit]
        fresh = {change.rule for change in regressions(baseline, report)} if baseline else set()
        counted = [r.rule for r in failed if r.rule in fresh] if baseline else [r.rule for r in failed]
        if counted:
            names = ", ".join(counted[:3]) + (f" and {len(counted) - 3} more" if len(counted) > 3 else "")
            since = " and are new or worse since the baseline" if baseline else ""
            reasons.append(f"{len(counted)} failed at or above --fail-on {settings.fail_on}{since}: {names}")
    if settings.min_score is not None and (report.grade.score is None or report.grade.score < settings.min_score):
        reasons.append(f"score {report.grade.score} is under --min-score {settings.min_score:g}")
    if settings.min_coverage is not None and report.grade.coverage < settings.min_coverage:
        reasons.append(
            f"only {report.grade.coverage:.0%} could be checked, --min-coverage asks for {settings.min_coverage:.0%}"
        )
    return reasons
