"""Statements listed, filtered and searched."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from detente.model.errors import quoted
from detente.store.connection import Store, clean
from detente.store.errors import StoreError
from detente.store.records import Found, StoredStatement

__all__ = ["Filter", "find", "in_document", "matching_documents", "statement", "words_of"]

_LIKE, _ESCAPED = re.compile(r"([%_\\])"), r"\\\1"

RANKED = 250
"""Of the matches of a search, so many (the newest) are compared; ranking all would be slow."""

_TERM = re.compile(r'"([^"]*)"?|(\S+)')
_ROW = (
    "s.num, s.id, s.document, d.name AS doc, coalesce(d.date, d.read_at) AS date,"
    " s.state, s.found, s.proposed, s.edits"
)
_FROM = "statements AS s JOIN documents AS d ON d.num = s.document"
_ORDER = 's.document, s."start", s."end" DESC, s.num'


@dataclass(frozen=True, slots=True)
class Filter:
    """Which statements to give; what is ``None`` does not matter.

    Attributes:
        search: words that must occur; ``"a phrase"``, ``begin*``.
        parties: keys of names, one of which must be actor, target or speaker.
        types: types of statement.
        issue: words that the issue contains.
        since, until: first and last day of the document, ISO 8601.
        states: states of review.
        document: number of the document.
        unlisted: whether to give those too that are in no list: proposed from a version of a
            document that was replaced.
    """

    search: str | None = None
    parties: Collection[str] | None = None
    types: Collection[str] | None = None
    issue: str | None = None
    since: str | None = None
    until: str | None = None
    states: Collection[str] | None = None
    document: int | None = None
    unlisted: bool = False


def words_of(search: str) -> str:
    """Return a search as a query of FTS5, every word quoted, all of which must occur.

    >>> words_of('troops "first out" withdr*')
    '"troops" "first out" "withdr" *'
    """
    terms = []
    for phrase, word in _TERM.findall(search):
        text = clean(phrase or word).replace('"', "").replace("\0", "")
        bare = text.rstrip("*")
        if any(c.isalnum() for c in bare):
            terms.append(f'"{bare}"' + (" *" if bare != text and word else ""))
    if not terms:
        raise StoreError(
            f"there is no word to search for in {quoted(search)}",
            rule='a search is words, "a phrase" or begin*; all must occur',
            hint="give a word",
        )
    return " ".join(terms)


def _conditions(wanted: Filter) -> tuple[list[str], list[Any]]:
    parts, values = ["TRUE" if wanted.unlisted else "s.listed"], list[Any]()

    def among(column: str, items: Collection[str]) -> str:
        values.extend(items)
        return f"{column} IN ({', '.join('?' * len(items))})"

    if wanted.types is not None:
        parts.append(among("s.type", wanted.types))
    if wanted.states is not None:
        parts.append(among("s.state", wanted.states))
    if wanted.parties is not None:
        inner = among("p.key", wanted.parties)
        parts.append(f"s.num IN (SELECT p.statement FROM statement_parties AS p WHERE {inner})")
    if wanted.issue is not None:
        for word in clean(wanted.issue).split():
            parts.append("s.issue LIKE ? ESCAPE '\\'")
            values.append(f"%{_LIKE.sub(_ESCAPED, word)}%")
    if wanted.since is not None:
        parts.append("substr(coalesce(d.date, d.read_at), 1, 10) >= ?")
        values.append(wanted.since)
    if wanted.until is not None:
        parts.append("substr(coalesce(d.date, d.read_at), 1, 10) <= ?")
        values.append(wanted.until)
    if wanted.document is not None:
        parts.append("s.document = ?")
        values.append(wanted.document)
    return parts, values


def find(store: Store, wanted: Filter, limit: int | None = None) -> Found:
    """Return the statements that a filter keeps: the best matches of a search first.

    Args:
        store: the workspace.
        wanted: the filter.
        limit: most statements to return; ``None`` for all. With a limit, a search that matches
            more than :data:`RANKED` statements ranks the newest of them only.
    """
    parts, values = _conditions(wanted)
    if wanted.search is not None:
        return _search(store, words_of(wanted.search), parts, values, limit)
    where = " AND ".join(parts)
    rows = store.rows(
        f"SELECT {_ROW} FROM {_FROM} WHERE {where} ORDER BY {_ORDER} LIMIT ?",
        (*values, -1 if limit is None else limit),
    )
    total = len(rows)
    if limit is not None and total == limit:
        total = store.rows(f"SELECT count(*) FROM {_FROM} WHERE {where}", values)[0][0]
    return Found(tuple(_statement(row) for row in rows), total)


def _search(
    store: Store, query: str, parts: list[str], values: list[Any], limit: int | None
) -> Found:
    plain = parts == ["s.listed"]  # only what is listed is in the index
    where = " AND ".join(["statement_search MATCH ?", *([] if plain else parts)])
    source = "statement_search" + (
        ""
        if plain
        else " JOIN statements AS s ON s.num = statement_search.rowid"
        " JOIN documents AS d ON d.num = s.document"
    )
    most = -1 if limit is None else max(RANKED, limit)
    ranked = store.rows(
        f"SELECT statement_search.rowid AS num, statement_search.rank AS r FROM {source}"
        f" WHERE {where} ORDER BY statement_search.rowid DESC LIMIT ?",
        (query, *values, most),
    )
    total = len(ranked)
    if total == most:
        total = store.rows(f"SELECT count(*) FROM {source} WHERE {where}", (query, *values))[0][0]
    chosen = [row["num"] for row in sorted(ranked, key=lambda row: (row["r"], row["num"]))[:limit]]
    found = []
    for num in chosen:
        row = store.one(
            f"SELECT {_ROW}, snippet(statement_search, 0, char(2), char(3), '…', 32) AS snippet"
            f" FROM statement_search JOIN statements AS s ON s.num = statement_search.rowid"
            " JOIN documents AS d ON d.num = s.document"
            " WHERE statement_search MATCH ? AND statement_search.rowid = ?",
            (query, num),
        )
        if row is not None:
            found.append(_statement(row, row["snippet"]))
    return Found(tuple(found), total, len(ranked) if len(ranked) < total else None)


def in_document(store: Store, num: int) -> Iterator[StoredStatement]:
    """Yield the statements of a document, in order: what is found now, or was kept by a review."""
    sql = (
        f"SELECT {_ROW} FROM {_FROM} WHERE s.document = ?"
        f" AND (s.found OR s.state IN ('accepted', 'edited')) ORDER BY {_ORDER}"
    )
    for row in store.each(sql, (num,)):
        yield _statement(row)


def statement(store: Store, id: str) -> StoredStatement | None:
    """Return one statement."""
    row = store.one(f"SELECT {_ROW} FROM {_FROM} WHERE s.id = ?", (clean(id),))
    return None if row is None else _statement(row)


def spans(store: Store, document: int, start: int, end: int) -> list[StoredStatement]:
    """Return the statements that have this span in a document, as proposed or as edited."""
    rows = store.rows(
        f'SELECT {_ROW} FROM {_FROM} WHERE s.document = ?1 AND ((s."start" = ?2 AND s."end" ='
        " ?3) OR (json_extract(s.proposed, '$.start') = ?2 AND json_extract(s.proposed, '$.end')"
        f" = ?3)) ORDER BY {_ORDER}",
        (document, start, end),
    )
    return [_statement(row) for row in rows]


def _statement(row: sqlite3.Row, snippet: str | None = None) -> StoredStatement:
    edits = json.loads(row["edits"] or "{}")
    proposed = json.loads(row["proposed"])
    return StoredStatement(
        num=row["num"],
        id=row["id"],
        document=row["document"],
        doc=row["doc"],
        date=row["date"][:10],
        state=row["state"],
        found=bool(row["found"]),
        fields={**proposed, **edits},
        edited=tuple(sorted(edits)),
        proposal={key: proposed.get(key) for key in edits},
        snippet=snippet,
    )


def matching_documents(store: Store, search: str, limit: int = 5) -> list[tuple[str, str]]:
    """Return the names of documents whose text has the words, the best first, with a snippet."""
    rows = store.rows(
        "SELECT name, snippet(document_search, 2, char(2), char(3), '…', 16) AS snippet"
        " FROM document_search WHERE document_search MATCH ?"
        " AND rowid IN (SELECT document FROM sources) ORDER BY rank LIMIT ?",
        (words_of(search), limit),
    )
    return [(row["name"], row["snippet"]) for row in rows]
