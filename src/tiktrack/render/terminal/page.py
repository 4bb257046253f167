"""The page: verdict, symptoms, what to do next, what could not be checked, inputs."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from tiktrack.model.report import Incident, Report
from tiktrack.model.words import Outcome
from tiktrack.render import accepted, view
from tiktrack.render import words as common
from tiktrack.render.brief import brief
from tiktrack.render.terminal import power, words
from tiktrack.render.terminal.faults import print_faults
from tiktrack.render.terminal.options import Options
from tiktrack.render.terminal.sheet import Sheet
from tiktrack.render.timeline import by_beginning

_COLOURS = {
    Outcome.FAILED: "bold red",
    Outcome.WARNED: "yellow",
    Outcome.PASSED: "green",
    Outcome.UNKNOWN: "cyan",
    Outcome.ERRORED: "magenta",
    Outcome.SUPPRESSED: "dim",
    Outcome.NOT_APPLICABLE: "dim",
}
_SHORT = {
    "What is wrong": "Wrong",
    "Since when": "Since",
    "What it costs": "Costs",
    "Who does what next": "Next",
}


def render(report: Report, options: Options) -> str:
    """The report as text, ready to print."""
    page = _Page(report, options)
    page.verdict()
    if not options.quiet:
        page.symptoms()
        print_faults(page, report, options)
        page.incidents()
        page.accepted()
        page.unknowns()
        page.power()
        page.inputs()
        page.rest()
    return page.text()


class _Page(Sheet):
    """A sheet that knows the report, and prints its parts one by one."""

    def __init__(self, report: Report, options: Options) -> None:
        super().__init__(width=options.width, colour=options.colour, ascii=options.ascii)
        self.report, self.options = report, options

    def verdict(self) -> None:
        self._title()
        self._grade()
        self._spend()
        verdict = Text.assemble((view.answer(self.report), "bold"), " ", view.tally(self.report))
        told = [*brief(self.report), ("Accepted", (accepted.summary(self.report),))]
        rest = [(_SHORT.get(name, name), Text("\n".join(map(words.clean, lines)))) for name, lines in told]
        self.pairs([("Verdict", verdict), *rest], least=8)
        for alarm in accepted.alarms(self.report):
            self.line(f"{words.symbol(Outcome.WARNED, ascii=self.options.ascii)} {alarm}", "yellow")

    def _title(self) -> None:
        window, days = self.report.window, "no dates"
        if window.since:
            days = f"{words.span(window.since, window.until)} {(window.until or '')[:4]}, {window.timezone}"
        self.line(Text.assemble(("TikTok tracking audit", "bold"), (f"   {days}", "dim")))
        self.line()

    def _grade(self) -> None:
        grade = self.report.grade
        letter = grade.letter or "not graded"
        style = "bold green" if letter[0] in "AB" else "bold yellow" if letter[0] in "Cn" else "bold red"
        held = " (provisional)" if grade.provisional and grade.letter else ""
        score = f"  {grade.score:.0f} of 100" if grade.score is not None and grade.letter else ""
        low, high = f"{grade.floor:.0f}", f"{grade.ceiling:.0f}"
        spread = f"   {f'range {low} to {high}, ' if low != high else ''}{common.percent(grade.coverage)} checked"
        self.line(Text.assemble(("Grade    ", "dim"), (letter + held, style), (score, "bold"), (spread, "dim")))

    def _spend(self) -> None:
        spend = self.report.spend
        if spend.total and spend.share is not None:
            right = f"{common.percent(spend.share)} measured correctly"
            whole = f"   of {common.money(spend.total, spend.currency)}"
            self.line(Text.assemble(("Spend    ", "dim"), (right, "bold"), (whole, "dim")))

    def symptoms(self) -> None:
        self.heading("Symptoms")
        table = Table.grid(padding=(0, 2))
        for item in self.report.symptoms:
            mark = Text(words.symbol(item.outcome, ascii=self.options.ascii), style=_COLOURS[item.outcome])
            told = common.SYMPTOM.get(item.outcome, str(item.outcome)).lower()
            see = Text(view.see(self.report, item), style="dim")
            table.add_row(mark, item.title, Text(told, style=_COLOURS[item.outcome]), see)
        self.put(table, indent=2)

    def incidents(self) -> None:
        """What happened, in the order in which it began."""
        known = by_beginning(self.report)
        if not known:
            return
        self.heading("What happened")
        days = [words.day(incident.since) or "always" for incident in known]
        for incident, day in zip(known, days, strict=True):
            numbers = ", ".join(str(number) for number in view.numbers(self.report, incident))
            cause = common.CAUSE.get(incident.cause, incident.cause.replace("_", " "))
            beside = f"{cause}: see no. {numbers}" if numbers else cause
            told = Text.assemble(words.clean(incident.title), "\n", (beside, "dim"))
            self.pairs([(day, told)], indent=2, between=2, least=max(map(len, days)))
            if self.options.verbose:
                self._testimony(incident)

    def _testimony(self, incident: Incident) -> None:
        """What speaks for the cause of an incident, and against it, and what it cannot have been."""
        said = (
            ("for", incident.evidence_for),
            ("against", incident.evidence_against),
            ("not", incident.ruled_out),
        )
        lines = [(name, Text(words.clean(line), style="dim")) for name, lines in said for line in lines]
        self.pairs(lines, indent=4)

    def accepted(self) -> None:
        """What is suppressed, with its reason: known is not the same as gone."""
        active = [item for item in self.report.suppressions if item.state == "active"]
        if not active:
            return
        self.heading("Accepted: left out of the grade")
        for item in active:
            count = f"{len(item.findings)} finding{'s' if len(item.findings) != 1 else ''}, {accepted.until(item)}"
            why = f"  {count}: {words.clean(item.reason)}"
            self.line(Text.assemble(accepted.where(item), (why, "dim")), indent=2)

    def unknowns(self) -> None:
        if not self.report.unknowns:
            return
        self.heading("Could not be checked")
        for item in self.report.unknowns:
            why = f"  ({words.clean(item.why)})"
            self.line(Text.assemble(("? ", "cyan"), words.clean(item.what), (why, "dim")), indent=2)
            self.line(words.clean(item.how_to_get), "dim", indent=4)

    def power(self) -> None:
        if not self.options.power:
            return
        head, *rest = power.lines(self.report.power)
        self.heading(head)
        for line in rest:
            self.line(words.clean(line), indent=2)

    def inputs(self) -> None:
        self.heading("Inputs")
        for item in self.report.inputs:
            days = f", {words.span(item.first, item.last)}" if item.first else ""
            rows = f"{item.rows:,} row{'s' if item.rows != 1 else ''}"
            about = f"  {item.kind}, {rows}{days}"
            self.line(Text.assemble(words.short(item.path, 90), (about, "dim")), indent=2)
            if item.rejected:
                first = "; ".join(f"row {r.row}: {words.clean(r.reason)}" for r in item.rejects[:2])
                self.line(f"{item.rejected:,} rows rejected: {first}", "yellow", indent=4)
            for note in item.notes:
                self.line(words.clean(note), "dim", indent=4)
        for note in self.report.notes:
            self.line(words.clean(note), "dim", indent=2)

    def rest(self) -> None:
        """How many rules had nothing to say."""
        groups = {o: [r for r in self.report.results if r.outcome is o] for o in Outcome}
        passed, silent = groups[Outcome.PASSED], groups[Outcome.NOT_APPLICABLE]
        self.line()
        parts = [f"{len(passed)} check{'s' if len(passed) != 1 else ''} passed"]
        parts += [f"{len(silent)} do{'es' if len(silent) == 1 else ''} not apply"] if silent else []
        taken_out = sum(f.outcome is Outcome.SUPPRESSED for r in self.report.results for f in r.findings)
        parts += [f"{taken_out} findings accepted"] if taken_out else []
        parts += [f"{len(groups[Outcome.ERRORED])} crashed"] if groups[Outcome.ERRORED] else []
        self.line(", ".join(parts) + ".", "dim")
        if self.options.verbose and passed:
            self.line(", ".join(r.rule for r in passed), "dim", indent=2)
