"""What can go wrong with a workspace's file, each with one clear message."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from detente.model.errors import DetenteError, Where

__all__ = ["ConflictError", "OutdatedError", "StoreError", "UnknownError", "explained"]


class StoreError(DetenteError):
    """The workspace cannot be used as asked; nothing in it was changed."""


class OutdatedError(StoreError):
    """The workspace was written by an older version and would have to be brought up to date."""


class UnknownError(StoreError):
    """There is no such thing in the workspace."""


class ConflictError(StoreError):
    """Somebody else has changed what was to be changed; nothing was written."""


_KEPT = "everything read and reviewed before is kept"

# Primary result codes of SQLite: what happened, the rule, what to do.
_REASONS: dict[int, tuple[str, str | None, str]] = {
    sqlite3.SQLITE_NOTADB: (
        "this file is no workspace: it is not an SQLite database",
        "a workspace is one SQLite file that `detente read` made",
        "name another file with -w, or move this one away",
    ),
    sqlite3.SQLITE_CORRUPT: (
        "the workspace is damaged",
        None,
        "work on a copy: restore a backup, or run `sqlite3 OLD .recover | sqlite3 NEW`",
    ),
    sqlite3.SQLITE_FULL: (
        "the disk is full: the last document or decision was not stored",
        f"each is stored whole or not at all; {_KEPT}",
        "make room and run the same command again; it goes on where it stopped",
    ),
    sqlite3.SQLITE_IOERR: (
        "the workspace cannot be written or read: the disk reports an error or is full",
        f"each document is stored whole or not at all; {_KEPT}",
        "check the disk and run the same command again; it goes on where it stopped",
    ),
    sqlite3.SQLITE_READONLY: (
        "the workspace is read-only",
        None,
        "change its permissions or those of its folder, or name another file with -w",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "the workspace cannot be opened",
        None,
        "check the path and the permissions of its folder",
    ),
    sqlite3.SQLITE_PERM: (
        "no permission to use this workspace",
        None,
        "check the permissions of the file and its folder",
    ),
    sqlite3.SQLITE_BUSY: (
        "another process is using the workspace and did not let go of it",
        f"one process writes at a time; {_KEPT}",
        "wait until the other one is done, then run the same command again",
    ),
    sqlite3.SQLITE_LOCKED: (
        "another part of the program is using the workspace",
        f"one process writes at a time; {_KEPT}",
        "run the same command again",
    ),
}


def code_of(error: sqlite3.Error) -> int:
    """Return the primary result code of an error; 0 where there is none."""
    return (getattr(error, "sqlite_errorcode", 0) or 0) & 0xFF


def translated(error: sqlite3.Error, path: Path) -> StoreError | None:
    """Return the message for an error of SQLite; ``None`` if it is a fault of ours."""
    reason = _REASONS.get(code_of(error))
    if reason is None:
        return None
    what, rule, hint = reason
    return StoreError(what, where=Where(str(path)), rule=rule, hint=hint)


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turn the errors of SQLite that are nobody's fault in the code into messages."""
    try:
        yield
    except sqlite3.Error as error:
        message = translated(error, path)
        if message is None:
            raise
        raise message from error
