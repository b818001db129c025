"""Everything that the workspace holds, as it is stored: for exports that lose nothing."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from detente.store.connection import Store
from detente.store.judging import review_of
from detente.store.lookup import attributions, document_lines, text_of
from detente.store.records import Review

__all__ = [
    "every_alias",
    "every_document",
    "every_party",
    "reviews_of",
    "unlisted",
    "whole_document",
]


def every_document(store: Store) -> list[int]:
    """Return the numbers of all documents, in order."""
    return [row["num"] for row in store.rows("SELECT num FROM documents ORDER BY num")]


def whole_document(store: Store, num: int) -> dict[str, Any]:
    """Return a document with its text, its lines, its attributions and its places.

    Returns:
        ``name``, ``text``, ``sha256``, ``title``, ``date``, ``media``, ``language``, ``read_at``,
        ``extractor``; ``parties`` (name, count), ``places`` (place, since when), ``versions``
        (place, until when), ``duplicate`` (name, fingerprint, resemblance; or ``None``),
        ``lines`` and ``attributions``.
    """
    row = store.rows(
        "SELECT d.*, o.name AS other, o.sha256 AS other_sha256 FROM documents AS d"
        " LEFT JOIN documents AS o ON o.num = d.duplicate_of WHERE d.num = ?",
        (num,),
    )[0]
    places = store.rows("SELECT * FROM sources WHERE document = ? ORDER BY origin", (num,))
    versions = store.rows(
        "SELECT * FROM versions WHERE document = ? ORDER BY origin, replaced_at", (num,)
    )
    names = ("name", "sha256", "title", "date", "media", "language", "read_at", "extractor")
    return {
        **{name: row[name] for name in names},
        "text": text_of(store, num),
        "parties": tuple((name, count) for name, count in json.loads(row["parties"])),
        "places": tuple((place["origin"], place["read_at"]) for place in places),
        "versions": tuple((place["origin"], place["replaced_at"]) for place in versions),
        "duplicate": None
        if row["other"] is None
        else (row["other"], row["other_sha256"], row["resemblance"]),
        "lines": tuple(document_lines(store, num)),
        "attributions": tuple(
            {key: value for key, value in item.items() if key != "doc"}
            for item in attributions(store, num, "")
        ),
    }


def unlisted(store: Store) -> set[str]:
    """Return the ids of the statements that are in no list."""
    return {row["id"] for row in store.rows("SELECT id FROM statements WHERE NOT listed")}


def reviews_of(store: Store, ids: Collection[str]) -> dict[str, list[Review]]:
    """Return the judgements of some statements, oldest first."""
    wanted = set(ids)
    found: dict[str, list[Review]] = defaultdict(list)
    for row in store.each("SELECT * FROM reviews ORDER BY num"):
        if row["statement"] in wanted:
            found[row["statement"]].append(review_of(row))
    return found


def every_party(store: Store) -> list[dict[str, Any]]:
    """Return the parties that were added: ``name``, ``kind``, ``origin``, ``added_at``."""
    return [dict(row) for row in store.rows("SELECT * FROM parties ORDER BY name")]


def every_alias(store: Store) -> list[dict[str, Any]]:
    """Return the names that were added or learned, those that do not hold now too.

    Returns:
        ``alias``, ``party``, ``role``, ``origin``, ``review`` and ``added_at`` of each.
    """
    return [dict(row) for row in store.rows("SELECT * FROM aliases ORDER BY party, alias")]
