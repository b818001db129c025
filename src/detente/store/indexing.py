"""Statements as rows: ids that hold, reviews applied, indexes kept."""

from __future__ import annotations

import base64
import hashlib
import json
import sqlite3
from collections import Counter
from collections.abc import Mapping
from typing import Any

from detente.reading.results import Reading
from detente.reading.text import fold
from detente.store.connection import clean

__all__ = [
    "IMPORTED",
    "insert_statement",
    "key_of",
    "reindex",
    "statement_id",
    "store_statements",
    "unlist",
]

IMPORTED = "imported"
"""``extractor`` of statements that people coded elsewhere: no reader overwrites or drops them."""


_NOT_STORED = ("id", "doc")


def statement_id(name: str, sha256: str, start: int, end: int, nth: int = 0) -> str:
    """Return the id of a statement: the same for the same span of the same document.

    Args:
        name: name of the document.
        sha256: its fingerprint.
        start: where the span begins.
        end: where it ends.
        nth: 0, or which of several statements with that span.

    >>> statement_id("news.txt", "00", 15, 66)
    'srkmxky7hfbw4'
    """
    parts = "\0".join((name, sha256, str(start), str(end), *([str(nth)] if nth else [])))
    digest = hashlib.sha256(parts.encode("utf-8", "replace")).digest()
    return "s" + base64.b32encode(digest)[:12].decode("ascii").lower()


def key_of(name: str) -> str:
    """Return a name as it is compared: folded, without a leading "the"."""
    folded = " ".join(clean(fold(name)).casefold().split())
    return folded.removeprefix("the ") or folded


def store_statements(
    db: sqlite3.Connection, document: int, reading: Reading, *, fresh: bool
) -> None:
    """Store what was found in a document, over what an earlier reader found.

    What people coded elsewhere and imported, or added by hand, stays as it is.
    """
    name, sha256 = reading.document.name, reading.document.sha256
    before = {}
    if not fresh:
        rows = db.execute(
            "SELECT id, num, json_extract(proposed, '$.extractor') IN (?, 'hand') AS given"
            " FROM statements WHERE document = ?",
            (IMPORTED, document),
        )
        before = {row["id"]: row for row in rows}
    seen: Counter[tuple[int, int]] = Counter()
    ids: dict[str, str] = {}
    for statement in reading.statements:
        span = (statement.start, statement.end)
        ids[statement.id] = statement_id(name, sha256, *span, seen[span])
        seen[span] += 1
    for statement in reading.statements:
        own = ids[statement.id]
        proposed = statement.to_dict()
        for key in _NOT_STORED:
            proposed.pop(key, None)
        for link in ("repeat_of", "nested_in"):
            if proposed.get(link) is not None:
                proposed[link] = ids.get(proposed[link])
        old = before.pop(own, None)
        if old is not None:
            if old["given"]:
                continue
            db.execute(
                "UPDATE statements SET proposed = ?, found = 1 WHERE num = ?",
                (json.dumps(proposed), old["num"]),
            )
            reindex(db, old["num"])
            continue
        insert_statement(db, document, own, proposed)
    for own, old in before.items():
        if not old["given"]:
            _retire(db, own, old["num"])


def insert_statement(
    db: sqlite3.Connection,
    document: int,
    own: str,
    proposed: Mapping[str, Any],
    *,
    found: bool = True,
    listed: bool = True,
) -> None:
    """Store a statement that is not there yet, in state ``proposed``.

    Args:
        db: the connection.
        document: number of its document.
        own: its id.
        proposed: its fields, without ``id`` and ``doc``.
        found: whether the present reader finds it.
        listed: whether it stands in the lists.
    """
    cursor = db.execute(
        'INSERT INTO statements (id, document, "start", "end", text, type, speaker, issue,'
        " proposed, found, listed) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (own, document, *_columns(proposed), json.dumps(proposed), found, listed),
    )
    assert cursor.lastrowid is not None
    _index(db, cursor.lastrowid, proposed, listed=listed)


def _columns(fields: Mapping[str, Any]) -> tuple[Any, ...]:
    issue = fields.get("issue")
    return (
        fields["start"],
        fields["end"],
        clean(fields["text"]),
        fields["type"],
        clean(fields["speaker"]),
        clean(issue) if issue else None,
    )


def _retire(db: sqlite3.Connection, own: str, num: int) -> None:
    """Drop a statement that is found no more; one that was reviewed stays, and says so."""
    if db.execute("SELECT 1 FROM reviews WHERE statement = ?", (own,)).fetchone():
        db.execute("UPDATE statements SET found = 0 WHERE num = ?", (num,))
        return
    db.execute("DELETE FROM statement_search WHERE rowid = ?", (num,))
    db.execute("DELETE FROM statements WHERE num = ?", (num,))


def reindex(db: sqlite3.Connection, num: int) -> None:
    """Bring the columns and indexes of a statement in line with its proposal and its reviews."""
    row = db.execute(
        "SELECT proposed, edits, listed FROM statements WHERE num = ?", (num,)
    ).fetchone()
    fields = {**json.loads(row["proposed"]), **json.loads(row["edits"] or "{}")}
    db.execute(
        'UPDATE statements SET "start" = ?, "end" = ?, text = ?, type = ?, speaker = ?, issue = ?'
        " WHERE num = ?",
        (*_columns(fields), num),
    )
    db.execute("DELETE FROM statement_parties WHERE statement = ?", (num,))
    db.execute("DELETE FROM statement_search WHERE rowid = ?", (num,))
    _index(db, num, fields, listed=bool(row["listed"]))


def _index(
    db: sqlite3.Connection, num: int, fields: Mapping[str, Any], *, listed: bool = True
) -> None:
    named = [
        *(("actor", k, name) for k, name in enumerate(fields["actors"])),
        *(("target", k, name) for k, name in enumerate(fields["targets"])),
        ("speaker", 0, fields["speaker"]),
    ]
    db.executemany(
        "INSERT INTO statement_parties VALUES (?, ?, ?, ?, ?)",
        [(num, role, k, clean(name), key_of(name)) for role, k, name in named],
    )
    if listed:
        words = ", ".join(dict.fromkeys(clean(name) for _, _, name in named))
        db.execute(
            "INSERT INTO statement_search (rowid, text, parties, issue) VALUES (?, ?, ?, ?)",
            (num, clean(fields["text"]), words, clean(fields.get("issue") or "")),
        )


def unlist(db: sqlite3.Connection, document: int, *, listed: bool) -> None:
    """Show the statements of a document again, or hide those of a version that was replaced.

    What somebody accepted, edited or rejected stays in the lists.
    """
    rows = db.execute(
        "SELECT num FROM statements WHERE document = ? AND listed = ?"
        + ("" if listed else " AND state = 'proposed'"),
        (document, not listed),
    ).fetchall()
    for row in rows:
        db.execute("UPDATE statements SET listed = ? WHERE num = ?", (listed, row["num"]))
        reindex(db, row["num"])
