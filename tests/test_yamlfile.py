"""YAML is read strictly."""

from __future__ import annotations

import pytest

from tiktrack.yamlfile import YamlError, parse


def test_plain_words_stay_words() -> None:
    (document,) = parse("country: NO\ntime: 12:30\nid: 0123\nday: 2026-01-02\nyes: yes\n", "x.yaml")
    assert document == {"country": "NO", "time": "12:30", "id": "0123", "day": "2026-01-02", "yes": "yes"}


def test_numbers_and_truth() -> None:
    assert parse("a: 5\nb: -1.5\nc: true\nd: null\ne: '5'\n", "x") == [
        {"a": 5, "b": -1.5, "c": True, "d": None, "e": "5"}
    ]


def test_lines_are_known() -> None:
    (document,) = parse("a: 1\n\nb:\n  c: 2\n", "x")
    assert (document.line_of("b"), document["b"].line_of("c")) == (3, 4)


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\nb: 2\na: 3\n", 3, "appears twice"),
        ("a: 1\nb: !!python/object/apply:os.system [ls]\n", 2, "tag"),
        ("a: [1\n", 2, "not readable"),
        ("a: b: c\n", 1, "not readable"),
    ],
)
def test_refused_with_its_line(text: str, line: int, words: str) -> None:
    with pytest.raises(YamlError, match=words) as caught:
        parse(text, "rule.yaml")
    assert caught.value.place is not None
    assert (caught.value.place.path, caught.value.place.line) == ("rule.yaml", line)
    assert caught.value.hint
