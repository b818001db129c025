"""The open file of a workspace: settings, transactions, waiting for other processes."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from detente.model.errors import Where
from detente.store.errors import StoreError, code_of, explained
from detente.store.migrating import check_current, migrate

__all__ = ["Store", "clean", "look", "now", "open_store", "scratch"]

PATIENCE = 30.0
"""Seconds to wait for another process before giving up."""

_TELL = 1.0  # seconds of waiting before it is said
_GLANCE = 0.3  # seconds that who only looks waits for a locked file; mostly, none is

Waiting = Callable[[], None]


def now() -> str:
    """Return the time in UTC, ISO 8601."""
    return datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def clean(text: str) -> str:
    """Return text that can be stored as such: lone surrogates become question marks."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


class Store:
    """An open workspace. Close it, or use it in a ``with`` statement.

    Attributes:
        path: the file.
        writable: whether it can be written.
        connection: the connection, in autocommit mode; write within :meth:`writing` only.
    """

    def __init__(
        self,
        path: Path,
        connection: sqlite3.Connection,
        *,
        writable: bool = True,
        patience: float = PATIENCE,
        waiting: Waiting | None = None,
    ) -> None:
        self.path = path
        self.connection = connection
        self.writable = writable
        self._patience = patience
        self._waiting = waiting

    def __enter__(self) -> Store:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self.connection.close()

    def rows(self, sql: str, values: Any = ()) -> list[sqlite3.Row]:
        """Return the rows of a query."""
        with explained(self.path):
            return self.connection.execute(sql, values).fetchall()

    def each(self, sql: str, values: Any = ()) -> Iterator[sqlite3.Row]:
        """Yield the rows of a query one by one."""
        with explained(self.path):
            yield from self.connection.execute(sql, values)

    def one(self, sql: str, values: Any = ()) -> sqlite3.Row | None:
        """Return the first row of a query."""
        with explained(self.path):
            row: sqlite3.Row | None = self.connection.execute(sql, values).fetchone()
            return row

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection within one transaction: all that is written stays, or nothing.

        Raises:
            StoreError: the file is read-only, in use by another process, or the disk is full.
        """
        with explained(self.path):
            if not self.writable:
                raise sqlite3_readonly(self.path)
            self._begin()
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    with suppress(sqlite3.Error):
                        self.connection.execute("ROLLBACK")
                raise

    def _begin(self) -> None:
        patiently(lambda: self.connection.execute("BEGIN IMMEDIATE"), self._patience, self._waiting)


def patiently(step: Callable[[], object], patience: float, waiting: Waiting | None) -> None:
    """Try a step again while another process holds the file; say so once if it takes long."""
    begun = time.monotonic()
    told = False
    while True:
        try:
            step()
            return
        except sqlite3.OperationalError as error:
            spent = time.monotonic() - begun
            if code_of(error) != sqlite3.SQLITE_BUSY or spent >= patience:
                raise
            if not told and spent >= _TELL and waiting is not None:
                told = True
                waiting()
            time.sleep(0.02)


def sqlite3_readonly(path: Path) -> StoreError:
    """Return the message for a workspace that cannot be written."""
    return StoreError(
        "the workspace is read-only",
        where=Where(str(path)),
        hint="change its permissions or those of its folder, or name another file with -w",
    )


def open_store(
    path: str | Path,
    *,
    create: bool = False,
    writable: bool = True,
    patience: float = PATIENCE,
    waiting: Waiting | None = None,
) -> Store:
    """Open a workspace.

    Args:
        path: the file.
        create: make it if it does not exist.
        writable: False: a file that cannot be written is opened for reading.
        patience: seconds to wait for another process.
        waiting: called once if that takes more than a second.

    Raises:
        StoreError: there is no such file, or it cannot be used; the message says why.
    """
    file = Path(path)
    _check_file(file, create)
    with explained(file):
        try:
            connection = _connect(file, patience, waiting)
        except sqlite3.OperationalError as error:
            if writable or code_of(error) not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
                raise
            return Store(file, _read_only(file), writable=False)
    return Store(file, connection, patience=patience, waiting=waiting)


def look(path: str | Path) -> Store:
    """Open a workspace to look into it: nothing is made, migrated or written, not even beside it.

    Raises:
        OutdatedError: an older version wrote it.
        StoreError: there is no such file, or it cannot be used; the message says why.
    """
    file = Path(path)
    _check_file(file, create=False)
    with explained(file):
        connection = _reading(file, _GLANCE)
        try:
            check_current(connection, file)
        except BaseException:
            connection.close()
            raise
    return Store(file, connection, writable=False)


def scratch() -> Store:
    """Open a workspace that is kept in memory alone, and is gone when it is closed."""
    file = Path("memory")
    with explained(file):
        connection = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA temp_store = MEMORY")
        migrate(connection, file, now())
    return Store(file, connection)


def _check_file(file: Path, create: bool) -> None:
    where = Where(str(file))
    try:
        if file.is_dir():
            raise StoreError(
                "this is a folder, not a workspace",
                where=where,
                hint=f"name a file in it: -w {file / 'detente.db'}",
            )
        if file.exists():
            return
        if not create:
            raise StoreError(
                "there is no workspace here yet",
                where=where,
                rule="the first `detente read` makes it",
                hint="run `detente read FILE`, or name a workspace with -w",
            )
        if not file.absolute().parent.is_dir():
            raise StoreError(
                "the folder of the workspace does not exist",
                where=where,
                hint="make the folder first, or check the path",
            )
    except (OSError, ValueError) as error:  # no permission, a null character, a name too long
        reason = getattr(error, "strerror", None) or "this is not a file name"
        raise StoreError(
            f"the workspace cannot be opened: {reason}", where=where, hint="check the path"
        ) from None


def _connect(file: Path, patience: float, waiting: Waiting | None) -> sqlite3.Connection:
    connection = sqlite3.connect(
        file, timeout=0.2, isolation_level=None, cached_statements=256, check_same_thread=False
    )
    try:
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        patiently(
            lambda: migrate(connection, file, now()),
            patience,
            waiting,
        )
        # Only now: WAL would be written into a file that is none of ours.
        patiently(lambda: connection.execute("PRAGMA journal_mode = WAL"), patience, waiting)
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute("PRAGMA cache_size = -32768")
    except BaseException:
        connection.close()
        raise
    return connection


def _reading(file: Path, timeout: float = 5.0) -> sqlite3.Connection:
    """Open a file for reading only; without its log there is no writer, and none is made."""
    frozen = "" if file.with_name(file.name + "-wal").exists() else "&immutable=1"
    address = f"{file.absolute().as_uri()}?mode=ro{frozen}"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, timeout=timeout)
    connection.row_factory = sqlite3.Row
    return connection


def _read_only(file: Path) -> sqlite3.Connection:
    """Open a file that nobody here can write."""
    connection = _reading(file)
    try:
        migrate(connection, file, now())
    except BaseException:
        connection.close()
        raise
    return connection
