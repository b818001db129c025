"""Cases of one's own: kept in the workspace, from a text, from what is shipped, or drafted."""

from __future__ import annotations

from collections.abc import Sequence

from detente.model.case import Case
from detente.store import Store
from detente.store.cases import KeptCase, add
from detente.workspace.casefiles import loads, read_text
from detente.workspace.desk import Desk
from detente.workspace.drafting import draft_case
from detente.workspace.shipped import shipped_case

__all__ = ["draft_kept", "keep_shipped", "keep_text"]


def keep_text(desk: Desk, store: Store, text: str, name: str | None = None) -> KeptCase:
    """Keep a case file that somebody brings.

    Raises:
        CaseError: it is no valid case.
    """
    case = loads(text, None)
    return add(
        store, _called(name, case), text, origin="text", what="Brought in as text.", by=desk.by
    )


def keep_shipped(desk: Desk, store: Store, id: str, name: str | None = None) -> KeptCase:
    """Keep a copy of a shipped case, to work on.

    Raises:
        UnknownError: there is none of this name.
    """
    found = shipped_case(id)
    text = read_text(found.path)
    return add(
        store,
        _called(name, loads(text, None)),
        text,
        origin=f"shipped:{id}",
        what=f"Taken from the case {id} that comes with Détente.",
        by=desk.by,
    )


def draft_kept(
    desk: Desk,
    store: Store,
    *,
    name: str | None = None,
    unreviewed: bool = False,
    table: Sequence[str] = (),
    most: int | None = None,
    lasting: Sequence[str] = (),
    title: str | None = None,
) -> KeptCase:
    """Draft a case from statements and keep it; arguments as in :func:`.drafting.draft_case`.

    Raises:
        StoreError: there is nothing to draft from, or a name is unknown.
        CaseError: the title cannot stand in a case file.
    """
    made = draft_case(
        store, unreviewed=unreviewed, table=table, most=most, lasting=lasting, title=title
    )
    kinds = "accepted and waiting statements" if unreviewed else "the accepted statements"
    return add(
        store,
        _called(name, made.case),
        made.text,
        origin="draft",
        what=f"Drafted from {kinds}.",
        by=desk.by,
    )


def _called(name: str | None, case: Case) -> str:
    return (name or case.title or "Untitled case")[:200]
