"""Which column of a report holds which field, and whether the report is one of TikTok at all.

Agencies keep one table for all networks. Where a column names the network, only rows of TikTok are read; where names of
measures do (``tiktok_spend`` beside ``meta_spend``), only those measures.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tiktrack.sources import header_words
from tiktrack.sources.ads_headers import ALIASES, NETWORKS, NUMBERS, OF_OTHERS, TEXTS, listed
from tiktrack.sources.csvfile import Sheet, columns, plain, unmarked
from tiktrack.sources.header_words import Around, key
from tiktrack.sources.pairs import told_apart

ENTITIES = ("account", "campaign", "campaign_id", "adgroup", "adgroup_id", "ad", "ad_id")
_TIKTOK = "tiktok"
_SHORT = ("tt", "ttads")
_NAMES = frozenset((_TIKTOK, "tik", "tok", "ads"))
_AROUND = Around(frozenset(("dimensions", "dimension", "metrics", "metric", "sum", "of")) | _NAMES, _NAMES)
_FIELDS = {field: names for field, names in ALIASES.items() if field != "network"}
_MEASURES = listed(NUMBERS)
_NETWORK = frozenset(key(name) for names in TEXTS["network"].values() for name in names)


def fields_of(table: Sheet) -> dict[str, int]:
    """Field → position. The hour column of the API holds the day as well."""
    found = told_apart(table, columns(table, _FIELDS))
    others = {field: names for field, names in _FIELDS.items() if field not in found}
    taken = frozenset(found.values())
    more = header_words.columns(table.header, others, _AROUND)
    found |= {field: at for field, at in more.items() if at not in taken}
    ours = header_words.columns([name if _says_tiktok(name) else "" for name in table.header], _MEASURES, _AROUND)
    if len(ours) > 1:
        found = {field: at for field, at in found.items() if field not in NUMBERS} | ours
    if "day" not in found and "hour" in found:
        found["day"] = found["hour"]
    return found


def looks_like_a_report(table: Sheet) -> int:
    """How sure we are that a table is an ads report of TikTok."""
    found = fields_of(table)
    measured = sum(field in found for field in NUMBERS)
    if not found.keys() & {"day", *ENTITIES} or "spend" not in found or measured < 2:
        return 0
    if of_another_network(table.header, table.rows):
        return 0
    return min(85, 60 + 5 * measured)


def network_columns(header: Iterable[str]) -> list[int]:
    """Columns that may say which network a row is of."""
    return [at for at, name in enumerate(header) if key(name) in _NETWORK]


def names_networks(cells: Iterable[str]) -> int:
    """2 where a column names TikTok, 1 where it names other networks only, else 0."""
    seen = frozenset(map(key, cells))
    return 2 if any(_TIKTOK in name or name in _SHORT for name in seen) else int(bool(seen & NETWORKS))


def is_tiktok(cell: str) -> str:
    """SQL: the cell names TikTok."""
    name = f"regexp_replace(lower({cell}), '[^a-z0-9]', '', 'g')"
    return f"coalesce(contains({name}, '{_TIKTOK}') or {name} in ({', '.join(map(repr, _SHORT))}), false)"


def of_another_network(header: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[str, str] | None:
    """A column that only reports of another network have, and the network; None where the table has none, or says that
    it holds TikTok as well."""
    foreign = next((column for column in header if _known(column)), None)
    if foreign is None or any(map(_says_tiktok, header)):
        return None
    networks = network_columns(header)
    named = [names_networks(row[at] for row in rows if at < len(row)) for at in networks]
    if 2 in named or (networks and not rows):
        return None
    return foreign, OF_OTHERS[_known(foreign)]


def _known(header: str) -> str:
    """The name under which a column of another network is listed, or nothing."""
    return next((name for name in (plain(header), unmarked(header)[0]) if name in OF_OTHERS), "")


def _says_tiktok(name: str) -> bool:
    return _TIKTOK in key(name)
