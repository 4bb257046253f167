"""What to do next: the faults, each with its place, its time, its cost and its remedy."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from tiktrack.model.report import Finding, Report
from tiktrack.model.words import Severity
from tiktrack.render import view
from tiktrack.render import words as common
from tiktrack.render.impact import impact_lines
from tiktrack.render.terminal import words
from tiktrack.render.terminal.options import Options
from tiktrack.render.terminal.sheet import Sheet

_SEVERITY = {
    Severity.CRITICAL: "bold red",
    Severity.HIGH: "red",
    Severity.MEDIUM: "yellow",
    Severity.LOW: "cyan",
    Severity.INFO: "dim",
}
_SHOWN = 12


def print_faults(sheet: Sheet, report: Report, options: Options) -> None:
    """Print the heaviest, or all with ``verbose``; nothing where there are none."""
    known = view.faults(report)
    if not known:
        return
    order = ", most to gain first" if len(known) > 1 else ""
    if len({fault.first.finding.outcome for fault in known}) > 1:
        order += ", suspected ones last"
    sheet.heading(f"What to do next: {len(known)} fault{'s' if len(known) > 1 else ''}{order}")
    shown = known if options.verbose else known[:_SHOWN]
    for fault in shown:
        sheet.line()
        sheet.put(_head(fault, options, graded=report.grade.letter is not None))
        sheet.pairs(_facts(fault, options, sheet.width), indent=3, between=2)
    if len(known) > len(shown):
        sheet.line()
        sheet.line(f"… and {len(known) - len(shown)} more: add --verbose to see all", "dim", indent=2)
    sheet.line()
    sheet.line("`tiktrack rules show RULE` explains a rule, its limits and where they come from.", "dim")


def _head(fault: view.Fault, options: Options, *, graded: bool) -> Table:
    found, result = fault.first.finding, fault.first.result
    mark = words.symbol(found.outcome, ascii=options.ascii)
    gains = [
        f"+{fault.points:.1f} points" if fault.points >= 0.05 else "",
        f"caps the grade at {result.cap}" if found.lifts_cap and graded else "",
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
    return table


def _facts(fault: view.Fault, options: Options, width: int) -> list[tuple[str, Text]]:
    found = fault.first.finding
    others = [item.finding for item in fault.others]
    return [
        ("found", Text(words.clean(found.message))),
        ("trend", _trend(found, width, ascii=options.ascii)),
        ("where", Text(words.segment(found))),
        ("when", Text(words.period(found))),
        ("also", Text(words.others(others, 20 if options.verbose else 3))),
        ("impact", Text("; ".join(impact_lines(found)))),
        ("fix", Text(words.clean(found.fix))),
        ("who", Text(f"{common.label(found.owner).lower()}, {common.effort(found.effort)}")),
        ("rows", Text(words.places(found, 5 if options.verbose else 2))),
        ("rule", Text(fault.first.result.rule, style="dim")),
    ]


def _trend(found: Finding, width: int, *, ascii: bool) -> Text:
    """The days as a sparkline: bad shares, or counts where counts were expected."""
    counts = found.unit.startswith("seen")
    spark = words.sparkline(found.series, counts=counts, ascii=ascii, most=width - 32)
    if not spark:
        return Text()
    shown = found.series[-len(spark) :]
    days = f"  {words.day(shown[0].day)} to {words.day(shown[-1].day)}"
    return Text.assemble((spark, "cyan"), (days, "dim"))
