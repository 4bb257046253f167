"""Words of shops that nobody listed: what is not finished is not paid, although its word holds the finished one."""

from __future__ import annotations

import pytest

from tiktrack.sources.orders_status import states


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("Order incomplete", "cancelled"),
        ("Commande incomplète", "cancelled"),
        ("Nicht abgeschlossen", "cancelled"),
        ("Not paid, awaiting bank wire", "pending"),
        ("Completed by staff", "paid"),
        ("Teilweise erstattet", "paid"),
    ],
)
def test_a_part_of_a_longer_word_does_not_turn_it_round(word: str, state: str) -> None:
    assert list(states([word], {}).values()) == [state]
