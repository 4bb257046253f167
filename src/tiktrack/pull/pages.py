"""NDJSON pages on disk: one line a page, ``{"request": {…}, "response": {…}}``."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import IO, Any

from tiktrack.pull import atomic
from tiktrack.pull.ask import Ask, Reply
from tiktrack.pull.manifest import Label, Slice, read_label

Row = dict[str, Any]


def row_key(row: Row) -> str:
    """What makes a row the same row on the next page: its dimensions, else its id, else all of it."""
    if "dimensions" in row:
        return json.dumps(row["dimensions"], sort_keys=True)
    found = next(
        (row[key] for key in ("ad_id", "adgroup_id", "campaign_id", "pixel_id", "catalog_id") if key in row),
        None,
    )
    return str(found) if found else json.dumps(row, sort_keys=True)


class PageWriter:
    """Writes one file, page by page; visible when the ``with`` block ends well, else it vanishes."""

    def __init__(self, root: Path, label: Label, endpoint: str, done: Callable[[Slice], None]) -> None:
        self._root = root
        self._label = label
        self._endpoint = endpoint
        self._done = done
        self._path = f"{label.advertiser_id}/{label.part}/{label.stem}.ndjson"
        self._digest = hashlib.sha256()
        self._keys: set[int] = set()
        self._pages = self._size = 0
        self._request_ids: list[str] = []
        self._notes: list[str] = []
        self._file: IO[bytes]
        self._unfinished: Path

    def __enter__(self) -> PageWriter:
        target = self._root / self._path
        atomic.make_folder(target.parent)
        self._unfinished, self._file = atomic.open_unfinished(target)
        return self

    def add(self, ask: Ask, reply: Reply) -> None:
        """One page, as received. A row that moved between pages is written twice and counted once."""
        request = {"endpoint": ask.endpoint, "params": dict(ask.params), **self._label.as_json()}
        line = json.dumps({"request": request, "response": reply.body}, ensure_ascii=False, separators=(",", ":"))
        content = line.encode() + b"\n"
        self._file.write(content)
        self._digest.update(content)
        self._size += len(content)
        self._pages += 1
        self._keys.update(hash(row_key(row)) for row in reply.rows)
        if reply.request_id:
            self._request_ids.append(reply.request_id)
        if reply.partial:
            self._notes.append(f"partial success: {reply.message}")
        if reply.truncated:
            self._notes.append("truncated: TikTok looked at the newest 20,000 ads only")

    def note_dropped(self, metrics: list[str]) -> None:
        """Keep in the manifest which metrics TikTok did not take."""
        if metrics:
            self._notes.append(f"dropped metrics: {', '.join(metrics)}")

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:
            self._file.close()
            self._unfinished.unlink(missing_ok=True)
            return
        atomic.finish(self._unfinished, self._file, self._root / self._path)
        self._done(
            Slice(
                label=self._label,
                path=self._path,
                endpoint=self._endpoint,
                pages=self._pages,
                rows=len(self._keys),
                size=self._size,
                sha256=self._digest.hexdigest(),
                request_ids=tuple(self._request_ids),
                notes=tuple(dict.fromkeys(self._notes)),
            )
        )


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """The pages of a file, in the order they came."""
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def rows_in(path: Path) -> list[Row]:
    """The rows of a file, each once, in its newest form."""
    pages = (Reply(body=line["response"]) for line in read_lines(path))
    return list({row_key(row): row for page in pages for row in page.rows}.values())


def slice_of(root: Path, path: Path) -> Slice | None:
    """The entry of a finished file that the manifest does not know; None for a file that is not ours."""
    try:
        lines = list(read_lines(path))
        label, replies = read_label(lines[0]["request"]), [Reply(body=line["response"]) for line in lines]
    except (ValueError, KeyError, IndexError, TypeError):
        return None
    return Slice(
        label=label,
        path=path.relative_to(root).as_posix(),
        endpoint=lines[0]["request"]["endpoint"],
        pages=len(lines),
        rows=len({row_key(row) for reply in replies for row in reply.rows}),
        size=path.stat().st_size,
        sha256=atomic.sha256_of(path),
        request_ids=tuple(str(reply.body["request_id"]) for reply in replies if reply.body.get("request_id")),
    )
