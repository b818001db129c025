"""Find out whether a workspace has read the sources of a brief."""

from __future__ import annotations

import hashlib
import os

from detente.model.errors import Where, quoted
from detente.store import Store, StoreError, look
from detente.store.documents import known
from detente.workspace.place import DEFAULT, VARIABLE
from detente.workspace.reading import Sources

__all__ = ["held_documents"]


def held_documents(sources: Sources, workspace: str | None) -> tuple[str, frozenset[int]] | None:
    """Return the workspace that has read every one of some sources, and their documents in it.

    Args:
        sources: the sources.
        workspace: the workspace named by the user. Without it: ``$DETENTE_WORKSPACE``, else
            ``detente.db`` in this folder, if there is one.

    Returns:
        ``None`` if none was named, and the one at hand has not read them all.

    Raises:
        StoreError: the workspace named cannot be read, or has not read one of them.
        DetenteError: the sources cannot be read.
    """
    path = workspace or os.environ.get(VARIABLE) or DEFAULT
    if workspace is None and not os.path.exists(path):
        return None
    try:
        with look(path) as store:
            return path, _documents(store, path, sources)
    except StoreError:
        if workspace is not None:
            raise
        return None


def _documents(store: Store, path: str, sources: Sources) -> frozenset[int]:
    """Return the numbers of the documents with the texts of the sources.

    Raises:
        StoreError: a text is not in the workspace.
    """
    from detente.sources import gather

    problems: list[Exception] = []
    numbers = []
    for text in gather(sources.items, None, problems.append):
        number = _number(store, text.name, text.text)
        if number is None:
            raise StoreError(
                f"this workspace has not read {quoted(text.name)} as it is now",
                where=Where(path),
                rule="with a workspace, a brief uses what was accepted there",
                hint="run `detente read` with it and review what it finds, or leave -w out",
            )
        numbers.append(number)
    failed = [error for error in problems if not getattr(error, "skipped", False)]
    if failed:
        raise failed[0]
    return frozenset(numbers)


def _number(store: Store, name: str, text: str) -> int | None:
    sha256 = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    found = known(store, name, sha256)
    if found is not None:
        return found[0]
    row = store.one("SELECT num FROM documents WHERE sha256 = ? ORDER BY num DESC", (sha256,))
    return None if row is None else int(row["num"])
