"""Documents: saved whole with all that was read in them, or not at all."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Sequence

from detente.reading.duplicates import resemblance
from detente.reading.results import Reading
from detente.store.connection import Store, clean, now
from detente.store.indexing import store_statements, unlist
from detente.store.records import Origin, Saved

__all__ = ["NEAR", "at_place", "insert_document", "known", "link_duplicate", "relink", "save"]

NEAR = 0.6
"""Least resemblance of near-duplicates."""

_ROWS = 4  # of a signature in one band


def known(store: Store, name: str, sha256: str) -> tuple[int, str] | None:
    """Return the number and extractor of a document that was read before."""
    row = store.one(
        "SELECT num, extractor FROM documents WHERE sha256 = ? AND name = ?", (sha256, clean(name))
    )
    return None if row is None else (row["num"], row["extractor"])


def at_place(store: Store, place: str) -> int | None:
    """Return the number of the document that now stands at a place."""
    row = store.one("SELECT document FROM sources WHERE origin = ?", (clean(place),))
    return None if row is None else int(row["document"])


def save(
    store: Store,
    origin: Origin,
    reading: Reading,
    signature: Sequence[int],
    extractor: str,
) -> Saved:
    """Store a reading in one transaction; a document that is there already is not stored twice.

    A reading by another extractor replaces what was read; reviews are kept, and applied to the
    statements that have the same span.
    """
    document = reading.document
    with store.writing() as db:
        row = db.execute(
            "SELECT num, extractor FROM documents WHERE sha256 = ? AND name = ?",
            (document.sha256, clean(document.name)),
        ).fetchone()
        fresh = row is None
        num: int = (
            insert_document(db, origin, reading, signature, extractor) if fresh else row["num"]
        )
        outcome = "new" if fresh else "known"
        if not fresh and row["extractor"] != extractor:
            outcome = "again"
            db.execute(
                "UPDATE documents SET extractor = ?, language = ?, parties = ? WHERE num = ?",
                (extractor, reading.language, _parties(reading), num),
            )
        if outcome != "known":
            _store_reading(db, num, reading, fresh=fresh)
        if _link(db, origin.place, num):
            outcome = "version"
        if fresh:
            link_duplicate(db, num, document.sha256, signature)
    return Saved(num, outcome)


def relink(store: Store, origin: Origin, num: int) -> Saved:
    """Note that a document known before stands at a place."""
    if at_place(store, origin.place) == num:
        return Saved(num, "known")
    with store.writing() as db:
        return Saved(num, "version" if _link(db, origin.place, num) else "known")


def _parties(reading: Reading) -> str:
    return json.dumps([[name, count] for name, count in reading.parties])


def insert_document(
    db: sqlite3.Connection,
    origin: Origin,
    reading: Reading,
    signature: Sequence[int],
    extractor: str,
    read_at: str | None = None,
) -> int:
    """Store a document that is not there yet, without lines and statements; return its number."""
    document = reading.document
    title = clean(origin.title) if origin.title else None
    cursor = db.execute(
        "INSERT INTO documents (name, sha256, raw, characters, title, media, date, language,"
        " read_at, extractor, parties, signature) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            clean(document.name),
            document.sha256,
            document.text.encode("utf-8", "surrogatepass"),
            len(document.text),
            title,
            origin.media,
            origin.date,
            reading.language,
            read_at or now(),
            extractor,
            _parties(reading),
            array("Q", signature).tobytes(),
        ),
    )
    num = cursor.lastrowid
    assert num is not None
    db.execute(
        "INSERT INTO document_search (rowid, name, title, text) VALUES (?, ?, ?, ?)",
        (num, clean(document.name), title or "", clean(document.text)),
    )
    db.executemany(
        "INSERT INTO bands VALUES (?, ?, ?)",
        [(band, key, num) for band, key in _bands(signature)],
    )
    return num


def _store_reading(db: sqlite3.Connection, num: int, reading: Reading, *, fresh: bool) -> None:
    if not fresh:
        db.execute("DELETE FROM lines WHERE document = ?", (num,))
        db.execute("DELETE FROM attributions WHERE document = ?", (num,))
    db.executemany(
        "INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?)",
        [(num, li.start, li.end, li.label, *(li.original or (None, None))) for li in reading.lines],
    )
    db.executemany(
        "INSERT INTO attributions VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                num,
                place,
                json.dumps(item.source),
                json.dumps(item.cue),
                json.dumps(item.content),
                item.kind,
                item.cue_class,
                item.nested,
            )
            for place, item in enumerate(reading.attributions)
        ],
    )
    store_statements(db, num, reading, fresh=fresh)


def _link(db: sqlite3.Connection, place: str, num: int) -> bool:
    """Make a document the current one of its place; tell whether it replaces another."""
    place = clean(place)
    row = db.execute("SELECT document FROM sources WHERE origin = ?", (place,)).fetchone()
    before = None if row is None else row["document"]
    if before == num:
        return False
    moment = now()
    if before is not None:
        db.execute("INSERT OR IGNORE INTO versions VALUES (?, ?, ?)", (place, before, moment))
    db.execute("INSERT OR REPLACE INTO sources VALUES (?, ?, ?)", (place, num, moment))
    unlist(db, num, listed=True)
    if before is not None:
        still = db.execute("SELECT 1 FROM sources WHERE document = ?", (before,)).fetchone()
        if still is None:
            unlist(db, before, listed=False)
    return before is not None


def _bands(signature: Sequence[int]) -> list[tuple[int, int]]:
    """Return (band, key) pairs; documents that resemble each other most likely share one."""
    keys = []
    for band in range(len(signature) // _ROWS):
        key = 0
        for value in signature[band * _ROWS : (band + 1) * _ROWS]:
            key = (key * 0x100000001B3 ^ value) & 0x7FFFFFFFFFFFFFFF
        keys.append((band, key))
    return keys


def link_duplicate(
    db: sqlite3.Connection,
    num: int,
    sha256: str,
    signature: Sequence[int],
    newest: int | None = None,
) -> None:
    """Link a new document to the one that it repeats most nearly, its own versions excepted.

    Args:
        db: the connection.
        num: the document.
        sha256: its fingerprint.
        signature: its signature.
        newest: only documents up to this number; ``None``: all before it.
    """
    candidates = db.execute(
        "SELECT DISTINCT d.num, d.sha256, d.signature FROM bands AS mine"
        " JOIN bands AS other ON other.band = mine.band AND other.key = mine.key"
        " JOIN documents AS d ON d.num = other.document"
        " WHERE mine.document = ?1 AND d.num < ?1 AND d.num <= ?2"
        "  AND d.num NOT IN (SELECT v.document FROM versions AS v"
        "   JOIN sources AS s ON s.origin = v.origin WHERE s.document = ?1)"
        " ORDER BY d.num LIMIT 200",
        (num, num if newest is None else newest),
    ).fetchall()
    best: tuple[float, int] | None = None
    for row in candidates:
        other = array("Q")
        other.frombytes(row["signature"])
        same = 1.0 if row["sha256"] == sha256 else resemblance(other, signature)
        if same >= NEAR and (best is None or same > best[0]):
            best = (same, row["num"])
    if best is not None:
        db.execute(
            "UPDATE documents SET resemblance = ?, duplicate_of = ? WHERE num = ?", (*best, num)
        )
