"""What comes from elsewhere, put into the workspace: call each within :meth:`Store.writing`."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any

from detente.reading.results import Reading
from detente.reading.text import Document
from detente.store.connection import clean, now
from detente.store.documents import insert_document, link_duplicate
from detente.store.records import Origin

__all__ = ["add_document", "join_places", "restore_alias", "restore_party"]


def add_document(
    db: sqlite3.Connection, whole: Mapping[str, Any], signature: Sequence[int], newest: int
) -> int:
    """Store a document that is not there yet, without statements and places.

    It keeps the link to a document that it nearly repeats, or else is linked to one that was there
    before this import.

    Args:
        db: the connection.
        whole: what :func:`detente.store.dumping.whole_document` gives.
        signature: the signature of its text.
        newest: number of the last document that was there before this import.

    Returns:
        Its number.
    """
    document = Document(whole["name"], whole["text"])
    reading = Reading(document, whole["language"], parties=tuple(whole["parties"]))
    origin = Origin("", whole["media"], whole["title"], whole["date"])
    num = insert_document(db, origin, reading, signature, whole["extractor"], whole["read_at"])
    db.executemany(
        "INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?)",
        [
            (
                num,
                line["start"],
                line["end"],
                line["label"],
                *(line.get("original") or (None, None)),
            )
            for line in whole["lines"]
        ],
    )
    db.executemany(
        "INSERT INTO attributions VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                num,
                place,
                *(json.dumps(item[role]) for role in ("source", "cue", "content")),
                *(item["kind"], item["cue_class"], bool(item.get("nested"))),
            )
            for place, item in enumerate(whole["attributions"])
        ],
    )
    other = None
    if whole["duplicate"] is not None:
        name, sha256, resemblance = whole["duplicate"]
        other = db.execute(
            "SELECT num FROM documents WHERE sha256 = ? AND name = ?", (sha256, clean(name))
        ).fetchone()
        if other is not None:
            db.execute(
                "UPDATE documents SET duplicate_of = ?, resemblance = ? WHERE num = ?",
                (other["num"], resemblance, num),
            )
    if other is None:
        link_duplicate(db, num, document.sha256, signature, newest)
    return num


def join_places(
    db: sqlite3.Connection,
    num: int,
    places: Sequence[tuple[str, str | None]],
    versions: Sequence[tuple[str, str]],
) -> list[str]:
    """Note where a document stands and stood; return the places that hold another one here."""
    taken = []
    for place, since in places:
        row = db.execute(
            "SELECT document FROM sources WHERE origin = ?", (clean(place),)
        ).fetchone()
        if row is None:
            db.execute("INSERT INTO sources VALUES (?, ?, ?)", (clean(place), num, since or now()))
        elif row["document"] != num:
            taken.append(place)
    db.executemany(
        "INSERT OR IGNORE INTO versions VALUES (?, ?, ?)",
        [(clean(place), num, until) for place, until in versions],
    )
    return taken


def restore_party(db: sqlite3.Connection, name: str, kind: str, origin: str, at: str | None) -> str:
    """Add a party; return ``new``, ``known``, or the kind that it has here."""
    row = db.execute("SELECT kind FROM parties WHERE name = ?", (clean(name),)).fetchone()
    if row is not None:
        return "known" if row["kind"] == kind else str(row["kind"])
    db.execute("INSERT INTO parties VALUES (?, ?, ?, ?)", (clean(name), kind, origin, at or now()))
    return "new"


def restore_alias(
    db: sqlite3.Connection,
    alias: str,
    party: str,
    role: str,
    origin: str,
    review: int | None,
    at: str | None,
) -> str:
    """Add a name of a party; return ``new``, ``known``, or the party whose name it is here."""
    rows = db.execute("SELECT party FROM aliases WHERE alias = ?", (clean(alias),)).fetchall()
    others = [row["party"] for row in rows]
    if clean(party) in others:
        return "known"
    holds = db.execute(
        "SELECT party FROM known_aliases WHERE alias = ?", (clean(alias),)
    ).fetchone()
    if holds is not None:
        return str(holds["party"])
    db.execute(
        "INSERT INTO aliases VALUES (?, ?, ?, ?, ?, ?)",
        (clean(alias), clean(party), role, origin, review, at or now()),
    )
    return "new"
