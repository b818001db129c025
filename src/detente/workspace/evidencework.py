"""Documents and statements as the workbench shows them: with text, lines and the last review."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from detente.store import Store
from detente.store.lookup import document, document_lines, text_of
from detente.store.records import StoredDocument, StoredStatement
from detente.store.searching import Filter, find
from detente.workspace.statements import Asked, list_statements

__all__ = ["document_view", "facts_of", "rows_of", "statement_view", "statements_view"]


def facts_of(stored: StoredDocument) -> dict[str, Any]:
    """Return what every view of a document says of it."""
    return {
        "num": stored.num,
        "name": stored.name,
        "title": stored.title,
        "date": stored.date,
        "media": stored.media,
        "language": stored.language,
        "characters": stored.characters,
        "read_at": stored.read_at,
        "duplicate_of": stored.duplicate_of[0] if stored.duplicate_of else None,
        "parties": [{"name": name, "count": n} for name, n in stored.parties],
    }


def document_view(store: Store, num: int) -> dict[str, Any]:
    """Return a document with its text, its labelled lines and its statements.

    Raises:
        UnknownError: there is none of this number.
    """
    stored = document(store, num)
    found = find(store, Filter(document=num)).statements
    return {
        **facts_of(stored),
        "extractor": stored.extractor,
        "residue": dict(stored.residue),
        "text": text_of(store, num),
        "lines": document_lines(store, num),
        "statements": rows_of(store, found),
    }


def statements_view(store: Store, asked: Asked, limit: int | None = None) -> dict[str, Any]:
    """Return the answer to a question about statements, as ``detente statements --json`` does.

    Raises:
        StoreError: a type, state or day is none.
    """
    listing = list_statements(store, asked, limit)
    found = listing.found
    return {
        "asked": asked.to_dict(),
        "total": found.total,
        "count": len(found.statements),
        "statements": rows_of(store, found.statements),
        "documents": [{"name": name, "snippet": snippet} for name, snippet in listing.documents],
    }


def statement_view(store: Store, stored: StoredStatement) -> dict[str, Any]:
    """Return one statement with the number of its last review."""
    return rows_of(store, [stored])[0]


def rows_of(store: Store, statements: Iterable[StoredStatement]) -> list[dict[str, Any]]:
    """Return statements with the number of the last review of each, 0 if there is none."""
    rows = store.rows("SELECT statement, max(num) AS num FROM reviews GROUP BY statement")
    last = {row["statement"]: row["num"] for row in rows}
    return [
        {
            **one.to_dict(),
            "document": one.document,
            "review": last.get(one.id, 0),
            "proposal": dict(one.proposal),
            "snippet": one.snippet,
        }
        for one in statements
    ]
