"""DuckDB, in a database file of its own that is removed at the end: memory is bounded, the rest spills to disk.

Sources: DuckDB documentation ("Securing DuckDB", "Tuning workloads"); limits as measured by ``make bench``.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from types import TracebackType
from typing import Any

import duckdb

from tiktrack.engine.base import Rows
from tiktrack.errors import EngineError, UnreadableError

# What Python, its libraries and DuckDB's own code take outside of the limit that DuckDB keeps.
_OVERHEAD_BYTES = 450 * 1024**2
_LEAST_BYTES = 128 * 1024**2


class DuckDB:
    """An engine on this machine; a context manager that cleans up after itself."""

    def __init__(self, *, memory_bytes: int, threads: int | None = None, folder: Path | None = None) -> None:
        self._columns: dict[str, frozenset[str]] | None = None
        self._folder = Path(tempfile.mkdtemp(prefix="tiktrack-", dir=folder))
        limit = max(memory_bytes - _OVERHEAD_BYTES, _LEAST_BYTES)
        config: dict[str, Any] = {
            "memory_limit": f"{limit // 1024}KiB",
            "temp_directory": str(self._folder / "spill"),
            "autoinstall_known_extensions": "false",
            "autoload_known_extensions": "false",
        }
        if threads:
            config["threads"] = str(threads)
        try:
            self._connection = duckdb.connect(str(self._folder / "counts.duckdb"), config=config)
            # A time without a zone means the same on every machine.
            self._connection.execute("set TimeZone = 'UTC'")
        except duckdb.Error as error:
            self.close()
            raise _explained(error) from error
        # Else a CSV reader takes over a try_cast of its cells, and what does not fit loses its whole line.
        if self.rows("select 1 from duckdb_optimizers() where name = 'type_pushdown'").rows:
            self.run("set disabled_optimizers = 'type_pushdown'")

    def __enter__(self) -> DuckDB:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the database and remove its files."""
        connection = getattr(self, "_connection", None)
        if connection is not None:
            connection.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def run(self, sql: str) -> None:
        """Run a statement that returns nothing; only ``intake`` does that."""
        self._columns = None  # asking for columns costs milliseconds: remembered as long as no table can change
        try:
            self._connection.execute(sql)
        except duckdb.Error as error:
            raise _explained(error) from error

    def rows(self, sql: str) -> Rows:
        """Run a query."""
        try:
            cursor = self._connection.execute(sql)
            names = tuple(column[0] for column in cursor.description or ())
            return Rows(names, cursor.fetchall())
        except duckdb.Error as error:
            raise _explained(error) from error

    def columns(self, table: str) -> frozenset[str]:
        """Columns of a table or view; empty where it does not exist."""
        if self._columns is None:
            sql = "select table_name, list(column_name) from duckdb_columns() where not internal group by 1"
            self._columns = {name: frozenset(columns) for name, columns in self.rows(sql).rows}
        return self._columns.get(table, frozenset())

    def lock(self) -> None:
        """From here on no file is read or written but our own: rules of strangers may run."""
        self.run("set enable_external_access = false")
        self.run("set lock_configuration = true")


def _explained(error: duckdb.Error) -> EngineError:
    text = str(error).split("\n")[0]
    if isinstance(error, duckdb.OutOfMemoryException):
        return EngineError(
            f"the memory limit is too small for these files: {text}",
            hint="allow more with --memory 4GB, or audit fewer days with --since",
        )
    if any(word in text.lower() for word in ("no space", "could not write", "disk is full", "file too large")):
        return EngineError(
            f"the disk is full, counts could not be written: {text}",
            hint="free space in the temporary folder or point TMPDIR at a larger disk",
        )
    return UnreadableError(text)


def glance(sql: str) -> list[tuple[Any, ...]]:
    """A few rows in memory, before there is an engine; none where DuckDB cannot read the file."""
    with duckdb.connect(config={"memory_limit": "256MB", "threads": "1"}) as connection:
        try:
            return connection.execute(sql).fetchall()
        except duckdb.Error:
            return []
