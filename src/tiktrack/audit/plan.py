"""Rules → few fused scans. Each scan answers many rules: keys, day, and n, bad, unknown a rule.

Rules whose columns have few values are answered from the cube ``events_cube`` (a row stands for ``w`` events); the
others from the table itself. A measure is scanned once for all rules that name it, with all its keys.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tiktrack import sql
from tiktrack.ledger import NEEDED
from tiktrack.model.rule import Detect, Named, Predicate, Ratio, Rule, Share, Value
from tiktrack.rules.measures import MeasureFile
from tiktrack.schema import MADE, TABLES
from tiktrack.schema.copies import events_behind

SLICED = ("browser", "page_host", "page_path", "country")
"""Columns of events that only serve to say where a fault is."""
_PER_SCAN = 60  # counters a scan: more make a plan that DuckDB optimises slowly


@dataclass(frozen=True, slots=True)
class Scan:
    """One query over ``source``. Its result has the key columns, ``day``, and n, bad, unknown for each rule in
    their order.
    """

    source: str
    keys: tuple[str, ...]
    rules: tuple[Rule, ...]
    counters: tuple[tuple[str, str, str], ...]

    @property
    def sql(self) -> str:
        """The query."""
        named = [
            f"{text} as r{i}_{name}"
            for i, texts in enumerate(self.counters)
            for name, text in zip("nbu", texts, strict=True)
        ]
        return f"select {', '.join([*self.keys, 'day', *named])} from {self.source} group by all"

    def one_by_one(self) -> list[Scan]:
        """A scan for each rule."""
        return [Scan(self.source, self.keys, (r,), (c,)) for r, c in zip(self.rules, self.counters, strict=True)]


def columns_read(rule: Rule) -> frozenset[str]:
    """Columns of its table that a rule reads when it counts."""
    parts: list[Predicate | None] = [rule.where]
    match rule.measure:
        case Share(bad):
            parts.append(bad)
        case Ratio(top, bottom):
            parts += [top, bottom]
        case Value(of, _):
            parts.append(of)
        case Detect(_, params):
            parts += [value for _, value in params if isinstance(value, Predicate)]
        case Named():
            pass
    return frozenset(rule.by).union(*(part.columns for part in parts if part))


def columns_needed(rules: Sequence[Rule], measures: dict[str, MeasureFile]) -> frozenset[str]:
    """Columns of ``events`` that somebody will read: to count, to show evidence, to join."""
    needed: set[str] = set(SLICED)
    for rule in rules:
        if rule.table == "events":
            needed |= columns_read(rule) | set(rule.evidence) | (rule.applies.columns if rule.applies else set())
        if isinstance(rule.measure, Named):
            needed |= measures[rule.measure.name].columns
    extracts = extracts_needed(measures)
    needed |= extracts.get("acts", frozenset())
    if "copies" in extracts:
        needed |= events_behind(extracts["copies"])
    if reads_ledger(rules, measures):
        needed |= NEEDED
    return frozenset(needed & set(TABLES["events"].by_name)) | _bases(needed)


def reads_ledger(rules: Iterable[Rule], measures: dict[str, MeasureFile]) -> bool:
    """Whether any rule reads a table that the ledger makes."""
    made = {table.name for table in MADE}
    return any(
        rule.table in made or (isinstance(rule.measure, Named) and measures[rule.measure.name].tables & made)
        for rule in rules
    )


def extracts_needed(measures: dict[str, MeasureFile]) -> dict[str, frozenset[str]]:
    """Extract (acts, copies) → its columns that measures read; an extract that nobody reads is not there."""
    found: dict[str, frozenset[str]] = {}
    for name in ("acts", "copies"):
        readers = [measure.columns for measure in measures.values() if name in measure.tables]
        if readers:
            found[name] = frozenset().union(*readers) & frozenset(TABLES[name].by_name)
    return found


def _bases(needed: set[str]) -> frozenset[str]:
    """Stored columns behind derived ones."""
    behind = {
        "day": "ts_ms", "hour": "ts_ms", "event": "event_raw", "event_class": "event_raw", "name_status": "event_raw",
        "pixel_code_status": "pixel_code", "currency_status": "currency", "content_type_status": "content_type",
        "page_host_kind": "page_host",
    }  # fmt: skip
    found = {base for column, base in behind.items() if column in needed}
    return frozenset(found | ({"ts_ms", "received_ms"} if "lag_ms" in needed else set()))


def scans(rules: Sequence[Rule], measures: dict[str, MeasureFile], cube_columns: frozenset[str]) -> list[Scan]:
    """All scans that these rules need; rules of kind ``value`` are not among them."""
    groups: dict[tuple[str, tuple[str, ...]], list[Rule]] = defaultdict(list)
    for rule in rules:
        match rule.measure:
            case Value() | Detect("silence", _):
                continue  # these have queries of their own
            case Named(name):
                groups[(f"measure:{name}", measures[name].keys)].append(rule)
            case _:
                groups[(_view(rule, cube_columns), rule.by)].append(rule)
    return [
        _scan(view, keys, members[start : start + _PER_SCAN], measures)
        for (view, keys), members in groups.items()
        for start in range(0, len(members), _PER_SCAN)
    ]


def _view(rule: Rule, cube_columns: frozenset[str]) -> str:
    if rule.table != "events":
        return rule.table
    few = columns_read(rule) <= cube_columns and all(sql.adds_up(p.text) for p in _aggregates(rule))
    return "events_cube" if few else "events"


def _aggregates(rule: Rule) -> list[Predicate]:
    match rule.measure:
        case Ratio(top, bottom):
            return [top, bottom]
        case Detect(_, params):
            return [value for _, value in params if isinstance(value, Predicate)]
        case _:
            return []


def _scan(view: str, keys: tuple[str, ...], rules: list[Rule], measures: dict[str, MeasureFile]) -> Scan:
    source = view
    if view.startswith("measure:"):
        source = f"({measures[view.removeprefix('measure:')].sql})"
    return Scan(source, keys, tuple(rules), tuple(_counters(rule) for rule in rules))


def _counters(rule: Rule) -> tuple[str, str, str]:
    """SQL of n, bad and unknown."""
    where = rule.where.text if rule.where else "true"
    match rule.measure:
        case Share(bad):
            return (
                f"sum(case when {where} then w end)",
                f"sum(case when ({where}) and ({bad.text}) then w end)",
                f"sum(case when ({where}) and ({bad.text}) is null then w end)",
            )
        case Named():
            return tuple(f"sum(case when {where} then {name} end)" for name in ("n", "bad", "unknown"))  # type: ignore[return-value]
        case Ratio(top, bottom):
            return sql.weighted(bottom.text, where), sql.weighted(top.text, where), "0"
        case Detect(_, params):
            given = dict(params)
            exposure = sql.weighted(given["exposure"].text, where) if "exposure" in given else "null"
            beside = f"sum(case when {where} then impressions end)" if rule.measure.kind == "rates" else "0"
            return exposure, sql.weighted(given["count"].text, where), beside
        case Value():
            raise AssertionError("a value has a query of its own")


def value_query(rule: Rule, *, daily: bool) -> str:
    """Query of a rule of kind ``value``: keys, (day,) value, n."""
    if not isinstance(rule.measure, Value):
        raise AssertionError("only for rules of kind value")
    where = rule.where.text if rule.where else "true"
    keys = ", ".join([*rule.by, *(["day"] if daily else [])])
    listed = f"{keys}, " if keys else ""
    grouped = " group by all" if keys else ""
    return f"select {listed}{rule.measure.of.text} as value, count(*) as n from {rule.table} where {where}{grouped}"


def applies(condition: Predicate, view: str) -> str:
    """SQL of an ``applies`` condition over a view whose rows stand for ``w`` rows."""
    return sql.weighted(condition.text, None) if view == "events_cube" else condition.text
