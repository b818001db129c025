"""Bring a workspace's file to the present format: named steps, in order, in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from detente.model.errors import Where
from detente.store.errors import OutdatedError, StoreError
from detente.version import __version__

__all__ = ["APPLICATION", "Migration", "check_current", "migrate", "migrations"]

APPLICATION = 0x44C3A974
"""``application_id`` of a workspace: "Dét" in UTF-8 and a "t"."""

_LOG = """CREATE TABLE IF NOT EXISTS migrations (
  name TEXT PRIMARY KEY, version TEXT NOT NULL, at TEXT NOT NULL
) STRICT, WITHOUT ROWID"""


@dataclass(frozen=True, slots=True)
class Migration:
    """One step.

    Attributes:
        name: name of its file without the suffix, which begins with its number.
        sql: its statements.
    """

    name: str
    sql: str

    @property
    def statements(self) -> list[str]:
        """Return the single statements of the script."""
        found, pending = [], ""
        for line in self.sql.splitlines(keepends=True):
            pending += line
            if sqlite3.complete_statement(pending):
                found.append(pending)
                pending = ""
        return found


@lru_cache(maxsize=1)
def migrations() -> tuple[Migration, ...]:
    """Return every step, in order."""
    folder = files("detente.store") / "migrations"
    steps = [
        Migration(item.name.removesuffix(".sql"), item.read_text(encoding="utf-8"))
        for item in folder.iterdir()
        if item.name.endswith(".sql")
    ]
    return tuple(sorted(steps, key=lambda step: step.name))


def migrate(
    connection: sqlite3.Connection,
    path: Path,
    now: str,
    steps: Sequence[Migration] | None = None,
) -> None:
    """Make the missing steps, all of them or none.

    Raises:
        StoreError: the file belongs to another program, or to a newer version of Détente.
    """
    known = migrations() if steps is None else steps
    if _checked(connection, path, len(known)) == len(known):
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        done = _checked(connection, path, len(known))  # another process may have been faster
        connection.execute(_LOG)
        for step in known[done:]:
            for statement in step.statements:
                connection.execute(statement)
            connection.execute(
                "INSERT INTO migrations VALUES (?, ?, ?)", (step.name, __version__, now)
            )
        connection.execute(f"PRAGMA application_id = {APPLICATION}")
        connection.execute(f"PRAGMA user_version = {len(known)}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def check_current(connection: sqlite3.Connection, path: Path) -> None:
    """Refuse a file that is not in the present format, for those who only look.

    Raises:
        OutdatedError: steps are missing.
        StoreError: the file is empty, or belongs to another program or to a newer version.
    """
    newest = len(migrations())
    done = _checked(connection, path, newest)
    if not done:
        raise StoreError(
            "there is nothing in this workspace yet",
            where=Where(str(path)),
            rule="the first `detente read` fills it",
            hint="run `detente read FILE`, or name another workspace with -w",
        )
    if done < newest:
        raise OutdatedError(
            f"this workspace is in format {done}; this is Détente {__version__}, which writes "
            f"format {newest}",
            where=Where(str(path)),
            rule="who only looks at a workspace never changes it",
            hint=f"run `detente statements -w {path}` once: it brings the workspace up to date",
        )


def _checked(connection: sqlite3.Connection, path: Path, newest: int) -> int:
    """Return how many steps the file has had."""
    done: int = connection.execute("PRAGMA user_version").fetchone()[0]
    application: int = connection.execute("PRAGMA application_id").fetchone()[0]
    tables: int = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]
    if not tables and not done and not application:
        return 0
    if application != APPLICATION:
        raise StoreError(
            "this SQLite database belongs to another program",
            where=Where(str(path)),
            rule="a workspace is one SQLite file that `detente read` made",
            hint="name another file with -w; nothing was changed in this one",
        )
    if done > newest:
        raise StoreError(
            f"this workspace was written by Détente {_writer(connection)} in format {done}; "
            f"this is Détente {__version__}, which knows format {newest}",
            where=Where(str(path)),
            rule="an older version never touches the data of a newer one",
            hint="install that version or a later one, or name another workspace with -w",
        )
    return done


def _writer(connection: sqlite3.Connection) -> str:
    try:
        row = connection.execute(
            "SELECT version FROM migrations ORDER BY name DESC LIMIT 1"
        ).fetchone()
    except sqlite3.Error:
        return "(a later version)"
    return str(row[0]) if row else "(a later version)"
