"""Names of columns, compared as words.

``Event Name``, ``event_name``, ``eventName`` and ``EVENT-NAME`` are one. Where no name fits as it is, words at its
front or end that only say where a field came from are taken off: ``properties.value`` is value.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tiktrack.schema.currencies import CURRENCIES

_UNITS = frozenset((
    "utc", "gmt", "ms", "msec", "millis", "milliseconds", "s", "sec", "secs", "seconds", "us", "micros", "microseconds",
    "unix", "epoch", "iso",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Around:
    """Words that may stand before a name, or behind it, and say nothing of what the column holds."""

    front: frozenset[str] = frozenset()
    end: frozenset[str] = frozenset()


def words(name: str) -> tuple[str, ...]:
    """Words of a header in lower case, full-width forms folded."""
    text = unicodedata.normalize("NFKC", name)
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", " ", text)
    return tuple(re.findall(r"[^\W_]+", text.casefold()))


def key(name: str) -> str:
    """A name as it is compared: ``AppsFlyer ID`` is ``appsflyerid``."""
    return "".join(words(name))


def keys(header: Iterable[str]) -> frozenset[str]:
    """The names of a header as they are compared."""
    return frozenset(map(key, header))


def says_utc(name: str) -> bool:
    """Whether the times of a column are UTC by its name."""
    return bool({"utc", "gmt"} & set(words(name)))


def columns(header: Sequence[str], aliases: Mapping[str, Sequence[str]], around: Around) -> dict[str, int]:
    """Field → position of its column. A name that fits as it is wins over one without its front; a column serves one
    field."""
    return _placed((_as_is(header), _shortened(header, around)), aliases)


def alike(header: Sequence[str], aliases: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """The same where only names count that fit as they are."""
    return _placed((_as_is(header),), aliases)


def forms(name: str, around: Around) -> list[tuple[int, str]]:
    """Shorter forms of a name, each with the number of words that it lost: without words at its front, and without a
    unit, a currency or another word at its end."""
    found = []
    whole = words(name)
    for behind in _fitting(whole[::-1], around.end):
        kept = whole[: len(whole) - behind]
        for before in _fitting(kept, around.front):
            parts = kept[before:]
            found += [(before + behind, "".join(parts))] if before + behind else []
            if len(parts) > 1 and _is_unit(parts[-1]):
                found.append((before + behind + 1, "".join(parts[:-1])))
    return found


def _fitting(parts: Sequence[str], wanted: frozenset[str]) -> range:
    """How many of the first words may go: none of them, one, and so on; never all."""
    most = next((at for at, word in enumerate(parts[:-1]) if word not in wanted), max(len(parts) - 1, 0))
    return range(most + 1)


def _is_unit(word: str) -> bool:
    return word in _UNITS or word.upper() in CURRENCIES


def _placed(ways: Sequence[dict[str, int]], aliases: Mapping[str, Sequence[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for names in ways:
        for field, wanted in aliases.items():
            for alias in wanted if field not in found else ():
                position = names.get(key(alias))
                if position is not None and position not in found.values():
                    found[field] = position
                    break
    return found


def _as_is(header: Sequence[str]) -> dict[str, int]:
    names: dict[str, int] = {}
    for position, name in enumerate(header):
        names.setdefault(key(name), position)
    return names


def _shortened(header: Sequence[str], around: Around) -> dict[str, int]:
    """Every shorter form of the names → position; a form that lost fewer words wins."""
    found = [(lost, form, at) for at, name in enumerate(header) for lost, form in forms(name, around)]
    names: dict[str, int] = {}
    for _, form, position in sorted(found, key=lambda item: item[0]):
        names.setdefault(form, position)
    return names
