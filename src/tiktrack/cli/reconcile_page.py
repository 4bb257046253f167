"""What ``tiktrack reconcile`` prints: the orders by state, purchases that no paid order stands behind, values, days,
money.
"""

from __future__ import annotations

from tiktrack.cli.sheet import number
from tiktrack.ledger.capture import ASSUMPTION, DIRECTIONS
from tiktrack.ledger.causes import BY_ID
from tiktrack.ledger.daily import Daily, Day
from tiktrack.ledger.reconciliation import Range, Reconciliation
from tiktrack.ledger.run import Reconciled
from tiktrack.render.terminal.sheet import Sheet
from tiktrack.schema.ledger import STATES

_STATES = {
    "merged": "both channels, counted once",
    "twice": "counted more than once",
    "browser_only": "sent by the browser only",
    "server_only": "sent by the server only",
    "other_channel": "by another channel, counted once",
    "lost": "lost: TikTok never counted it",
    "outside": "placed while nothing was logged",
    "ignored": "not sent, correctly",
}
_WHY = {
    "never_sent": "no event was sent", "test_code": "sent with a test code only", "pos": "point of sale",
    "draft": "draft orders", "marketplace": "marketplace orders",
    "subscription": "subscription renewals", "test": "test orders",
    "pending": "not paid yet", "cancelled": "cancelled", "unclear": "cause unknown",
}  # fmt: skip
_BEHIND = {
    "paid": "a paid order", "refunded": "an order refunded later", "cancelled": "a cancelled order",
    "pending": "an order that is not paid", "test": "a test order", "pos": "an order at the point of sale",
    "draft": "a draft order", "marketplace": "a marketplace order",
    "subscription": "a renewal that a subscription placed",
    "unknown": "no order in the shop", "outside": "before or after the orders export", None: "cannot be told",
}  # fmt: skip
_VALUES = {
    "equal": "equal", "basis": "without tax or shipping", "cents": "about 100 times off (cents)",
    "currency": "in another currency", "unit_price": "the price of one item", "other": "different",
}  # fmt: skip
_READING = (
    "reported: purchases that the ads report credits to ads, by the day of the click; counted: all purchases as TikTok "
    "counts the log; true: each of them once; paid: orders of the web shop that were paid"
)


def print_reconciliation(done: Reconciled, sheet: Sheet, *, every_day: bool) -> None:
    """Print it."""
    found, days = done.reconciliation, done.daily.days
    sheet.line("Orders compared with events", "bold")
    sheet.line(f"{days[0].day} to {days[-1].day}, {done.intake.timezone}" if days else "no dates", "dim")
    _states(found, sheet)
    _purchases(found, sheet)
    _values(found, sheet)
    _daily(done.daily, sheet, every_day=every_day)
    _missing(found, sheet)
    _money(found, sheet)
    print(sheet.text(), end="")


def _states(found: Reconciliation, sheet: Sheet) -> None:
    sheet.heading(f"What happened to {found.orders:,} orders")
    probable = found.states.probable.total() > 0
    lines = []
    for state in STATES:
        if n := found.states.of(state):
            shown = [number(found.states.certain[state]), *([number(found.states.probable[state])] if probable else [])]
            share = f"{n / found.orders:.1%}"
            lines.append([_STATES[state], *shown, share, _because(found, state)])
    sheet.table(["orders", *(["certain", "probable"] if probable else ["number"]), "share", "why"], lines, last=True)
    if probable:
        sheet.line("probable: joined by hashed contact and time, not by number", "dim", indent=2)
    if not found.fits:
        sheet.line(
            "Events and orders use different numbers, so lost orders cannot be told from renamed ones: send the order "
            "number as order_id with every Purchase.", "yellow", indent=2,
        )  # fmt: skip
    if found.accuracy is not None:
        sheet.line(f"Accuracy: (received {found.received:,} + deliberately ignored {found.states.of('ignored'):,}) ÷ "
                   f"{found.inside:,} orders = {found.accuracy:.1%}", indent=2)  # fmt: skip
    if found.lag_hours:
        side = "after" if found.lag_hours > 0 else "before"
        hours = abs(found.lag_hours)
        sheet.line(f"Most purchases are {hours} hour{'s' * (hours > 1)} {side} their orders: the two are written in "
                   "different time zones. Days near midnight move; set --tz, or export the orders with an offset.",
                   "yellow", indent=2)  # fmt: skip


