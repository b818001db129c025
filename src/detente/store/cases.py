"""Cases under work: texts are appended, never changed; the head says which one holds now."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from detente.model.errors import quoted
from detente.store.connection import Store, clean, now
from detente.store.errors import ConflictError, UnknownError

__all__ = [
    "KeptCase",
    "Version",
    "add",
    "append",
    "case",
    "cases",
    "discard",
    "history",
    "redo",
    "rename",
    "undo",
]


@dataclass(frozen=True, slots=True)
class KeptCase:
    """A case as it is now.

    Attributes:
        num: its number.
        name: what the user calls it.
        origin: ``text``, ``draft``, ``scenario`` or ``shipped:ID``.
        scenario_of: number of the case that it varies, or ``None``.
        version: number of its present text.
        text: that text.
        what: the edit that led to it, in words.
        at: when that was.
        can_undo, can_redo: whether there is an earlier or a later text.
        created_at: when the case was made.
    """

    num: int
    name: str
    origin: str
    scenario_of: int | None
    version: int
    text: str
    what: str
    at: str
    can_undo: bool
    can_redo: bool
    created_at: str

    @property
    def id(self) -> str:
        """What the case is called in addresses."""
        return f"c{self.num}"


@dataclass(frozen=True, slots=True)
class Version:
    """One text of a case, without the text.

    Attributes:
        num: its number.
        parent: the text that was edited, or ``None``.
        what: the edit, in words.
        by: who made it.
        at: when, in UTC.
    """

    num: int
    parent: int | None
    what: str
    by: str
    at: str


_ROW = (
    "SELECT c.*, v.text, v.what, v.at, v.parent FROM cases AS c"
    " JOIN case_versions AS v ON v.num = c.head WHERE c.discarded_at IS NULL"
)


def cases(store: Store) -> list[KeptCase]:
    """Return the cases that are not discarded, the oldest first."""
    return [_kept(row) for row in store.rows(f"{_ROW} ORDER BY c.num")]


def case(store: Store, id: str) -> KeptCase:
    """Return one case.

    Raises:
        UnknownError: there is none of this id, or it was discarded.
    """
    row = store.one(f"{_ROW} AND c.num = ?", (_num(id),))
    if row is None:
        raise _unknown(id)
    return _kept(row)


def history(store: Store, id: str) -> list[Version]:
    """Return every text that a case has had, the oldest first, those undone too."""
    rows = store.rows("SELECT * FROM case_versions WHERE of = ? ORDER BY num", (_num(id),))
    return [Version(r["num"], r["parent"], r["what"], r["by"], r["at"]) for r in rows]


def add(
    store: Store,
    name: str,
    text: str,
    *,
    origin: str,
    what: str,
    by: str,
    scenario_of: int | None = None,
) -> KeptCase:
    """Keep a new case.

    Args:
        store: the workspace.
        name: what the user calls it.
        text: the case file; valid, which is the caller's matter.
        origin: where it comes from, see :class:`KeptCase`.
        what: how it came about, in words.
        by: who made it.
        scenario_of: number of the case that it varies.
    """
    moment = now()
    with store.writing() as db:
        cursor = db.execute(
            "INSERT INTO cases (name, origin, scenario_of, created_at) VALUES (?, ?, ?, ?)",
            (clean(name), origin, scenario_of, moment),
        )
        num = cursor.lastrowid
        assert num is not None
        _append(db, num, None, text, what, by, moment)
    return case(store, f"c{num}")


def append(store: Store, id: str, base: int, text: str, *, what: str, by: str) -> KeptCase:
    """Give a case another text, unless somebody else has done so meanwhile.

    Args:
        store: the workspace.
        id: the case.
        base: number of the text that was edited.
        text: the new text; valid, which is the caller's matter.
        what: the edit, in words.
        by: who makes it.

    Raises:
        ConflictError: the present text is another one than ``base``.
        UnknownError: there is no such case.
    """
    with store.writing() as db:
        row = _present(db, id, base)
        _append(db, row["num"], row["head"], text, what, by, now())
    return case(store, id)


def undo(store: Store, id: str, base: int) -> KeptCase:
    """Go back to the text before the present one; if there is none, stay.

    Raises:
        ConflictError: the present text is another one than ``base``.
        UnknownError: there is no such case.
    """
    with store.writing() as db:
        row = _present(db, id, base)
        if row["parent"] is not None:
            db.execute("UPDATE cases SET head = ? WHERE num = ?", (row["parent"], row["num"]))
    return case(store, id)


def redo(store: Store, id: str, base: int) -> KeptCase:
    """Go on to the text that was undone last; if there is none, stay.

    Raises:
        ConflictError: the present text is another one than ``base``.
        UnknownError: there is no such case.
    """
    with store.writing() as db:
        row = _present(db, id, base)
        at = row["tip"]
        while at is not None and at != row["head"]:
            (parent,) = db.execute(
                "SELECT parent FROM case_versions WHERE num = ?", (at,)
            ).fetchone()
            if parent == row["head"]:
                db.execute("UPDATE cases SET head = ? WHERE num = ?", (at, row["num"]))
                break
            at = parent
    return case(store, id)


def rename(store: Store, id: str, name: str) -> KeptCase:
    """Call a case by another name.

    Raises:
        UnknownError: there is no such case.
    """
    with store.writing() as db:
        num = _present(db, id)["num"]
        db.execute("UPDATE cases SET name = ? WHERE num = ?", (clean(name), num))
    return case(store, id)


def discard(store: Store, id: str) -> None:
    """List a case no more; it stays in the file.

    Raises:
        UnknownError: there is no such case.
    """
    with store.writing() as db:
        num = _present(db, id)["num"]
        db.execute("UPDATE cases SET discarded_at = ? WHERE num = ?", (now(), num))


def _present(db: sqlite3.Connection, id: str, base: int | None = None) -> sqlite3.Row:
    """Return a case's row within a transaction; compare its text with the one expected."""
    row: sqlite3.Row | None = db.execute(f"{_ROW} AND c.num = ?", (_num(id),)).fetchone()
    if row is None:
        raise _unknown(id)
    if base is not None and base != row["head"]:
        raise ConflictError(
            f"the case {quoted(row['name'])} has changed meanwhile: {row['what']}",
            rule=f"an edit names the text that it starts from: {base} was named, "
            f"{row['head']} holds now",
            hint="look at the present text and make the edit again; nothing was written",
        )
    return row


