"""Which statements of a workspace count for positions, and as what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeAlias

from detente.reading.positions import Evidence
from detente.reading.text import fold
from detente.store import Store, StoreError
from detente.store.records import StoredStatement
from detente.workspace.statements import Asked, list_statements

__all__ = ["evidence_of", "nothing_accepted", "reprints_in", "states_of"]

Dates: TypeAlias = "Mapping[int, tuple[str | None, int | None]]"
"""What :func:`detente.store.lookup.dates` gives."""


def states_of(unreviewed: bool) -> str:
    """Return the states that count: reviewed, or waiting for a review too; never rejected."""
    return "accepted,edited,proposed" if unreviewed else "accepted,edited"


def evidence_of(stored: StoredStatement) -> Evidence:
    """Return a statement of the workspace as positions are drawn from it."""
    return Evidence(
        id=stored.id,
        doc=stored.doc,
        date=stored.date,
        state=stored.state,
        fields=stored.fields,
        edited=frozenset(stored.edited),
    )


def nothing_accepted(store: Store, unreviewed: bool, purpose: str) -> StoreError:
    """Return the message that there is no statement of the states that count.

    Args:
        store: the workspace.
        unreviewed: whether proposed statements count too.
        purpose: what statements are wanted for, as "a draft is made".
    """
    waiting = list_statements(store, Asked(state="proposed"), 1).found.total
    if unreviewed or not waiting:
        hint = "detente read FILE finds statements"
        if list_statements(store, Asked(state="rejected"), 1).found.total:
            hint = "read more documents, or reopen a statement with detente review"
        return StoreError("there is no statement to draw positions from", hint=hint)
    count = f"{waiting:,} statement{'s wait' if waiting > 1 else ' waits'}"
    return StoreError(
        f"no statement has been accepted; {count} for a review",
        rule=f"{purpose} from accepted and edited statements",
        hint="judge them with detente review, or take them as they are with --unreviewed",
    )


def reprints_in(statements: Iterable[StoredStatement], known: Dates) -> set[str]:
    """Return the statements that a near-duplicate of their document has word for word.

    Of a set of wire copies the one published first keeps its statement: a copy printed later is no
    new position.
    """
    first: dict[tuple[int, str, str], StoredStatement] = {}
    found = set()

    def place(stored: StoredStatement) -> tuple[bool, str, int, int]:
        return known[stored.document][0] is None, stored.date, stored.document, stored.num

    for stored in sorted(statements, key=place):
        key = (_origin(stored.document, known), stored.fields["type"], fold(stored.fields["text"]))
        kept = first.setdefault(key, stored)
        if kept.document != stored.document:
            found.add(stored.id)
    return found


def _origin(document: int, known: Dates) -> int:
    """Return the first of the documents that a document repeats; they always have lower numbers."""
    while True:
        before = known[document][1] if document in known else None
        if before is None:
            return document
        document = before
