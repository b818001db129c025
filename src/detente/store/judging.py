"""Reviews: appended, never changed; the statements follow them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from detente.store.connection import Store, clean, now
from detente.store.indexing import reindex
from detente.store.records import Review

__all__ = ["STATES", "append", "history", "last", "review_of"]

STATES = {
    "accepted": "accepted",
    "edited": "edited",
    "rejected": "rejected",
    "reopened": "proposed",
}
"""Decision -> state of the statement after it."""


def append(
    db: sqlite3.Connection,
    id: str,
    decision: str,
    fields: Mapping[str, Any],
    by: str,
    why: str | None = None,
    undoes: int | None = None,
    at: str | None = None,
) -> Review:
    """Append a judgement; call it within :meth:`Store.writing`.

    Args:
        db: the connection.
        id: the statement.
        decision: one of :data:`STATES`.
        fields: every field that differs from the proposal after this decision.
        by: who decides.
        why: the reason.
        undoes: number of the review that is taken back.
        at: when it was decided; ``None``: now.
    """
    moment = at or now()
    written = json.dumps(dict(fields)) if fields else None
    cursor = db.execute(
        "INSERT INTO reviews (statement, decision, fields, by, at, why, undoes)"
        " VALUES (?, ?, ?, ?, ?, ?, ?)",
        (id, decision, written, clean(by), moment, clean(why) if why else None, undoes),
    )
    assert cursor.lastrowid is not None
    db.execute(
        "UPDATE statements SET state = ?, edits = ?, listed = 1 WHERE id = ?",
        (STATES[decision], written, id),
    )
    (num,) = db.execute("SELECT num FROM statements WHERE id = ?", (id,)).fetchone()
    reindex(db, num)
    return Review(cursor.lastrowid, id, decision, dict(fields), by, moment, why, undoes)


def history(store: Store, id: str) -> list[Review]:
    """Return every judgement of a statement, oldest first."""
    rows = store.rows("SELECT * FROM reviews WHERE statement = ? ORDER BY num", (id,))
    return [review_of(row) for row in rows]


def last(store: Store, before: int | None = None, id: str | None = None) -> Review | None:
    """Return the newest judgement, of one statement and before another one if asked."""
    row = store.one(
        "SELECT * FROM reviews WHERE (?1 IS NULL OR num < ?1) AND (?2 IS NULL OR statement = ?2)"
        " ORDER BY num DESC LIMIT 1",
        (before, id),
    )
    return None if row is None else review_of(row)


def review_of(row: sqlite3.Row) -> Review:
    """Return the judgement of a row."""
    return Review(
        row["num"],
        row["statement"],
        row["decision"],
        json.loads(row["fields"] or "{}"),
        row["by"],
        row["at"],
        row["why"],
        row["undoes"],
    )
