"""Gates: does this report make a CI job red, and why?"""

from __future__ import annotations

from tiktrack.compare import regressions
from tiktrack.model.report import Report
from tiktrack.model.words import Outcome, Severity
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
    grade = report.grade
    checked = f"only {100 * grade.coverage:.1f}% could be checked"
    if settings.min_score is not None and (grade.letter is None or grade.score is None):
        reasons.append(f"there is no grade to hold against --min-score {settings.min_score:g}: {checked}")
    elif settings.min_score is not None and grade.score is not None and grade.score < settings.min_score:
        reasons.append(f"score {grade.score:g} is below --min-score {settings.min_score:g}")
    if settings.min_coverage is not None and grade.coverage < settings.min_coverage:
        reasons.append(f"{checked}, --min-coverage asks for {100 * settings.min_coverage:g}%")
    return reasons
