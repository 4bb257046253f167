"""What ``tiktrack simulate`` prints: the count of each event, why it is off, and what each remedy would change."""

from __future__ import annotations

from collections.abc import Iterator

from tiktrack.cli.sheet import change, number, pixel
from tiktrack.ledger.causes import BY_ID
from tiktrack.ledger.remedies import Remedy
from tiktrack.ledger.run import Simulated
from tiktrack.ledger.simulation import Row, Tally, summed
from tiktrack.render.terminal.sheet import Sheet
from tiktrack.schema.names import normalise

_HINTS = {
    "loose_copies": "up to {n} of {counted} may be copies under another ID; without an order number or "
    "hashed contact details this cannot be told",
    "cookie_repeats": "up to {n} server events without an ID could be dropped by the _ttp cookie; TikTok said so in "
    "2023 and no longer does (unconfirmed, not counted here)",
}
_READING = (
    "counted = received minus merged (browser and server within five minutes) minus dropped (the same ID again within "
    "48 hours); true = each purchase or other action once, as far as orders, IDs and people tell"
)
_WORTH_SAYING = 0.05  # losses of a few per cent on both sides are normal and say nothing about ids
_OUTCOME = ("received", "merged", "dropped", "counted", "true", "off by")


def print_simulation(done: Simulated, sheet: Sheet) -> None:
    """Print it."""
    rows = done.simulation.rows
    days = sorted(row.day for row in rows if row.day)
    span = f"{days[0]} to {days[-1]}, {done.intake.timezone}" if days else "no dates"
    sheet.line("TikTok's merge rule, replayed", "bold")
    sheet.line(span, "dim")
    _counts(rows, sheet)
    _causes(rows, sheet)
    _names(done, sheet)
    _remedies(done, sheet)
    _notes(done, sheet)
    print(sheet.text(), end="")


def _counts(rows: tuple[Row, ...], sheet: Sheet) -> None:
    several = len({row.pixel_code for row in rows}) > 1
    keys = ("event", "pixel_code") if several else ("event",)
    sheet.heading("What TikTok counts")
    lines = [
        [str(key[0]), *([pixel(key[1])] if several else []), *(number(n) or "0" for n in (
            tally.received, tally.merged, tally.dropped, tally.counted, tally.true)), change(tally.counted, tally.true)]
        for key, tally in summed(rows, *keys).items()
    ]  # fmt: skip
    sheet.table(["event", *(["pixel"] if several else []), *_OUTCOME], lines, texts=len(keys))
    sheet.line(_READING, "dim", indent=2)


def _causes(rows: tuple[Row, ...], sheet: Sheet) -> None:
    lines = []
    for (event,), tally in summed(rows, "event").items():
        since = {cause: min(row.day for row in rows if row.day and row.event == event and _has(row.tally, cause))
                 for cause in (*tally.over, *tally.under)
                 if any(row.day and row.event == event and _has(row.tally, cause) for row in rows)}  # fmt: skip
        for sign, causes in (("+", tally.over), ("−", tally.under)):
            for cause, n in sorted(causes.items(), key=lambda item: -item[1]):
                day = since[cause].isoformat() if cause in since else ""
                lines.append([str(event), f"{sign}{n:,}", day, BY_ID[cause].title])
    sheet.heading("Why the count is off" if lines else "Nothing counts twice, and nothing that was sent is missing")
    if lines:
        sheet.table(["event", "events", "first day", "cause"], lines, last=True)


def _has(tally: Tally, cause: str) -> bool:
    return bool(tally.over.get(cause) or tally.under.get(cause))


def _names(done: Simulated, sheet: Sheet) -> None:
    together = {key: tally for key, tally in summed(done.simulation.rows, "event", "pixel_code").items()
                if tally.over.get("name_mismatch")}  # fmt: skip
    if not together:
        return
    sheet.heading("One event under several names")
    for names in done.simulation.names:
        if tally := together.get((names.event, names.pixel_code)):
            listed = " and ".join(f"{name} {n:,}" for name, n in names.counted.items())
            one = tally.counted - tally.over["name_mismatch"]
            sheet.line(
                f"{pixel(names.pixel_code)}: {listed}. As two names they count {tally.counted:,}; if TikTok treats "
                f"them as one, {one:,}. Which it does is not documented.", indent=2,
            )  # fmt: skip


def _remedies(done: Simulated, sheet: Sheet) -> None:
    if not done.remedies:
        return
    sheet.heading("What each fix would change")
    for remedy in done.remedies:
        sheet.line("· " + _sentence(remedy), indent=2)
    for (event,), tally in summed(done.simulation.rows, "event").items():
        if sum(remedy.event == event for remedy in done.remedies) > 1:
            sheet.line(f"· {event}: with all of them, {tally.true:,} counted, each once", indent=2)
    if any(remedy.roas for remedy in done.remedies):
        sheet.line(
            "ROAS: purchase value ÷ cost in the ads report on the days of the log, assuming purchases credited to ads "
            "are off by as much as all others.",
            "dim",
            indent=4,
        )


def _sentence(remedy: Remedy) -> str:
    cause = BY_ID[remedy.cause]
    text = f"{remedy.event}: with {cause.with_fix}, {remedy.after:,} counted instead of {remedy.before:,}"
    if remedy.roas:
        before, after = remedy.roas
        text += f"; ROAS reported {'falls' if after < before else 'rises'} from {before:.2f} to {after:.2f}"
    return text + (f" ({cause.note})" if cause.note else "")


def _notes(done: Simulated, sheet: Sheet) -> None:
    notes = list(_left_out(done))
    if notes:
        sheet.heading("What this does not show")
        for note in notes:
            sheet.line("· " + note, indent=2)


def _left_out(done: Simulated) -> Iterator[str]:
    for names in done.simulation.names:
        for raw, n in names.counted.items():
            if normalise(raw).status in ("case", "foreign"):
                yield (
                    f"{n:,} of {names.event} are named {raw}: TikTok's names are case-sensitive, so it treats them "
                    f"as a custom event and reports no {names.event}"
                )
    for (event,), tally in summed(done.simulation.rows, "event").items():
        for what, n in tally.hints.items():
            if n >= _WORTH_SAYING * tally.counted:
                yield f"{event}: " + _HINTS[what].format(n=f"{n:,}", counted=f"{tally.counted:,}")
        if tally.test:
            yield f"{event}: {tally.test:,} sent with a test code never count"
    if n := done.simulation.timeless:
        yield f"{n:,} event{'s have' if n > 1 else ' has'} no readable time: taken as sent with the first of their ID"
