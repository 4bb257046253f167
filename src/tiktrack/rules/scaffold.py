"""``tiktrack rules new``: a rule to start from, with examples that already run."""

from __future__ import annotations

from pathlib import Path

from tiktrack.errors import Place, UsageError
from tiktrack.rules.parse import ID

_PATTERN = """\
id: {id}
title: Purchases arrive without an order id
family: value
symptom: setup
severity: medium
status: experimental
table: events
where: event = 'Purchase' and not test
share: order_id is null
by: [pixel_code, channel]
min_n: 20
warn: "> 1%"
fail: "> 10%"
worst: "> 80%"
unit: purchases
why: Without the order id a purchase cannot be held against the shop's orders.
fix: Send the number of the order as `order_id`.
owner: developer
effort: 30m
origin: ours
evidence: [ts_ms, event_id, page_path]
examples:
  - name: half of them have none
    rows: |
      event, order_id, x
      Purchase, o*, 50
      Purchase, null, 50
    expect: {{outcome: fail, n: 100, bad: 50}}
  - name: all have one
    rows: |
      event, order_id, x
      Purchase, o*, 100
    expect: {{outcome: pass}}
"""


def scaffold(rule_id: str, folder: Path) -> Path:
    """Write the pattern. Raises UsageError for an id that is no id, or a file that is already there."""
    if not ID.fullmatch(rule_id):
        raise UsageError(
            f"'{rule_id}' is not a valid id",
            hint="words in lower case with hyphens, naming the fault: order-id-missing",
        )
    path = folder / f"{rule_id}.yaml"
    if path.exists():
        raise UsageError("the file is already there", hint="choose another id or --folder", place=Place(str(path)))
    folder.mkdir(parents=True, exist_ok=True)
    path.write_text(_PATTERN.format(id=rule_id), encoding="utf-8")
    return path