def _append(
    db: sqlite3.Connection,
    num: int,
    parent: int | None,
    text: str,
    what: str,
    by: str,
    moment: str,
) -> None:
    cursor = db.execute(
        "INSERT INTO case_versions (of, parent, text, what, by, at) VALUES (?, ?, ?, ?, ?, ?)",
        (num, parent, text, clean(what), clean(by), moment),
    )
    db.execute("UPDATE cases SET head = ?1, tip = ?1 WHERE num = ?2", (cursor.lastrowid, num))


def _kept(row: sqlite3.Row) -> KeptCase:
    return KeptCase(
        num=row["num"],
        name=row["name"],
        origin=row["origin"],
        scenario_of=row["scenario_of"],
        version=row["head"],
        text=row["text"],
        what=row["what"],
        at=row["at"],
        can_undo=row["parent"] is not None,
        can_redo=row["head"] != row["tip"],
        created_at=row["created_at"],
    )


def _num(id: str) -> int:
    """Return the number in an id; -1, which no case has, if it is none."""
    digits = id.removeprefix("c")
    small = digits.isascii() and digits.isdigit() and len(digits) <= 15
    return int(digits) if small and id.startswith("c") else -1


def _unknown(id: str) -> UnknownError:
    return UnknownError(
        f"there is no case {quoted(id)} here",
        rule="cases are called c1, c2, …; one that was discarded is listed no more",
        hint="the list of cases says which there are",
    )