def _because(found: Reconciliation, state: str) -> str:
    causes = {"lost": found.lost, "twice": found.twice, "ignored": found.ignored}.get(state, {})
    return ", ".join(f"{_why(cause)} {n:,}" for cause, n in causes.items())


def _why(cause: str) -> str:
    return _WHY.get(cause) or BY_ID[cause].title


def _purchases(found: Reconciliation, sheet: Sheet) -> None:
    kinds: dict[str | None, tuple[int, bool]] = {}
    for sale in found.sales:
        n, unpaid = kinds.get(sale.kind, (0, False))
        kinds[sale.kind] = (n + sale.n, unpaid or sale.never_paid)
    sheet.heading(f"What is behind the {sum(n for n, _ in kinds.values()):,} purchases that TikTok counts")
    lines = [[_BEHIND[kind], f"{n:,}", "never paid" if unpaid else ""] for kind, (n, unpaid) in kinds.items()]
    sheet.table(["behind it", "purchases", ""], lines, last=True)
    if found.never_paid:
        sheet.line(
            f"TikTok counts {found.never_paid:,} purchases that the shop was never paid for.", "bold red", indent=2
        )


def _values(found: Reconciliation, sheet: Sheet) -> None:
    if not found.values:
        return
    sheet.heading("Value sent against the order")
    whole = sum(found.values.values())
    sheet.table(["value", "orders", "share"], [[_VALUES[word], f"{n:,}", f"{n / whole:.1%}"]
                                               for word, n in found.values.items()])  # fmt: skip
    if found.constant:
        value, share = found.constant
        sheet.line(
            f"{share:.0%} of them carry the one value {value:,.2f}: it is hard-coded in the tag.", "red", indent=2
        )


def _daily(found: Daily, sheet: Sheet, *, every_day: bool) -> None:
    if not found.whole:
        return
    sheet.heading(f"Report, events and orders side by side{f' ({found.currency})' if found.currency else ''}")
    shown = [(day.day.isoformat(), day) for day in found.days] if every_day else []
    lines = [_line(name, day) for name, day in (*shown, ("whole window", found.whole))]
    header = ["", "reported", "value", "counted", "value", "true", "paid", "value"]
    sheet.table(header, lines)
    sheet.line(_READING + ("" if every_day else "; --days prints every day"), "dim", indent=2)
    for meaning in found.meanings:
        sheet.line("· " + meaning, indent=2)
    if found.other_currencies:
        sheet.line(f"· values in {', '.join(found.other_currencies)} are not in this table", indent=2)


def _line(name: str, day: Day) -> list[str]:
    cells = (day.reported, day.reported_value, day.counted, day.counted_value, day.true, day.orders, day.orders_value)
    return [name, *("–" if cell is None else f"{cell:,.0f}" for cell in cells)]


def _missing(found: Reconciliation, sheet: Sheet) -> None:
    if not found.missing:
        return
    told = found.missing
    sheet.heading("How many purchases there were, by the overlap of the two channels")
    sheet.line(
        f"browser {told.browser:,}, server {told.server:,}, both {told.both:,}: {told.all:,.0f} in all (95%: "
        f"{told.low:,.0f} to {told.high:,.0f}), {told.seen:,} of them seen", indent=2,
    )  # fmt: skip
    sheet.line(f"It assumes that {ASSUMPTION}. Then it is", "dim", indent=2)
    for direction in DIRECTIONS:
        sheet.line("· " + direction, "dim", indent=4)
    if found.fits:
        sheet.line(
            f"The orders give the exact figure: {found.due:,} paid web orders while the log was running, "
            f"{found.states.of('lost'):,} of them lost.",
            indent=2,
        )


def _money(found: Reconciliation, sheet: Sheet) -> None:
    if not (found.lost_money or found.double_money):
        return
    sheet.heading("What it is worth")
    lines = [_money_line("lost", item) for item in found.lost_money]
    lines += [_money_line("counted again", item) for item in found.double_money]
    sheet.table(["", "purchases", "low", "likely", "high", "currency"], lines, last=True)


def _money_line(name: str, item: Range) -> list[str]:
    low, likely, high = item.n
    numbers = f"{likely:,}" if low == high else f"{low:,}–{high:,}"
    return [name, numbers, *(f"{value:,.2f}" for value in item.value), item.currency or "unknown"]
