"""The whole audit in one readable function: files in, Report out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from tiktrack import __version__
from tiktrack.audit import count, plan, reach, suppress
from tiktrack.audit.evidence import Places, with_evidence
from tiktrack.audit.grade import grade, points
from tiktrack.audit.hours import hours_result
from tiktrack.audit.impact import money, spend
from tiktrack.audit.incidents import incidents, read, softened
from tiktrack.audit.lag import completeness, told
from tiktrack.audit.people import calendar
from tiktrack.audit.power import powers
from tiktrack.audit.results import Setting, empty, result
from tiktrack.audit.series import Series, all_series, days_between
from tiktrack.audit.symptoms import symptoms
from tiktrack.audit.totals import Extent, clicks_by_day, extent, orders_by_day, partial_days, totals, undated
from tiktrack.audit.unknowns import NO_DAY, NO_TABLE, NO_TIME, left_out, unknowns
from tiktrack.audit.values import value_result
from tiktrack.engine import Engine
from tiktrack.engine.duckdb import DuckDB
from tiktrack.errors import TiktrackError
from tiktrack.intake import Intake, take_in
from tiktrack.intake.places import records_of
from tiktrack.ledger import NUMBERED, build_of_conversions, holes
from tiktrack.model.report import Report, RuleResult, Tool, Window
from tiktrack.model.rule import Detect, Named, Rule, Value
from tiktrack.model.words import Outcome
from tiktrack.rules.load import measures_used
from tiktrack.rules.measures import MeasureFile, read_measures
from tiktrack.rules.policy import Policy, load_policy
from tiktrack.schema import BEHIND, TABLES
from tiktrack.settings import PROFILES, Settings

Progress = Callable[[str], None]


def audit(
    settings: Settings, rules: Sequence[Rule], folders: Sequence[Path], *, memory_bytes: int, now: datetime,
    progress: Progress = lambda _: None, warn: Progress = lambda _: None,
) -> Report:  # fmt: skip
    """Audit ``settings.paths``. ``folders`` hold the measures of the rules; ``now`` is only written into the report;
    ``warn`` is told of files that could not be read.
    """
    measures = read_measures(folders, measures_used(rules))
    with DuckDB(memory_bytes=memory_bytes, threads=settings.threads) as engine:
        intake = take_in(
            engine, settings.paths, plan.columns_needed(rules, measures),
            beside_orders=NUMBERED if plan.reads_ledger(rules, measures) else frozenset(),
            extracts=plan.extracts_needed(measures), timezone=settings.timezone,
            since=settings.since, until=settings.last_day, progress=progress, warn=warn,
            maps=settings.map,
        )  # fmt: skip
        if plan.reads_ledger(rules, measures) and engine.columns("events"):
            progress("replaying the merge rule")
            build_of_conversions(engine)
        progress("judging")
        return _report(engine, intake, settings, rules, measures, now)


@dataclass(frozen=True, slots=True)
class _Extents:
    """Days of each table, and the newest day of all."""

    by_table: dict[str, Extent]
    first: date | None
    last: date | None


def _extents(engine: Engine) -> _Extents:
    found = {table: covered for table in TABLES if (covered := extent(engine, table))}
    told = [e for table, e in found.items() if table != "changes"]  # a note may be of a day to come
    firsts = [e.first for e in told if e.first]
    lasts = [e.last for e in told if e.last]
    return _Extents(found, min(firsts, default=None), max(lasts, default=None))


def _report(
    engine: DuckDB,
    intake: Intake,
    settings: Settings,
    rules: Sequence[Rule],
    measures: dict[str, MeasureFile],
    now: datetime,
) -> Report:
    extents, policy = _extents(engine), load_policy()
    purse = money(engine, settings.currency)
    cut = reach.ends(engine)
    setting = Setting(
        engine=engine, days={t: days_between(e.first, e.last) for t, e in extents.by_table.items()},
        partial=partial_days(engine, cut), ends=cut, holes=holes(engine),
        as_of=settings.as_of or extents.last, purse=purse, policy=policy, profile=settings.profile,
        orders=orders_by_day(engine), clicks=clicks_by_day(engine), completeness=completeness(engine),
        holidays=calendar(engine, settings.countries, intake.timezone),
    )  # fmt: skip
    by_id = {rule.id: rule for rule in rules}
    judged = judge_all(engine, rules, measures, setting)
    whole = with_evidence(engine, by_id, judged, _places(engine, intake))
    results, suppressions = suppress.apply(whole, settings.suppress, setting.as_of)
    store = read(setting)
    found = incidents(results, store)
    results, whole = softened(results, found), softened(whole, found)
    results = _with_points(results, policy)
    graded = grade(results, policy)
    taken_out = any(item.findings for item in suppressions)
    return Report(
        tool=Tool(name="tiktrack", version=__version__, rules=len(rules)),
        made_at=now.isoformat(timespec="seconds"),
        as_of=setting.as_of.isoformat() if setting.as_of else None,
        window=Window(since=_iso(extents.first), until=_iso(extents.last), timezone=intake.timezone),
        inputs=intake.inputs,
        totals=totals(engine),
        grade=graded,
        spend=spend(results, by_id, purse, known=graded.letter is not None),
        symptoms=symptoms(results),
        results=tuple(results),
        incidents=found,
        power=powers(store, setting.as_of),
        unknowns=(
            *unknowns(results),
            *reach.without_files(setting.holes),
            *left_out(purse.currency, purse.others),
            *intake.unknowns,
        ),
        notes=(
            f"Days are in {intake.timezone} ({intake.timezone_from}).",
            *told(setting.completeness),
            *reach.told(cut),
            *sorted({f"Note: {r.reason}." for r in results if r.outcome is Outcome.PASSED and r.reason}),
            *undated(engine),
        ),
        suppressions=suppressions,
        grade_with_suppressed=grade(whole, policy) if taken_out else None,
    )


def judge_all(
    engine: Engine, rules: Sequence[Rule], measures: dict[str, MeasureFile], setting: Setting
) -> list[RuleResult]:
    """One result a rule, in the order of the rules."""
    barred = _barred(engine, rules)
    early = {rule.id: _without_counting(engine, rule, measures, setting, barred) for rule in rules}
    open_rules = [rule for rule in rules if not early[rule.id]]
    counted = count.run(engine, plan.scans(open_rules, measures, engine.columns("events_cube")))
    series = all_series(counted.values(), setting.days)
    apart = _not_comparable(setting)
    for rule in open_rules:
        if apart and reach.compares_channels(rule, measures):
            series[rule.id] = [s.without(apart) for s in series.get(rule.id, [])]
    found: dict[str, RuleResult] = {}
    for rule in open_rules:
        try:
            found[rule.id] = _judged(rule, counted, series, setting)
        except Exception as error:
            # A rule that crashes is a result like any other: the audit of the rest goes on, and it says so.
            why = error.message if isinstance(error, TiktrackError) else f"crashed with {type(error).__name__}: {error}"
            found[rule.id] = empty(rule, Outcome.ERRORED, why)
    return [early[rule.id] or found[rule.id] for rule in rules]


def _not_comparable(setting: Setting) -> frozenset[date]:
    """Days on which one channel could say nothing because its log ends before."""
    days = setting.days.get("events")
    return reach.beyond(setting.ends, days[-1]) if days else frozenset()


def _judged(
    rule: Rule, counted: dict[str, count.Counted], series: dict[str, list[Series]], setting: Setting
) -> RuleResult:
    match rule.measure:
        case Value():
            return value_result(rule, setting)
        case Detect("silence", _):
            return hours_result(rule, setting)
        case _:
            return result(counted[rule.id], series.get(rule.id, []), setting)


def _without_counting(
    engine: Engine, rule: Rule, measures: dict[str, MeasureFile], setting: Setting, barred: dict[str, Outcome]
) -> RuleResult | None:
    """Rules that the tables at hand cannot answer, or that do not apply to them."""
    if setting.profile and rule.profiles and setting.profile not in rule.profiles:
        return empty(rule, Outcome.NOT_APPLICABLE, f"not for {PROFILES[setting.profile]}")
    read = measures[rule.measure.name].tables if isinstance(rule.measure, Named) else frozenset()
    tables = {loaded for table in (rule.table, *read) for loaded in BEHIND.get(table, (table,))}
    for table in NO_TABLE:
        if table in tables and not engine.columns(table):
            return empty(rule, Outcome.UNKNOWN, NO_TABLE[table])
    if isinstance(rule.measure, Detect) and rule.measure.kind != "rates" and not setting.days.get(rule.table):
        return empty(rule, Outcome.UNKNOWN, NO_DAY if rule.table == "ads" else NO_TIME)
    if rule.id in barred:
        return empty(rule, barred[rule.id], rule.applies_text or "it does not apply to this data")
    return None


def _barred(engine: Engine, rules: Sequence[Rule]) -> dict[str, Outcome]:
    """Ids of the rules that do not apply to these data, and of those of which the data cannot tell, because the export
    lacks the column (``applies`` is NULL). Asked once a table."""
    cube = engine.columns("events_cube")
    by_view: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for rule in rules:
        if rule.applies and engine.columns(rule.table):
            few = rule.table == "events" and rule.applies.columns <= cube
            view = "events_cube" if few else rule.table
            by_view[view].append((rule.id, plan.applies(rule.applies, view)))
    barred: dict[str, Outcome] = {}
    for view, asked in by_view.items():
        (answers,) = engine.rows(f"select {', '.join(text for _, text in asked)} from {view}").rows
        for (rule_id, _), holds in zip(asked, answers, strict=True):
            if not holds:
                barred[rule_id] = Outcome.UNKNOWN if holds is None else Outcome.NOT_APPLICABLE
    return barred


def _with_points(results: Sequence[RuleResult], policy: Policy) -> list[RuleResult]:
    """Write on each finding what fixing it gives: the points of its rule, by its part of the loss."""
    gains = points(results, policy)
    changed = []
    for item in results:
        gain, lifts = gains.get(item.rule, (0.0, False))
        whole = sum(f.loss for f in item.findings) or 1.0
        found = tuple(replace(f, points=round(gain * f.loss / whole, 1), lifts_cap=lifts) for f in item.findings)
        changed.append(replace(item, findings=found))
    return changed


def _places(engine: DuckDB, intake: Intake) -> Places:
    def places(table: str, row_refs: Sequence[int]) -> dict[int, tuple[str, int]]:
        found = records_of(engine, BEHIND.get(table, (table,))[0], row_refs)
        return {
            ref: (intake.inputs[file_id].path, intake.rows[file_id].row(nth)) for ref, (file_id, nth) in found.items()
        }

    return places


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
