"""What a stranger's rule may say, and what is refused, each with its reason."""

from __future__ import annotations

import pytest

from tiktrack.schema import EVENTS
from tiktrack.sql import RefusedError, adds_up, predicate, query, weighted


def test_columns_are_the_needs() -> None:
    checked = predicate("event = 'Purchase' and not test and coalesce(value, 0) > 5", EVENTS)
    assert checked.columns == {"event", "test", "value"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("read_text('/etc/passwd') = 'x'", "may not be called"),
        ("event in (select event from events)", "sub-select"),
        ("(select 1) = 1", "sub-select"),
        ("exists (select 1)", "sub-select"),
        ("event = 'x'; drop table events", "semicolon"),
        ("events_store.reject = 'x'", "names a table"),
        ("hash(event) = 1", "may not be called"),
        ("getenv('HOME') = 'x'", "may not be called"),
        ("event::int = 1", "CAST"),
        ("count(*) > 1", "aggregate"),
        ("currency_statu = 'ok'", "no column"),
        ("currency_status = 'mising'", "never"),
        ("event = = 1", "not readable"),
        ("", "semicolon|not readable"),
    ],
)
def test_refused(text: str, words: str) -> None:
    with pytest.raises(RefusedError, match=words) as caught:
        predicate(text, EVENTS)
    assert caught.value.hint


def test_nearest_column_and_state_are_named() -> None:
    with pytest.raises(RefusedError) as column:
        predicate("curency = 'EUR'", EVENTS)
    with pytest.raises(RefusedError) as state:
        predicate("currency_status = 'mising'", EVENTS)
    assert (column.value.hint, state.value.hint) == ("did you mean 'currency'?", "did you mean 'missing'?")


def test_comments_do_not_reach_the_engine() -> None:
    assert "drop" not in predicate("test = true -- drop", EVENTS).text.lower().replace("/* drop */", "")


def test_an_aggregate_must_aggregate() -> None:
    with pytest.raises(RefusedError, match="nothing is aggregated"):
        predicate("value > 1", EVENTS, aggregate=True)


def test_counts_are_weighted() -> None:
    text = predicate("count_if(channel = 'server')", EVENTS, aggregate=True).text
    assert adds_up(text)
    assert weighted(text, "NOT test") == "COALESCE(SUM(CASE WHEN (channel = 'server') AND (NOT test) THEN w END), 0)"
    assert not adds_up(predicate("approx_quantile(lag_ms, 0.95)", EVENTS, aggregate=True).text)


@pytest.mark.parametrize(
    "text",
    ["select * from read_csv('x')", "select * from other", "drop table events", "select getenv('HOME') from events",
     "copy events to 'x'", "select * from main.events_store"],
)  # fmt: skip
def test_measures_are_held_to_the_list_too(text: str) -> None:
    with pytest.raises(RefusedError):
        query(text)
