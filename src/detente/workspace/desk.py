"""An open workspace at which several threads work, with what was computed last kept at hand."""

from __future__ import annotations

import hashlib
import os
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any, TypeVar

from detente.store import Store, open_store
from detente.workspace.place import workspace_path

__all__ = ["Desk", "key_of", "user_name"]

T = TypeVar("T")

_MOST_KEPT = 12
"""Of each kind of thing, so many are kept at hand: more would only slow the memory's keeper."""

_MOST_OPEN = 8


def key_of(text: str) -> str:
    """Return a short name of a text, for looking up what was computed from it."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]


def user_name() -> str:
    """Return who works here: ``$DETENTE_REVIEWER``, or the user of this machine."""
    import getpass

    named = os.environ.get("DETENTE_REVIEWER")
    if named:
        return named
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "unknown"


class Desk:
    """A workspace that is kept open; it is made if it does not exist.

    Args:
        named: the workspace, as ``-w`` names it.
        by: who works here.

    Attributes:
        path: its file.
        by: who works here.
        first_review: the number of the last review made before this session.

    Raises:
        StoreError: it cannot be used.
    """

    def __init__(self, named: str | None = None, by: str | None = None) -> None:
        self.path: Path = workspace_path(named)
        self.by = by or user_name()
        self._idle: list[Store] = [open_store(self.path, create=True)]
        self._lock = Lock()
        self._kept: dict[str, OrderedDict[Hashable, Future[Any]]] = {}
        with self.store() as store:
            row = store.one("SELECT coalesce(max(num), 0) AS num FROM reviews")
            self.first_review: int = 0 if row is None else row["num"]

    @property
    def name(self) -> str:
        """What the workspace is called."""
        return self.path.name

    @contextmanager
    def store(self) -> Iterator[Store]:
        """Give a connection of one's own for as long as it is needed."""
        with self._lock:
            store = self._idle.pop() if self._idle else None
        if store is None:
            store = open_store(self.path, create=True)
        try:
            yield store
        finally:
            with self._lock:
                spare = len(self._idle) < _MOST_OPEN
                if spare:
                    self._idle.append(store)
            if not spare:
                store.close()

    def remember(self, kind: str, key: Hashable, make: Callable[[], T]) -> T:
        """Return what was made for a key before, or make it; who asks meanwhile waits for it.

        What fails is not kept.

        Args:
            kind: what sort of thing it is; the last ones of each are kept.
            key: which one.
            make: makes it.
        """
        pending: Future[T] = Future()
        with self._lock:
            kept = self._kept.setdefault(kind, OrderedDict())
            found: Future[T] | None = kept.get(key)
            if found is None:
                kept[key] = pending
                if len(kept) > _MOST_KEPT:
                    kept.popitem(last=False)
            else:
                kept.move_to_end(key)
        if found is not None:
            return found.result()
        try:
            made = make()
        except BaseException as error:
            with self._lock:
                if kept.get(key) is pending:
                    del kept[key]
            pending.set_exception(error)
            raise
        pending.set_result(made)
        return made

    def close(self) -> None:
        """Close every connection that is not in use."""
        with self._lock:
            idle, self._idle = self._idle, []
        for store in idle:
            store.close()
