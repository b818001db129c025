"""Documents looked up: their facts, their lines, their text."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from detente.model.errors import quoted
from detente.reading.lines import RESIDUE
from detente.store.connection import Store
from detente.store.errors import UnknownError
from detente.store.records import StoredDocument

__all__ = ["attributions", "dates", "document", "document_lines", "documents_named", "text_of"]


def document(store: Store, num: int) -> StoredDocument:
    """Return a document without its text."""
    row = store.one(
        "SELECT d.*, o.name AS other FROM documents AS d"
        " LEFT JOIN documents AS o ON o.num = d.duplicate_of WHERE d.num = ?",
        (num,),
    )
    if row is None:
        raise UnknownError(f"there is no document {num}", hint="read it again")
    labels = {
        line["label"]: line["n"]
        for line in store.rows(
            "SELECT label, count(*) AS n FROM lines WHERE document = ? GROUP BY label", (num,)
        )
    }
    counts = store.rows(
        "SELECT count(*) AS n, count(json_extract(proposed, '$.repeat_of')) AS repeats"
        " FROM statements WHERE document = ? AND found",
        (num,),
    )[0]
    places = store.rows("SELECT origin FROM sources WHERE document = ? ORDER BY origin", (num,))
    return StoredDocument(
        num=num,
        name=row["name"],
        sha256=row["sha256"],
        places=tuple(place["origin"] for place in places),
        title=row["title"],
        media=row["media"],
        date=row["date"],
        language=row["language"],
        read_at=row["read_at"],
        extractor=row["extractor"],
        characters=row["characters"],
        lines=sum(labels.values()),
        residue={label: n for label, n in sorted(labels.items()) if label in RESIDUE},
        statements=counts["n"],
        repeats=counts["repeats"],
        parties=tuple((name, count) for name, count in json.loads(row["parties"])),
        duplicate_of=None if row["other"] is None else (row["duplicate_of"], row["other"]),
        resemblance=row["resemblance"],
    )


def dates(store: Store) -> dict[int, tuple[str | None, int | None]]:
    """Return for each document the day of its publication, if known, and which it nearly repeats.

    The ``date`` of a statement is that day or else the day of reading; this tells the two apart.
    """
    rows = store.rows("SELECT num, date, duplicate_of FROM documents")
    return {
        row["num"]: (row["date"][:10] if row["date"] else None, row["duplicate_of"]) for row in rows
    }


def documents_named(store: Store, name: str) -> list[int]:
    """Return the numbers of the documents of a name, the current ones first, then the newest."""
    rows = store.rows(
        "SELECT num FROM documents WHERE name = ? ORDER BY EXISTS"
        " (SELECT 1 FROM sources WHERE document = num) DESC, num DESC",
        (name,),
    )
    return [row["num"] for row in rows]


def text_of(store: Store, num: int) -> str:
    """Return the raw text of a document."""
    row = store.one("SELECT raw FROM documents WHERE num = ?", (num,))
    if row is None:
        raise UnknownError(f"there is no document {quoted(str(num))}", hint="read it again")
    return bytes(row["raw"]).decode("utf-8", "surrogatepass")


def document_lines(store: Store, num: int) -> list[dict[str, Any]]:
    """Return the labelled lines of a document, as in ``detente read --json``."""
    rows = store.rows('SELECT * FROM lines WHERE document = ? ORDER BY "start"', (num,))
    return [
        {
            "start": row["start"],
            "end": row["end"],
            "label": row["label"],
            "original": None
            if row["original_start"] is None
            else [row["original_start"], row["original_end"]],
        }
        for row in rows
    ]


def attributions(store: Store, num: int, doc: str) -> Iterator[dict[str, Any]]:
    """Yield the attributions of a document, as in ``detente read --json``."""
    for row in store.each("SELECT * FROM attributions WHERE document = ? ORDER BY place", (num,)):
        yield {
            "doc": doc,
            "source": json.loads(row["source"]),
            "cue": json.loads(row["cue"]),
            "content": json.loads(row["content"]),
            "kind": row["kind"],
            "cue_class": row["cue_class"],
            "nested": bool(row["nested"]),
        }
