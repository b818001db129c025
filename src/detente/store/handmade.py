"""Statements that a person found: stored beside those of the reader, and never taken away by it."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from typing import Any

from detente.store.connection import clean
from detente.store.errors import UnknownError
from detente.store.indexing import reindex, statement_id

__all__ = ["EXTRACTOR", "add_statement"]

EXTRACTOR = "hand"
"""What such statements have as ``extractor``."""


def add_statement(db: sqlite3.Connection, document: int, fields: Mapping[str, Any]) -> str:
    """Store a statement in a document, and return its id; call it within :meth:`Store.writing`.

    Args:
        db: the connection.
        document: number of the document.
        fields: every field of a statement but ``id`` and ``doc``, checked.

    Raises:
        UnknownError: there is no such document.
    """
    row = db.execute("SELECT name, sha256 FROM documents WHERE num = ?", (document,)).fetchone()
    if row is None:
        raise UnknownError(f"there is no document {document}", hint="read it first")
    # Another name than the reader's: the same span read again must not become this statement.
    name, nth = f"{row['name']}\0{EXTRACTOR}", 0
    while True:
        own = statement_id(name, row["sha256"], fields["start"], fields["end"], nth)
        if db.execute("SELECT 1 FROM statements WHERE id = ?", (own,)).fetchone() is None:
            break
        nth += 1
    proposed = {**fields, "extractor": EXTRACTOR}
    cursor = db.execute(
        'INSERT INTO statements (id, document, "start", "end", text, type, speaker, proposed)'
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            own,
            document,
            fields["start"],
            fields["end"],
            clean(fields["text"]),
            fields["type"],
            clean(fields["speaker"]),
            json.dumps(proposed),
        ),
    )
    assert cursor.lastrowid is not None
    reindex(db, cursor.lastrowid)
    return own
