"""``--profile``: rules for another kind of account do not apply, and do not count as unchecked."""

from __future__ import annotations

import pytest

from tests.helpers import SAMPLES, audited, sample, tiktrack
from tiktrack.model.words import Outcome


@pytest.mark.parametrize(
    ("profile", "left_out"), [("leadgen", "purchase-without-value"), ("app", "copies-do-not-match")]
)
def test_rules_for_others_do_not_apply(profile: str, left_out: str) -> None:
    report = audited(SAMPLES / "broken", profile=profile)
    (result,) = (r for r in report.results if r.rule == left_out)
    assert result.outcome is Outcome.NOT_APPLICABLE
    assert "not for" in (result.reason or "")
    assert any(r.rule == "email-in-plain" and r.outcome is Outcome.FAILED for r in report.results)


def test_a_shop_misses_nothing_of_the_default() -> None:
    whole, shop = sample("broken"), audited(SAMPLES / "broken", profile="ecommerce")
    failed = [[r.rule for r in report.results if r.outcome is Outcome.FAILED] for report in (whole, shop)]
    assert failed[0] == failed[1]


def test_a_misspelt_profile_is_told() -> None:
    done = tiktrack("audit", str(SAMPLES / "broken"), "--profile", "shop")
    assert done.returncode == 2
    assert "ecommerce, leadgen, app" in done.stderr
