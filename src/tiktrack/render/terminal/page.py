"""The page: verdict, symptoms, what to do next, what could not be checked, inputs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from tiktrack.model.report import Finding, Incident, Report
from tiktrack.model.words import Outcome, Severity
from tiktrack.render import accepted, view
from tiktrack.render import words as common
from tiktrack.render.brief import brief
from tiktrack.render.impact import impact_lines
from tiktrack.render.terminal import power, words

_COLOURS = {
    Outcome.FAILED: "bold red",
    Outcome.WARNED: "yellow",
    Outcome.PASSED: "green",
    Outcome.UNKNOWN: "cyan",
    Outcome.ERRORED: "magenta",
    Outcome.SUPPRESSED: "dim",
    Outcome.NOT_APPLICABLE: "dim",
}
_SEVERITY = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
    Severity.INFO: "dim",
}
_SHORT = {
    "What is wrong": "Wrong",
    "Since when": "Since",
    "What it costs": "Costs",
    "Who does what next": "Next",
}
_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Options:
    """How to print."""

    width: int = 100
    colour: bool = False
    ascii: bool = False
    quiet: bool = False
    verbose: bool = False
    power: bool = False


def render(report: Report, options: Options) -> str:
    """The report as text, ready to print."""
    page = _Page(report, options)
    page.verdict()
    if not options.quiet:
        page.symptoms()
        page.findings()
        page.incidents()
        page.accepted()
        page.unknowns()
        page.power()
        page.inputs()
        page.rest()
    return page.text()


class _Page:
    def __init__(self, report: Report, options: Options) -> None:
        self.report, self.options = report, options
        self.buffer = StringIO()
        self.console = Console(
            file=self.buffer,
            width=max(60, min(options.width, 120)),
            force_terminal=options.colour,
            no_color=not options.colour,
            color_system="standard" if options.colour else None,
            highlight=False,
            markup=False,
            emoji=False,
            legacy_windows=False,
        )

    def text(self) -> str:
        lines = "\n".join(line.rstrip() for line in self.buffer.getvalue().splitlines()) + "\n"
        return lines.translate(TO_ASCII) if self.options.ascii else lines

    def line(self, text: Text | str = "", indent: int = 0) -> None:
        self.console.print(Padding(text if isinstance(text, Text) else Text(text), (0, 0, 0, indent)))

    def heading(self, text: str) -> None:
        self.line()
        self.line(Text(text, style="bold"))

    def verdict(self) -> None:
        grade, window = self.report.grade, self.report.window
        since = (
            f"{words.span(window.since, window.until)} {(window.until or '')[:4]}, {window.timezone}"
            if window.since
            else "no dates"
        )
        self.line(Text.assemble(("TikTok tracking audit", "bold"), (f"   {since}", "dim")))
        self.line()
        letter = grade.letter or "not graded"
        style = "bold green" if letter[0] in "AB" else "bold yellow" if letter[0] in "Cn" else "bold red"
        score = f"  {grade.score:.0f} of 100" if grade.score is not None else ""
        low, high = f"{grade.floor:.0f}", f"{grade.ceiling:.0f}"
        spread = f"   {f'range {low} to {high}, ' if low != high else ''}{common.percent(grade.coverage)} checked"
        held = " (provisional)" if grade.provisional and grade.letter else ""
        self.line(
            Text.assemble(
                ("Grade    ", "dim"), (letter + held, style), (score if grade.letter else "", "bold"), (spread, "dim")
            )
        )
        spend = self.report.spend
        if spend.total and spend.share is not None:
            self.line(
                Text.assemble(
                    ("Spend    ", "dim"),
                    (f"{common.percent(spend.share)} measured correctly", "bold"),
                    (f"   of {common.money(spend.total, spend.currency)}", "dim"),
                )
            )
        verdict = Text.assemble((view.answer(self.report), "bold"), " ", view.tally(self.report))
        told = [*brief(self.report), ("Accepted", (accepted.summary(self.report),))]
        rest = [(_SHORT.get(name, name), Text("\n".join(map(words.clean, lines)))) for name, lines in told]
        self.pairs([("Verdict", verdict), *rest], least=8)
        for alarm in accepted.alarms(self.report):
            self.line(Text(f"{words.symbol(Outcome.WARNED, ascii=self.options.ascii)} {alarm}", style="yellow"))

    def pairs(self, rows: Sequence[tuple[str, Text]], indent: int = 0, between: int = 1, least: int = 0) -> None:
        """Names and what belongs to them, as far as there is something."""
        table = Table.grid(padding=(0, between))
        table.add_column(style="dim", no_wrap=True, min_width=least)
        table.add_column(overflow="fold")
        for name, text in rows:
            if text.plain:
                table.add_row(name, text)
        self.console.print(Padding(table, (0, 0, 0, indent)))

    def symptoms(self) -> None:
        self.heading("Symptoms")
        table = Table.grid(padding=(0, 2))
        for item in self.report.symptoms:
            mark = Text(words.symbol(item.outcome, ascii=self.options.ascii), style=_COLOURS[item.outcome])
            told = common.SYMPTOM.get(item.outcome, str(item.outcome)).lower()
            see = Text(view.see(self.report, item), style="dim")
            table.add_row(mark, item.title, Text(told, style=_COLOURS[item.outcome]), see)
        self.console.print(Padding(table, (0, 0, 0, 2)))

    def incidents(self) -> None:
        """What happened, in the order in which it began."""
        known = sorted(self.report.incidents, key=lambda incident: incident.since or "")
        if not known:
            return
        self.heading("What happened")
        days = [words.day(incident.since) or "always" for incident in known]
        for incident, day in zip(known, days, strict=True):
            numbers = ", ".join(str(number) for number in view.numbers(self.report, incident))
            cause = common.CAUSE.get(incident.cause, incident.cause.replace("_", " "))
            beside = f"{cause}: see no. {numbers}" if numbers else cause
            told = Text.assemble(words.clean(incident.title), "\n", (beside, "dim"))
            self.pairs([(day, told)], 2, between=2, least=max(map(len, days)))
            if self.options.verbose:
                self._testimony(incident)

    def _testimony(self, incident: Incident) -> None:
        """What speaks for the cause of an incident, and against it, and what it cannot have been."""
        said = (
            ("for", incident.evidence_for),
            ("against", incident.evidence_against),
            ("not", incident.ruled_out),
        )
        self.pairs([(name, Text(words.clean(line), style="dim")) for name, lines in said for line in lines], 4)

    def findings(self) -> None:
        known = view.faults(self.report)
        if not known:
            return
        order = ", most to gain first" if len(known) > 1 else ""
        if len({fault.first.finding.outcome for fault in known}) > 1:
            order += ", suspected ones last"
        self.heading(f"What to do next: {len(known)} fault{'s' if len(known) > 1 else ''}{order}")
        shown = known if self.options.verbose else known[:_SHOWN]
        for fault in shown:
            self.line()
            self._head(fault)
            self._facts(fault)
        if len(known) > len(shown):
            self.line()
            self.line(Text(f"… and {len(known) - len(shown)} more: add --verbose to see all", style="dim"), 2)
        self.line()
        self.line(Text("`tiktrack rules show RULE` explains a rule, its limits and where they come from.", style="dim"))

    def _head(self, fault: view.Fault) -> None:
        found, result = fault.first.finding, fault.first.result
        mark = words.symbol(found.outcome, ascii=self.options.ascii)
        gains = [
            f"+{fault.points:.1f} points" if fault.points >= 0.05 else "",
            f"caps the grade at {result.cap}" if found.lifts_cap and self.report.grade.letter else "",
        ]
        gain = ", ".join(g for g in gains if g)
        head = Text.assemble(
            (f"{mark} {result.severity.upper()}", _SEVERITY[result.severity]), "  ", (words.clean(result.title), "bold")
        )
        if gain:
            head.append(f"   {gain}", style="green")
        table = Table.grid(padding=(0, 1))
        table.add_column(style="dim", no_wrap=True)
        table.add_column(overflow="fold")
        table.add_row(f"{fault.first.number:>2}", head)
        self.console.print(table)

    def _facts(self, fault: view.Fault) -> None:
        found = fault.first.finding
        others = [item.finding for item in fault.others]
        rows = [
            ("found", Text(words.clean(found.message))),
            ("trend", self._trend(found)),
            ("where", Text(words.segment(found))),
            ("when", Text(words.period(found))),
            ("also", Text(words.others(others, 20 if self.options.verbose else 3))),
            ("impact", Text("; ".join(impact_lines(found)))),
            ("fix", Text(words.clean(found.fix))),
            ("who", Text(f"{common.label(found.owner).lower()}, {common.effort(found.effort)}")),
            ("rows", Text(words.places(found, 5 if self.options.verbose else 2))),
            ("rule", Text(fault.first.result.rule, style="dim")),
        ]
        self.pairs(rows, 3, between=2)

    def _trend(self, found: Finding) -> Text:
        """The days as a sparkline: bad shares, or counts where counts were expected."""
        counts = found.unit.startswith("seen")
        spark = words.sparkline(found.series, counts=counts, ascii=self.options.ascii, most=self.console.width - 32)
        if not spark:
            return Text()
        shown = found.series[-len(spark) :]
        days = f"  {words.day(shown[0].day)} to {words.day(shown[-1].day)}"
        return Text.assemble((spark, "cyan"), (days, "dim"))

    def accepted(self) -> None:
        """What is suppressed, with its reason: known is not the same as gone."""
        active = [item for item in self.report.suppressions if item.state == "active"]
        if not active:
            return
        self.heading("Accepted: left out of the grade")
        for item in active:
            count = f"{len(item.findings)} finding{'s' if len(item.findings) != 1 else ''}, {accepted.until(item)}"
            self.line(Text.assemble(accepted.where(item), (f"  {count}: {words.clean(item.reason)}", "dim")), 2)

    def unknowns(self) -> None:
        if not self.report.unknowns:
            return
        self.heading("Could not be checked")
        for item in self.report.unknowns:
            self.line(Text.assemble(("? ", "cyan"), words.clean(item.what), (f"  ({words.clean(item.why)})", "dim")), 2)
            self.line(Text(words.clean(item.how_to_get), style="dim"), 4)

    def power(self) -> None:
        if not self.options.power:
            return
        head, *rest = power.lines(self.report.power)
        self.heading(head)
        for line in rest:
            self.line(words.clean(line), 2)

    def inputs(self) -> None:
        self.heading("Inputs")
        for item in self.report.inputs:
            days = f", {words.span(item.first, item.last)}" if item.first else ""
            rows = f"{item.rows:,} row{'s' if item.rows != 1 else ''}"
            self.line(Text.assemble(words.short(item.path, 90), (f"  {item.kind}, {rows}{days}", "dim")), 2)
            if item.rejected:
                first = "; ".join(f"row {r.row}: {words.clean(r.reason)}" for r in item.rejects[:2])
                self.line(Text(f"{item.rejected:,} rows rejected: {first}", style="yellow"), 4)
            for note in item.notes:
                self.line(Text(words.clean(note), style="dim"), 4)
        for note in self.report.notes:
            self.line(Text(words.clean(note), style="dim"), 2)

    def rest(self) -> None:
        groups = {o: [r for r in self.report.results if r.outcome is o] for o in Outcome}
        passed, silent = groups[Outcome.PASSED], groups[Outcome.NOT_APPLICABLE]
        self.line()
        parts = [f"{len(passed)} check{'s' if len(passed) != 1 else ''} passed"]
        parts += [f"{len(silent)} do{'es' if len(silent) == 1 else ''} not apply"] if silent else []
        taken_out = sum(f.outcome is Outcome.SUPPRESSED for r in self.report.results for f in r.findings)
        parts += [f"{taken_out} findings accepted"] if taken_out else []
        parts += [f"{len(groups[Outcome.ERRORED])} crashed"] if groups[Outcome.ERRORED] else []
        self.line(Text(", ".join(parts) + ".", style="dim"))
        if self.options.verbose and passed:
            self.line(Text(", ".join(r.rule for r in passed), style="dim"), 2)


TO_ASCII = {
    ord("…"): "...",
    ord("–"): "-",
    ord("—"): "-",
    ord("·"): "-",
    ord("→"): "->",
    ord("÷"): "/",
    ord("×"): "x",
    ord("•"): "*",
    ord("’"): "'",
    ord("“"): '"',
    ord("”"): '"',
    ord("≥"): ">=",
    ord("≤"): "<=",
    ord("−"): "-",
    ord("\u202f"): " ",
    ord("\xa0"): " ",
}
