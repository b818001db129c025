"""Find the sentences behind a case in the workspace that holds them, which is only looked at."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from detente.model.case import Case
from detente.model.errors import Where
from detente.report.quoting import Evidence, Quotation
from detente.workspace.place import DEFAULT, VARIABLE

if TYPE_CHECKING:  # the store, with SQLite, is loaded where there is a file to look into
    from detente.store import Store
    from detente.store.records import StoredStatement

__all__ = [
    "Evidence",
    "Quotation",
    "evidence_in",
    "evidence_of",
    "quotations",
    "quotations_in",
    "refuse_unreadable",
]


def quotations(
    ids: Iterable[str], workspace: str | None = None, beside: str | Path | None = None
) -> dict[str, Quotation]:
    """Return the quotations for ids of statements; what is not found is left out.

    Args:
        ids: ids as in ``detente statements --json``.
        workspace: the workspace named by the user. Without it: ``$DETENTE_WORKSPACE``, else
            ``detente.db`` in this folder, else ``detente.db`` beside the case file.
        beside: the case file.

    Raises:
        StoreError: ``workspace`` was named and cannot be read. Any other is passed over.
    """
    return dict(_looked_up(tuple(dict.fromkeys(ids)), workspace, beside).found)


def evidence_of(case: Case, workspace: str | None = None) -> Evidence:
    """Return what a case cites, and what of it is found; arguments as in :func:`quotations`.

    A workspace that was not named counts only if it holds one of the statements: one that
    happens to lie about says nothing about the case.

    Raises:
        StoreError: as :func:`quotations`.
    """
    return _looked_up(case.evidence, workspace, case.source)


def evidence_in(store: Store, case: Case) -> Evidence:
    """Return what a case cites, and what of it an open workspace has."""
    return Evidence(case.evidence, quotations_in(store, case.evidence), store.path.name)


def refuse_unreadable(workspace: str | None) -> None:
    """Refuse a workspace that was named and cannot be read, before long work begins.

    Raises:
        StoreError: it cannot be read.
    """
    if workspace:
        from detente.store import look

        look(workspace).close()


def _looked_up(ids: tuple[str, ...], workspace: str | None, beside: str | Path | None) -> Evidence:
    if workspace:
        return Evidence(ids, _found(workspace, ids), workspace)
    places = [path for path in _places(beside) if os.path.exists(path)] if ids else []
    if not places:
        return Evidence(ids)
    from detente.store import OutdatedError, StoreError

    outdated = None
    for path in places:
        try:
            found = _found(path, ids)
        except OutdatedError:
            outdated = outdated or path
        except StoreError:  # broken, in use, or of a newer version: no matter
            continue
        else:
            if found:
                return Evidence(ids, found, path)
    return Evidence(ids, outdated=outdated)


def _places(beside: str | Path | None) -> list[str]:
    """Return where a workspace may be that nobody named."""
    variable = os.environ.get(VARIABLE)
    if variable:
        return [variable]
    places = [DEFAULT]
    if beside is not None:
        places.append(str(Path(beside).parent / DEFAULT))
    return list(dict.fromkeys(places))


def _found(path: str, ids: Iterable[str]) -> Mapping[str, Quotation]:
    """Return the quotations in one workspace, in the order of the ids."""
    import sqlite3

    from detente.store import StoreError, look

    try:
        with look(path) as store:
            return quotations_in(store, ids)
    except (sqlite3.Error, ValueError, KeyError) as error:  # its marks are right, not its content
        raise StoreError(
            "the workspace is damaged",
            where=Where(path),
            hint="restore a backup, or name another workspace with -w",
        ) from error


def quotations_in(store: Store, ids: Iterable[str]) -> Mapping[str, Quotation]:
    """Return the quotations that an open workspace has, in the order of the ids."""
    from detente.store.lookup import dates, text_of
    from detente.store.searching import statement

    stored = [own for own in (statement(store, id) for id in ids) if own is not None]
    texts: dict[str, str] = {}
    number, text = None, ""
    for own in sorted(stored, key=lambda one: one.document):  # each document is read once
        if own.document != number:
            number, text = own.document, text_of(store, own.document)
        texts[own.id] = text[own.fields["start"] : own.fields["end"]]
    published = dates(store) if stored else {}
    return {own.id: _quotation(own, texts[own.id], published[own.document][0]) for own in stored}


def _quotation(own: StoredStatement, quote: str, published: str | None) -> Quotation:
    return Quotation(
        id=own.id,
        quote=quote,
        doc=own.doc,
        date=published,
        start=own.fields["start"],
        end=own.fields["end"],
        speaker=own.fields["speaker"],
        state=own.state,
        type=own.fields["type"],
    )
