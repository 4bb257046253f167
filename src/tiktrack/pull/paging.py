"""Paging to the end of a list that may move while it is read.

Lists are unsorted and alive: a new row pushes the last row of page 1 onto page 2 (seen twice), a vanished row
pulls the first row of page 2 onto page 1 (never seen). So rows are counted by key, and a list of several
pages whose count does not reach TikTok's own total is read again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count

from tiktrack.pull.ask import Ask, Reply
from tiktrack.pull.client import Client
from tiktrack.pull.failures import TimedOut
from tiktrack.pull.pages import row_key

ROUNDS = 3
SMALLEST_PAGE = 10

Page = tuple[Ask, Reply]


def read_pages(client: Client, ask: Ask, page_size: int) -> Iterator[Page]:
    """Every page of a list, with the request that it answers; a second round where rows slipped away.

    Raises TimedOut when TikTok is too slow: the caller narrows.
    """
    seen: set[str] = set()
    for _ in range(ROUNDS):
        pages = total = 0
        for page in _one_round(client, ask, page_size):
            yield page
            pages, total = pages + 1, page[1].page_info.rows
            seen.update(row_key(row) for row in page[1].rows)
        if pages <= 1 or len(seen) >= total:
            return
    client.note(f"TikTok counts {total:,} rows of {ask.endpoint} and gave {len(seen):,}, also when asked again.")


def read_pages_patiently(client: Client, ask: Ask, page_size: int) -> Iterator[Page]:
    """The same for a list that knows no days: after a time-out in smaller pages, down to TimedOut."""
    try:
        yield from read_pages(client, ask, page_size)
    except TimedOut:
        if page_size <= SMALLEST_PAGE:
            raise
        yield from read_pages_patiently(client, ask, max(page_size // 10, SMALLEST_PAGE))


def ask_in_halves(client: Client, ids: list[str], ask_for: Callable[[list[str]], Ask]) -> Iterator[Page]:
    """One request for all ids; after a time-out half of them at a time, down to TimedOut for a single one."""
    try:
        yield (ask := ask_for(ids)), client.ask(ask)
    except TimedOut:
        if len(ids) <= 1:
            raise
        middle = len(ids) // 2
        yield from ask_in_halves(client, ids[:middle], ask_for)
        yield from ask_in_halves(client, ids[middle:], ask_for)


def _one_round(client: Client, ask: Ask, page_size: int) -> Iterator[Page]:
    for number in count(1):
        paged = ask.with_params(page=number, page_size=page_size)
        reply = client.ask(paged)
        yield paged, reply
        if not reply.page_info.has_more(number, len(reply.rows), page_size):  # it may have grown or shrunk meanwhile
            return
